"""Losses for distances and similarities between embeddings, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.regression import reduced
from losses.worked.step import Matrix, Step, Vector, bracketed, number


def _rows(vectors: Matrix | Vector) -> list[Vector]:
    """One vector per row; a lone vector is a batch of one."""
    rows: list[Vector] = []
    for row in vectors:
        if not isinstance(row, Sequence):
            return [[float(x) for x in vectors if not isinstance(x, Sequence)]]
        rows.append(row)
    return rows


def _distances(
    first: list[Vector], second: list[Vector], *, squared: bool
) -> tuple[list[float], list[str]]:
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
    anchors = _rows(anchor)
    near, near_shown = _distances(anchors, _rows(positive), squared=squared)
    far, far_shown = _distances(anchors, _rows(negative), squared=squared)
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


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {"triplet_margin": triplet_margin}
