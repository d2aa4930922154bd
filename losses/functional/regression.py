"""Losses for real-valued targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional.checks import positive, same_shape
from losses.reduction import Reduction


def huber(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Quadratic for small errors, linear beyond `delta`.

    ½e² where |e| ≤ δ, else δ(|e| − ½δ), with e = pred − target.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or delta ≤ 0.
    Prevents: dropping the −½δ² of the linear part, which makes the value jump at δ.
    Source: Peter J. Huber (1964), Robust Estimation of a Location Parameter.

    >>> import torch
    >>> pred = torch.tensor([2.5, 0.0, 2.0], dtype=torch.float64)
    >>> target = torch.tensor([3.0, -0.5, 2.0], dtype=torch.float64)
    >>> round(huber(pred, target, delta=0.3).item(), 6)
    0.07
    """
    same_shape(pred=pred, target=target)
    positive(delta=delta)
    return F.huber_loss(pred, target, delta=delta, reduction=reduction)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {"huber": huber}
