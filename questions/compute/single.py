"""What a learner sees who checks an answer in PyTorch's default precision. Imports torch."""

from __future__ import annotations

from collections.abc import Mapping

import torch

import losses
from losses import evaluation as running
from losses.worked.step import Value
from questions.compute.inputs import bound_inputs
from questions.expression import value_of
from questions.model import CompareQuestion, Computation, ComputedQuestion, Expression


def evaluate_single(question: ComputedQuestion, given: Mapping[str, Value]) -> float:
    """Return the right value computed in float32, from the numbers shown rounded to float32.

    Raises KeyError and ValueError as `evaluate` does, and ValueError for a comparison, which has
    no single value.
    """
    if isinstance(question, CompareQuestion):
        raise ValueError(f"{question.id} compares several values")
    return _value(question.compute, given)


def _value(compute: Computation | Expression, given: Mapping[str, Value]) -> float:
    if isinstance(compute, Expression):
        values = {name: _value(part, given) for name, part in compute.parts.items()}
        return value_of(compute.expression, values)
    tensors = running.tensors(compute.loss, **bound_inputs(compute, given))
    narrowed = {
        name: value.float()
        if isinstance(value, torch.Tensor) and value.is_floating_point()
        else value
        for name, value in tensors.items()
    }
    if compute.gradient is None:
        return float(losses.compute(compute.loss, **narrowed))
    slopes = losses.gradient(compute.loss, compute.gradient.of, **narrowed)
    return float(slopes[compute.gradient.at])
