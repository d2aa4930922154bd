"""Compute a variant: the right value, every mistake's value, the worked steps. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import cast

import torch

import losses
from losses import evaluation as running
from losses.mistakes.generic import FIRST, LAST, generic, twofold
from losses.mistakes.mistake import Mistake
from losses.text import Text
from losses.worked.step import Step, Value, bracketed
from questions.evaluation import Evaluation, MistakeValue
from questions.model import ComputedQuestion, Input

_WHOLE = frozenset({"class_index", "lengths"})


def evaluate(
    question: ComputedQuestion, given: Mapping[str, Value], *, worked: bool = True
) -> Evaluation:
    """Run the question's loss, and the wrong ways to compute it, on the numbers shown.

    A mistake that gives no finite number here (a logarithm of 0, say) is left out: nobody can
    type it. Without `worked` there are neither steps nor further mistakes: whoever looks for
    numbers does not read them. Raises KeyError for an unknown loss, mistake or given, ValueError
    for numbers that the loss refuses.
    """
    loss_id = question.compute.loss
    inputs = bound_inputs(question, given)
    tensors = running.tensors(loss_id, **inputs)  # once for the loss and all its mistakes
    value = losses.compute(loss_id, **tensors)
    if value.numel() != 1:
        raise ValueError(f"{loss_id} gives {value.numel()} numbers where one is asked for")
    factor = factor_of(question)
    right = float(value) * factor
    mistakes = values_of(mistakes_of(question), loss_id, tensors, factor=factor)
    steps = steps_of(question, given) if worked else ()
    return Evaluation(
        value=right,
        mistakes=mistakes,
        steps=steps,
        dtype=str(value.dtype).removeprefix("torch."),
        torch_version=torch.__version__,
        further=further(question, tensors, steps, right, mistakes) if worked else (),
    )


def further(
    question: ComputedQuestion,
    inputs: Mapping[str, object],
    steps: Sequence[Step],
    right: float,
    mistakes: Sequence[MistakeValue],
) -> tuple[MistakeValue, ...]:
    """Return what else can go wrong, the simplest first, each value once.

    First the mistakes of the loss that the question does not name, then those that can be made
    with any loss, then a mistake of the question followed by one of those.
    """
    loss_id = question.compute.loss
    named = [mistake.id for mistake in mistakes]
    single = [
        *(mistake for mistake in losses.mistakes.of(loss_id) if mistake.id not in named),
        *generic(loss_id),
    ]
    double = [both for name in named for both in twofold(loss_id, name)]
    factor = factor_of(question)
    found = [
        *values_of(single, loss_id, inputs, factor=factor),
        *(
            replace(mistake, count=2)
            for mistake in values_of(double, loss_id, inputs, factor=factor)
        ),
    ]
    taken = [right, *(mistake.value for mistake in mistakes)]
    different = []
    for mistake in found:
        if not any(math.isclose(mistake.value, value, rel_tol=1e-9) for value in taken):
            taken.append(mistake.value)
            different.append(replace(mistake, departs_at=_step(mistake.departs_at, steps)))
    return tuple(different)


def _step(departs_at: str, steps: Sequence[Step]) -> str:
    ends = {FIRST: 0, LAST: -1}
    return steps[ends[departs_at]].id if departs_at in ends and steps else departs_at


def factor_of(question: ComputedQuestion) -> float:
    """Return what the value of the loss is multiplied by: 100 where percent are asked for."""
    return 100.0 if question.percent else 1.0


def steps_of(question: ComputedQuestion, given: Mapping[str, Value]) -> tuple[Step, ...]:
    """Return the worked steps on the numbers shown. Raises as `evaluate` does."""
    steps = losses.worked.steps(question.compute.loss, **bound_inputs(question, given))
    factor, last = factor_of(question), steps[-1].value
    if factor == 1 or isinstance(last, tuple):
        return steps
    label = Text("百分率で表す", "As a percentage")
    return (
        *steps,
        Step("percent", label, "100·L", f"100·{bracketed(last)}", factor * last),
    )


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


def values_of(
    mistakes: Sequence[Mistake], loss_id: str, inputs: Mapping[str, object], *, factor: float
) -> tuple[MistakeValue, ...]:
    """Run mistakes; those that are impossible with these numbers are left out."""
    found = []
    for mistake in mistakes:
        try:
            result = running.run(mistake.function, loss_id, **inputs)
        except (ValueError, RuntimeError, ArithmeticError):
            continue  # the wrong way is impossible with these numbers
        if result.numel() == 1 and math.isfinite(float(result)):
            found.append(
                MistakeValue(
                    mistake.id,
                    float(result) * factor,
                    mistake.says,
                    mistake.remedy,
                    mistake.departs_at,
                )
            )
    return tuple(found)
