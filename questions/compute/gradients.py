"""Compute a component of a gradient, what mistakes make of it, and its steps. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import torch
from torch import Tensor

import losses
from losses import evaluation as running
from losses.mistakes.gradient import wrong_gradients
from losses.text import Text
from losses.worked.gradient import central_difference, gradient_steps
from losses.worked.step import Value
from questions.compute.inputs import bound_inputs
from questions.evaluation import Evaluation, MistakeValue
from questions.model import Computation, Gradient

# A kink shows as two one-sided slopes that differ by more than what their step explains.
_SIDE_STEP = 1e-6
_SLOPE_MARGIN = 1e-3
_SAME = 1e-9  # relative: a mistake that gives the right gradient is none here


def evaluate_gradient(
    compute: Computation,
    gradient: Gradient,
    given: Mapping[str, Value],
    mistakes: Sequence[str] | None,
) -> Evaluation:
    """Compute one component of the gradient of a loss by autograd in float64.

    The mistakes are those of the loss, differentiated, and those of differentiating. One that
    leads to the right component, or has no gradient, is left out; where all mistakes are wanted,
    also one that leads to the same as an earlier one. Raises ValueError for numbers that the
    loss refuses, a place that is not there, and where the loss has a kink.
    """
    loss_id, wanted = compute.loss, gradient.of
    inputs = bound_inputs(compute, given)
    tensors = running.tensors(loss_id, **inputs)
    if losses.compute(loss_id, **tensors).numel() != 1:
        raise ValueError(f"{loss_id} gives several numbers where one is to be differentiated")
    found = running.gradient(loss_id, wanted, **tensors)
    _check_place(found, gradient)
    value = float(found[gradient.at])
    slope = _Slope(loss_id, gradient, tensors)
    slope.refuse_kinks()
    steps = gradient_steps(loss_id, wanted, gradient.at, **inputs)
    if steps is None:
        steps = (central_difference(slope.value_at, slope.x),)
    return Evaluation(
        value=value,
        mistakes=_distinct(_mistakes(compute, gradient, tensors, mistakes), value, mistakes),
        steps=(*losses.worked.steps(loss_id, **inputs), *steps),
        dtype=str(found.dtype).removeprefix("torch."),
        torch_version=torch.__version__,
    )


def _check_place(found: Tensor, gradient: Gradient) -> None:
    fits = len(gradient.at) == found.dim() and all(
        place < size for place, size in zip(gradient.at, found.shape, strict=True)
    )
    if not fits:
        raise ValueError(
            f"{gradient.of} has shape {list(found.shape)}, which has no place {list(gradient.at)}"
        )


class _Slope:
    """The loss as a function of one component of one input."""

    def __init__(self, loss_id: str, gradient: Gradient, tensors: Mapping[str, object]) -> None:
        point = tensors[gradient.of]
        if not isinstance(point, Tensor):
            raise TypeError(f"{gradient.of} of {loss_id} is no tensor")
        self._loss_id, self._gradient = loss_id, gradient
        self._tensors, self._point = tensors, point

    @property
    def x(self) -> float:
        """The component."""
        return float(self._point[self._gradient.at])

    def value_at(self, x: float) -> float:
        """Return the loss with the component changed. Raises ValueError where it is refused."""
        moved = self._point.clone()
        moved[self._gradient.at] = x
        return float(losses.compute(self._loss_id, **{**self._tensors, self._gradient.of: moved}))

    def refuse_kinks(self) -> None:
        """Raise ValueError where the slopes of the two sides differ.

        At the edge of the domain, where there is one side only, nothing is known of the other.
        """
        h, middle = _SIDE_STEP, self.value_at(self.x)
        try:
            right = (self.value_at(self.x + h) - middle) / h
            left = (middle - self.value_at(self.x - h)) / h
        except ValueError:
            return
        if abs(right - left) > _SLOPE_MARGIN * max(1.0, abs(left), abs(right)):
            raise ValueError(
                f"{self._loss_id} has a kink at {self._gradient.of} = {self.x:.6g}: no gradient"
            )


def _mistakes(
    compute: Computation,
    gradient: Gradient,
    tensors: Mapping[str, object],
    wanted: Sequence[str] | None,
) -> Iterator[MistakeValue]:
    """Yield every mistake wanted that has a finite number here, in the order they are known."""
    loss_id = compute.loss
    for mistake in losses.mistakes.of(loss_id):
        if wanted is not None and mistake.id not in wanted:
            continue
        try:
            wrong = running.gradient_of(mistake.function, loss_id, gradient.of, **tensors)
        except (ValueError, RuntimeError, ArithmeticError):
            continue  # impossible with these numbers, or without a gradient
        component = float(wrong[gradient.at])
        if math.isfinite(component):
            says = Text(
                f"微分する前の損失に誤りがある。{mistake.says.ja}",
                f"The loss was wrong before it was differentiated. {mistake.says.en}",
            )
            yield MistakeValue(mistake.id, component, says, mistake.remedy, mistake.departs_at)
    if wanted == ():
        return
    for info, wrong in wrong_gradients(loss_id, gradient.of, **tensors):
        component = float(wrong[gradient.at])
        if math.isfinite(component) and (wanted is None or info.id in wanted):
            yield MistakeValue(info.id, component, info.says, info.remedy, info.departs_at)


def _distinct(
    found: Iterator[MistakeValue], value: float, wanted: Sequence[str] | None
) -> tuple[MistakeValue, ...]:
    """Leave out what is right here; where all are wanted, also what an earlier one leads to."""
    kept: list[MistakeValue] = []
    for mistake in found:
        others = [value, *(each.value for each in kept if wanted is None)]
        if not any(math.isclose(mistake.value, other, rel_tol=_SAME) for other in others):
            kept.append(mistake)
    return tuple(kept)
