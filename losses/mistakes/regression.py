"""How learners miscalculate losses for real-valued targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import regression as right
from losses.functional.reduction import reduce
from losses.mistakes.common import summed
from losses.reduction import Reduction


def huber_no_half_in_quadratic(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """e² instead of ½e² where |e| ≤ δ."""
    error = (pred - target).abs()
    terms = torch.where(error <= delta, error**2, delta * (error - delta / 2))
    return reduce(terms, reduction)


def huber_linear_without_offset(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """δ|e| instead of δ(|e| − ½δ) where |e| > δ."""
    error = (pred - target).abs()
    terms = torch.where(error <= delta, error**2 / 2, delta * error)
    return reduce(terms, reduction)


def huber_linear_as_absolute(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """|e| instead of δ(|e| − ½δ) where |e| > δ."""
    error = (pred - target).abs()
    terms = torch.where(error <= delta, error**2 / 2, error)
    return reduce(terms, reduction)


def huber_smooth_l1_instead(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Huber divided by δ."""
    return right.huber(pred, target, delta=delta, reduction=reduction) / delta


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "huber": {
        "sum_for_mean": summed(right.huber),
        "no_half_in_quadratic": huber_no_half_in_quadratic,
        "linear_without_offset": huber_linear_without_offset,
        "linear_as_absolute": huber_linear_as_absolute,
        "smooth_l1_instead": huber_smooth_l1_instead,
    },
}
