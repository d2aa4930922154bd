"""Losses for classes: scores, logits or probabilities against labels."""

from __future__ import annotations

from losses.catalog.info import LossInfo

CLASSIFICATION: tuple[LossInfo, ...] = ()
