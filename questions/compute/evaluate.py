"""Compute a variant: the right value, every mistake's value, the worked steps. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import cast

import torch

import losses
from losses import evaluation as running
from losses.mistakes.mistake import Mistake
from losses.worked.step import Step, Value
from questions.evaluation import Evaluation, MistakeValue
from questions.model import ComputedQuestion, Input

_WHOLE = frozenset({"class_index", "lengths"})


def evaluate(
    question: ComputedQuestion, given: Mapping[str, Value], *, worked: bool = True
) -> Evaluation:
    """Run the question's loss, and the wrong ways to compute it, on the numbers shown.

    A mistake that gives no finite number here (a logarithm of 0, say) is left out: nobody can
    type it. Without `worked` there are no steps: whoever looks for numbers does not read them.
    Raises KeyError for an unknown loss, mistake or given, ValueError for numbers that the loss
    refuses.
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
        steps=steps_of(question, given) if worked else (),
        dtype=str(value.dtype).removeprefix("torch."),
        torch_version=torch.__version__,
    )


def steps_of(question: ComputedQuestion, given: Mapping[str, Value]) -> tuple[Step, ...]:
    """Return the worked steps on the numbers shown. Raises as `evaluate` does."""
    return losses.worked.steps(question.compute.loss, **bound_inputs(question, given))


def bound_inputs(question: ComputedQuestion, given: Mapping[str, Value]) -> dict[str, object]:
    """Return the inputs of a question's loss with the numbers shown in the place of $names."""
    whole = _whole_arguments(question.compute.loss)
    return {
        name: _whole(_bound(value, given)) if name in whole else _bound(value, given)
        for name, value in question.compute.inputs.items()
    }


def mistakes_of(question: ComputedQuestion) -> tuple[Mistake, ...]:
    """Return the mistakes that count for a question, in the order of their values."""
    known = {mistake.id: mistake for mistake in losses.mistakes.of(question.compute.loss)}
    wanted = tuple(known) if question.mistakes is None else question.mistakes
    return tuple(known[mistake_id] for mistake_id in wanted)


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


def _mistakes(question: ComputedQuestion, inputs: Mapping[str, object]) -> tuple[MistakeValue, ...]:
    found = []
    for mistake in mistakes_of(question):
        try:
            result = running.run(mistake.function, question.compute.loss, **inputs)
        except (ValueError, RuntimeError, ArithmeticError):
            continue  # the wrong way is impossible with these numbers
        if result.numel() == 1 and math.isfinite(float(result)):
            found.append(
                MistakeValue(
                    mistake.id, float(result), mistake.says, mistake.remedy, mistake.departs_at
                )
            )
    return tuple(found)
