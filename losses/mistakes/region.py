"""How learners miscalculate: losses for regions of an image, given as masks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import region as right
from losses.functional.reduction import reduce
from losses.mistakes.common import only, summed
from losses.reduction import Reduction


def iou_metric_returned(
    pred: Tensor, target: Tensor, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> Tensor:
    """The IoU itself, not 1 − IoU."""
    terms = 1 - right.soft_iou(pred, target, smooth=smooth, reduction="none")
    return reduce(terms, reduction)


def iou_union_keeps_overlap(
    pred: Tensor, target: Tensor, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> Tensor:
    """Σp + Σt taken for the union, so that the overlap counts twice."""
    p, t = (x.flatten(-2) if x.ndim > 1 else x for x in (pred, target))
    return reduce(1 - ((p * t).sum(-1) + smooth) / ((p + t).sum(-1) + smooth), reduction)


def iou_dice_instead(
    pred: Tensor, target: Tensor, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> Tensor:
    """The Dice loss."""
    return right.soft_dice(pred, target, smooth=smooth, reduction=reduction)


def iou_smoothed_by_one(
    pred: Tensor, target: Tensor, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> Tensor:
    """1 added above and below, as for large masks, where it is not asked for."""
    return right.soft_iou(pred, target, smooth=smooth + 1, reduction=reduction)


def iou_negative_log(
    pred: Tensor, target: Tensor, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> Tensor:
    """−log IoU instead of 1 − IoU."""
    terms = 1 - right.soft_iou(pred, target, smooth=smooth, reduction="none")
    return reduce(-torch.log(terms), reduction)


def iou_sigmoid_applied(
    pred: Tensor, target: Tensor, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> Tensor:
    """A sigmoid put on a mask that is one already."""
    return right.soft_iou(torch.sigmoid(pred), target, smooth=smooth, reduction=reduction)


def dice_metric_returned(
    pred: Tensor,
    target: Tensor,
    *,
    squared: bool = False,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The Dice coefficient itself, not 1 − Dice."""
    terms = 1 - right.soft_dice(pred, target, squared=squared, smooth=smooth, reduction="none")
    return reduce(terms, reduction)


def dice_factor_two_missing(
    pred: Tensor,
    target: Tensor,
    *,
    squared: bool = False,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Σpt above instead of 2Σpt."""
    p, t = (x.flatten(-2) if x.ndim > 1 else x for x in (pred, target))
    sizes = (p.square() + t.square()).sum(-1) if squared else (p + t).sum(-1)
    return reduce(1 - ((p * t).sum(-1) + smooth) / (sizes + smooth), reduction)


def dice_iou_instead(
    pred: Tensor,
    target: Tensor,
    *,
    squared: bool = False,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The IoU loss."""
    if not squared:
        return right.soft_iou(pred, target, smooth=smooth, reduction=reduction)
    p, t = (x.flatten(-2) if x.ndim > 1 else x for x in (pred, target))
    overlap = (p * t).sum(-1)
    union = (p.square() + t.square()).sum(-1) - overlap
    return reduce(1 - (overlap + smooth) / (union + smooth), reduction)


def dice_other_denominator(
    pred: Tensor,
    target: Tensor,
    *,
    squared: bool = False,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Σp² + Σt² where Σp + Σt is asked for, or the reverse; the same on masks of only 0 and 1."""
    value = right.soft_dice(pred, target, squared=not squared, smooth=smooth, reduction=reduction)
    soft = ((pred.square() != pred) | (target.square() != target)).any()
    return torch.where(soft, value, math.nan)


def dice_sigmoid_applied(
    pred: Tensor,
    target: Tensor,
    *,
    squared: bool = False,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """A sigmoid put on a mask that is one already."""
    return right.soft_dice(
        torch.sigmoid(pred), target, squared=squared, smooth=smooth, reduction=reduction
    )


def tversky_metric_returned(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 0.5,
    beta: float = 0.5,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The Tversky index itself, not one minus it."""
    terms = 1 - right.soft_tversky(
        pred, target, alpha=alpha, beta=beta, smooth=smooth, reduction="none"
    )
    return reduce(terms, reduction)


def tversky_coefficients_swapped(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 0.5,
    beta: float = 0.5,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """α put on the misses, β on the false alarms."""
    return right.soft_tversky(
        pred, target, alpha=beta, beta=alpha, smooth=smooth, reduction=reduction
    )


def tversky_dice_instead(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 0.5,
    beta: float = 0.5,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """α = β = ½ whatever was given: the Dice loss."""
    return right.soft_tversky(pred, target, smooth=smooth, reduction=reduction)


def tversky_coefficients_left_out(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 0.5,
    beta: float = 0.5,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """TP / (TP + FP + FN): the IoU loss."""
    return right.soft_tversky(pred, target, alpha=1.0, beta=1.0, smooth=smooth, reduction=reduction)


def _weights_differ(*, alpha: float = 0.5, beta: float = 0.5, **_: object) -> bool:
    return alpha != beta


def _is_not_dice(*, alpha: float = 0.5, beta: float = 0.5, **_: object) -> bool:
    return not alpha == beta == 0.5


def _is_not_iou(*, alpha: float = 0.5, beta: float = 0.5, **_: object) -> bool:
    return not alpha == beta == 1


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "soft_iou": {
        "sum_for_mean": summed(right.soft_iou),
        "metric_returned": iou_metric_returned,
        "union_keeps_overlap": iou_union_keeps_overlap,
        "dice_instead": iou_dice_instead,
        "smoothed_by_one": iou_smoothed_by_one,
        "negative_log": iou_negative_log,
        "sigmoid_applied": iou_sigmoid_applied,
    },
    "soft_dice": {
        "sum_for_mean": summed(right.soft_dice),
        "metric_returned": dice_metric_returned,
        "factor_two_missing": dice_factor_two_missing,
        "iou_instead": dice_iou_instead,
        "other_denominator": dice_other_denominator,
        "sigmoid_applied": dice_sigmoid_applied,
    },
    "soft_tversky": {
        "sum_for_mean": summed(right.soft_tversky),
        "metric_returned": tversky_metric_returned,
        "coefficients_swapped": only(tversky_coefficients_swapped, where=_weights_differ),
        "dice_instead": only(tversky_dice_instead, where=_is_not_dice),
        "coefficients_left_out": only(tversky_coefficients_left_out, where=_is_not_iou),
    },
}
