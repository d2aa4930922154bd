"""Losses for class labels, written once more in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Vector = Sequence[float]


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _softmax(logits: Vector) -> list[float]:
    total = sum(math.exp(z) for z in logits)
    return [math.exp(z) / total for z in logits]


def nll(log_probs: Sequence[Vector], target: Sequence[int], weight: Vector) -> float:
    terms = [-weight[y] * row[y] for row, y in zip(log_probs, target, strict=True)]
    return sum(terms) / sum(weight[y] for y in target)


def bce_with_logits(logits: Vector, target: Vector, pos_weight: float = 1.0) -> float:
    terms = [
        -pos_weight * math.log(_sigmoid(x)) if y == 1 else -math.log(1 - _sigmoid(x))
        for x, y in zip(logits, target, strict=True)
    ]
    return sum(terms) / len(terms)


def squared_hinge(scores: Vector, target: Vector) -> float:
    terms = [max(0.0, 1 - y * s) ** 2 for s, y in zip(scores, target, strict=True)]
    return sum(terms) / len(terms)


def multi_margin(scores: Vector, target: int) -> float:
    rivals = [s for place, s in enumerate(scores) if place != target]
    return sum(max(0.0, 1 - scores[target] + s) for s in rivals) / len(scores)


def crammer_singer_hinge(scores: Sequence[Vector], target: Sequence[int]) -> float:
    terms = []
    for row, y in zip(scores, target, strict=True):
        rival = max(s for place, s in enumerate(row) if place != y)
        terms.append(max(0.0, 1 + rival - row[y]))
    return sum(terms) / len(terms)


def binary_focal(logits: Vector, target: Vector, alpha: float, gamma: float) -> float:
    terms = []
    for x, y in zip(logits, target, strict=True):
        p, weight = (_sigmoid(x), alpha) if y == 1 else (1 - _sigmoid(x), 1 - alpha)
        terms.append(-weight * (1 - p) ** gamma * math.log(p))
    return sum(terms) / len(terms)


def softmax_focal(logits: Vector, target: int, gamma: float) -> float:
    p = _softmax(logits)[target]
    return float(-((1 - p) ** gamma) * math.log(p))


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        nll,
        bce_with_logits,
        squared_hinge,
        multi_margin,
        crammer_singer_hinge,
        binary_focal,
        softmax_focal,
    )
}
