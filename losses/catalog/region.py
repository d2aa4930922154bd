"""Losses for masks: overlap of a predicted region with the true one."""

from __future__ import annotations

from losses.catalog.info import LossInfo

REGION: tuple[LossInfo, ...] = ()
