"""Losses and metrics for the order of a list."""

from __future__ import annotations

from losses.catalog.info import LossInfo

RANKING: tuple[LossInfo, ...] = ()
