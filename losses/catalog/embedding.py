"""Losses for distances and similarities between embeddings."""

from __future__ import annotations

from losses.catalog.info import LossInfo

EMBEDDING: tuple[LossInfo, ...] = ()
