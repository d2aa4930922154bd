"""What the tests know of the losses for masks."""

from __future__ import annotations

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

Mask = list[list[float]]

# overlap 2, sizes 3 and 3, union 4
_SOURCE = {"pred": [[1.0, 1.0], [1.0, 0.0]], "target": [[0.0, 1.0], [1.0, 1.0]]}
# one pixel of each half agrees softly
_SOFT = {"pred": [[0.5, 0.5], [0.0, 1.0]], "target": [[1.0, 0.0], [0.0, 1.0]]}
_TWO = {
    "pred": [[[1.0, 1.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 0.0]]],
    "target": [[[0.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 0.0]]],
}
_EMPTY = {"pred": [[0.0, 0.0]], "target": [[0.0, 0.0]]}
_FALSE_ALARM = {"pred": [[0.9, 0.9]], "target": [[0.0, 0.0]]}

# sigmoid(1) and sigmoid(−1): MONAI's tests apply the sigmoid themselves
_UP, _DOWN = 0.7310585786300049, 0.2689414213699951
_MONAI_PRED = [[_UP, _DOWN], [_DOWN, _UP]]
_MONAI_TARGET = [[1.0, 0.0], [1.0, 1.0]]
_MONAI_ONE = {"pred": _MONAI_PRED, "target": _MONAI_TARGET}
_MONAI_TWO = {
    "pred": [_MONAI_PRED, _MONAI_PRED],
    "target": [[[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [1.0, 0.0]]],
}
_MONAI_DICE = "Project-MONAI/MONAI:tests/losses/test_dice_loss.py"
_MONAI_TVERSKY = "Project-MONAI/MONAI:tests/losses/test_tversky_loss.py"
_KERAS = "keras-team/keras:keras/src/losses/losses_test.py"
_KERAS_MASKS = {
    "pred": [[[0.0, 1.0], [0.0, 1.0]], [[0.4, 0.0], [0.0, 0.9]]],
    "target": [[[1.0, 1.0], [0.0, 0.0]], [[1.0, 1.0], [0.0, 0.0]]],
    "reduction": "none",
}

_EXTREME = (
    _EMPTY,
    _FALSE_ALARM,
    {"pred": [[0.0, 0.0]], "target": [[1.0, 0.0]]},
    {"pred": [[1e-30, 0.0]], "target": [[1e-30, 0.0]]},
    {"pred": [[1.0, 1.0]], "target": [[1.0, 1.0]]},
)
_REFUSED = (
    ({"pred": [[0.5, 0.5]], "target": [0.5, 0.5]}, r"\(1, 2\).*\(2,\)"),
    ({"pred": [[1.5, 0.5]], "target": [[0.0, 1.0]]}, "pred"),
    ({"pred": [[-0.5, 0.5]], "target": [[0.0, 1.0]]}, "pred"),
    ({"pred": [[0.5, 0.5]], "target": [[2.0, 1.0]]}, "target"),
    ({"pred": [[0.5, 0.5]], "target": [[0.0, 1.0]], "smooth": -1.0}, "smooth"),
    ({"pred": 0.5, "target": 1.0}, "shape"),
)
# documented: two empty masks agree; anything found where nothing is costs 1
_DEGENERATE = ((_EMPTY, 0.0), (_FALSE_ALARM, 1.0))


def _masks(generator: torch.Generator) -> dict[str, object]:
    soft = torch.rand(3, 2, 3, generator=generator, dtype=torch.float64)
    hard = torch.rand(3, 2, 3, generator=generator, dtype=torch.float64)
    hard = (hard > 0.5).double()
    hard[0] = torch.rand(2, 3, generator=generator, dtype=torch.float64)
    return {"pred": soft, "target": hard, "smooth": 0.25}


def _counts(pred: Mask, target: Mask) -> tuple[float, float, float]:
    """TP, FP and FN, pixel by pixel."""
    hit = alarm = miss = 0.0
    for p_row, t_row in zip(pred, target, strict=True):
        for p, t in zip(p_row, t_row, strict=True):
            hit += p * t
            alarm += p * (1 - t)
            miss += (1 - p) * t
    return hit, alarm, miss


def _iou_reference(pred: list[Mask], target: list[Mask], smooth: float) -> float:
    total = 0.0
    for p, t in zip(pred, target, strict=True):
        hit, alarm, miss = _counts(p, t)
        total += 1 - (hit + smooth) / (hit + alarm + miss + smooth)
    return total / len(pred)


SOFT_IOU = LossCase(
    id="soft_iou",
    published=(
        Published(
            inputs=_SOURCE,
            value=0.5,
            source="source 000, snippet 14 (prints 0.5000001 with 1e-6 added)",
            tolerance=1e-12,
        ),
        Published(
            inputs={**_MONAI_ONE, "smooth": 1e-5},
            value=0.470451,
            source=_MONAI_DICE,
            tolerance=3e-6,
        ),
        Published(
            inputs={"pred": [0.5, 0.5], "target": [0.5, 0.5]},
            value=2 / 3,
            source="by hand: equal but soft masks, 1 − 0.5 / 1.5",
            tolerance=1e-12,
        ),
        Published(
            inputs={**_TWO, "reduction": "none"},
            value=[0.5, 0.0],
            source="by hand: the second mask is met exactly",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_TWO, value=0.5),
        # invisible on the source's masks, where IoU = 1 − IoU = ½
        "metric_returned": Mistaken(inputs=_SOFT, value=0.6),
        "union_keeps_overlap": Mistaken(inputs=_SOURCE, value=0.666667),
        "dice_instead": Mistaken(inputs=_SOURCE, value=0.333333),
        "smoothed_by_one": Mistaken(inputs=_SOURCE, value=0.4),
        "negative_log": Mistaken(inputs=_SOURCE, value=0.693147),
        # 1 − 1.962117 / (2.693176 + 3 − 1.962117)
        "sigmoid_applied": Mistaken(inputs=_SOURCE, value=0.474112),
    },
    sample=_masks,
    reference=_iou_reference,
    extreme=_EXTREME,
    refused=_REFUSED,
    differentiable=("pred",),
    degenerate=_DEGENERATE,
)


def _dice_sample(generator: torch.Generator) -> dict[str, object]:
    squared = bool(torch.rand(1, generator=generator) < 0.5)
    return {**_masks(generator), "squared": squared}


def _dice_reference(pred: list[Mask], target: list[Mask], smooth: float, squared: bool) -> float:
    total = 0.0
    for p_mask, t_mask in zip(pred, target, strict=True):
        above, below = smooth, smooth
        for p_row, t_row in zip(p_mask, t_mask, strict=True):
            for p, t in zip(p_row, t_row, strict=True):
                above += 2 * p * t
                below += p * p + t * t if squared else p + t
        total += 1 - above / below
    return total / len(pred)


SOFT_DICE = LossCase(
    id="soft_dice",
    published=(
        Published(
            inputs=_SOURCE,
            value=1 / 3,
            source="source 000, snippet 16 (prints 0.3333334)",
            tolerance=1e-12,
        ),
        Published(inputs={**_MONAI_ONE, "smooth": 1e-6}, value=0.307576, source=_MONAI_DICE),
        Published(inputs={**_MONAI_TWO, "smooth": 1e-4}, value=0.416657, source=_MONAI_DICE),
        Published(
            inputs={
                "pred": [[[0.3, 0.4], [0.7, 0.9]], [[1.0, 0.1], [0.5, 0.3]]],
                "target": [[[0.3, 0.4], [0.7, 0.9]], [[1.0, 0.1], [0.5, 0.3]]],
                "smooth": 1e-4,
            },
            value=0.307773,
            source=_MONAI_DICE,
        ),
        Published(
            inputs={**_MONAI_ONE, "squared": True, "smooth": 1e-5},
            value=0.178337,
            source=_MONAI_DICE,
            tolerance=3e-6,
        ),
        Published(inputs=_KERAS_MASKS, value=[0.5, 0.75757575], source=_KERAS),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_TWO, value=0.333333),
        "metric_returned": Mistaken(inputs=_SOURCE, value=0.666667),
        "factor_two_missing": Mistaken(inputs=_SOURCE, value=0.666667),
        "iou_instead": Mistaken(inputs=_SOURCE, value=0.5),
        # invisible on hard masks; here 1 − 3 / 3.5 instead of 1 − 3 / 4
        "other_denominator": Mistaken(inputs=_SOFT, value=1 - 3 / 3.5),
        "sigmoid_applied": Mistaken(inputs=_SOURCE, value=0.310713),
    },
    sample=_dice_sample,
    reference=_dice_reference,
    extreme=(*_EXTREME, {**_EMPTY, "squared": True}),
    refused=_REFUSED,
    differentiable=("pred",),
    degenerate=_DEGENERATE,
)

# TP 1, FP 2, FN 1
_COUNTED = {
    "pred": [1.0, 1.0, 1.0, 0.0],
    "target": [1.0, 0.0, 0.0, 1.0],
    "alpha": 0.7,
    "beta": 0.3,
}


def _tversky_sample(generator: torch.Generator) -> dict[str, object]:
    return {**_masks(generator), "alpha": 0.3, "beta": 0.8}


def _tversky_reference(
    pred: list[Mask], target: list[Mask], smooth: float, alpha: float, beta: float
) -> float:
    total = 0.0
    for p, t in zip(pred, target, strict=True):
        hit, alarm, miss = _counts(p, t)
        total += 1 - (hit + smooth) / (hit + alpha * alarm + beta * miss + smooth)
    return total / len(pred)


SOFT_TVERSKY = LossCase(
    id="soft_tversky",
    published=(
        Published(
            inputs=_COUNTED,
            value=0.62963,
            source="by hand: 1 − 1 / (1 + 0.7·2 + 0.3·1)",
        ),
        Published(inputs={**_MONAI_ONE, "smooth": 1e-6}, value=0.307576, source=_MONAI_TVERSKY),
        Published(
            inputs={**_MONAI_ONE, "alpha": 0.3, "beta": 0.7, "smooth": 1e-6},
            value=0.3589,
            source=_MONAI_TVERSKY,
            tolerance=1e-4,
        ),
        Published(
            inputs={**_MONAI_ONE, "alpha": 0.7, "beta": 0.3, "smooth": 1e-6},
            value=0.247366,
            source=_MONAI_TVERSKY,
        ),
        Published(
            # Keras is called with alpha 0.2 and beta 0.8, but its alpha weighs the misses
            inputs={**_KERAS_MASKS, "alpha": 0.8, "beta": 0.2},
            value=[0.5, 0.7222222],
            source=_KERAS,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_TWO, value=0.333333),
        "metric_returned": Mistaken(inputs=_COUNTED, value=0.37037),
        "coefficients_swapped": Mistaken(inputs=_COUNTED, value=0.565217),
        "dice_instead": Mistaken(inputs=_COUNTED, value=0.6),
        "coefficients_left_out": Mistaken(inputs=_COUNTED, value=0.75),
    },
    sample=_tversky_sample,
    reference=_tversky_reference,
    extreme=(*_EXTREME, {**_FALSE_ALARM, "alpha": 0.0, "beta": 0.0}),
    refused=(
        *_REFUSED,
        ({**_COUNTED, "alpha": -0.1}, "alpha"),
        ({**_COUNTED, "beta": -0.1}, "beta"),
    ),
    differentiable=("pred",),
    degenerate=_DEGENERATE,
)

CASES: tuple[LossCase, ...] = (SOFT_IOU, SOFT_DICE, SOFT_TVERSKY)
