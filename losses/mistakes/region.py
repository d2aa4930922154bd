"""How learners miscalculate: losses for masks: overlap of a predicted region with the true one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from torch import Tensor

FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {}
