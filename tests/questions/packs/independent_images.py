"""Losses for masks and boxes, written once more in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Vector = Sequence[float]


def soft_iou(pred: Vector, target: Vector) -> float:
    both = sum(p * t for p, t in zip(pred, target, strict=True))
    return 1 - both / (sum(pred) + sum(target) - both)


def soft_tversky(pred: Vector, target: Vector, alpha: float, beta: float) -> float:
    found = sum(p for p, t in zip(pred, target, strict=True) if t == 1)
    wrong = sum(p for p, t in zip(pred, target, strict=True) if t == 0)
    missed = sum(1 - p for p, t in zip(pred, target, strict=True) if t == 1)
    return 1 - found / (found + alpha * wrong + beta * missed)


def _size(box: Vector) -> tuple[float, float]:
    left, top, right, bottom = box
    return right - left, bottom - top


def _area(box: Vector) -> float:
    width, height = _size(box)
    return width * height


def _overlap(pred: Vector, target: Vector) -> float:
    left, top = (max(a, b) for a, b in zip(pred[:2], target[:2], strict=True))
    right, bottom = (min(a, b) for a, b in zip(pred[2:], target[2:], strict=True))
    return max(0.0, right - left) * max(0.0, bottom - top)


def _around(pred: Vector, target: Vector) -> Vector:
    pairs = list(zip(pred, target, strict=True))
    return [*(min(pair) for pair in pairs[:2]), *(max(pair) for pair in pairs[2:])]


def _union(pred: Vector, target: Vector) -> float:
    return _area(pred) + _area(target) - _overlap(pred, target)


def box_iou_loss(pred: Vector, target: Vector) -> float:
    return 1 - _overlap(pred, target) / _union(pred, target)


def giou_loss(pred: Vector, target: Vector) -> float:
    around = _area(_around(pred, target))
    return box_iou_loss(pred, target) + 1 - _union(pred, target) / around


def diou_loss(pred: Vector, target: Vector) -> float:
    centres = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in (pred, target)]
    shift, diagonal = math.dist(*centres), math.hypot(*_size(_around(pred, target)))
    return box_iou_loss(pred, target) + (shift / diagonal) ** 2


def ciou_loss(pred: Vector, target: Vector) -> float:
    angles = [math.atan(width / height) for width, height in (_size(pred), _size(target))]
    v = (2 * (angles[1] - angles[0]) / math.pi) ** 2
    weight = v / (box_iou_loss(pred, target) + v)
    return diou_loss(pred, target) + weight * v


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (soft_iou, soft_tversky, box_iou_loss, giou_loss, diou_loss, ciou_loss)
}
