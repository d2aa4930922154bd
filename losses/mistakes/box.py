"""How learners miscalculate: losses for rectangles given by two corners."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import box as right
from losses.functional.reduction import reduce
from losses.mistakes.common import summed, unless_right
from losses.reduction import Reduction


def _area(low: Tensor, high: Tensor) -> Tensor:
    return (high[..., 0] - low[..., 0]) * (high[..., 1] - low[..., 1])


def _areas(pred: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Overlap and sum of both areas."""
    low = torch.maximum(pred[..., :2], target[..., :2])
    high = torch.maximum(torch.minimum(pred[..., 2:], target[..., 2:]), low)
    return _area(low, high), _area(pred[..., :2], pred[..., 2:]) + _area(
        target[..., :2], target[..., 2:]
    )


def _hull(pred: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Corners of the smallest box around both."""
    return torch.minimum(pred[..., :2], target[..., :2]), torch.maximum(
        pred[..., 2:], target[..., 2:]
    )


def _shift(pred: Tensor, target: Tensor) -> Tensor:
    """From one centre to the other."""
    return (pred[..., :2] + pred[..., 2:] - target[..., :2] - target[..., 2:]) / 2


def _box_loss(pred: Tensor, target: Tensor) -> Tensor:
    return right.box_iou_loss(pred, target, reduction="none")


def _diagonal2(pred: Tensor, target: Tensor) -> Tensor:
    low, high = _hull(pred, target)
    return (high - low).square().sum(-1)


def _v(pred: Tensor, target: Tensor) -> Tensor:
    """The aspect term of CIoU."""
    p, t = (boxes[..., 2:] - boxes[..., :2] for boxes in (pred, target))
    gap = torch.atan2(t[..., 0], t[..., 1]) - torch.atan2(p[..., 0], p[..., 1])
    return 4 / math.pi**2 * gap.square()


def iou_metric_returned(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The IoU itself."""
    return reduce(1 - _box_loss(pred, target), reduction)


def iou_negative_log(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """−log IoU, the form of UnitBox."""
    return reduce(-torch.log(1 - _box_loss(pred, target)), reduction)


def iou_union_keeps_overlap(
    pred: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The sum of both areas taken for the union."""
    both, total = _areas(pred, target)
    return reduce(1 - both / total, reduction)


def iou_sides_not_clamped(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Negative overlaps in x and in y multiplied to an area."""
    low = torch.maximum(pred[..., :2], target[..., :2])
    high = torch.minimum(pred[..., 2:], target[..., 2:])
    both = _area(low, high)
    _, total = _areas(pred, target)
    return reduce(1 - both / (total - both), reduction)


def iou_corner_read_as_size(
    pred: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """(x1, y1, x2, y2) read as (x, y, width, height)."""
    p, t = (
        torch.cat((boxes[..., :2], boxes[..., :2] + boxes[..., 2:].abs()), -1)
        for boxes in (pred, target)
    )
    return right.box_iou_loss(p, t, reduction=reduction)


def iou_pixels_counted(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Sides taken as x2 − x1 + 1, as if corners were pixels."""
    one = torch.tensor([0.0, 0.0, 1.0, 1.0], dtype=pred.dtype, device=pred.device)
    return right.box_iou_loss(pred + one, target + one, reduction=reduction)


def penalty_forgotten(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """1 − IoU only."""
    return right.box_iou_loss(pred, target, reduction=reduction)


def giou_penalty_subtracted(
    pred: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """1 − IoU − (C − U) / C."""
    iou_loss = _box_loss(pred, target)
    penalty = right.giou_loss(pred, target, reduction="none") - iou_loss
    return reduce(iou_loss - penalty, reduction)


def giou_divided_by_union(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """(C − U) / U."""
    both, total = _areas(pred, target)
    union = total - both
    enclosing = _area(*_hull(pred, target))
    return reduce(_box_loss(pred, target) + (enclosing - union) / union, reduction)


def giou_overlap_for_union(
    pred: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """(C − I) / C."""
    both, _ = _areas(pred, target)
    enclosing = _area(*_hull(pred, target))
    return reduce(_box_loss(pred, target) + (enclosing - both) / enclosing, reduction)


def diou_penalty_subtracted(
    pred: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """1 − IoU − ρ² / c²."""
    iou_loss = _box_loss(pred, target)
    penalty = right.diou_loss(pred, target, reduction="none") - iou_loss
    return reduce(iou_loss - penalty, reduction)


def diou_not_squared(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """ρ / c."""
    distance = _shift(pred, target).square().sum(-1).sqrt()
    ratio = distance / _diagonal2(pred, target).sqrt()
    return reduce(_box_loss(pred, target) + ratio, reduction)


def diou_corner_distance(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The distance of the first corners instead of the centres."""
    distance2 = (pred[..., :2] - target[..., :2]).square().sum(-1)
    return reduce(_box_loss(pred, target) + distance2 / _diagonal2(pred, target), reduction)


def diou_target_diagonal(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The diagonal of the target instead of the enclosing box."""
    diagonal2 = (target[..., 2:] - target[..., :2]).square().sum(-1)
    ratio = _shift(pred, target).square().sum(-1) / diagonal2
    return reduce(_box_loss(pred, target) + ratio, reduction)


def ciou_aspect_forgotten(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The DIoU loss."""
    return right.diou_loss(pred, target, reduction=reduction)


def ciou_distance_forgotten(
    pred: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """1 − IoU + αv."""
    aspect = right.ciou_loss(pred, target, reduction="none") - right.diou_loss(
        pred, target, reduction="none"
    )
    return reduce(_box_loss(pred, target) + aspect, reduction)


def ciou_weight_one(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """v added with weight 1 instead of α."""
    terms = right.diou_loss(pred, target, reduction="none") + _v(pred, target)
    return reduce(terms, reduction)


def ciou_without_four_over_pi2(
    pred: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """v without its factor 4/π²."""
    v = _v(pred, target) * math.pi**2 / 4
    alpha = v / (_box_loss(pred, target) + v)
    return reduce(right.diou_loss(pred, target, reduction="none") + alpha * v, reduction)


def ciou_weight_from_iou(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """α = v / (IoU + v)."""
    v = _v(pred, target)
    alpha = v / (1 - _box_loss(pred, target) + v)
    return reduce(right.diou_loss(pred, target, reduction="none") + alpha * v, reduction)


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "box_iou_loss": {
        "sum_for_mean": summed(right.box_iou_loss),
        "metric_returned": iou_metric_returned,
        "negative_log": iou_negative_log,
        "union_keeps_overlap": iou_union_keeps_overlap,
        "sides_not_clamped": unless_right(iou_sides_not_clamped, right.box_iou_loss),
        "corner_read_as_size": iou_corner_read_as_size,
        "pixels_counted": iou_pixels_counted,
    },
    "giou_loss": {
        "sum_for_mean": summed(right.giou_loss),
        "penalty_forgotten": penalty_forgotten,
        "penalty_subtracted": giou_penalty_subtracted,
        "divided_by_union": giou_divided_by_union,
        "overlap_for_union": giou_overlap_for_union,
    },
    "diou_loss": {
        "sum_for_mean": summed(right.diou_loss),
        "penalty_forgotten": penalty_forgotten,
        "penalty_subtracted": diou_penalty_subtracted,
        "not_squared": diou_not_squared,
        "corner_distance": diou_corner_distance,
        "target_diagonal": diou_target_diagonal,
    },
    "ciou_loss": {
        "sum_for_mean": summed(right.ciou_loss),
        "aspect_forgotten": ciou_aspect_forgotten,
        "distance_forgotten": ciou_distance_forgotten,
        "weight_one": ciou_weight_one,
        "without_four_over_pi2": ciou_without_four_over_pi2,
        "weight_from_iou": ciou_weight_from_iou,
    },
}
