"""The losses of the built-in numeric questions, written once more in plain Python.

Nothing here comes from `losses`: a key is right when two separate calculations agree on it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.questions.packs import (
    independent_classification,
    independent_combined,
    independent_embeddings,
    independent_generative,
    independent_images,
    independent_ranking,
    independent_regression,
)

Vector = Sequence[float]


def _mean(terms: Sequence[float]) -> float:
    return sum(terms) / len(terms)


def _errors(pred: Any, target: Any) -> list[float]:
    if isinstance(pred, float | int):
        return [pred - target]
    return [p - t for p, t in zip(pred, target, strict=True)]


def mse(pred: Any, target: Any) -> float:
    return _mean([error**2 for error in _errors(pred, target)])


def mae(pred: Any, target: Any) -> float:
    return _mean([abs(error) for error in _errors(pred, target)])


def rmse(pred: Vector, target: Vector) -> float:
    return math.sqrt(mse(pred, target))


def huber(pred: Vector, target: Vector, delta: float) -> float:
    terms = []
    for p, t in zip(pred, target, strict=True):
        size = abs(p - t)
        terms.append(size * size / 2 if size <= delta else delta * (size - delta / 2))
    return _mean(terms)


def quantile(pred: Vector, target: Vector, q: float) -> float:
    return _mean(
        [q * (t - p) if t >= p else (1 - q) * (p - t) for p, t in zip(pred, target, strict=True)]
    )


def cross_entropy(logits: Any, target: Any, label_smoothing: float = 0.0) -> float:
    if isinstance(target, int):
        total = sum(math.exp(z) for z in logits)
        costs = [-math.log(math.exp(z) / total) for z in logits]
        return (1 - label_smoothing) * costs[target] + label_smoothing * _mean(costs)
    return _mean([cross_entropy(row, label) for row, label in zip(logits, target, strict=True)])


def distribution_cross_entropy(probs: Vector, target: Vector) -> float:
    return -sum(p * math.log(q) for q, p in zip(probs, target, strict=True) if p > 0)


def bce_with_logits(logits: Vector, target: Vector) -> float:
    return bce([1 / (1 + math.exp(-z)) for z in logits], target)


def bce(probs: Vector, target: Vector) -> float:
    return _mean(
        [-math.log(p if label == 1 else 1 - p) for p, label in zip(probs, target, strict=True)]
    )


def kl_div(log_probs: Any, target: Any, log_input: bool) -> float:
    assert not log_input, "the questions give probabilities"
    if isinstance(target[0], Sequence):
        rows = zip(log_probs, target, strict=True)
        return _mean([kl_div(q, p, log_input) for q, p in rows])
    return sum(p * math.log(p / q) for q, p in zip(log_probs, target, strict=True) if p > 0)


def hinge(scores: Vector, target: Vector) -> float:
    return _mean([max(0.0, 1 - y * s) for s, y in zip(scores, target, strict=True)])


def triplet_margin(
    anchor: Vector, positive: Vector, negative: Vector, margin: float, squared: bool = False
) -> float:
    near, far = math.dist(anchor, positive), math.dist(anchor, negative)
    if squared:
        near, far = near**2, far**2
    return max(0.0, near - far + margin)


def contrastive(distances: Vector, same: Vector, margin: float, halved: bool = False) -> float:
    terms = [
        d**2 if alike == 1 else max(0.0, margin - d) ** 2
        for d, alike in zip(distances, same, strict=True)
    ]
    return _mean(terms) / (2 if halved else 1)


def js_div(p: Vector, q: Vector) -> float:
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (kl_div(middle, p, False) + kl_div(middle, q, False)) / 2


def entropy(probs: Any) -> float:
    if isinstance(probs[0], Sequence):
        return _mean([entropy(row) for row in probs])
    return -sum(p * math.log(p) for p in probs)


def wasserstein_1d(
    u: Vector, v: Vector, u_weights: Vector | None = None, v_weights: Vector | None = None
) -> float:
    """The area between the two shares that lie at or below each value."""

    def share(values: Vector, weights: Vector | None, up_to: float) -> float:
        each = weights or [1 / len(values)] * len(values)
        return sum(w for x, w in zip(values, each, strict=True) if x <= up_to)

    places = sorted({*u, *v})
    return sum(
        (after - place) * abs(share(u, u_weights, place) - share(v, v_weights, place))
        for place, after in itertools.pairwise(places)
    )


def soft_dice(pred: Vector, target: Vector, squared: bool = False) -> float:
    overlap = sum(p * t for p, t in zip(pred, target, strict=True))
    power = 2 if squared else 1
    return 1 - 2 * overlap / sum(value**power for value in (*pred, *target))


def ndcg(scores: Vector, relevance: Vector) -> float:
    def dcg(ranked: Sequence[float]) -> float:
        return sum((2**y - 1) / math.log2(rank + 1) for rank, y in enumerate(ranked, start=1))

    ranked = [y for _, y in sorted(zip(scores, relevance, strict=True), reverse=True)]
    return dcg(ranked) / dcg(sorted(relevance, reverse=True))


def gaussian_kl(mu: Any, log_var: Any) -> float:
    if isinstance(mu[0], Sequence):
        return _mean([gaussian_kl(m, v) for m, v in zip(mu, log_var, strict=True)])
    return sum(m**2 + math.exp(v) - 1 - v for m, v in zip(mu, log_var, strict=True)) / 2


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        mse,
        mae,
        rmse,
        huber,
        quantile,
        cross_entropy,
        distribution_cross_entropy,
        bce,
        bce_with_logits,
        kl_div,
        hinge,
        triplet_margin,
        contrastive,
        js_div,
        entropy,
        wasserstein_1d,
        soft_dice,
        ndcg,
        gaussian_kl,
    )
} | {
    **independent_regression.FORMULAS,
    **independent_classification.FORMULAS,
    **independent_ranking.FORMULAS,
    **independent_images.FORMULAS,
    **independent_embeddings.FORMULAS,
    **independent_generative.FORMULAS,
    **independent_combined.FORMULAS,
}


def gradient(formula: Callable[..., float], of: str, at: Sequence[int], inputs: Any) -> float:
    """The slope of a formula in one number of its inputs, from four values around it."""

    def moved(by: float) -> float:
        return formula(**{**inputs, of: _moved(inputs[of], at, by)})

    step = 1e-4
    return (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step)


def _moved(values: Any, at: Sequence[int], by: float) -> Any:
    if not at:
        return values + by
    first, *rest = at
    return [_moved(each, rest, by) if i == first else each for i, each in enumerate(values)]


# What the built-in questions make of several values, by the text of their expression.
EXPRESSIONS: Mapping[str, Callable[..., float]] = {
    "a / b": lambda a, b: a / b,
    "(a - b) / a": lambda a, b: (a - b) / a,
    "exp(h)": math.exp,
    "sqrt(g^2)": abs,
}


def value(compute: Any, given: Mapping[str, Any]) -> float:
    """What a question computes, without anything from `losses` or the reader of expressions."""
    if hasattr(compute, "expression"):
        parts = {name: value(part, given) for name, part in compute.parts.items()}
        return EXPRESSIONS[compute.expression](*parts.values())
    formula = FORMULAS[compute.loss]
    inputs = {
        name: given[each[1:]] if isinstance(each, str) and each.startswith("$") else each
        for name, each in compute.inputs.items()
    }
    if compute.gradient is None:
        return formula(**inputs)
    return gradient(formula, compute.gradient.of, compute.gradient.at, inputs)
