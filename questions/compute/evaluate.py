"""Compute a variant: the right value, every mistake's value, the worked steps. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch

import losses
from losses import evaluation as running
from losses.worked.step import Value
from questions.compute.expressions import evaluate_expression
from questions.compute.gradients import evaluate_gradient
from questions.compute.inputs import bound_inputs
from questions.evaluation import Evaluation, MistakeValue, SideValue
from questions.model import CompareQuestion, Computation, ComputedQuestion, Expression


def evaluate(question: ComputedQuestion, given: Mapping[str, Value]) -> Evaluation:
    """Run what a question computes, and the wrong ways to compute it, on the numbers shown.

    A mistake that gives no finite number here (a logarithm of 0, say) is left out: nobody can
    type it. Raises KeyError for an unknown loss, mistake or given, ValueError for numbers that
    the loss refuses.
    """
    if isinstance(question, CompareQuestion):
        return _compared(question, given)
    return evaluate_compute(question.compute, given, question.mistakes)


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
    compute: Computation, given: Mapping[str, Value], mistakes: Sequence[str] | None
) -> Evaluation:
    loss_id = compute.loss
    inputs = bound_inputs(compute, given)
    tensors = running.tensors(loss_id, **inputs)  # once for the loss and all its mistakes
    value = losses.compute(loss_id, **tensors)
    if value.numel() != 1:
        raise ValueError(f"{loss_id} gives {value.numel()} numbers where one is asked for")
    return Evaluation(
        value=float(value),
        mistakes=_mistakes(loss_id, tensors, mistakes),
        steps=losses.worked.steps(loss_id, **inputs),
        dtype=str(value.dtype).removeprefix("torch."),
        torch_version=torch.__version__,
    )


def _mistakes(
    loss_id: str, inputs: Mapping[str, object], mistakes: Sequence[str] | None
) -> tuple[MistakeValue, ...]:
    known = {mistake.id: mistake for mistake in losses.mistakes.of(loss_id)}
    wanted = tuple(known) if mistakes is None else mistakes
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
