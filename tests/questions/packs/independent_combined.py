"""Objectives made of several terms, written once more in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Vector = Sequence[float]


def l1_regularised(data_losses: Vector, parameters: Vector, strength: float) -> float:
    return sum(data_losses) / len(data_losses) + strength * sum(abs(w) for w in parameters)


def l2_regularised(data_losses: Vector, parameters: Vector, strength: float) -> float:
    return sum(data_losses) / len(data_losses) + strength * sum(w * w for w in parameters)


def weighted_sum(terms: Vector, weights: Vector) -> float:
    return sum(term * weight for term, weight in zip(terms, weights, strict=True))


def uncertainty_weighting(terms: Vector, log_vars: Vector, kinds: str) -> float:
    assert kinds == "classification", "the questions are about classifiers"
    variances = [math.exp(s) for s in log_vars]
    pairs = zip(terms, variances, strict=True)
    return sum(loss / variance + math.log(math.sqrt(variance)) for loss, variance in pairs)


def scheduled_switch(
    logits: Vector, target: int, epoch: int, switch_epoch: int, delta: float
) -> float:
    assert epoch >= switch_epoch, "the questions ask for the value after the switch"
    assert len(logits) == 2, "of two classes, both errors are of one size"
    wrong = 1 / (1 + math.exp(logits[target] - logits[1 - target]))
    return wrong**2 / 2 if wrong <= delta else delta * (wrong - delta / 2)


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        l1_regularised,
        l2_regularised,
        weighted_sum,
        uncertainty_weighting,
        scheduled_switch,
    )
}
