"""How learners miscalculate objectives made of several losses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import combined as right
from losses.functional.combined import TaskKind
from losses.functional.reduction import reduce
from losses.mistakes.common import instead, only, summed, unless_right
from losses.reduction import Reduction


def _equal_weights(terms: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    return terms, torch.ones_like(weights)


def _weights_reversed(terms: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    return terms, weights.flip(-1)


def weighted_sum_divided_by_weights(
    terms: Tensor, weights: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """A weighted mean: divided by the sum of the weights."""
    return reduce((terms * weights).sum(-1) / weights.expand_as(terms).sum(-1), reduction)


def weighted_sum_mean_of_terms(
    terms: Tensor, weights: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Divided by the number of losses."""
    return reduce((terms * weights).mean(-1), reduction)


def _kinds(kinds: TaskKind | Sequence[TaskKind], tasks: int) -> list[TaskKind]:
    return [kinds] * tasks if isinstance(kinds, str) else list(kinds)


def _halves(kinds: TaskKind | Sequence[TaskKind], terms: Tensor) -> Tensor:
    """½ for a regression task, 1 for classification."""
    each = _kinds(kinds, terms.shape[-1])
    return torch.tensor([0.5 if kind == "regression" else 1.0 for kind in each]).to(terms)


def uncertainty_weighting_no_regulariser(
    terms: Tensor,
    log_vars: Tensor,
    *,
    kinds: TaskKind | Sequence[TaskKind] = "regression",
    reduction: Reduction = "mean",
) -> Tensor:
    """½ s left out: the loss falls to 0 as s grows."""
    return reduce((_halves(kinds, terms) * (-log_vars).exp() * terms).sum(-1), reduction)


def uncertainty_weighting_kinds_exchanged(
    terms: Tensor,
    log_vars: Tensor,
    *,
    kinds: TaskKind | Sequence[TaskKind] = "regression",
    reduction: Reduction = "mean",
) -> Tensor:
    """The ½ of regression with classification tasks, and the reverse."""
    other: list[TaskKind] = [
        "classification" if kind == "regression" else "regression"
        for kind in _kinds(kinds, terms.shape[-1])
    ]
    return right.uncertainty_weighting(terms, log_vars, kinds=other, reduction=reduction)


def uncertainty_weighting_precision_upside_down(
    terms: Tensor,
    log_vars: Tensor,
    *,
    kinds: TaskKind | Sequence[TaskKind] = "regression",
    reduction: Reduction = "mean",
) -> Tensor:
    """exp(+s): a task counts more, the more uncertain it is."""
    weighted = _halves(kinds, terms) * log_vars.exp() * terms
    return reduce((weighted + log_vars / 2).sum(-1), reduction)


def uncertainty_weighting_log_var_as_log_std(
    terms: Tensor,
    log_vars: Tensor,
    *,
    kinds: TaskKind | Sequence[TaskKind] = "regression",
    reduction: Reduction = "mean",
) -> Tensor:
    """s read as ln σ instead of ln σ²."""
    return right.uncertainty_weighting(terms, 2 * log_vars, kinds=kinds, reduction=reduction)


def uncertainty_weighting_regulariser_not_halved(
    terms: Tensor,
    log_vars: Tensor,
    *,
    kinds: TaskKind | Sequence[TaskKind] = "regression",
    reduction: Reduction = "mean",
) -> Tensor:
    """s instead of ½ s."""
    weighted = _halves(kinds, terms) * (-log_vars).exp() * terms
    return reduce((weighted + log_vars).sum(-1), reduction)


def _one_hot(logits: Tensor, target: Tensor) -> Tensor:
    classes = torch.arange(logits.shape[-1], device=logits.device)
    return (target.unsqueeze(-1) == classes).to(logits.dtype)


def scheduled_switch_one_epoch_late(
    logits: Tensor,
    target: Tensor,
    *,
    epoch: int = 0,
    switch_epoch: int = 10,
    delta: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Cross-entropy still in the epoch of the switch."""
    return right.scheduled_switch(
        logits,
        target,
        epoch=epoch,
        switch_epoch=switch_epoch + 1,
        delta=delta,
        reduction=reduction,
    )


def scheduled_switch_order_reversed(
    logits: Tensor,
    target: Tensor,
    *,
    epoch: int = 0,
    switch_epoch: int = 10,
    delta: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Huber first, cross-entropy later."""
    before = epoch < switch_epoch
    return right.scheduled_switch(
        logits,
        target,
        epoch=int(before),
        switch_epoch=1,
        delta=delta,
        reduction=reduction,
    )


def scheduled_switch_huber_on_logits(
    logits: Tensor,
    target: Tensor,
    *,
    epoch: int = 0,
    switch_epoch: int = 10,
    delta: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Huber of the logits against the one-hot target, without softmax."""
    errors = F.huber_loss(logits, _one_hot(logits, target), delta=delta, reduction="none")
    return reduce(errors.mean(-1), reduction)


def scheduled_switch_summed_over_classes(
    logits: Tensor,
    target: Tensor,
    *,
    epoch: int = 0,
    switch_epoch: int = 10,
    delta: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The Huber terms of an example added up, not averaged over the classes."""
    value = right.scheduled_switch(
        logits,
        target,
        epoch=epoch,
        switch_epoch=switch_epoch,
        delta=delta,
        reduction=reduction,
    )
    return value * logits.shape[-1]


def scheduled_switch_both_added(
    logits: Tensor,
    target: Tensor,
    *,
    epoch: int = 0,
    switch_epoch: int = 10,
    delta: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Huber added to the cross-entropy after the switch instead of replacing it."""
    entropy, huber = (
        right.scheduled_switch(
            logits, target, epoch=at, switch_epoch=1, delta=delta, reduction=reduction
        )
        for at in (0, 1)
    )
    return entropy + huber


def _with_penalty(data_losses: Tensor, penalty: Tensor, reduction: Reduction) -> Tensor:
    return reduce(data_losses, reduction) + penalty


def l1_regularised_signs_kept(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    reduction: Reduction = "mean",
) -> Tensor:
    """λ Σ w: positive and negative weights cancel."""
    return _with_penalty(data_losses, strength * parameters.sum(), reduction)


def l1_regularised_l2_instead(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    reduction: Reduction = "mean",
) -> Tensor:
    """λ Σ w²."""
    return right.l2_regularised(data_losses, parameters, strength=strength, reduction=reduction)


def l1_regularised_strength_forgotten(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    reduction: Reduction = "mean",
) -> Tensor:
    """Σ |w| without λ."""
    return right.l1_regularised(data_losses, parameters, strength=1.0, reduction=reduction)


def l1_regularised_penalty_averaged(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    reduction: Reduction = "mean",
) -> Tensor:
    """The mean of |w| instead of the sum."""
    return _with_penalty(data_losses, strength * parameters.abs().mean(), reduction)


def l1_regularised_penalty_subtracted(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    reduction: Reduction = "mean",
) -> Tensor:
    """Large weights rewarded."""
    return _with_penalty(data_losses, -strength * parameters.abs().sum(), reduction)


def l2_regularised_norm_not_squared(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """λ √(Σ w²)."""
    factor = strength / 2 if half else strength
    norm = torch.linalg.vector_norm(parameters)
    return _with_penalty(data_losses, factor * norm, reduction)


def l2_regularised_other_half(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """½ λ Σ w² where λ Σ w² is asked for, or the reverse."""
    return right.l2_regularised(
        data_losses, parameters, strength=strength, half=not half, reduction=reduction
    )


def l2_regularised_l1_instead(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """λ Σ |w|."""
    return right.l1_regularised(data_losses, parameters, strength=strength, reduction=reduction)


def l2_regularised_sum_squared(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """λ (Σ w)²: added up before squaring."""
    factor = strength / 2 if half else strength
    return _with_penalty(data_losses, factor * parameters.sum() ** 2, reduction)


def l2_regularised_strength_forgotten(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Σ w² without λ."""
    return right.l2_regularised(
        data_losses, parameters, strength=1.0, half=half, reduction=reduction
    )


def l2_regularised_penalty_averaged(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """The mean of w² instead of the sum."""
    factor = strength / 2 if half else strength
    return _with_penalty(data_losses, factor * parameters.square().mean(), reduction)


def _unless_plain(mistake: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """One loss alone, or weights of 1, leave no room for a slip in the weights."""
    return unless_right(mistake, right.weighted_sum)


def _switched(*, epoch: int = 0, switch_epoch: int = 10, **_: object) -> bool:
    return epoch >= switch_epoch


def _at_the_switch(*, epoch: int = 0, switch_epoch: int = 10, **_: object) -> bool:
    return epoch == switch_epoch


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "weighted_sum": {
        "weights_ignored": _unless_plain(instead(right.weighted_sum, _equal_weights)),
        "weights_reversed": _unless_plain(instead(right.weighted_sum, _weights_reversed)),
        "divided_by_weights": _unless_plain(weighted_sum_divided_by_weights),
        "mean_of_terms": _unless_plain(weighted_sum_mean_of_terms),
        "sum_for_mean": summed(right.weighted_sum),
    },
    "uncertainty_weighting": {
        "no_regulariser": uncertainty_weighting_no_regulariser,
        "regulariser_not_halved": uncertainty_weighting_regulariser_not_halved,
        "kinds_exchanged": uncertainty_weighting_kinds_exchanged,
        "precision_upside_down": uncertainty_weighting_precision_upside_down,
        "log_var_as_log_std": uncertainty_weighting_log_var_as_log_std,
        "sum_for_mean": summed(right.uncertainty_weighting),
    },
    "scheduled_switch": {
        "one_epoch_late": only(scheduled_switch_one_epoch_late, where=_at_the_switch),
        "order_reversed": scheduled_switch_order_reversed,
        "huber_on_logits": only(scheduled_switch_huber_on_logits, where=_switched),
        "summed_over_classes": only(scheduled_switch_summed_over_classes, where=_switched),
        "both_added": only(scheduled_switch_both_added, where=_switched),
        "sum_for_mean": summed(right.scheduled_switch),
    },
    "l1_regularised": {
        "signs_kept": l1_regularised_signs_kept,
        "l2_instead": l1_regularised_l2_instead,
        "strength_forgotten": l1_regularised_strength_forgotten,
        "penalty_averaged": unless_right(l1_regularised_penalty_averaged, right.l1_regularised),
        "penalty_subtracted": l1_regularised_penalty_subtracted,
        "sum_for_mean": summed(right.l1_regularised),
    },
    "l2_regularised": {
        "norm_not_squared": l2_regularised_norm_not_squared,
        "other_half": l2_regularised_other_half,
        "l1_instead": l2_regularised_l1_instead,
        "sum_squared": l2_regularised_sum_squared,
        "strength_forgotten": l2_regularised_strength_forgotten,
        "penalty_averaged": unless_right(l2_regularised_penalty_averaged, right.l2_regularised),
        "sum_for_mean": summed(right.l2_regularised),
    },
}
