"""Losses for rectangles given by two corners."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from losses.functional import checks
from losses.functional.reduction import reduce
from losses.reduction import Reduction


@dataclass(frozen=True, slots=True)
class _Pair:
    """Width and height on the last axis, areas without it."""

    iou: Tensor
    union: Tensor
    hull: Tensor  # sides of the smallest box around both


def _share(part: Tensor, whole: Tensor) -> Tensor:
    """part / whole, and 0 where the whole is 0; finite in value and gradient."""
    empty = whole == 0
    return torch.where(empty, 0.0, part / torch.where(empty, 1.0, whole))


def _area(sides: Tensor) -> Tensor:
    return sides[..., 0] * sides[..., 1]


def _check(pred: Tensor, target: Tensor) -> None:
    checks.same_shape(pred=pred, target=target)
    if pred.shape[-1:] != (4,):
        raise ValueError(f"a box has 4 numbers (x1, y1, x2, y2), not shape {tuple(pred.shape)}")
    for name, boxes in (("pred", pred), ("target", target)):
        checks.values_hold(
            boxes[..., :2] <= boxes[..., 2:], f"{name} must have x1 <= x2 and y1 <= y2"
        )


def _compare(pred: Tensor, target: Tensor) -> _Pair:
    _check(pred, target)
    p_low, p_high = pred[..., :2], pred[..., 2:]
    t_low, t_high = target[..., :2], target[..., 2:]
    shared = torch.minimum(p_high, t_high) - torch.maximum(p_low, t_low)
    both = _area(shared.clamp_min(0))
    union = _area(p_high - p_low) + _area(t_high - t_low) - both
    hull = torch.maximum(p_high, t_high) - torch.minimum(p_low, t_low)
    return _Pair(_share(both, union), union, hull)


def _offset(pred: Tensor, target: Tensor, hull: Tensor) -> Tensor:
    """Squared distance of the centres over the squared diagonal of the hull."""
    twice = pred[..., :2] + pred[..., 2:] - target[..., :2] - target[..., 2:]
    return _share(twice.square().sum(-1) / 4, hull.square().sum(-1))


def _angle(boxes: Tensor) -> Tensor:
    """Angle of the diagonal, arctan(width / height); 0 for a point."""
    sides = boxes[..., 2:] - boxes[..., :2]
    width, height = sides[..., 0], sides[..., 1]
    point = (width == 0) & (height == 0)
    return torch.where(point, 0.0, torch.atan2(width, torch.where(point, 1.0, height)))


def box_iou_loss(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """One minus the overlap of two rectangles over their union.

    1 − |A ∩ B| / |A ∪ B|. Two boxes without area have IoU 0.

    Shapes: pred and target (N, 4) or (4,), equal, as (x1, y1, x2, y2); the mean divides by the
    number of boxes.
    Raises ValueError for unequal shapes, a last axis other than 4, or corners in the wrong order.
    Prevents: not clamping the overlap at 0, so that two negative sides make an area.
    Source: Yu et al. (2016), UnitBox, which takes −log IoU.

    >>> import torch
    >>> pred = torch.tensor([0.0, 0.0, 4.0, 2.0], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 0.0, 3.0, 3.0], dtype=torch.float64)
    >>> box_iou_loss(pred, target).item()
    0.6
    """
    return reduce(1 - _compare(pred, target).iou, reduction)


def giou_loss(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """IoU loss plus the share of the enclosing box that neither rectangle fills.

    1 − IoU + (C − U) / C with U the union and C the smallest box around both; from 0 to 2.

    Shapes: pred and target (N, 4) or (4,), equal, as (x1, y1, x2, y2); the mean divides by the
    number of boxes.
    Raises ValueError for unequal shapes, a last axis other than 4, or corners in the wrong order.
    Prevents: dividing the empty part by the union instead of the enclosing box.
    Source: Rezatofighi et al. (2019), Generalized Intersection over Union.

    >>> import torch
    >>> pred = torch.tensor([0.0, 0.0, 1.0, 1.0], dtype=torch.float64)
    >>> target = torch.tensor([2.0, 2.0, 3.0, 3.0], dtype=torch.float64)
    >>> round(giou_loss(pred, target).item(), 6)
    1.777778
    """
    pair = _compare(pred, target)
    enclosing = _area(pair.hull)
    return reduce(1 - pair.iou + _share(enclosing - pair.union, enclosing), reduction)


def diou_loss(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """IoU loss plus how far the centres are apart, relative to the enclosing box.

    1 − IoU + ρ² / c², ρ the distance of the centres, c the diagonal of the smallest box around
    both; from 0 to 2.

    Shapes: pred and target (N, 4) or (4,), equal, as (x1, y1, x2, y2); the mean divides by the
    number of boxes.
    Raises ValueError for unequal shapes, a last axis other than 4, or corners in the wrong order.
    Prevents: taking ρ / c without the squares.
    Source: Zheng et al. (2020), Distance-IoU Loss.

    >>> import torch
    >>> pred = torch.tensor([0.0, 0.0, 4.0, 2.0], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 0.0, 3.0, 3.0], dtype=torch.float64)
    >>> diou_loss(pred, target).item()
    0.61
    """
    pair = _compare(pred, target)
    return reduce(1 - pair.iou + _offset(pred, target, pair.hull), reduction)


def ciou_loss(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Distance-IoU loss plus a term for unequal proportions.

    1 − IoU + ρ² / c² + αv, v = (4/π²)(arctan(wₜ/hₜ) − arctan(w/h))², α = v / (1 − IoU + v).
    The weight α is held constant in the gradient, as in the paper.

    Shapes: pred and target (N, 4) or (4,), equal, as (x1, y1, x2, y2); the mean divides by the
    number of boxes.
    Raises ValueError for unequal shapes, a last axis other than 4, or corners in the wrong order.
    Prevents: adding v unweighted.
    Source: Zheng et al. (2020), Distance-IoU Loss.

    >>> import torch
    >>> pred = torch.tensor([0.0, 0.0, 4.0, 2.0], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 0.0, 3.0, 3.0], dtype=torch.float64)
    >>> round(ciou_loss(pred, target).item(), 6)
    0.626823
    """
    pair = _compare(pred, target)
    v = 4 / math.pi**2 * (_angle(target) - _angle(pred)).square()
    alpha = _share(v, 1 - pair.iou + v).detach()
    return reduce(1 - pair.iou + _offset(pred, target, pair.hull) + alpha * v, reduction)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "box_iou_loss": box_iou_loss,
    "giou_loss": giou_loss,
    "diou_loss": diou_loss,
    "ciou_loss": ciou_loss,
}
