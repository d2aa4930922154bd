"""How learners miscalculate divergences and distances between distributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from losses.functional import distribution as right
from losses.functional.reduction import reduce
from losses.mistakes.common import base_two, instead, scaled, summed, unless_right
from losses.reduction import BatchReduction, Reduction


def _averaged(terms: Tensor, reduction: BatchReduction) -> Tensor:
    """Reduce cells as kl_div does."""
    if reduction == "batchmean":
        return terms.sum() / (terms.shape[0] if terms.dim() > 1 else 1)
    return reduce(terms, reduction)


def _p_and_log_q(
    log_probs: Tensor, target: Tensor, *, log_input: bool, log_target: bool
) -> tuple[Tensor, Tensor]:
    return target.exp() if log_target else target, log_probs if log_input else log_probs.log()


def kl_div_mean_over_cells(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """Divided by every cell, as reduction="mean" does, instead of by the number of rows."""
    return right.kl_div(
        log_probs,
        target,
        log_input=log_input,
        log_target=log_target,
        reduction="mean" if reduction == "batchmean" else reduction,
    )


def kl_div_sum_for_batchmean(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """The divergences of the batch added up but not averaged."""
    return right.kl_div(
        log_probs,
        target,
        log_input=log_input,
        log_target=log_target,
        reduction="sum" if reduction == "batchmean" else reduction,
    )


def kl_div_probs_as_log_probs(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """Σ p (ln p − q): the logarithm of q never taken."""
    q = log_probs.exp() if log_input else log_probs
    p = target.exp() if log_target else target
    return _averaged(torch.xlogy(p, p) - p * q, reduction)


def kl_div_swapped(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """KL(Q‖P) instead of KL(P‖Q)."""
    return right.kl_div(
        target, log_probs, log_input=log_target, log_target=log_input, reduction=reduction
    )


def kl_div_log_target_confused(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """The target read in the other space: p as if it were ln p, or ln p as if it were p."""
    log_q = log_probs if log_input else log_probs.log()
    if log_target:
        return _averaged(target * (target.abs().log() - log_q), reduction)
    return _averaged(target.exp() * (target - log_q), reduction)


def kl_div_cross_entropy_instead(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """−Σ p ln q: the entropy of P not subtracted."""
    p, log_q = _p_and_log_q(log_probs, target, log_input=log_input, log_target=log_target)
    return _averaged(torch.where(p > 0, -p * log_q, 0.0), reduction)


def kl_div_probs_as_logits(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """The probabilities q put through log-softmax as if they were logits."""
    q = log_probs.exp() if log_input else log_probs
    return right.kl_div(q.log_softmax(-1), target, log_target=log_target, reduction=reduction)


def js_div_square_root(p: Tensor, q: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The Jensen-Shannon distance, as scipy.spatial.distance.jensenshannon returns it."""
    return reduce(right.js_div(p, q, reduction="none").sqrt(), reduction)


def js_div_jeffreys_instead(p: Tensor, q: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """½ KL(P‖Q) + ½ KL(Q‖P): each compared with the other, not with their average."""
    return reduce((_kl_rows(p, q) + _kl_rows(q, p)) / 2, reduction)


def js_div_one_sided(p: Tensor, q: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """KL(P‖M) alone."""
    return reduce(_kl_rows(p, (p + q) / 2), reduction)


def js_div_mixture_not_halved(p: Tensor, q: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """M = P + Q instead of ½(P + Q)."""
    return reduce((_kl_rows(p, p + q) + _kl_rows(q, p + q)) / 2, reduction)


def _kl_rows(p: Tensor, q: Tensor) -> Tensor:
    """Σ p ln(p/q) for every row, without asking that q is a distribution."""
    q = torch.where(p > 0, q, 1.0)
    return (torch.xlogy(p, p) - p * q.log()).sum(-1)


def wasserstein_1d_not_sorted(
    u: Tensor,
    v: Tensor,
    *,
    u_weights: Tensor | Sequence[float] | None = None,
    v_weights: Tensor | Sequence[float] | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """Mean |uᵢ − vᵢ| in the order given: the MAE. What has no partner is left out."""
    pairs = min(u.shape[-1], v.shape[-1])
    return reduce((u[..., :pairs] - v[..., :pairs]).abs().mean(-1), reduction)


def wasserstein_1d_w2_instead(
    u: Tensor,
    v: Tensor,
    *,
    u_weights: Tensor | Sequence[float] | None = None,
    v_weights: Tensor | Sequence[float] | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """The root of the mean squared gap between the quantiles (Wasserstein-2)."""
    u_sorted, u_filled = _quantiles(u, u_weights)
    v_sorted, v_filled = _quantiles(v, v_weights)
    levels = torch.cat((u_filled, v_filled), -1).sort(-1).values
    widths = levels.diff(dim=-1, prepend=torch.zeros_like(levels[..., :1]))
    middles = levels - widths / 2
    gaps = _at(u_sorted, u_filled, middles) - _at(v_sorted, v_filled, middles)
    return reduce((widths * gaps**2).sum(-1).sqrt(), reduction)


def _quantiles(sample: Tensor, weights: Tensor | Sequence[float] | None) -> tuple[Tensor, Tensor]:
    """The sorted values and the mass up to and with each of them."""
    ordered, order = sample.sort(-1)
    if weights is None:
        mass = torch.ones_like(sample)
    else:
        mass = torch.as_tensor(weights, dtype=sample.dtype).expand_as(sample).gather(-1, order)
    return ordered, mass.cumsum(-1) / mass.sum(-1, keepdim=True)


def _at(ordered: Tensor, filled: Tensor, levels: Tensor) -> Tensor:
    """The quantile at each level."""
    index = torch.searchsorted(filled, levels).clamp(max=ordered.shape[-1] - 1)
    return ordered.gather(-1, index)


def wasserstein_1d_sum_of_gaps(
    u: Tensor,
    v: Tensor,
    *,
    u_weights: Tensor | Sequence[float] | None = None,
    v_weights: Tensor | Sequence[float] | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """The gaps between the sorted values added up, not averaged."""
    return u.shape[-1] * right.wasserstein_1d(
        u, v, u_weights=u_weights, v_weights=v_weights, reduction=reduction
    )


def wasserstein_1d_difference_of_means(
    u: Tensor,
    v: Tensor,
    *,
    u_weights: Tensor | Sequence[float] | None = None,
    v_weights: Tensor | Sequence[float] | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """|mean of u − mean of v|: gaps of opposite sign cancel."""
    return reduce((_center(u, u_weights) - _center(v, v_weights)).abs(), reduction)


def _center(sample: Tensor, weights: Tensor | Sequence[float] | None) -> Tensor:
    if weights is None:
        return sample.mean(-1)
    mass = torch.as_tensor(weights, dtype=sample.dtype)
    return (sample * mass).sum(-1) / mass.sum(-1)


def _exchanged(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    return second, first


def entropy_not_weighted(probs: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """−Σ ln p: each logarithm counted once instead of p times."""
    return reduce(-probs.log().sum(-1), reduction)


def entropy_mean_over_classes(probs: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Divided by the number of classes too."""
    return right.entropy(probs, reduction=reduction) / probs.shape[-1]


def distribution_cross_entropy_kl_instead(
    probs: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """KL(P‖Q): the entropy of the target subtracted."""
    return reduce(_kl_rows(target, probs), reduction)


def distribution_cross_entropy_no_logarithm(
    probs: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """−Σ p q."""
    return reduce(-(target * probs).sum(-1), reduction)


def distribution_cross_entropy_binary_terms_added(
    probs: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """−Σ [p ln q + (1 − p) ln(1 − q)]: every class taken as a yes-or-no question."""
    yes, no = torch.xlogy(target, probs), torch.xlogy(1 - target, 1 - probs)
    return reduce(-(yes + no).sum(-1), reduction)


def distribution_cross_entropy_probs_as_logits(
    probs: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The probabilities put through softmax again, as torch.nn.CrossEntropyLoss would do."""
    return reduce(-(target * probs.log_softmax(-1)).sum(-1), reduction)


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "kl_div": {
        "mean_over_cells": unless_right(kl_div_mean_over_cells, right.kl_div),
        "sum_for_batchmean": unless_right(kl_div_sum_for_batchmean, right.kl_div),
        "probs_as_log_probs": kl_div_probs_as_log_probs,
        "swapped": kl_div_swapped,
        "base_two": base_two(right.kl_div),
        "log_target_confused": kl_div_log_target_confused,
        "cross_entropy_instead": kl_div_cross_entropy_instead,
        "probs_as_logits": kl_div_probs_as_logits,
    },
    "js_div": {
        "missing_half": scaled(right.js_div, 2.0),
        "square_root": js_div_square_root,
        "base_two": base_two(right.js_div),
        "jeffreys_instead": js_div_jeffreys_instead,
        "one_sided": js_div_one_sided,
        "mixture_not_halved": js_div_mixture_not_halved,
        "sum_for_mean": summed(right.js_div),
    },
    "wasserstein_1d": {
        "not_sorted": wasserstein_1d_not_sorted,
        "w2_instead": unless_right(wasserstein_1d_w2_instead, right.wasserstein_1d),
        "sum_of_gaps": unless_right(wasserstein_1d_sum_of_gaps, right.wasserstein_1d),
        "difference_of_means": wasserstein_1d_difference_of_means,
    },
    "entropy": {
        "base_two": base_two(right.entropy),
        "sign_forgotten": scaled(right.entropy, -1.0),
        "not_weighted": entropy_not_weighted,
        "mean_over_classes": entropy_mean_over_classes,
        "sum_for_mean": summed(right.entropy),
    },
    "distribution_cross_entropy": {
        "swapped": instead(right.distribution_cross_entropy, _exchanged),
        "kl_instead": distribution_cross_entropy_kl_instead,
        "base_two": base_two(right.distribution_cross_entropy),
        "no_logarithm": distribution_cross_entropy_no_logarithm,
        "binary_terms_added": distribution_cross_entropy_binary_terms_added,
        "probs_as_logits": distribution_cross_entropy_probs_as_logits,
        "sum_for_mean": summed(right.distribution_cross_entropy),
    },
}
