"""Losses for distances and similarities between embeddings, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from losses.reduction import Reduction
from losses.text import Text
from losses.worked import embedding_batch
from losses.worked.step import Matrix, Step, Vector, bracketed, number, reduced, rows


def _distances(first: Matrix, second: Matrix, *, squared: bool) -> tuple[list[float], list[str]]:
    """Euclidean distances of the rows, or their squares: values and how they are written."""
    values: list[float] = []
    shown: list[str] = []
    for u, v in zip(first, second, strict=True):
        total = sum((x - y) ** 2 for x, y in zip(u, v, strict=True))
        squares = " + ".join(f"({number(x)} − {bracketed(y)})²" for x, y in zip(u, v, strict=True))
        values.append(total if squared else math.sqrt(total))
        shown.append(squares if squared else f"√({squares})")
    return values, shown


def triplet_margin(
    anchor: Matrix | Vector,
    positive: Matrix | Vector,
    negative: Matrix | Vector,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Both distances of each triplet, the hinge on their gap, then the mean."""
    anchors = rows(anchor)
    near, near_shown = _distances(anchors, rows(positive), squared=squared)
    far, far_shown = _distances(anchors, rows(negative), squared=squared)
    power = "²" if squared else ""
    root = "Σₖ (aₖ − xₖ)²" if squared else "√Σₖ (aₖ − xₖ)²"
    return (
        Step(
            "positive_distances",
            Text("アンカーと正例の距離を求める", "Distance from anchor to positive"),
            f"d(a, p){power} = {root.replace('x', 'p')}",
            ", ".join(near_shown),
            tuple(near),
        ),
        Step(
            "negative_distances",
            Text("アンカーと負例の距離を求める", "Distance from anchor to negative"),
            f"d(a, n){power} = {root.replace('x', 'n')}",
            ", ".join(far_shown),
            tuple(far),
        ),
        Step(
            "terms",
            Text("差にマージンを足し、負なら0にする", "Gap plus margin, at least 0"),
            f"max(0, d(a, p){power} − d(a, n){power} + m)",
            ", ".join(
                f"max(0, {number(p)} − {number(n)} + {number(margin)})"
                for p, n in zip(near, far, strict=True)
            ),
            terms := tuple(max(0.0, p - n + margin) for p, n in zip(near, far, strict=True)),
        ),
        reduced(terms, reduction),
    )


def contrastive(
    distances: Vector,
    same: Vector,
    *,
    margin: float = 1.0,
    halved: bool = False,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """One term per pair by its label, then the mean."""
    terms: list[float] = []
    shown: list[str] = []
    half = "½·" if halved else ""
    for d, y in zip(distances, same, strict=True):
        gap = d if y == 1 else max(0.0, margin - d)
        terms.append(gap**2 / 2 if halved else gap**2)
        inner = number(d) if y == 1 else f"max(0, {number(margin)} − {number(d)})"
        shown.append(f"{half}{inner}²")
    return (
        Step(
            "terms",
            Text("ラベルで場合分けする", "One term by the label of each pair"),
            f"y = 1: {half}d²　y = 0: {half}max(0, m − d)²",
            ", ".join(shown),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def hinge_embedding(
    distances: Vector, target: Vector, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """One term per pair by its label, then the mean."""
    terms: list[float] = []
    shown: list[str] = []
    for d, y in zip(distances, target, strict=True):
        terms.append(d if y == 1 else max(0.0, margin - d))
        shown.append(number(d) if y == 1 else f"max(0, {number(margin)} − {number(d)})")
    return (
        Step(
            "terms",
            Text("ラベルで場合分けする", "One term by the label of each pair"),
            "y = 1: d　y = −1: max(0, m − d)",
            ", ".join(shown),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def margin_ranking(
    scores1: Vector,
    scores2: Vector,
    target: Vector,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Gaps, one hinge per pair, then the mean."""
    pairs = list(zip(scores1, scores2, strict=True))
    gaps = tuple(first - second for first, second in pairs)
    terms = tuple(max(0.0, -y * gap + margin) for gap, y in zip(gaps, target, strict=True))
    return (
        Step(
            "gaps",
            Text("スコアの差を求める", "Differences of the scores"),
            "s₁ − s₂",
            ", ".join(f"{number(first)} − {bracketed(second)}" for first, second in pairs),
            gaps,
        ),
        Step(
            "terms",
            Text("ラベルの向きに揃え、負なら0にする", "Hinge in the direction of the label"),
            "max(0, −y(s₁ − s₂) + m)",
            ", ".join(
                f"max(0, −{bracketed(y)}·{bracketed(gap)} + {number(margin)})"
                for gap, y in zip(gaps, target, strict=True)
            ),
            terms,
        ),
        reduced(terms, reduction),
    )


def _products(first: Matrix, second: Matrix) -> Step:
    """x₁·x₂, row by row."""
    return Step(
        "products",
        Text("内積を求める", "Inner products"),
        "x₁·x₂ = Σₖ x₁ₖ x₂ₖ",
        ", ".join(
            " + ".join(f"{bracketed(x)}·{bracketed(y)}" for x, y in zip(u, v, strict=True))
            for u, v in zip(first, second, strict=True)
        ),
        tuple(
            sum(x * y for x, y in zip(u, v, strict=True))
            for u, v in zip(first, second, strict=True)
        ),
    )


def _length(vector: Vector) -> float:
    return math.sqrt(sum(x**2 for x in vector))


def _cosine(u: Vector, v: Vector) -> float:
    """The cosine of two vectors, 0 with a zero vector."""
    lengths = _length(u) * _length(v)
    return sum(x * y for x, y in zip(u, v, strict=True)) / lengths if lengths else 0.0


def cosine_embedding(
    x1: Matrix | Vector,
    x2: Matrix | Vector,
    target: Vector | float,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Inner products, lengths, cosines, one term per pair by its label, then the mean."""
    first, second = rows(x1), rows(x2)
    labels = target if isinstance(target, Sequence) else [target]
    products = _products(first, second)
    lengths = tuple((_length(u), _length(v)) for u, v in zip(first, second, strict=True))
    cosines = tuple(_cosine(u, v) for u, v in zip(first, second, strict=True))
    terms: list[float] = []
    shown: list[str] = []
    for cosine, y in zip(cosines, labels, strict=True):
        terms.append(1 - cosine if y == 1 else max(0.0, cosine - margin))
        shown.append(
            f"1 − {bracketed(cosine)}"
            if y == 1
            else f"max(0, {number(cosine)} − {bracketed(margin)})"
        )
    return (
        products,
        Step(
            "lengths",
            Text("それぞれの長さを求める", "Lengths of both vectors"),
            "‖x‖ = √Σₖ xₖ²",
            ", ".join(
                f"√({' + '.join(f'{bracketed(x)}²' for x in vector)})"
                for pair in zip(first, second, strict=True)
                for vector in pair
            ),
            lengths,
        ),
        Step(
            "cosines",
            Text("内積を長さの積で割る", "Divide by the product of the lengths"),
            "cos = x₁·x₂ / (‖x₁‖‖x₂‖)",
            ", ".join(
                f"{number(sum(x * y for x, y in zip(u, v, strict=True)))}"
                f" / ({number(a)}·{number(b)})"
                for u, v, (a, b) in zip(first, second, lengths, strict=True)
            ),
            cosines,
        ),
        Step(
            "terms",
            Text("ラベルで場合分けする", "One term by the label of each pair"),
            "y = 1: 1 − cos　y = −1: max(0, cos − m)",
            ", ".join(shown),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "triplet_margin": triplet_margin,
    "contrastive": contrastive,
    "hinge_embedding": hinge_embedding,
    "margin_ranking": margin_ranking,
    "cosine_embedding": cosine_embedding,
    **embedding_batch.STEPS,
}
