"""Divergences and distances between distributions."""

from __future__ import annotations

from losses.catalog.info import LossInfo

DISTRIBUTION: tuple[LossInfo, ...] = ()
