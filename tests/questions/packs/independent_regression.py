"""Losses for real-valued targets, written once more in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Vector = Sequence[float]


def _mean_over(terms: Callable[[float], float], pred: Vector, target: Vector) -> float:
    return sum(terms(p - t) for p, t in zip(pred, target, strict=True)) / len(pred)


def smooth_l1(pred: Vector, target: Vector, beta: float) -> float:
    def term(error: float) -> float:
        size = abs(error)
        return size * size / (2 * beta) if size < beta else size - beta / 2

    return _mean_over(term, pred, target)


def pseudo_huber(pred: Vector, target: Vector, delta: float) -> float:
    return _mean_over(lambda e: delta * math.hypot(delta, e) - delta * delta, pred, target)


def log_cosh(pred: Vector, target: Vector) -> float:
    return _mean_over(lambda e: math.log(math.cosh(e)), pred, target)


def gaussian_nll(mean: Vector, target: Vector, var: Vector) -> float:
    terms = [
        (math.log(v) + (y - m) ** 2 / v) / 2 for m, y, v in zip(mean, target, var, strict=True)
    ]
    return sum(terms) / len(terms)


def poisson_nll(log_rate: Vector, target: Vector, log_input: bool) -> float:
    assert not log_input, "the questions give rates"
    terms = [rate - y * math.log(rate) for rate, y in zip(log_rate, target, strict=True)]
    return sum(terms) / len(terms)


def adaptive_robust(pred: Vector, target: Vector, alpha: float, scale: float) -> float:
    """Each form by its own name, not from the general formula."""
    forms: Mapping[float, Callable[[float], float]] = {
        1: lambda x: math.sqrt(x * x + 1) - 1,  # Charbonnier
        -2: lambda x: 2 * x * x / (x * x + 4),  # Geman-McClure
    }
    return _mean_over(lambda e: forms[alpha](e / scale), pred, target)


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        smooth_l1,
        pseudo_huber,
        log_cosh,
        gaussian_nll,
        poisson_nll,
        adaptive_robust,
    )
}
