"""Objectives made of several losses."""

from __future__ import annotations

from losses.catalog.info import LossInfo

COMBINED: tuple[LossInfo, ...] = ()
