"""Compute what a learner's program is compared with. Imports torch."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

import losses
from losses import evaluation as running
from questions.code.cases import Case, cases, gradient_of
from questions.code.program import Dtype, TensorData
from questions.code.reference import DTYPES, Reference
from questions.model import CodeQuestion

_STEP = 1e-6  # of the slopes to the left and to the right
_KINK = 1e-3  # two slopes that differ by more, in proportion, meet in a kink


def references(question: CodeQuestion, seed: int) -> tuple[Reference | None, ...]:
    """Run the loss and its known mistakes on every case of a seed.

    None stands for a case that the loss refuses or on which it gives no finite number. Raises
    ValueError, naming the reason, when no case is left.
    """
    found: list[Reference | None] = []
    why = ""
    for case in cases(question, seed):
        try:
            found.append(_reference(question, case))
        except ValueError as error:
            found.append(None)
            why = str(error)
    if not any(found):
        raise ValueError(why)
    return tuple(found)


def _reference(question: CodeQuestion, case: Case) -> Reference:
    loss_id = question.compute.loss
    name = gradient_of(question)
    inputs = running.tensors(loss_id, **case.inputs)
    value = losses.compute(loss_id, **inputs)
    if not bool(value.isfinite().all()):
        raise ValueError(f"{loss_id} is not finite")
    values: dict[Dtype, TensorData] = {}
    gradients: dict[Dtype, TensorData] = {}
    smooth = not _kinked(loss_id, name, inputs)
    for dtype in DTYPES:
        cast_inputs = _as(inputs, getattr(torch, dtype))
        values[dtype] = _data(losses.compute(loss_id, **cast_inputs))
        if smooth:
            gradients[dtype] = _data(losses.gradient(loss_id, name, **cast_inputs))
    return Reference(values, gradients, _mistakes(question, inputs))


def _mistakes(question: CodeQuestion, inputs: Mapping[str, object]) -> dict[str, TensorData]:
    loss_id = question.compute.loss
    found: dict[str, TensorData] = {}
    for mistake in losses.mistakes.of(loss_id):
        if question.mistakes is not None and mistake.id not in question.mistakes:
            continue
        try:
            value = running.run(mistake.function, loss_id, **inputs)
        except (ValueError, RuntimeError, ArithmeticError):
            continue  # the wrong way is impossible with these numbers
        if not bool(value.isnan().any()):
            found[mistake.id] = _data(value)
    return found


def _kinked(loss_id: str, name: str, inputs: Mapping[str, object]) -> bool:
    """Whether the slopes to the left and to the right of the point differ in some direction."""
    point = inputs[name]
    if not isinstance(point, Tensor):
        return False

    def total(moved: Tensor) -> float:
        return float(losses.compute(loss_id, **{**inputs, name: moved}).sum())

    middle = total(point)
    for place in range(point.numel()):
        step = torch.zeros_like(point)
        size = _STEP * max(1.0, abs(float(point.flatten()[place])))
        step.view(-1)[place] = size
        try:
            right = (total(point + step) - middle) / size
            left = (middle - total(point - step)) / size
        except ValueError:
            continue  # the edge of the domain: the one slope there is, is the gradient
        if abs(right - left) > _KINK * max(1.0, abs(right), abs(left)):
            return True
    return False


def _as(inputs: Mapping[str, object], dtype: torch.dtype) -> dict[str, object]:
    return {
        name: value.to(dtype) if isinstance(value, Tensor) and value.is_floating_point() else value
        for name, value in inputs.items()
    }


def _data(tensor: Tensor) -> TensorData:
    return TensorData(
        tuple(tensor.shape),
        str(tensor.dtype).removeprefix("torch."),
        tuple(tensor.detach().to(torch.float64).flatten().tolist()),
    )
