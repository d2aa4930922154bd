"""How learners miscalculate divergences and distances between distributions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import distribution as right
from losses.functional.reduction import reduce
from losses.reduction import BatchReduction


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


def kl_div_base_2(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """Bits instead of nats."""
    nats = right.kl_div(
        log_probs, target, log_input=log_input, log_target=log_target, reduction=reduction
    )
    return nats / math.log(2)


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


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "kl_div": {
        "mean_over_cells": kl_div_mean_over_cells,
        "sum_for_batchmean": kl_div_sum_for_batchmean,
        "probs_as_log_probs": kl_div_probs_as_log_probs,
        "swapped": kl_div_swapped,
        "base_2": kl_div_base_2,
        "log_target_confused": kl_div_log_target_confused,
        "cross_entropy_instead": kl_div_cross_entropy_instead,
        "probs_as_logits": kl_div_probs_as_logits,
    },
}
