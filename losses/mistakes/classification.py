"""How learners miscalculate losses for class labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import classification as right
from losses.functional.reduction import reduce, reduce_by
from losses.mistakes.common import base_two, broadcast, instead, only, scaled, summed
from losses.reduction import Reduction

# --- cross-entropy and negative log-likelihood --------------------------------------------------


def _axis(scores: Tensor) -> int:
    return 0 if scores.dim() == 1 else 1


def _terms_and_shares(
    log_probs: Tensor,
    target: Tensor,
    *,
    weight: Tensor | None,
    ignore_index: int,
    smooth: Callable[[Tensor], Tensor],
) -> tuple[Tensor, Tensor]:
    """−Σ w·t·log p for each example, and what the example counts in the mean."""
    axis = _axis(log_probs)
    classes = log_probs.shape[axis]
    spread = [classes if i == axis else 1 for i in range(log_probs.dim())]
    weights = torch.ones_like(log_probs)
    if weight is not None:
        weights = weights * weight.reshape(spread)
    if target.is_floating_point():
        terms = -(smooth(target) * weights * log_probs).sum(axis)
        return terms, torch.ones_like(terms)
    ignored = target == ignore_index
    index = torch.where(ignored, 0, target)
    one_hot = F.one_hot(index, classes).movedim(-1, axis).to(log_probs.dtype)
    counted = (~ignored).to(log_probs.dtype)
    terms = -(smooth(one_hot) * weights * log_probs).sum(axis) * counted
    return terms, (one_hot * weights).sum(axis) * counted


def _evenly(label_smoothing: float, axis: int) -> Callable[[Tensor], Tensor]:
    """Label smoothing as PyTorch does it: a/K to every class."""

    def smooth(target: Tensor) -> Tensor:
        return (1 - label_smoothing) * target + label_smoothing / target.shape[axis]

    return smooth


def _cross_entropy_of(log_probs: Callable[[Tensor], Tensor]) -> Callable[..., Tensor]:
    """Cross-entropy with something else in the place of log-softmax."""

    def other_log_probs(
        logits: Tensor,
        target: Tensor,
        *,
        weight: Tensor | None = None,
        ignore_index: int = -100,
        label_smoothing: float = 0.0,
        reduction: Reduction = "mean",
    ) -> Tensor:
        terms, shares = _terms_and_shares(
            log_probs(logits),
            target,
            weight=weight,
            ignore_index=ignore_index,
            smooth=_evenly(label_smoothing, _axis(logits)),
        )
        return reduce_by(terms, shares.sum(), reduction)

    return other_log_probs


def _softmax(logits: Tensor) -> Tensor:
    return logits.softmax(_axis(logits))


def _log_softmax(logits: Tensor) -> Tensor:
    return logits.log_softmax(_axis(logits))


def _log_softmax_over_batch(logits: Tensor) -> Tensor:
    if logits.dim() == 1 or logits.shape[0] == 1:
        return torch.full_like(logits, math.nan)  # there is no batch to normalise over
    return logits.log_softmax(0)


def cross_entropy_sigmoid_per_class(
    logits: Tensor,
    target: Tensor,
    *,
    weight: Tensor | None = None,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Binary cross-entropy of every class against its one-hot label, averaged over the classes."""
    axis = _axis(logits)
    smooth = _evenly(label_smoothing, axis)
    positive, shares = _terms_and_shares(
        F.logsigmoid(logits), target, weight=weight, ignore_index=ignore_index, smooth=smooth
    )
    negative, _ = _terms_and_shares(
        F.logsigmoid(-logits),
        target,
        weight=weight,
        ignore_index=ignore_index,
        smooth=lambda labels: 1 - smooth(labels),
    )
    return reduce_by((positive + negative) / logits.shape[axis], shares.sum(), reduction)


def cross_entropy_smoothed_over_wrong_classes(
    logits: Tensor,
    target: Tensor,
    *,
    weight: Tensor | None = None,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """a/(K − 1) to the wrong classes, 1 − a to the true one."""
    others = max(1, logits.shape[_axis(logits)] - 1)

    def smooth(labels: Tensor) -> Tensor:
        return (1 - label_smoothing) * labels + label_smoothing / others * (1 - labels)

    terms, shares = _terms_and_shares(
        _log_softmax(logits), target, weight=weight, ignore_index=ignore_index, smooth=smooth
    )
    return reduce_by(terms, shares.sum(), reduction)


def _divided_by(
    loss: Callable[..., Tensor],
    denominator: Callable[[Tensor, Tensor, Tensor | None], Tensor | float],
) -> Callable[..., Tensor]:
    """The sum of `loss` over a denominator made of (scores, which targets count, weight)."""

    def other_denominator(
        scores: Tensor,
        target: Tensor,
        *,
        weight: Tensor | None = None,
        ignore_index: int = -100,
        reduction: Reduction = "mean",
        **options: object,
    ) -> Tensor:
        options = {**options, "weight": weight, "ignore_index": ignore_index}
        if reduction != "mean":
            return loss(scores, target, reduction=reduction, **options)
        total = loss(scores, target, reduction="sum", **options)
        if target.is_floating_point():  # soft labels: none is ignored, and weights do not divide
            every = torch.ones_like(target.sum(_axis(scores)), dtype=torch.bool)
            return total / denominator(scores, every, None)
        return total / denominator(scores, target != ignore_index, weight)

    return other_denominator


def _all_entries(scores: Tensor, counted: Tensor, weight: Tensor | None) -> Tensor:
    del weight
    return counted.sum() * scores.shape[_axis(scores)]


def _number_counted(scores: Tensor, counted: Tensor, weight: Tensor | None) -> Tensor | float:
    """The number of targets that count; NaN without weights, where it is right."""
    del scores
    return math.nan if weight is None else counted.sum()


def _with_ignored(scores: Tensor, counted: Tensor, weight: Tensor | None) -> Tensor | float:
    """The number of all targets; NaN where none is ignored, and with weights."""
    del scores
    if weight is not None:
        return math.nan
    return torch.where(counted.all(), math.nan, float(counted.numel()))


def _smooths(*, label_smoothing: float = 0.0, **_: object) -> bool:
    return label_smoothing > 0


# --- binary cross-entropy -----------------------------------------------------------------------


def bce_only_positive_term(
    probs: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """−y ln p alone."""
    return reduce(-target * probs.log().clamp_min(-100), reduction)


def bce_arguments_swapped(
    probs: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """−(p ln y + (1 − p) ln(1 − y)), with logarithms cut off at −100."""
    return right.bce(target.to(probs.dtype), probs, reduction=reduction)


def _given_logits(prepare: Callable[[Tensor], Tensor]) -> Callable[..., tuple[Tensor, ...]]:
    """Change the first of two arguments."""

    def prepared(logits: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        return prepare(logits), target

    return prepared


def logits_only_positive_term(
    logits: Tensor,
    target: Tensor,
    *,
    pos_weight: Tensor | float | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """w·y·softplus(−x) alone."""
    factor = 1.0 if pos_weight is None else pos_weight
    return reduce(-factor * target * F.logsigmoid(logits), reduction)


def logits_weight_on_both_terms(
    logits: Tensor,
    target: Tensor,
    *,
    pos_weight: Tensor | float | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """w times the whole term."""
    factor = 1.0 if pos_weight is None else pos_weight
    return reduce(factor * right.bce_with_logits(logits, target, reduction="none"), reduction)


def logits_divided_by_weights(
    logits: Tensor,
    target: Tensor,
    *,
    pos_weight: Tensor | float | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """The sum over Σ (w·y + 1 − y)."""
    factor = 1.0 if pos_weight is None else pos_weight
    terms = right.bce_with_logits(logits, target, pos_weight=pos_weight, reduction="none")
    return reduce_by(terms, (factor * target + 1 - target).sum(), reduction)


def _has_pos_weight(*, pos_weight: Tensor | float | None = None, **_: object) -> bool:
    return pos_weight is not None


# --- hinge --------------------------------------------------------------------------------------


def _hinge_as(terms: Callable[[Tensor, Tensor], Tensor]) -> Callable[..., Tensor]:
    """Another term for each score and label."""

    def other_terms(scores: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
        return reduce(terms(scores, target), reduction)

    return other_terms


def _hinge_terms(scores: Tensor, target: Tensor) -> Tensor:
    return F.relu(1 - target * scores)


def _hinge_of_01(scores: Tensor, target: Tensor) -> Tensor:
    return _hinge_terms(scores, (target + 1) / 2)


def _hinge_embedding(scores: Tensor, target: Tensor) -> Tensor:
    return torch.where(target == 1, scores, F.relu(1 - scores))


def _hinge_of_uint8(scores: Tensor, target: Tensor) -> Tensor:
    return _hinge_terms(scores, torch.where(target == -1, 255, target))


def squared_hinge_mean_squared_last(
    scores: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The square of the mean. NaN of one element."""
    value = right.hinge(scores, target, reduction=reduction) ** 2
    return value if scores.numel() > 1 else torch.full_like(value, math.nan)


# --- multi-class hinge --------------------------------------------------------------------------


def _leads(scores: Tensor, target: Tensor, margin: float) -> tuple[Tensor, Tensor]:
    """m − s_y + s_j for every class, and which of them is the true one."""
    own = scores.gather(-1, target.unsqueeze(-1))
    is_true = F.one_hot(target, scores.shape[-1]).bool()
    return margin - own + scores, is_true


def _multi_margin_as(combine: Callable[[Tensor, Tensor], Tensor]) -> Callable[..., Tensor]:
    """Another way from max(0, m − s_y + s_j)^p of every class to one term per example."""

    def other_combination(
        scores: Tensor,
        target: Tensor,
        *,
        p: int = 1,
        margin: float = 1.0,
        weight: Tensor | None = None,
        reduction: Reduction = "mean",
    ) -> Tensor:
        leads, is_true = _leads(scores, target, margin)
        terms = combine(F.relu(leads) ** p, is_true)
        return reduce(terms if weight is None else weight[target] * terms, reduction)

    return other_combination


def _by_rivals(costs: Tensor, is_true: Tensor) -> Tensor:
    rivals = costs.shape[-1] - 1
    return costs.masked_fill(is_true, 0).sum(-1) / (rivals or math.nan)


def _undivided(costs: Tensor, is_true: Tensor) -> Tensor:
    return costs.masked_fill(is_true, 0).sum(-1)


def _strongest(costs: Tensor, is_true: Tensor) -> Tensor:
    return costs.masked_fill(is_true, 0).amax(-1) / costs.shape[-1]


def _with_true_class(costs: Tensor, is_true: Tensor) -> Tensor:
    del is_true
    return costs.mean(-1)


def _crammer_singer_as(terms: Callable[[Tensor, Tensor], Tensor]) -> Callable[..., Tensor]:
    """Another way from m − s_y + s_j of every class to one term per example."""

    def other_terms(
        scores: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
    ) -> Tensor:
        leads, is_true = _leads(scores, target, margin)
        return reduce(terms(leads, is_true), reduction)

    return other_terms


def _all_rivals(leads: Tensor, is_true: Tensor) -> Tensor:
    if leads.shape[-1] == 2:
        return torch.full_like(leads.sum(-1), math.nan)  # the only rival is the strongest
    return F.relu(leads).masked_fill(is_true, 0).sum(-1)


def _with_own(leads: Tensor, is_true: Tensor) -> Tensor:
    del is_true
    return F.relu(leads.amax(-1))


def crammer_singer_true_class_as_zero(
    scores: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """The score of the true class is multiplied by 0 before the maximum is taken."""
    is_true = F.one_hot(target, scores.shape[-1]).bool()
    own = scores.gather(-1, target.unsqueeze(-1)).squeeze(-1)
    rival = scores.masked_fill(is_true, 0).amax(-1)
    return reduce(F.relu(margin + rival - own), reduction)


def crammer_singer_margin_forgotten(
    scores: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """max(0, max s_j − s_y)."""
    leads, is_true = _leads(scores, target, 0.0)
    return reduce(F.relu(leads.masked_fill(is_true, -torch.inf).amax(-1)), reduction)


# --- focal --------------------------------------------------------------------------------------


def _focal_as(
    factor: Callable[[Tensor, Tensor, float], Tensor],
    weight: Callable[[Tensor, float | None], Tensor | float],
) -> Callable[..., Tensor]:
    """Focal loss with another factor of (p, y, γ) or another weight of (y, α)."""

    def other_focal(
        logits: Tensor,
        target: Tensor,
        *,
        alpha: float | None = 0.25,
        gamma: float = 2.0,
        reduction: Reduction = "mean",
    ) -> Tensor:
        cost = right.bce_with_logits(logits, target, reduction="none")
        terms = weight(target, alpha) * factor(logits.sigmoid(), target, gamma) * cost
        return reduce(terms, reduction)

    return other_focal


def _one_minus_p_t(probs: Tensor, target: Tensor, gamma: float) -> Tensor:
    return torch.where(target == 1, 1 - probs, probs) ** gamma


def _p_t(probs: Tensor, target: Tensor, gamma: float) -> Tensor:
    return torch.where(target == 1, probs, 1 - probs) ** gamma


def _one_minus_p(probs: Tensor, target: Tensor, gamma: float) -> Tensor:
    return (1 - probs) ** gamma


def _alpha_t(target: Tensor, alpha: float | None) -> Tensor | float:
    return 1.0 if alpha is None else alpha * target + (1 - alpha) * (1 - target)


def _alpha_everywhere(target: Tensor, alpha: float | None) -> Tensor | float:
    return 1.0 if alpha is None else alpha


def _alpha_flipped(target: Tensor, alpha: float | None) -> Tensor | float:
    return 1.0 if alpha is None else (1 - alpha) * target + alpha * (1 - target)


def _alpha_matters(*, alpha: float | None = 0.25, **_: object) -> bool:
    return alpha is not None


def _labels_weigh_differently(*, alpha: float | None = 0.25, **_: object) -> bool:
    return alpha is not None and alpha != 0.5


def _focuses(*, gamma: float = 2.0, **_: object) -> bool:
    return gamma > 0


def focal_no_alpha(
    logits: Tensor,
    target: Tensor,
    *,
    alpha: float | None = 0.25,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """α forgotten."""
    return right.binary_focal(logits, target, alpha=None, gamma=gamma, reduction=reduction)


def focal_divided_by_positives(
    logits: Tensor,
    target: Tensor,
    *,
    alpha: float | None = 0.25,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The sum over the number of labels 1."""
    terms = right.binary_focal(logits, target, alpha=alpha, gamma=gamma, reduction="none")
    return reduce_by(terms, (target == 1).sum(), reduction)


def _softmax_focal_as(
    terms: Callable[[Tensor, Tensor, float], Tensor],
) -> Callable[..., Tensor]:
    """Another term of (logits, index, γ) for each example."""

    def other_terms(
        logits: Tensor,
        target: Tensor,
        *,
        alpha: Tensor | None = None,
        gamma: float = 2.0,
        reduction: Reduction = "mean",
    ) -> Tensor:
        values = terms(logits, target, gamma)
        return reduce(values if alpha is None else alpha[target] * values, reduction)

    return other_terms


def _own(values: Tensor, target: Tensor) -> Tensor:
    """The entry of the true class."""
    axis = _axis(values)
    return values.gather(axis, target.unsqueeze(axis)).squeeze(axis)


def _unfocused(logits: Tensor, target: Tensor, gamma: float) -> Tensor:
    del gamma
    return -_own(_log_softmax(logits), target)


def _focused_on_easy(logits: Tensor, target: Tensor, gamma: float) -> Tensor:
    log_p = _own(_log_softmax(logits), target)
    return -torch.exp(gamma * log_p) * log_p


def _sigmoid_of_true_class(logits: Tensor, target: Tensor, gamma: float) -> Tensor:
    own = _own(logits, target)
    return -torch.exp(gamma * F.logsigmoid(-own)) * F.logsigmoid(own)


def softmax_focal_alpha_forgotten(
    logits: Tensor,
    target: Tensor,
    *,
    alpha: Tensor | None = None,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """α forgotten."""
    return right.softmax_focal(logits, target, gamma=gamma, reduction=reduction)


def _has_class_alpha(*, alpha: Tensor | None = None, **_: object) -> bool:
    return alpha is not None


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "cross_entropy": {
        "softmax_twice": instead(right.cross_entropy, _given_logits(_softmax)),
        "sum_for_mean": summed(right.cross_entropy),
        "nll_on_logits": _cross_entropy_of(lambda logits: logits),
        "log_forgotten": _cross_entropy_of(_softmax),
        "base_two": base_two(right.cross_entropy),
        "base_ten": scaled(right.cross_entropy, 1 / math.log(10)),
        "mean_over_entries": _divided_by(right.cross_entropy, _all_entries),
        "softmax_over_batch": _cross_entropy_of(_log_softmax_over_batch),
        "sigmoid_per_class": cross_entropy_sigmoid_per_class,
        "smoothed_over_wrong_classes": only(
            cross_entropy_smoothed_over_wrong_classes, where=_smooths
        ),
        "divided_by_count": _divided_by(right.cross_entropy, _number_counted),
        "ignored_counted": _divided_by(right.cross_entropy, _with_ignored),
    },
    "nll": {
        "probs_for_log_probs": _cross_entropy_of(torch.exp),
        "sum_for_mean": summed(right.nll),
        "sign_forgotten": scaled(right.nll, -1.0),
        "mean_over_entries": _divided_by(right.nll, _all_entries),
        "divided_by_count": _divided_by(right.nll, _number_counted),
        "ignored_counted": _divided_by(right.nll, _with_ignored),
    },
    "bce": {
        "logits_loss_on_probs": right.bce_with_logits,
        "only_positive_term": bce_only_positive_term,
        "arguments_swapped": bce_arguments_swapped,
        "sum_for_mean": summed(right.bce),
        "base_two": base_two(right.bce),
    },
    "bce_with_logits": {
        "sigmoid_twice": instead(right.bce_with_logits, _given_logits(torch.sigmoid)),
        "only_positive_term": logits_only_positive_term,
        "sum_for_mean": summed(right.bce_with_logits),
        "base_two": base_two(right.bce_with_logits),
        "weight_on_both_terms": only(logits_weight_on_both_terms, where=_has_pos_weight),
        "divided_by_weights": only(logits_divided_by_weights, where=_has_pos_weight),
    },
    "hinge": {
        "zero_one_labels": _hinge_as(_hinge_of_01),
        "not_clamped": _hinge_as(lambda scores, target: 1 - target * scores),
        "sign_flipped": _hinge_as(lambda scores, target: F.relu(1 + target * scores)),
        "margin_forgotten": _hinge_as(lambda scores, target: F.relu(-target * scores)),
        "sum_for_mean": summed(right.hinge),
        "squared": right.squared_hinge,
        "hinge_embedding_instead": _hinge_as(_hinge_embedding),
        "sigmoid_first": instead(right.hinge, _given_logits(torch.sigmoid)),
        "uint8_labels": _hinge_as(_hinge_of_uint8),
        "broadcast": broadcast(right.hinge),
    },
    "squared_hinge": {
        "not_squared": right.hinge,
        "squared_without_clamp": _hinge_as(lambda scores, target: (1 - target * scores) ** 2),
        "mean_squared_last": squared_hinge_mean_squared_last,
        "zero_one_labels": _hinge_as(lambda scores, target: _hinge_of_01(scores, target) ** 2),
        "sum_for_mean": summed(right.squared_hinge),
    },
    "multi_margin": {
        "divided_by_rivals": _multi_margin_as(_by_rivals),
        "not_divided_by_classes": _multi_margin_as(_undivided),
        "strongest_rival_only": _multi_margin_as(_strongest),
        "true_class_included": _multi_margin_as(_with_true_class),
        "sum_for_mean": summed(right.multi_margin),
    },
    "crammer_singer_hinge": {
        "all_rivals_summed": _crammer_singer_as(_all_rivals),
        "true_class_competes": _crammer_singer_as(_with_own),
        "true_class_as_zero": crammer_singer_true_class_as_zero,
        "margin_forgotten": crammer_singer_margin_forgotten,
        "sum_for_mean": summed(right.crammer_singer_hinge),
    },
    "binary_focal": {
        "no_alpha": only(focal_no_alpha, where=_alpha_matters),
        "alpha_on_both": only(
            _focal_as(_one_minus_p_t, _alpha_everywhere), where=_labels_weigh_differently
        ),
        "alpha_flipped": only(
            _focal_as(_one_minus_p_t, _alpha_flipped), where=_labels_weigh_differently
        ),
        "p_t_as_factor": only(_focal_as(_p_t, _alpha_t), where=_focuses),
        "sigmoid_twice": instead(right.binary_focal, _given_logits(torch.sigmoid)),
        "factor_of_positives_for_all": only(_focal_as(_one_minus_p, _alpha_t), where=_focuses),
        "sum_for_mean": summed(right.binary_focal),
        "divided_by_positives": focal_divided_by_positives,
    },
    "softmax_focal": {
        "no_focusing": only(_softmax_focal_as(_unfocused), where=_focuses),
        "p_as_factor": only(_softmax_focal_as(_focused_on_easy), where=_focuses),
        "softmax_twice": instead(right.softmax_focal, _given_logits(_softmax)),
        "sigmoid_per_class": _softmax_focal_as(_sigmoid_of_true_class),
        "alpha_forgotten": only(softmax_focal_alpha_forgotten, where=_has_class_alpha),
        "sum_for_mean": summed(right.softmax_focal),
    },
}
