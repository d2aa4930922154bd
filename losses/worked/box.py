"""Losses for rectangles given by two corners, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import Matrix, Step, Vector, bracketed, number, reduced, rows


@dataclass(frozen=True, slots=True)
class _Pair:
    """What the losses ask of one prediction and its target."""

    pred: Vector
    target: Vector

    @property
    def areas(self) -> tuple[float, float]:
        return _area(self.pred), _area(self.target)

    @property
    def shared(self) -> tuple[float, float]:
        """Width and height of the overlap."""
        (a, b, c, d), (e, f, g, h) = self.pred, self.target
        return max(0.0, min(c, g) - max(a, e)), max(0.0, min(d, h) - max(b, f))

    @property
    def overlap(self) -> float:
        width, height = self.shared
        return width * height

    @property
    def union(self) -> float:
        return sum(self.areas) - self.overlap

    @property
    def iou(self) -> float:
        return self.overlap / self.union if self.union else 0.0

    @property
    def hull(self) -> tuple[float, float]:
        """Width and height of the smallest box around both."""
        (a, b, c, d), (e, f, g, h) = self.pred, self.target
        return max(c, g) - min(a, e), max(d, h) - min(b, f)

    @property
    def enclosing(self) -> float:
        width, height = self.hull
        return width * height

    @property
    def vacant(self) -> float:
        """Share of the enclosing box that neither fills."""
        return (self.enclosing - self.union) / self.enclosing if self.enclosing else 0.0

    @property
    def distance2(self) -> float:
        """Squared distance of the centres."""
        (px, py), (tx, ty) = _centre(self.pred), _centre(self.target)
        return (px - tx) ** 2 + (py - ty) ** 2

    @property
    def diagonal2(self) -> float:
        """Squared diagonal of the smallest box around both."""
        width, height = self.hull
        return width**2 + height**2

    @property
    def offset(self) -> float:
        return self.distance2 / self.diagonal2 if self.diagonal2 else 0.0

    @property
    def aspect(self) -> float:
        """v of CIoU."""
        return 4 / math.pi**2 * (_angle(self.target) - _angle(self.pred)) ** 2

    @property
    def weight(self) -> float:
        """α of CIoU."""
        whole = 1 - self.iou + self.aspect
        return self.aspect / whole if whole else 0.0


def _sides(box: Vector) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _area(box: Vector) -> float:
    width, height = _sides(box)
    return width * height


def _centre(box: Vector) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _angle(box: Vector) -> float:
    return math.atan2(*_sides(box))


def _pairs(pred: Matrix | Vector, target: Matrix | Vector) -> list[_Pair]:
    return [_Pair(p, t) for p, t in zip(rows(pred), rows(target), strict=True)]


def _product(sides: tuple[float, float]) -> str:
    return f"{number(sides[0])}·{number(sides[1])}"


def _overlap_steps(pairs: list[_Pair]) -> tuple[Step, ...]:
    """Areas, overlap, union and IoU, with which every loss here begins."""
    return (
        Step(
            "areas",
            Text("2つの矩形の面積を求める", "Areas of both boxes"),
            "A = (x₂ − x₁)(y₂ − y₁)",
            ", ".join(_product(_sides(box)) for pair in pairs for box in (pair.pred, pair.target)),
            tuple(pair.areas for pair in pairs),
        ),
        Step(
            "overlap",
            Text(
                "重なりの面積を求める（辺が負なら0）", "Area of the overlap; negative sides are 0"
            ),
            "I = max(0, min x₂ − max x₁)·max(0, min y₂ − max y₁)",
            ", ".join(_product(pair.shared) for pair in pairs),
            tuple(pair.overlap for pair in pairs),
        ),
        Step(
            "union",
            Text("和集合の面積を求める", "Area of the union"),
            "U = A + B − I",
            ", ".join(
                f"{number(pair.areas[0])} + {number(pair.areas[1])} − {number(pair.overlap)}"
                for pair in pairs
            ),
            tuple(pair.union for pair in pairs),
        ),
        Step(
            "iou",
            Text("重なりを和集合で割る", "Overlap over union"),
            "IoU = I / U",
            ", ".join(
                f"{number(pair.overlap)} / {number(pair.union)}" if pair.union else "0"
                for pair in pairs
            ),
            tuple(pair.iou for pair in pairs),
        ),
    )


def _ending(
    pairs: list[_Pair], reduction: Reduction, formula: str, *penalties: list[float]
) -> tuple[Step, Step]:
    """1 − IoU plus the penalties of each pair, and their mean or sum."""
    each = [tuple(penalty[i] for penalty in penalties) for i in range(len(pairs))]
    terms = tuple(1 - pair.iou + sum(extras) for pair, extras in zip(pairs, each, strict=True))
    return (
        Step(
            "terms",
            Text("損失を組み立てる", "Put the loss together"),
            formula,
            ", ".join(
                f"1 − {number(pair.iou)}" + "".join(f" + {bracketed(extra)}" for extra in extras)
                for pair, extras in zip(pairs, each, strict=True)
            ),
            terms,
        ),
        reduced(terms, reduction),
    )


def _offset_steps(pairs: list[_Pair]) -> tuple[Step, ...]:
    """Centre distance, diagonal and their ratio."""
    return (
        Step(
            "distance",
            Text("中心間の距離の二乗を求める", "Squared distance of the centres"),
            "ρ² = (Δx)² + (Δy)²",
            ", ".join(
                " + ".join(
                    f"({number(p)} − {bracketed(t)})²"
                    for p, t in zip(_centre(pair.pred), _centre(pair.target), strict=True)
                )
                for pair in pairs
            ),
            tuple(pair.distance2 for pair in pairs),
        ),
        Step(
            "diagonal",
            Text(
                "両方を囲む最小の矩形の対角線の二乗を求める",
                "Squared diagonal of the smallest box around both",
            ),
            "c² = W² + H²",
            ", ".join(f"{number(pair.hull[0])}² + {number(pair.hull[1])}²" for pair in pairs),
            tuple(pair.diagonal2 for pair in pairs),
        ),
        Step(
            "offset",
            Text("中心のずれの割合を求める", "Relative offset of the centres"),
            "ρ² / c²",
            ", ".join(
                f"{number(pair.distance2)} / {number(pair.diagonal2)}" if pair.diagonal2 else "0"
                for pair in pairs
            ),
            tuple(pair.offset for pair in pairs),
        ),
    )


def box_iou_loss(
    pred: Matrix | Vector, target: Matrix | Vector, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Areas, overlap, union, IoU, one term per box, then the mean."""
    pairs = _pairs(pred, target)
    return (
        *_overlap_steps(pairs),
        *_ending(pairs, reduction, "1 − IoU"),
    )


def giou_loss(
    pred: Matrix | Vector, target: Matrix | Vector, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """IoU, the enclosing box, its vacant share, one term per box, then the mean."""
    pairs = _pairs(pred, target)
    return (
        *_overlap_steps(pairs),
        Step(
            "enclosing",
            Text(
                "両方を囲む最小の矩形の面積を求める",
                "Area of the smallest box around both",
            ),
            "C = (max x₂ − min x₁)(max y₂ − min y₁)",
            ", ".join(_product(pair.hull) for pair in pairs),
            tuple(pair.enclosing for pair in pairs),
        ),
        Step(
            "vacant",
            Text("どちらにも含まれない割合を求める", "Share that neither box fills"),
            "(C − U) / C",
            ", ".join(
                f"({number(pair.enclosing)} − {number(pair.union)}) / {number(pair.enclosing)}"
                if pair.enclosing
                else "0"
                for pair in pairs
            ),
            tuple(pair.vacant for pair in pairs),
        ),
        *_ending(pairs, reduction, "1 − IoU + (C − U) / C", [pair.vacant for pair in pairs]),
    )


def diou_loss(
    pred: Matrix | Vector, target: Matrix | Vector, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """IoU, the relative offset of the centres, one term per box, then the mean."""
    pairs = _pairs(pred, target)
    return (
        *_overlap_steps(pairs),
        *_offset_steps(pairs),
        *_ending(pairs, reduction, "1 − IoU + ρ² / c²", [pair.offset for pair in pairs]),
    )


def ciou_loss(
    pred: Matrix | Vector, target: Matrix | Vector, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """IoU, offset, aspect term and its weight, one term per box, then the mean."""
    pairs = _pairs(pred, target)
    return (
        *_overlap_steps(pairs),
        *_offset_steps(pairs),
        Step(
            "aspect",
            Text("縦横比の違いを求める", "Difference of the proportions"),
            "v = (4/π²)(arctan(wₜ/hₜ) − arctan(w/h))²",
            ", ".join(
                f"(4/π²)({number(_angle(pair.target))} − {number(_angle(pair.pred))})²"
                for pair in pairs
            ),
            tuple(pair.aspect for pair in pairs),
        ),
        Step(
            "weight",
            Text("縦横比の項の重みを求める", "Weight of that term"),
            "α = v / (1 − IoU + v)",
            ", ".join(
                f"{number(pair.aspect)} / (1 − {number(pair.iou)} + {number(pair.aspect)})"
                if pair.aspect
                else "0"
                for pair in pairs
            ),
            tuple(pair.weight for pair in pairs),
        ),
        *_ending(
            pairs,
            reduction,
            "1 − IoU + ρ² / c² + αv",
            [pair.offset for pair in pairs],
            [pair.weight * pair.aspect for pair in pairs],
        ),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "box_iou_loss": box_iou_loss,
    "giou_loss": giou_loss,
    "diou_loss": diou_loss,
    "ciou_loss": ciou_loss,
}
