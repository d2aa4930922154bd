"""Compute a variant: the right value, every mistake's value, the worked steps. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch

import losses
from losses import evaluation as running
from losses.mistakes.generic import FIRST, LAST, generic, twofold
from losses.mistakes.mistake import Mistake
from losses.text import Text
from losses.worked.step import Step, Value, bracketed
from questions.compute.expressions import evaluate_expression
from questions.compute.gradients import evaluate_gradient
from questions.compute.inputs import bound_inputs
from questions.evaluation import Evaluation, MistakeValue, SideValue
from questions.model import (
    CompareQuestion,
    Computation,
    ComputedQuestion,
    Expression,
    ValuedQuestion,
)

PERCENT = 100.0


def evaluate(
    question: ComputedQuestion, given: Mapping[str, Value], *, worked: bool = True
) -> Evaluation:
    """Run what a question computes, and the wrong ways to compute it, on the numbers shown.

    A mistake that gives no finite number here (a logarithm of 0, say) is left out: nobody can
    type it. Without `worked` a loss has neither steps nor further mistakes: whoever looks for
    numbers does not read them. Raises KeyError for an unknown loss, mistake or given, ValueError
    for numbers that the loss refuses.
    """
    if isinstance(question, CompareQuestion):
        return _compared(question, given)
    compute, mistakes = question.compute, question.mistakes
    if isinstance(compute, Expression) or compute.gradient is not None:
        evaluation = evaluate_compute(compute, given, mistakes)
    else:
        evaluation = _evaluate_loss(compute, given, mistakes, worked=worked, further=worked)
    return _in_percent(evaluation) if question.percent else evaluation


def evaluate_compute(
    compute: Computation | Expression, given: Mapping[str, Value], mistakes: Sequence[str] | None
) -> Evaluation:
    """Compute one value, and what the mistakes of these ids (None: all) lead to instead."""
    if isinstance(compute, Expression):
        return evaluate_expression(compute, given, mistakes, evaluate_part=evaluate_compute)
    if compute.gradient is not None:
        return evaluate_gradient(compute, compute.gradient, given, mistakes)
    return _evaluate_loss(compute, given, mistakes)


def _compared(question: CompareQuestion, given: Mapping[str, Value]) -> Evaluation:
    """Compute every side; the value is the one that the question asks for."""
    sides = [evaluate_compute(side.compute, given, ()) for side in question.sides]
    best = max if question.ask == "larger" else min
    return Evaluation(
        value=best(side.value for side in sides),
        mistakes=(),
        steps=(),
        dtype=sides[0].dtype,
        torch_version=sides[0].torch_version,
        sides=tuple(SideValue(side.value, side.steps) for side in sides),
    )


def _evaluate_loss(
    compute: Computation,
    given: Mapping[str, Value],
    mistakes: Sequence[str] | None,
    *,
    worked: bool = True,
    further: bool = False,
) -> Evaluation:
    loss_id = compute.loss
    inputs = bound_inputs(compute, given)
    tensors = running.tensors(loss_id, **inputs)  # once for the loss and all its mistakes
    value = losses.compute(loss_id, **tensors)
    if value.numel() != 1:
        raise ValueError(f"{loss_id} gives {value.numel()} numbers where one is asked for")
    right = float(value)
    found = values_of(mistakes_of(loss_id, mistakes), loss_id, tensors)
    steps = losses.worked.steps(loss_id, **inputs) if worked else ()
    return Evaluation(
        value=right,
        mistakes=found,
        steps=steps,
        dtype=str(value.dtype).removeprefix("torch."),
        torch_version=torch.__version__,
        further=_further(loss_id, tensors, steps, right, found) if further else (),
    )


def _further(
    loss_id: str,
    inputs: Mapping[str, object],
    steps: Sequence[Step],
    right: float,
    mistakes: Sequence[MistakeValue],
) -> tuple[MistakeValue, ...]:
    """Return what else can go wrong, the simplest first, each value once.

    First the mistakes of the loss that the question does not name, then those that can be made
    with any loss, then a mistake of the question followed by one of those.
    """
    named = [mistake.id for mistake in mistakes]
    single = [
        *(mistake for mistake in losses.mistakes.of(loss_id) if mistake.id not in named),
        *generic(loss_id),
    ]
    double = [both for name in named for both in twofold(loss_id, name)]
    found = [
        *values_of(single, loss_id, inputs),
        *(replace(mistake, count=2) for mistake in values_of(double, loss_id, inputs)),
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


def factor_of(question: ValuedQuestion) -> float:
    """Return what the value is multiplied by: 100 where percent are asked for."""
    return PERCENT if question.percent else 1.0


def _in_percent(evaluation: Evaluation) -> Evaluation:
    """Return an evaluation of the same numbers in percent."""
    last = evaluation.steps[-1].value if evaluation.steps else ()
    steps = evaluation.steps
    if not isinstance(last, tuple):
        label = Text("百分率で表す", "As a percentage")
        written = f"100·{bracketed(last)}"
        steps = (*steps, Step("percent", label, "100·L", written, PERCENT * last))
    return replace(
        evaluation,
        value=evaluation.value * PERCENT,
        mistakes=tuple(_times_100(mistake) for mistake in evaluation.mistakes),
        further=tuple(_times_100(mistake) for mistake in evaluation.further),
        steps=steps,
    )


def _times_100(mistake: MistakeValue) -> MistakeValue:
    return replace(mistake, value=mistake.value * PERCENT)


def mistakes_of(loss_id: str, wanted: Sequence[str] | None) -> tuple[Mistake, ...]:
    """Return the mistakes of a loss that count, in the order of their values; None: all."""
    known = {mistake.id: mistake for mistake in losses.mistakes.of(loss_id)}
    return tuple(known[mistake_id] for mistake_id in (known if wanted is None else wanted))


def values_of(
    mistakes: Sequence[Mistake], loss_id: str, inputs: Mapping[str, object]
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
                    mistake.id, float(result), mistake.says, mistake.remedy, mistake.departs_at
                )
            )
    return tuple(found)
