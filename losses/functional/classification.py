"""Losses for class labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional.checks import (
    SUM_TOLERANCE,
    between,
    class_indices,
    dimensions,
    distributions,
    labels01,
    log_probabilities,
    non_negative,
    non_negative_values,
    one_of,
    plus_or_minus_one,
    positive,
    probabilities,
    same_shape,
    zero_or_one,
)
from losses.functional.reduction import reduce
from losses.reduction import Reduction


def cross_entropy(
    logits: Tensor,
    target: Tensor,
    *,
    weight: Tensor | None = None,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Cross-entropy of a softmax over classes: LSE(z) − z_y for logits z and class y.

    `target` holds class indices, or the probabilities of all classes (soft labels): −Σ t log p.
    `weight` holds one factor per class; `label_smoothing` a replaces a one-hot target t by
    (1 − a)t + a/K over K classes.

    Shapes: logits (K,), (N, K) or (N, K, d1, ...); target without the axis K, or soft as logits;
    weight (K,). The mean divides by the sum of the weights of the targets (without weights: their
    number), ignored targets not counted; with soft labels by their number, weights or not. It is
    NaN where every target is ignored.
    Raises ValueError for shapes that do not fit, a class that does not exist, soft labels that do
    not add up to 1, a negative weight, or label_smoothing outside [0, 1].
    Prevents: a softmax before this loss, which applies its own.
    Source: Irving J. Good (1952), Rational Decisions; John S. Bridle (1990), on the softmax;
    Christian Szegedy et al. (2016), on label smoothing.

    >>> import torch
    >>> logits = torch.tensor([[2.0, 1.0, 0.1], [0.1, 2.0, 1.0]], dtype=torch.float64)
    >>> round(cross_entropy(logits, torch.tensor([0, 1])).item(), 6)
    0.41703
    """
    between(0.0, 1.0, label_smoothing=label_smoothing)
    _fits(logits=logits, weight=weight)
    kernel = partial(
        F.cross_entropy, weight=weight, ignore_index=ignore_index, label_smoothing=label_smoothing
    )
    if target.is_floating_point() and target.shape == logits.shape:
        distributions(SUM_TOLERANCE, target=target.movedim(_class_axis(logits), -1))
        return kernel(logits, target, reduction=reduction)
    target = _classes(target, logits=logits, ignore_index=ignore_index)
    if weight is not None and label_smoothing > 0 and reduction == "mean":
        # Only here the kernel reads the weights to check them, which vmap forbids.
        ignored = target == ignore_index
        weights = torch.where(ignored, 0, weight[torch.where(ignored, 0, target)])
        return kernel(logits, target, reduction="sum") / weights.sum()
    return kernel(logits, target, reduction=reduction)


def nll(
    log_probs: Tensor,
    target: Tensor,
    *,
    weight: Tensor | None = None,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
) -> Tensor:
    """Negative log-likelihood: −ln p_y, given the logarithms of the probabilities.

    Shapes: log_probs (K,), (N, K) or (N, K, d1, ...); target without the axis K; weight (K,). The
    mean divides by the sum of the weights of the targets (without weights: their number), ignored
    targets not counted.
    Raises ValueError for shapes that do not fit, a class that does not exist, a log-probability
    above 0, or a negative weight.
    Prevents: handing in logits or probabilities; only after a log-softmax is this cross-entropy.
    Source: Irving J. Good (1952), Rational Decisions.

    >>> import torch
    >>> probs = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]], dtype=torch.float64)
    >>> round(nll(probs.log(), torch.tensor([0, 1])).item(), 6)
    0.289909
    """
    _fits(log_probs=log_probs, weight=weight)
    log_probabilities(log_probs=log_probs)
    target = _classes(target, log_probs=log_probs, ignore_index=ignore_index)
    return F.nll_loss(
        log_probs, target, weight=weight, ignore_index=ignore_index, reduction=reduction
    )


def bce(probs: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Binary cross-entropy of probabilities: −(y ln p + (1 − y) ln(1 − p)).

    Logarithms below −100 count as −100, as in PyTorch: p = 0 with y = 1 costs 100, not infinity.
    From logits use `bce_with_logits`, which needs no such floor.

    Shapes: probs and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes, or probabilities or labels outside [0, 1].
    Prevents: handing in logits, and leaving out the term of the other class.
    Source: David R. Cox (1958), The Regression Analysis of Binary Sequences.

    >>> import torch
    >>> probs = torch.tensor([0.8, 0.4, 0.6], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 0.0, 1.0], dtype=torch.float64)
    >>> round(bce(probs, target).item(), 6)
    0.414932
    """
    same_shape(probs=probs, target=target)
    probabilities(probs=probs)
    labels01(target=target)
    return F.binary_cross_entropy(probs, target.to(probs.dtype), reduction=reduction)


def bce_with_logits(
    logits: Tensor,
    target: Tensor,
    *,
    pos_weight: Tensor | float | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """Binary cross-entropy of logits: w·y·softplus(−x) + (1 − y)·softplus(x).

    `pos_weight` w multiplies the term of the positive class only.

    Shapes: logits and target (*), equal; pos_weight a number, or one per entry of the last axis.
    The mean divides by the number of elements, whatever pos_weight is.
    Raises ValueError for shapes that do not fit, labels outside [0, 1], or a negative pos_weight.
    Prevents: a sigmoid before this loss, which applies its own.
    Source: David R. Cox (1958), The Regression Analysis of Binary Sequences.

    >>> import torch
    >>> logits = torch.tensor([1.5, -1.0], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 0.0], dtype=torch.float64)
    >>> round(bce_with_logits(logits, target).item(), 6)
    0.257337
    """
    same_shape(logits=logits, target=target)
    labels01(target=target)
    if pos_weight is not None:
        pos_weight = torch.as_tensor(pos_weight, dtype=logits.dtype, device=logits.device)
        if pos_weight.dim() and pos_weight.shape != logits.shape[-1:]:
            raise ValueError(
                f"pos_weight has shape {tuple(pos_weight.shape)} but "
                f"logits has shape {tuple(logits.shape)}"
            )
        non_negative_values(pos_weight=pos_weight)
    return F.binary_cross_entropy_with_logits(
        logits, target.to(logits.dtype), pos_weight=pos_weight, reduction=reduction
    )


def hinge(scores: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Hinge loss: max(0, 1 − y·s) for a score s and a label y of −1 or +1.

    The gradient on the margin, y·s = 1, is 0.

    Shapes: scores and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or labels other than −1 and +1 (0/1 labels, or −1 wrapped
    to 255 by uint8, would give a plausible number).
    Prevents: 0/1 labels, and taking torch.nn.HingeEmbeddingLoss for it.
    Source: Corinna Cortes and Vladimir Vapnik (1995), Support-Vector Networks.

    >>> import torch
    >>> scores = torch.tensor([1.2, -0.5, 0.8], dtype=torch.float64)
    >>> target = torch.tensor([1.0, -1.0, 1.0], dtype=torch.float64)
    >>> round(hinge(scores, target).item(), 6)
    0.233333
    """
    return reduce(_shortfall(scores, target), reduction)


def squared_hinge(scores: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Squared hinge loss: max(0, 1 − y·s)² for a score s and a label y of −1 or +1.

    Shapes: scores and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or labels other than −1 and +1.
    Prevents: squaring before clamping, which punishes scores beyond the margin.
    Source: Yuh-Jye Lee and Olvi L. Mangasarian (2001), SSVM: A Smooth Support Vector Machine for
    Classification.

    >>> import torch
    >>> scores = torch.tensor([1.2, -0.5, 0.8], dtype=torch.float64)
    >>> target = torch.tensor([1.0, -1.0, 1.0], dtype=torch.float64)
    >>> round(squared_hinge(scores, target).item(), 6)
    0.096667
    """
    return reduce(_shortfall(scores, target).square(), reduction)


def multi_margin(
    scores: Tensor,
    target: Tensor,
    *,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """Multi-class hinge over all rivals: (1/K) Σ_{j≠y} max(0, m − s_y + s_j)^p.

    The sum has K − 1 terms but is divided by K. `weight` multiplies it by the factor of the true
    class, outside the power p.

    Shapes: scores (K,) or (N, K); target () or (N,); weight (K,). The mean divides by N.
    Raises ValueError for shapes that do not fit, a class that does not exist, p other than 1 or 2,
    margin ≤ 0 or a negative weight.
    Prevents: dividing by the K − 1 rivals.
    Source: Jason Weston and Chris Watkins (1999), Support Vector Machines for Multi-Class Pattern
    Recognition.

    >>> import torch
    >>> scores = torch.tensor([[0.1, 0.2, 0.4, 0.8]], dtype=torch.float64)
    >>> round(multi_margin(scores, torch.tensor([3])).item(), 6)  # (0.3 + 0.4 + 0.6)/4
    0.325
    """
    dimensions(1, 2, scores=scores)
    _fits(scores=scores, weight=weight)
    one_of((1, 2), p=p)
    positive(margin=margin)
    target = _classes(target, scores=scores)
    return F.multi_margin_loss(
        scores, target, p=p, margin=margin, weight=weight, reduction=reduction
    )


def crammer_singer_hinge(
    scores: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Multi-class hinge against the strongest rival: max(0, m + max_{j≠y} s_j − s_y).

    Shapes: scores (K,) or (N, K) with K ≥ 2; target () or (N,). The mean divides by N.
    Raises ValueError for shapes that do not fit, a class that does not exist, or margin ≤ 0.
    Prevents: letting the true class compete with itself, and blanking it with 0 instead of −∞,
    which is wrong where all rivals are negative.
    Source: Koby Crammer and Yoram Singer (2001), On the Algorithmic Implementation of Multiclass
    Kernel-based Vector Machines.

    >>> import torch
    >>> scores = torch.tensor([[0.1, 0.2, 0.4, 0.8]], dtype=torch.float64)
    >>> round(crammer_singer_hinge(scores, torch.tensor([3])).item(), 6)  # 1 + 0.4 − 0.8
    0.6
    """
    dimensions(1, 2, scores=scores)
    _several(scores=scores)
    positive(margin=margin)
    target = _classes(target, scores=scores)
    own = scores.gather(-1, target.unsqueeze(-1)).squeeze(-1)
    rival = _without(scores, target, axis=-1).amax(-1)
    return reduce(F.relu(margin + rival - own), reduction)


def binary_focal(
    logits: Tensor,
    target: Tensor,
    *,
    alpha: float | None = 0.25,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Focal loss of a sigmoid: −α_t (1 − p_t)^γ ln p_t.

    p_t is the probability given to the right one of the two classes; α_t is α for label 1 and
    1 − α for label 0, or absent where alpha is None. Computed from logsigmoid throughout, so the
    gradient is finite for any logit, γ < 1 included.

    Shapes: logits and target (*), equal; the mean divides by the number of elements (the paper
    divides by the number of positives).
    Raises ValueError for unequal shapes, labels other than 0 and 1, alpha outside [0, 1] or
    gamma < 0.
    Prevents: α on both classes, p_t in the place of 1 − p_t, and a sigmoid applied beforehand.
    Source: Tsung-Yi Lin et al. (2017), Focal Loss for Dense Object Detection.

    >>> import torch
    >>> logits = torch.tensor([0.2, -0.8, 1.5], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 0.0, 1.0], dtype=torch.float64)
    >>> round(binary_focal(logits, target).item(), 6)
    0.019577
    """
    same_shape(logits=logits, target=target)
    zero_or_one(target=target)
    non_negative(gamma=gamma)
    # Products with the label: choosing by it would take twice as long.
    label = target.to(logits.dtype)
    toward = (2 * label - 1) * logits
    terms = torch.exp(gamma * F.logsigmoid(-toward)) * -F.logsigmoid(toward)
    if alpha is not None:
        between(0.0, 1.0, alpha=alpha)
        terms = ((2 * alpha - 1) * label + (1 - alpha)) * terms
    return reduce(terms, reduction)


def softmax_focal(
    logits: Tensor,
    target: Tensor,
    *,
    alpha: Tensor | None = None,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Focal loss of a softmax: −α_y (1 − p_y)^γ ln p_y.

    1 − p_y is the sum of the other probabilities, taken in log-space, so that it stays exact for
    confident predictions.

    Shapes: logits (K,), (N, K) or (N, K, d1, ...) with K ≥ 2; target without the axis K; alpha
    (K,), one factor per class. The mean divides by the number of targets, alpha or not.
    Raises ValueError for shapes that do not fit, a class that does not exist, a negative alpha or
    gamma < 0.
    Prevents: a softmax applied beforehand, and p_y in the place of 1 − p_y.
    Source: Tsung-Yi Lin et al. (2017), Focal Loss for Dense Object Detection.

    >>> import torch
    >>> logits = torch.tensor([[2.0, 1.0, 0.1]], dtype=torch.float64)
    >>> round(softmax_focal(logits, torch.tensor([0])).item(), 6)
    0.048492
    """
    _several(logits=logits)
    _fits(logits=logits, weight=alpha, weight_name="alpha")
    non_negative(gamma=gamma)
    target = _classes(target, logits=logits)
    axis = _class_axis(logits)
    total = logits.logsumexp(axis)
    log_own = logits.gather(axis, target.unsqueeze(axis)).squeeze(axis) - total
    log_others = _without(logits, target, axis=axis).logsumexp(axis) - total
    terms = torch.exp(gamma * log_others) * -log_own
    return reduce(terms if alpha is None else alpha[target] * terms, reduction)


def _class_axis(tensor: Tensor) -> int:
    """The axis of the classes: the only one, or the second."""
    return 0 if tensor.dim() == 1 else 1


def _classes(target: Tensor, *, ignore_index: int | None = None, **given: Tensor) -> Tensor:
    """Return the class indices as int64. Raises ValueError where they do not fit what is given."""
    ((name, tensor),) = given.items()
    axis = _class_axis(tensor)
    wanted = tensor.shape[:axis] + tensor.shape[axis + 1 :]
    if target.shape != wanted:
        raise ValueError(
            f"{name} has shape {tuple(tensor.shape)}, so target must have shape "
            f"{tuple(wanted)}, not {tuple(target.shape)}"
        )
    class_indices(tensor.shape[axis], ignore_index=ignore_index, target=target)
    return target.long()


def _fits(*, weight: Tensor | None, weight_name: str = "weight", **given: Tensor) -> None:
    """Raise ValueError unless there is a class axis, and one weight ≥ 0 for each class."""
    ((name, tensor),) = given.items()
    if tensor.dim() == 0:
        raise ValueError(f"{name} must have at least one axis, but has shape ()")
    if weight is None:
        return
    count = tensor.shape[_class_axis(tensor)]
    if weight.shape != (count,):
        raise ValueError(
            f"{weight_name} must have shape ({count},), one per class, not {tuple(weight.shape)}"
        )
    non_negative_values(**{weight_name: weight})


def _several(**given: Tensor) -> None:
    """Raise ValueError unless there are at least two classes."""
    ((name, tensor),) = given.items()
    if tensor.dim() == 0 or tensor.shape[_class_axis(tensor)] < 2:
        raise ValueError(
            f"{name} must have at least 2 classes, but has shape {tuple(tensor.shape)}"
        )


def _shortfall(scores: Tensor, target: Tensor) -> Tensor:
    """How far each score is from the margin on its side, at least 0."""
    same_shape(scores=scores, target=target)
    plus_or_minus_one(target=target)
    return F.relu(1 - target * scores)


def _without(scores: Tensor, target: Tensor, *, axis: int) -> Tensor:
    """The scores with −∞ in the place of the true class."""
    classes = torch.arange(scores.shape[axis], device=scores.device)
    classes = classes.reshape([-1 if i == axis % scores.dim() else 1 for i in range(scores.dim())])
    return scores.masked_fill(classes == target.unsqueeze(axis), -torch.inf)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "cross_entropy": cross_entropy,
    "nll": nll,
    "bce": bce,
    "bce_with_logits": bce_with_logits,
    "hinge": hinge,
    "squared_hinge": squared_hinge,
    "multi_margin": multi_margin,
    "crammer_singer_hinge": crammer_singer_hinge,
    "binary_focal": binary_focal,
    "softmax_focal": softmax_focal,
}
