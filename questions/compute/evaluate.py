"""Compute a variant: the right value, every mistake's value, the worked steps. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import cast

import torch

import losses
from losses import evaluation as running
from losses.worked.step import Value
from questions.evaluation import Evaluation, MistakeValue
from questions.model import ComputedQuestion, Input

_WHOLE = frozenset({"class_index", "lengths"})


def evaluate(question: ComputedQuestion, given: Mapping[str, Value]) -> Evaluation:
    """Run the question's loss, and the wrong ways to compute it, on the numbers shown.

    A mistake that gives no finite number here (a logarithm of 0, say) is left out: nobody can
    type it. Raises KeyError for an unknown loss, mistake or given, ValueError for numbers that
    the loss refuses.
    """
    loss_id = question.compute.loss
    inputs = bound_inputs(question, given)
    tensors = running.tensors(loss_id, **inputs)  # once for the loss and all its mistakes
    value = losses.compute(loss_id, **tensors)
    if value.numel() != 1:
        raise ValueError(f"{loss_id} gives {value.numel()} numbers where one is asked for")
    return Evaluation(
        value=float(value),
        mistakes=_mistakes(question, tensors),
        steps=losses.worked.steps(loss_id, **inputs),
        dtype=str(value.dtype).removeprefix("torch."),
        torch_version=torch.__version__,
    )


def bound_inputs(
    question: ComputedQuestion, given: Mapping[str, Value]
) -> dict[str, Input | Value]:
    """Return the inputs of a question's loss with the numbers shown in the place of $names."""
    whole = {
        argument.name
        for argument in losses.CATALOG[question.compute.loss].arguments
        if argument.space in _WHOLE
    }
    return {
        name: _whole(_bound(value, given)) if name in whole else _bound(value, given)
        for name, value in question.compute.inputs.items()
    }


def _bound(value: Input, given: Mapping[str, Value]) -> Input | Value:
    if isinstance(value, str) and value.startswith("$"):
        return given[value[1:]]
    return value


def _whole(value: Input | Value) -> Input | Value:
    """Class numbers index a list of logits: 2, not 2.0."""
    if isinstance(value, tuple):
        return cast("Value", tuple(_whole(item) for item in value))
    return int(value)


def _mistakes(question: ComputedQuestion, inputs: Mapping[str, object]) -> tuple[MistakeValue, ...]:
    loss_id = question.compute.loss
    known = {mistake.id: mistake for mistake in losses.mistakes.of(loss_id)}
    wanted = tuple(known) if question.mistakes is None else question.mistakes
    found = []
    for mistake in (known[mistake_id] for mistake_id in wanted):
        try:
            result = running.run(mistake.function, loss_id, **inputs)
        except (ValueError, RuntimeError, ArithmeticError):
            continue  # the wrong way is impossible with these numbers
        if result.numel() == 1 and math.isfinite(float(result)):
            found.append(
                MistakeValue(
                    mistake.id, float(result), mistake.says, mistake.remedy, mistake.departs_at
                )
            )
    return tuple(found)
