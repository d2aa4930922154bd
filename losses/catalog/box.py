"""Losses for bounding boxes."""

from __future__ import annotations

from losses.catalog.info import LossInfo

BOX: tuple[LossInfo, ...] = ()
