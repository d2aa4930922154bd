"""How learners miscalculate losses for real-valued targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import regression as right
from losses.functional.reduction import reduce
from losses.mistakes.common import base_two, broadcast, only, scaled, several, summed
from losses.reduction import Reduction


def signed_mean(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """e itself instead of its square or absolute value."""
    return reduce(pred - target, reduction)


def rmse_of_each(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """√e² element by element, which is |e|."""
    return right.mae(pred, target, reduction=reduction)


def rmse_divided_outside(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """√(Σ e²)/n instead of √(Σ e²/n)."""
    length = right.rmse(pred, target, reduction="sum")
    return length / pred.numel() if reduction == "mean" else length


def huber_no_half_in_quadratic(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """e² instead of ½e² where |e| ≤ δ."""
    error = (pred - target).abs()
    terms = torch.where(error <= delta, error**2, delta * (error - delta / 2))
    return reduce(terms, reduction)


def huber_linear_without_offset(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """δ|e| instead of δ(|e| − ½δ) where |e| > δ."""
    error = (pred - target).abs()
    terms = torch.where(error <= delta, error**2 / 2, delta * error)
    return reduce(terms, reduction)


def huber_linear_as_absolute(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """|e| instead of δ(|e| − ½δ) where |e| > δ."""
    error = (pred - target).abs()
    terms = torch.where(error <= delta, error**2 / 2, error)
    return reduce(terms, reduction)


def huber_smooth_l1_instead(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Huber divided by δ."""
    return right.huber(pred, target, delta=delta, reduction=reduction) / delta


def _smooth_l1_with(
    quadratic: Callable[[Tensor, float], Tensor], linear: Callable[[Tensor, float], Tensor]
) -> Callable[..., Tensor]:
    """Smooth L1 with one of its branches replaced."""

    def other_branch(
        pred: Tensor, target: Tensor, *, beta: float = 1.0, reduction: Reduction = "mean"
    ) -> Tensor:
        error = (pred - target).abs()
        return reduce(
            torch.where(error < beta, quadratic(error, beta), linear(error, beta)), reduction
        )

    return other_branch


def _quadratic(error: Tensor, beta: float) -> Tensor:
    return error**2 / (2 * beta) if beta else error


def _linear(error: Tensor, beta: float) -> Tensor:
    return error - beta / 2


def smooth_l1_huber_instead(
    pred: Tensor, target: Tensor, *, beta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Huber with δ = β."""
    return beta * right.smooth_l1(pred, target, beta=beta, reduction=reduction)


def _pseudo_huber_from(
    combine: Callable[[Tensor, float], Tensor],
) -> Callable[..., Tensor]:
    """Pseudo-Huber whose root √(1 + (e/δ)²) is combined with δ wrongly."""

    def other_combination(
        pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
    ) -> Tensor:
        root = torch.sqrt(1 + ((pred - target) / delta) ** 2)
        return reduce(combine(root, delta), reduction)

    return other_combination


def _log_cosh_as(function: Callable[[Tensor], Tensor]) -> Callable[..., Tensor]:
    """Another function of the error in the place of ln cosh."""

    def other_function(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
        return reduce(function((pred - target).abs()), reduction)

    return other_function


def quantile_sign_flipped(
    pred: Tensor, target: Tensor, *, q: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """u = pred − target."""
    return right.quantile(target, pred, q=q, reduction=reduction)


def quantile_absolute_error(
    pred: Tensor, target: Tensor, *, q: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """|u|, without weights."""
    return right.mae(pred, target, reduction=reduction)


def quantile_same_weight(
    pred: Tensor, target: Tensor, *, q: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """q·|u| on both sides."""
    return q * right.mae(pred, target, reduction=reduction)


def gaussian_std_as_variance(
    mean: Tensor, target: Tensor, var: Tensor, *, full: bool = False, reduction: Reduction = "mean"
) -> Tensor:
    """√v in the place of v."""
    return right.gaussian_nll(mean, target, var.sqrt(), full=full, reduction=reduction)


def gaussian_constant_added(
    mean: Tensor, target: Tensor, var: Tensor, *, full: bool = False, reduction: Reduction = "mean"
) -> Tensor:
    """½ ln 2π whether asked for or not."""
    return right.gaussian_nll(mean, target, var, full=True, reduction=reduction)


def gaussian_no_log_term(
    mean: Tensor, target: Tensor, var: Tensor, *, full: bool = False, reduction: Reduction = "mean"
) -> Tensor:
    """½(y − μ)²/v, without ln v."""
    terms = (target - mean) ** 2 / var / 2
    return reduce(terms + math.log(2 * math.pi) / 2 if full else terms, reduction)


def poisson_other_input_space(
    log_rate: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    full: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """λ − y ln λ of ln λ, or eˣ − y·x of λ. NaN where a logarithm of a negative number is needed."""
    terms = log_rate.exp() - target * log_rate
    if log_input:
        terms = log_rate - target * log_rate.log()
    return reduce(terms + _stirling(target) if full else terms, reduction)


def poisson_stirling_added(
    log_rate: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    full: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """ln y! whether asked for or not."""
    return right.poisson_nll(log_rate, target, log_input=log_input, full=True, reduction=reduction)


def poisson_target_term_forgotten(
    log_rate: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    full: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """λ alone."""
    terms = log_rate.exp() if log_input else log_rate
    return reduce(terms + _stirling(target) if full else terms, reduction)


def _stirling(target: Tensor) -> Tensor:
    counts = target.clamp_min(1)
    terms = counts * counts.log() - counts + torch.log(2 * math.pi * counts) / 2
    return torch.where(target > 1, terms, 0.0)


def robust_scale_forgotten(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 1.0,
    scale: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """e in the place of e/c."""
    return right.adaptive_robust(pred, target, alpha=alpha, reduction=reduction)


def robust_no_minus_one(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 1.0,
    scale: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """(b/α)(x²/b + 1)^(α/2); the limits have no such factor."""
    terms = right.adaptive_robust(pred, target, alpha=alpha, scale=scale, reduction="none")
    return reduce(terms + abs(alpha - 2) / (alpha or math.nan), reduction)


def robust_exponent_not_halved(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 1.0,
    scale: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """(b/α)((x²/b + 1)^α − 1); in the limits the ½ in front of x² is dropped."""
    squared = ((pred - target) / scale) ** 2
    if alpha in (0, 2) or not math.isfinite(alpha):
        doubled = pred - target
        return right.adaptive_robust(
            math.sqrt(2) * doubled, 0 * doubled, alpha=alpha, scale=scale, reduction=reduction
        )
    b = abs(alpha - 2)
    return reduce(b / alpha * ((squared / b + 1) ** alpha - 1), reduction)


def _delta_matters(*, delta: float = 1.0, **_: object) -> bool:
    return delta != 1


def _beta_matters(*, beta: float = 1.0, **_: object) -> bool:
    return beta not in (0, 1)


def _has_quadratic_part(*, beta: float = 1.0, **_: object) -> bool:
    return beta > 0


def _sides_differ(*, q: float = 0.5, **_: object) -> bool:
    return q != 0.5


def _not_full(*, full: bool = False, **_: object) -> bool:
    return not full


def _scale_matters(*, scale: float = 1.0, **_: object) -> bool:
    return scale != 1


def _is_no_limit(*, alpha: float = 1.0, **_: object) -> bool:
    return alpha not in (0, 2) and math.isfinite(alpha)


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "mse": {
        "sum_for_mean": summed(right.mse),
        "root_taken": right.rmse,
        "halved": scaled(right.mse, 0.5),
        "signed_mean": signed_mean,
        "absolute_instead": right.mae,
        "broadcast": broadcast(right.mse),
    },
    "mae": {
        "sum_for_mean": summed(right.mae),
        "signed_mean": signed_mean,
        "squared_instead": right.mse,
        "broadcast": broadcast(right.mae),
    },
    "rmse": {
        "sum_for_mean": summed(right.rmse),
        "no_root": right.mse,
        "root_of_each": several(rmse_of_each),
        "divided_outside_root": several(rmse_divided_outside),
    },
    "huber": {
        "sum_for_mean": summed(right.huber),
        "no_half_in_quadratic": huber_no_half_in_quadratic,
        "linear_without_offset": huber_linear_without_offset,
        # at δ = 1 the same as without the offset
        "linear_as_absolute": only(huber_linear_as_absolute, where=_delta_matters),
        "smooth_l1_instead": only(huber_smooth_l1_instead, where=_delta_matters),
    },
    "smooth_l1": {
        "sum_for_mean": summed(right.smooth_l1),
        "huber_instead": only(smooth_l1_huber_instead, where=_beta_matters),
        "no_half_in_quadratic": only(
            _smooth_l1_with(lambda e, beta: 2 * _quadratic(e, beta), _linear),
            where=_has_quadratic_part,
        ),
        "quadratic_without_beta": only(
            _smooth_l1_with(lambda e, _: e**2 / 2, _linear), where=_beta_matters
        ),
        "linear_without_offset": only(
            _smooth_l1_with(_quadratic, lambda e, _: e), where=_has_quadratic_part
        ),
    },
    "pseudo_huber": {
        "sum_for_mean": summed(right.pseudo_huber),
        "no_minus_one": _pseudo_huber_from(lambda root, delta: delta**2 * root),
        "no_delta_factor": only(_pseudo_huber_from(lambda root, _: root - 1), where=_delta_matters),
        "delta_not_squared": only(
            _pseudo_huber_from(lambda root, delta: delta * (root - 1)), where=_delta_matters
        ),
        "huber_instead": right.huber,
    },
    "log_cosh": {
        "sum_for_mean": summed(right.log_cosh),
        "base_two": base_two(right.log_cosh),
        "cosh_without_log": _log_cosh_as(torch.cosh),
        "log_of_one_plus_cosh": _log_cosh_as(lambda e: torch.log1p(torch.cosh(e))),
        "log_two_forgotten": _log_cosh_as(lambda e: e + torch.log1p(torch.exp(-2 * e))),
    },
    "quantile": {
        "sum_for_mean": summed(right.quantile),
        "error_sign_flipped": only(quantile_sign_flipped, where=_sides_differ),
        "absolute_error": quantile_absolute_error,
        "same_weight_both_sides": only(quantile_same_weight, where=_sides_differ),
    },
    "gaussian_nll": {
        "sum_for_mean": summed(right.gaussian_nll),
        "std_as_variance": gaussian_std_as_variance,
        "no_half": scaled(right.gaussian_nll, 2.0),
        "constant_added": only(gaussian_constant_added, where=_not_full),
        "no_log_term": gaussian_no_log_term,
    },
    "poisson_nll": {
        "sum_for_mean": summed(right.poisson_nll),
        "other_input_space": poisson_other_input_space,
        "stirling_added": only(poisson_stirling_added, where=_not_full),
        "target_term_forgotten": poisson_target_term_forgotten,
    },
    "adaptive_robust": {
        "sum_for_mean": summed(right.adaptive_robust),
        "scale_forgotten": only(robust_scale_forgotten, where=_scale_matters),
        "no_minus_one": only(robust_no_minus_one, where=_is_no_limit),
        "exponent_not_halved": robust_exponent_not_halved,
    },
}
