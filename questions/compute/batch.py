"""Compute many variants of one question at once. Imports torch.

A loss of three numbers takes a few microseconds and calling it fifty: here one call computes
hundreds of variants, each of them as if it were alone (`torch.func.vmap`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import torch
from torch import Tensor

import losses
from losses import evaluation as running
from losses.functional import FUNCTIONS, checks
from losses.worked.step import Value
from questions.compute.evaluate import factor_of, mistakes_of
from questions.compute.inputs import bound_inputs
from questions.model import Computation, ComputedQuestion, ValuedQuestion
from questions.rough import Rough

Inputs = dict[str, object]

_FEW = 4  # rows: so many are computed faster one by one

# What a loss refuses, or cannot compute: `evaluate` treats these in the same way.
_REFUSALS = (ValueError, RuntimeError, ArithmeticError)


def compute_many(
    question: ComputedQuestion, givens: Sequence[Mapping[str, Value]]
) -> list[Rough | None]:
    """Return the values of each variant, None where the loss refuses the numbers.

    Raises KeyError for an unknown loss, mistake or given, TypeError for a question that does not
    ask for the value of one loss.
    """
    if not isinstance(question, ValuedQuestion) or not isinstance(question.compute, Computation):
        raise TypeError(f"{question.id} is not computed many at a time")
    loss_id = question.compute.loss
    rows: list[Inputs] = [{**bound_inputs(question.compute, given)} for given in givens]
    mistakes = mistakes_of(loss_id, question.mistakes)
    named = [mistake.id for mistake in mistakes]
    functions = [FUNCTIONS[loss_id], *(mistake.function for mistake in mistakes)]
    values: list[list[float | None]] = [[] for _row in rows]
    for places in _alike(loss_id, rows).values():
        chosen = [rows[place] for place in places]
        for function in functions:
            for place, value in zip(places, _run(function, loss_id, chosen), strict=True):
                values[place].append(value)
    factor = factor_of(question)
    return [_rough(named, row, factor) for row in values]


def _rough(named: Sequence[str], values: Sequence[float | None], factor: float) -> Rough | None:
    right, *wrong = values
    if right is None:
        return None
    return Rough(
        right * factor,
        tuple(
            (name, value * factor)
            for name, value in zip(named, wrong, strict=True)
            if value is not None and math.isfinite(value)
        ),
    )


def _alike(loss_id: str, rows: Sequence[Inputs]) -> dict[object, list[int]]:
    """Group rows whose options are the same: options are no tensors, they decide what is done."""
    tensors = {argument.name for argument in losses.CATALOG[loss_id].arguments}
    groups: dict[object, list[int]] = {}
    for place, row in enumerate(rows):
        options = tuple(value for name, value in row.items() if name not in tensors)
        groups.setdefault(options, []).append(place)
    return groups


def _run(
    function: Callable[..., Tensor], loss_id: str, rows: Sequence[Inputs]
) -> list[float | None]:
    """Run a function on every row; None where it refuses."""
    if len(rows) > _FEW:
        try:
            return _at_once(function, loss_id, rows)
        except _REFUSALS:
            pass  # a row of another shape, or something that vmap cannot do: one by one then
    return [_alone(function, loss_id, row) for row in rows]


def _alone(function: Callable[..., Tensor], loss_id: str, row: Inputs) -> float | None:
    try:
        value = running.run(function, loss_id, **row)
    except _REFUSALS:
        return None
    return float(value) if value.numel() == 1 else None


def _at_once(
    function: Callable[..., Tensor], loss_id: str, rows: Sequence[Inputs]
) -> list[float | None]:
    tensors = [argument.name for argument in losses.CATALOG[loss_id].arguments]
    options = {name: value for name, value in rows[0].items() if name not in tensors}
    lists = {name: [row[name] for row in rows] for name in rows[0] if name in tensors}
    stacked = cast("dict[str, Tensor]", running.tensors(loss_id, **lists))

    def one(row: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        with checks.outcomes() as outcomes:
            value = running.run(function, loss_id, **row, **options)
        holds = torch.ones((), dtype=torch.bool)
        for outcome in outcomes:
            holds = holds & outcome
        return value.reshape(()), holds

    values, hold = torch.func.vmap(one)(stacked)
    return [
        value if held else None for value, held in zip(values.tolist(), hold.tolist(), strict=True)
    ]
