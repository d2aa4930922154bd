"""What the tests know of the losses for boxes."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

Box = list[float]

# areas 8 and 6, overlap 4 (from (1, 0) to (3, 2)), union 10, hull 4 × 3
_CROSSED = {"pred": [[0.0, 0.0, 4.0, 2.0]], "target": [[1.0, 0.0, 3.0, 3.0]]}
_APART = {"pred": [[0.0, 0.0, 1.0, 1.0]], "target": [[2.0, 2.0, 3.0, 3.0]]}
_BOTH = {
    "pred": [[0.0, 0.0, 4.0, 2.0], [0.0, 0.0, 1.0, 1.0]],
    "target": [[1.0, 0.0, 3.0, 3.0], [0.0, 0.0, 1.0, 1.0]],
}
# torchvision's four boxes
_ONE, _TWO = [-1.0, -1.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0]
_THREE, _FOUR = [0.0, 1.0, 1.0, 2.0], [1.0, 1.0, 2.0, 2.0]
_VISION = "pytorch/vision:test/test_ops.py"

_POINT = {"pred": [[1.0, 1.0, 1.0, 1.0]], "target": [[1.0, 1.0, 1.0, 1.0]]}
_EXTREME = (
    _CROSSED,
    _APART,
    _POINT,
    {"pred": [[0.0, 0.0, 2.0, 2.0]], "target": [[0.0, 0.0, 2.0, 2.0]]},
    {"pred": [[0.0, 0.0, 2.0, 0.0]], "target": [[1.0, 0.0, 3.0, 0.0]]},
    {"pred": [[0.0, 0.0, 0.0, 2.0]], "target": [[0.0, 0.0, 1.0, 2.0]]},
    {"pred": [[-1e4, -1e4, 1e4, 1e4]], "target": [[1e4, 1e4, 2e4, 2e4]]},
)
_REFUSED = (
    ({"pred": [[0.0, 0.0, 1.0, 1.0]], "target": [0.0, 0.0, 1.0, 1.0]}, r"\(1, 4\).*\(4,\)"),
    ({"pred": [[0.0, 0.0, 1.0]], "target": [[0.0, 0.0, 1.0]]}, r"\(1, 3\)"),
    ({"pred": [[1.0, 0.0, 0.0, 1.0]], "target": [[0.0, 0.0, 1.0, 1.0]]}, "pred.*x1 <= x2"),
    ({"pred": [[0.0, 0.0, 1.0, 1.0]], "target": [[0.0, 1.0, 1.0, 0.0]]}, "target.*y1 <= y2"),
)


def _sample(generator: torch.Generator) -> dict[str, object]:
    def boxes() -> torch.Tensor:
        corner = torch.rand(5, 2, generator=generator, dtype=torch.float64)
        sides = torch.rand(5, 2, generator=generator, dtype=torch.float64) + 0.2
        return torch.cat((corner, corner + sides), -1)

    pred, target = boxes(), boxes()
    target[4] += 3  # one pair without overlap
    return {"pred": pred, "target": target}


def _iou(a: Box, b: Box) -> float:
    """From the length that two intervals share, in x and in y."""

    def shared(low: float, high: float, other_low: float, other_high: float) -> float:
        inside = sorted((low, high, other_low, other_high))
        apart = high <= other_low or other_high <= low
        return 0.0 if apart else inside[2] - inside[1]

    both = shared(a[0], a[2], b[0], b[2]) * shared(a[1], a[3], b[1], b[3])
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def _hull(a: Box, b: Box) -> tuple[float, float]:
    xs, ys = (a[0], a[2], b[0], b[2]), (a[1], a[3], b[1], b[3])
    return max(xs) - min(xs), max(ys) - min(ys)


def _giou_penalty(a: Box, b: Box) -> float:
    width, height = _hull(a, b)
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    union = areas / (1 + _iou(a, b))
    return 1 - union / (width * height)


def _diou_penalty(a: Box, b: Box) -> float:
    centres = complex(a[0] + a[2] - b[0] - b[2], a[1] + a[3] - b[1] - b[3]) / 2
    return abs(centres) ** 2 / abs(complex(*_hull(a, b))) ** 2


def _ciou_penalty(a: Box, b: Box) -> float:
    angles = [math.atan((box[2] - box[0]) / (box[3] - box[1])) for box in (a, b)]
    v = (2 / math.pi * (angles[0] - angles[1])) ** 2
    return _diou_penalty(a, b) + v * v / (1 - _iou(a, b) + v)


def _reference(penalty: Callable[[Box, Box], float]) -> Callable[..., float]:
    def reference(pred: list[Box], target: list[Box]) -> float:
        terms = [1 - _iou(a, b) + penalty(a, b) for a, b in zip(pred, target, strict=True)]
        return sum(terms) / len(terms)

    return reference


def _vision(pred: Box, target: Box, value: float) -> Published:
    return Published(
        inputs={"pred": pred, "target": target}, value=value, source=_VISION, tolerance=5e-5
    )


def _by_hand(inputs: dict[str, list[Box]], value: float, how: str) -> Published:
    return Published(inputs=inputs, value=value, source=f"by hand: {how}", tolerance=1e-6)


BOX_IOU_LOSS = LossCase(
    id="box_iou_loss",
    published=(
        _by_hand(_CROSSED, 0.6, "1 − 4 / 10"),
        _by_hand(_APART, 1.0, "no overlap"),
        Published(
            inputs={"pred": _ONE, "target": _TWO},
            value=0.75,
            source="by hand: a quarter of the larger box",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(
            inputs={**_BOTH, "target": [[1.0, 0.0, 3.0, 3.0], _ONE]}, value=1.35
        ),
        "metric_returned": Mistaken(inputs=_CROSSED, value=0.4),
        "negative_log": Mistaken(inputs=_CROSSED, value=-math.log(0.4)),
        "union_keeps_overlap": Mistaken(inputs=_CROSSED, value=1 - 4 / 14),
        # overlap (−1)·(−1) = 1, union 1
        "sides_not_clamped": Mistaken(inputs=_APART, value=0.0),
        # 4 × 2 at (0, 0) and 3 × 3 at (1, 0): overlap 6, union 11
        "corner_read_as_size": Mistaken(inputs=_CROSSED, value=1 - 6 / 11),
        # 5 × 3 and 3 × 4 pixels: overlap 9, union 18
        "pixels_counted": Mistaken(inputs=_CROSSED, value=0.5),
    },
    sample=_sample,
    reference=_reference(lambda _a, _b: 0.0),
    extreme=_EXTREME,
    refused=_REFUSED,
    differentiable=("pred", "target"),
    # two boxes without area share nothing
    degenerate=((_POINT, 1.0),),
)

GIOU_LOSS = LossCase(
    id="giou_loss",
    published=(
        _vision(_ONE, _ONE, 0.0),
        _vision(_ONE, _TWO, 0.75),
        _vision(_TWO, _THREE, 1.0),
        _vision(_TWO, _FOUR, 1.5),
        Published(
            inputs={"pred": [_TWO, _TWO], "target": [_THREE, _FOUR], "reduction": "sum"},
            value=2.5,
            source=_VISION,
        ),
        _by_hand(_CROSSED, 0.766667, "0.6 + (12 − 10) / 12"),
        _by_hand(_APART, 1.777778, "1 + (9 − 2) / 9"),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_BOTH, value=0.766667),
        "penalty_forgotten": Mistaken(inputs=_CROSSED, value=0.6),
        "penalty_subtracted": Mistaken(inputs=_CROSSED, value=0.433333),
        "divided_by_union": Mistaken(inputs=_CROSSED, value=0.8),
        "overlap_for_union": Mistaken(inputs=_CROSSED, value=1.266667),
    },
    sample=_sample,
    reference=_reference(_giou_penalty),
    extreme=_EXTREME,
    refused=_REFUSED,
    differentiable=("pred", "target"),
    degenerate=((_POINT, 1.0),),
)

DIOU_LOSS = LossCase(
    id="diou_loss",
    published=(
        _vision(_ONE, _ONE, 0.0),
        _vision(_ONE, _TWO, 0.8125),
        _vision(_ONE, _THREE, 1.1923),
        _vision(_ONE, _FOUR, 1.25),
        Published(
            inputs={"pred": [_TWO, _TWO], "target": [_THREE, _FOUR]}, value=1.225, source=_VISION
        ),
        _by_hand(_CROSSED, 0.61, "0.6 + 0.25 / 25"),
        _by_hand(_APART, 1.444444, "1 + 8 / 18"),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_BOTH, value=0.61),
        "penalty_forgotten": Mistaken(inputs=_CROSSED, value=0.6),
        "penalty_subtracted": Mistaken(inputs=_CROSSED, value=0.59),
        "not_squared": Mistaken(inputs=_CROSSED, value=0.7),
        "corner_distance": Mistaken(inputs=_CROSSED, value=0.64),
        "target_diagonal": Mistaken(inputs=_CROSSED, value=0.6 + 0.25 / 13),
    },
    sample=_sample,
    reference=_reference(_diou_penalty),
    extreme=_EXTREME,
    refused=_REFUSED,
    differentiable=("pred", "target"),
    degenerate=((_POINT, 1.0),),
)

CIOU_LOSS = LossCase(
    id="ciou_loss",
    published=(
        _vision(_ONE, _ONE, 0.0),
        _vision(_ONE, _TWO, 0.8125),
        _vision(_ONE, _THREE, 1.1923),
        _vision(_ONE, _FOUR, 1.25),
        # torchvision's boxes are all square: only this one sees the aspect term
        _by_hand(_CROSSED, 0.626823, "0.61 + 0.154010·0.109229"),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_BOTH, value=0.626823),
        "aspect_forgotten": Mistaken(inputs=_CROSSED, value=0.61),
        "distance_forgotten": Mistaken(inputs=_CROSSED, value=0.616823),
        "weight_one": Mistaken(inputs=_CROSSED, value=0.719229),
        "without_four_over_pi2": Mistaken(inputs=_CROSSED, value=0.693538),
        "weight_from_iou": Mistaken(inputs=_CROSSED, value=0.633430),
    },
    sample=_sample,
    reference=_reference(_ciou_penalty),
    extreme=_EXTREME,
    refused=_REFUSED,
    differentiable=("pred", "target"),
    no_gradcheck="the weight α is held constant in the gradient, as in the paper",
    degenerate=((_POINT, 1.0),),
)

CASES: tuple[LossCase, ...] = (BOX_IOU_LOSS, GIOU_LOSS, DIOU_LOSS, CIOU_LOSS)
