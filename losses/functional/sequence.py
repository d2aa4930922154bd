"""Losses for sequences without alignment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from torch import Tensor

FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {}
