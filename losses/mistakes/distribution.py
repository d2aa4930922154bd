"""How learners miscalculate: divergences and distances between distributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from torch import Tensor

FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {}
