"""Losses for regions of an image, given as masks, as worked on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import Step, Vector, number, reduced

# One mask as a vector or a matrix, or matrices in one or more layers of lists.
Masks: TypeAlias = "Sequence[float] | Sequence[Masks]"


def _depth(masks: Masks | float) -> int:
    return 1 + _depth(masks[0]) if isinstance(masks, Sequence) and masks else 0


def _pixels(masks: Masks | float) -> list[float]:
    if not isinstance(masks, Sequence):
        return [masks]
    return [pixel for part in masks for pixel in _pixels(part)]


def _each(masks: Masks) -> list[list[float]]:
    """The pixels of each mask; the innermost matrix, or a lone vector, is one mask."""
    if _depth(masks) <= 2:
        return [_pixels(masks)]
    return [mask for part in masks if isinstance(part, Sequence) for mask in _each(part)]


def _hits(pred: Vector, target: Vector) -> float:
    return sum(p * t for p, t in zip(pred, target, strict=True))


def _terms(parts: Vector, wholes: Vector) -> list[float]:
    """1 − part / whole, and 0 where the whole is 0."""
    return [1 - part / whole if whole else 0.0 for part, whole in zip(parts, wholes, strict=True)]


def _overlap_step(pred: list[list[float]], target: list[list[float]]) -> Step:
    """I = Σpt, of which only the products that count are shown."""
    shown = [
        " + ".join(f"{number(x)}·{number(y)}" for x, y in zip(p, t, strict=True) if x * y) or "0"
        for p, t in zip(pred, target, strict=True)
    ]
    return Step(
        "overlap",
        Text("重なり I を求める", "Overlap I"),
        "I = Σₖ pₖtₖ",
        ", ".join(shown),
        tuple(_hits(p, t) for p, t in zip(pred, target, strict=True)),
    )


def _size_step(sizes: list[tuple[float, float]], power: str = "") -> Step:
    """P and T of each mask."""
    return Step(
        "sizes",
        Text("予測と正解それぞれの大きさ P, T を求める", "Sizes P of prediction, T of target"),
        f"P = Σₖ pₖ{power}, T = Σₖ tₖ{power}",
        ", ".join(f"P = {number(p)}, T = {number(t)}" for p, t in sizes),
        tuple(sizes),
    )


def _term_step(formula: str, parts: Vector, wholes: Vector) -> Step:
    """One minus the ratio of each mask."""
    return Step(
        "terms",
        Text("1から比を引く（両方が空なら0）", "One minus the ratio; 0 where both are empty"),
        formula,
        ", ".join(
            f"1 − {number(part)} / {number(whole)}" if whole else "0"
            for part, whole in zip(parts, wholes, strict=True)
        ),
        tuple(_terms(parts, wholes)),
    )


def soft_iou(
    pred: Masks, target: Masks, *, smooth: float = 0.0, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Overlap, sizes, union, one term per mask, then the mean."""
    masks = list(zip(_each(pred), _each(target), strict=True))
    hits = [_hits(p, t) for p, t in masks]
    sizes = [(sum(p), sum(t)) for p, t in masks]
    unions = [p + t - hit for (p, t), hit in zip(sizes, hits, strict=True)]
    parts = [hit + smooth for hit in hits]
    wholes = [union + smooth for union in unions]
    return (
        _overlap_step(_each(pred), _each(target)),
        _size_step(sizes),
        Step(
            "union",
            Text("和集合の大きさ U を求める", "Size of the union U"),
            "U = P + T − I",
            ", ".join(
                f"{number(p)} + {number(t)} − {number(hit)}"
                for (p, t), hit in zip(sizes, hits, strict=True)
            ),
            tuple(unions),
        ),
        _term_step("1 − (I + s) / (U + s)" if smooth else "1 − I / U", parts, wholes),
        reduced(_terms(parts, wholes), reduction),
    )


def soft_dice(
    pred: Masks,
    target: Masks,
    *,
    squared: bool = False,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Overlap, sizes, one term per mask, then the mean."""
    power = 2 if squared else 1
    masks = list(zip(_each(pred), _each(target), strict=True))
    sizes = [(sum(x**power for x in p), sum(y**power for y in t)) for p, t in masks]
    parts = [2 * _hits(p, t) + smooth for p, t in masks]
    wholes = [p + t + smooth for p, t in sizes]
    return (
        _overlap_step(_each(pred), _each(target)),
        _size_step(sizes, "²" if squared else ""),
        _term_step("1 − (2I + s) / (P + T + s)" if smooth else "1 − 2I / (P + T)", parts, wholes),
        reduced(_terms(parts, wholes), reduction),
    )


def soft_tversky(
    pred: Masks,
    target: Masks,
    *,
    alpha: float = 0.5,
    beta: float = 0.5,
    smooth: float = 0.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Hits, false alarms and misses, their weighted sum, one term per mask, then the mean."""
    masks = list(zip(_each(pred), _each(target), strict=True))
    hits = [_hits(p, t) for p, t in masks]
    errors = [(sum(p) - hit, sum(t) - hit) for (p, t), hit in zip(masks, hits, strict=True)]
    weighted = [
        hit + alpha * alarm + beta * miss for hit, (alarm, miss) in zip(hits, errors, strict=True)
    ]
    parts = [hit + smooth for hit in hits]
    wholes = [whole + smooth for whole in weighted]
    return (
        _overlap_step(_each(pred), _each(target)),
        Step(
            "errors",
            Text("偽陽性FPと偽陰性FNを求める", "False positives FP and false negatives FN"),
            "FP = Σₖ pₖ − I, FN = Σₖ tₖ − I",
            ", ".join(
                f"{number(sum(p))} − {number(hit)}, {number(sum(t))} − {number(hit)}"
                for (p, t), hit in zip(masks, hits, strict=True)
            ),
            tuple(errors),
        ),
        Step(
            "weighted",
            Text("重みを付けて足す（分母）", "Weighted sum, the denominator"),
            "W = I + α·FP + β·FN",
            ", ".join(
                f"{number(hit)} + {number(alpha)}·{number(alarm)} + {number(beta)}·{number(miss)}"
                for hit, (alarm, miss) in zip(hits, errors, strict=True)
            ),
            tuple(weighted),
        ),
        _term_step("1 − (I + s) / (W + s)" if smooth else "1 − I / W", parts, wholes),
        reduced(_terms(parts, wholes), reduction),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "soft_iou": soft_iou,
    "soft_dice": soft_dice,
    "soft_tversky": soft_tversky,
}
