"""Losses for regions of an image, given as masks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import checks
from losses.functional.reduction import reduce
from losses.reduction import Reduction


def _pixels(masks: Tensor) -> Tensor:
    """One row of pixels per mask: the last two dimensions, or the only one, are a mask."""
    return masks.flatten(-2) if masks.ndim > 1 else masks


def _ratio(part: Tensor, whole: Tensor) -> Tensor:
    """part / whole, and 1 where the whole is 0: nothing was there and nothing was found."""
    empty = whole == 0
    return torch.where(empty, 1.0, part / torch.where(empty, 1.0, whole))


def _check(pred: Tensor, target: Tensor, smooth: float) -> None:
    checks.same_shape(pred=pred, target=target)
    if pred.ndim == 0:
        raise ValueError("pred has shape () but a mask has at least one dimension")
    checks.probabilities(pred=pred, target=target)
    checks.non_negative(smooth=smooth)


def soft_iou(
    pred: Tensor, target: Tensor, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> Tensor:
    """One minus the overlap of two masks over their union (Jaccard index), with soft pixels.

    1 − (Σpt + s) / (Σp + Σt − Σpt + s). Two empty masks agree: their loss is 0.

    Shapes: pred and target (…, H, W) or (P,), equal; the last two dimensions, or the only one,
    are one mask, and the mean divides by the number of masks.
    Raises ValueError for unequal shapes, pixels outside [0, 1], or smooth < 0.
    Prevents: returning the IoU itself, which training would drive to 0.
    Source: Rahman and Wang (2016), Optimizing Intersection-Over-Union in Deep Neural Networks
    for Image Segmentation.

    >>> import torch
    >>> pred = torch.tensor([[1.0, 1.0], [1.0, 0.0]])
    >>> target = torch.tensor([[0.0, 1.0], [1.0, 1.0]])
    >>> soft_iou(pred, target).item()
    0.5
    """
    _check(pred, target, smooth)
    p, t = _pixels(pred), _pixels(target)
    overlap = (p * t).sum(-1)
    union = p.sum(-1) + t.sum(-1) - overlap
    return reduce(1 - _ratio(overlap + smooth, union + smooth), reduction)


def soft_dice(
    pred: Tensor,
    target: Tensor,
    *,
    squared: bool = False,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """One minus twice the overlap of two masks over the sum of their sizes.

    1 − (2Σpt + s) / (Σp + Σt + s), with Σp² + Σt² below if `squared` (V-Net). Two empty masks
    agree: their loss is 0.

    Shapes: pred and target (…, H, W) or (P,), equal; the last two dimensions, or the only one,
    are one mask, and the mean divides by the number of masks.
    Raises ValueError for unequal shapes, pixels outside [0, 1], or smooth < 0.
    Prevents: leaving out the 2, which makes a perfect mask cost ½.
    Source: Milletari, Navab and Ahmadi (2016), V-Net.

    >>> import torch
    >>> pred = torch.tensor([[1.0, 1.0], [1.0, 0.0]], dtype=torch.float64)
    >>> target = torch.tensor([[0.0, 1.0], [1.0, 1.0]], dtype=torch.float64)
    >>> round(soft_dice(pred, target).item(), 6)
    0.333333
    """
    _check(pred, target, smooth)
    p, t = _pixels(pred), _pixels(target)
    overlap = (p * t).sum(-1)
    sizes = (p * p).sum(-1) + (t * t).sum(-1) if squared else p.sum(-1) + t.sum(-1)
    return reduce(1 - _ratio(2 * overlap + smooth, sizes + smooth), reduction)


def soft_tversky(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 0.5,
    beta: float = 0.5,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Dice with separate prices for false alarms (`alpha`) and for misses (`beta`).

    1 − (TP + s) / (TP + αFP + βFN + s), TP = Σpt, FP = Σp(1 − t), FN = Σ(1 − p)t.
    α = β = ½ is Dice, α = β = 1 is IoU. Two empty masks agree: their loss is 0.

    Shapes: pred and target (…, H, W) or (P,), equal; the last two dimensions, or the only one,
    are one mask, and the mean divides by the number of masks.
    Raises ValueError for unequal shapes, pixels outside [0, 1], or a negative alpha, beta, smooth.
    Prevents: exchanging α and β, which then rewards the misses it should punish.
    Source: Salehi, Erdogmus and Gholipour (2017), Tversky Loss Function for Image Segmentation
    Using 3D Fully Convolutional Deep Networks.

    >>> import torch
    >>> pred = torch.tensor([1.0, 1.0, 1.0, 0.0], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 0.0, 0.0, 1.0], dtype=torch.float64)
    >>> round(soft_tversky(pred, target, alpha=0.7, beta=0.3).item(), 6)
    0.62963
    """
    _check(pred, target, smooth)
    checks.non_negative(alpha=alpha, beta=beta)
    p, t = _pixels(pred), _pixels(target)
    hit = (p * t).sum(-1)
    false_alarm = p.sum(-1) - hit
    miss = t.sum(-1) - hit
    whole = hit + alpha * false_alarm + beta * miss
    return reduce(1 - _ratio(hit + smooth, whole + smooth), reduction)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "soft_iou": soft_iou,
    "soft_dice": soft_dice,
    "soft_tversky": soft_tversky,
}
