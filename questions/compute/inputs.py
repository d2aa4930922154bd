"""The inputs of a loss for one variant: its givens in the place of their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

import losses
from losses.worked.step import Value
from questions.model import Computation, Input

_WHOLE = frozenset({"class_index", "lengths"})


def bound_inputs(compute: Computation, given: Mapping[str, Value]) -> dict[str, Input | Value]:
    """Return the inputs of a computation. Raises KeyError for an unknown loss or given."""
    whole = _whole_arguments(compute.loss)
    return {
        name: _whole(_bound(value, given)) if name in whole else _bound(value, given)
        for name, value in compute.inputs.items()
    }


@cache
def _whole_arguments(loss_id: str) -> frozenset[str]:
    arguments = losses.CATALOG[loss_id].arguments
    return frozenset(argument.name for argument in arguments if argument.space in _WHOLE)


def _bound(value: Input, given: Mapping[str, Value]) -> Input | Value:
    if isinstance(value, str) and value.startswith("$"):
        return given[value[1:]]
    return value


def _whole(value: Input | Value) -> Input | Value:
    """Class numbers index a list of logits: 2, not 2.0."""
    if isinstance(value, tuple):
        return cast("Value", tuple(_whole(item) for item in value))
    return int(value)
