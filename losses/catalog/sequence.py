"""Losses for sequences without alignment."""

from __future__ import annotations

from losses.catalog.info import LossInfo

SEQUENCE: tuple[LossInfo, ...] = ()
