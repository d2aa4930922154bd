"""How learners miscalculate: losses for distances and similarities between embeddings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from torch import Tensor

FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {}
