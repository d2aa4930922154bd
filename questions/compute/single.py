"""What a learner sees who checks an answer in PyTorch's default precision. Imports torch."""

from __future__ import annotations

from collections.abc import Mapping

import torch

import losses
from losses import evaluation as running
from losses.worked.step import Value
from questions.compute.evaluate import bound_inputs
from questions.model import ComputedQuestion


def evaluate_single(question: ComputedQuestion, given: Mapping[str, Value]) -> float:
    """Return the right value computed in float32, from the numbers shown rounded to float32.

    Raises KeyError and ValueError as `evaluate` does.
    """
    loss_id = question.compute.loss
    tensors = running.tensors(loss_id, **bound_inputs(question, given))
    narrowed = {
        name: value.float()
        if isinstance(value, torch.Tensor) and value.is_floating_point()
        else value
        for name, value in tensors.items()
    }
    return float(losses.compute(loss_id, **narrowed))
