"""What the tests know of the losses for class labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published
from tests.losses.cases.draw import away_from, coin, index, normal, number, sign, uniform

_KINK = 1e-3


def _by_hand(arithmetic: str) -> str:
    return f"by hand: {arithmetic}"


# --- cross-entropy and negative log-likelihood --------------------------------------------------

# Two examples of three classes, their margins 1 and 1.9.
SEED_LOGITS: dict[str, object] = {
    "logits": [[2.0, 1.0, 0.1], [0.1, 2.0, 1.0]],
    "target": [0, 1],
}
_H046 = {
    "logits": [[0.2, 0.3, 0.5], [0.5, 0.2, 0.3]],
    "target": [2, 1],
    "weight": [2.0, 4.0, 6.0],
}
_ISSUE_25571 = "pytorch/pytorch issue 25571 (weights, reduction mean)"
_SECOND_IGNORED = {
    "logits": SEED_LOGITS["logits"],
    "target": [0, -100],
}
_SMOOTHED = {**SEED_LOGITS, "label_smoothing": 0.1}


def _cross_entropy_sample(generator: torch.Generator) -> dict[str, object]:
    logits = normal(generator, 5, 4, scale=2.0)
    target = index(generator, 4, 5)
    drawn: dict[str, object] = {"logits": logits, "target": target}
    if coin(generator):
        drawn["target"] = normal(generator, 5, 4).softmax(-1)
    elif coin(generator):
        target[1] = -100
    if coin(generator):
        drawn["weight"] = uniform(generator, 4, low=0.2, high=2.0)
    if coin(generator):
        drawn["label_smoothing"] = number(generator, 0.05, 0.4)
    return drawn


def _weights_counted(
    target: Sequence[int] | Sequence[Sequence[float]],
    weight: Sequence[float] | None,
    ignore_index: int,
) -> float:
    """What the mean divides by."""
    total = 0.0
    for label in target:
        if isinstance(label, int):
            total += 0 if label == ignore_index else 1 if weight is None else weight[label]
        else:
            total += 1
    return total


def _cross_entropy_reference(
    logits: list[list[float]],
    target: list[int] | list[list[float]],
    weight: list[float] | None = None,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
) -> float:
    total = 0.0
    for row, label in zip(logits, target, strict=True):
        if label == ignore_index:
            continue
        classes = len(row)
        normaliser = sum(math.exp(z) for z in row)
        for k, z in enumerate(row):
            share = float(k == label) if isinstance(label, int) else label[k]
            share = share * (1 - label_smoothing) + label_smoothing / classes
            factor = 1.0 if weight is None else weight[k]
            total -= factor * share * math.log(math.exp(z) / normaliser)
    return total / _weights_counted(target, weight, ignore_index)


def _cross_entropy_denominator(
    target: list[int] | list[list[float]],
    weight: list[float] | None = None,
    ignore_index: int = -100,
    **_: object,
) -> float:
    return _weights_counted(target, weight, ignore_index)


CROSS_ENTROPY = LossCase(
    id="cross_entropy",
    published=(
        Published(inputs=SEED_LOGITS, value=0.417030016, source="optax; scikit-learn log_loss"),
        Published(inputs=_SMOOTHED, value=0.513697, source="optax smooth_labels"),
        Published(inputs=_H046, value=1.0598, source=_ISSUE_25571, tolerance=1e-4),
        Published(
            inputs=_SECOND_IGNORED, value=0.417030, source=_by_hand("the first example alone")
        ),
        Published(
            # p of the true class: 0.8, 0.7
            inputs={
                "logits": [[math.log(8), math.log(2)], [math.log(3), math.log(7)]],
                "target": [0, 1],
                "reduction": "none",
            },
            value=[-math.log(0.8), -math.log(0.7)],
            source=_by_hand("−ln 0.8, −ln 0.7"),
            tolerance=1e-12,
        ),
        Published(
            inputs={"logits": [[0.0] * 10], "target": [3]},
            value=math.log(10),
            source=_by_hand("uniform over 10 classes: ln 10"),
            tolerance=1e-12,
        ),
        Published(
            # H(P, Q) with P = (0.5, 0.5), Q = (0.9, 0.1)
            inputs={"logits": [[math.log(9), 0.0]], "target": [[0.5, 0.5]]},
            value=1.203973,
            source=_by_hand("−½ ln 0.9 − ½ ln 0.1"),
        ),
    ),
    mistaken={
        "softmax_twice": Mistaken(inputs=SEED_LOGITS, value=0.802121),
        "sum_for_mean": Mistaken(inputs=SEED_LOGITS, value=0.834060),
        "nll_on_logits": Mistaken(inputs=SEED_LOGITS, value=-2.0),
        "log_forgotten": Mistaken(inputs=SEED_LOGITS, value=-0.659001),
        "base_two": Mistaken(inputs=SEED_LOGITS, value=0.601647),
        "base_ten": Mistaken(inputs=SEED_LOGITS, value=0.181114),
        "mean_over_entries": Mistaken(inputs=SEED_LOGITS, value=0.139010),
        "softmax_over_batch": Mistaken(inputs=SEED_LOGITS, value=0.226324),
        "sigmoid_per_class": Mistaken(inputs=SEED_LOGITS, value=0.728195),
        "smoothed_over_wrong_classes": Mistaken(inputs=_SMOOTHED, value=0.562030),
        "divided_by_count": Mistaken(inputs=_H046, value=5.29915, tolerance=1e-5),
        "ignored_counted": Mistaken(inputs=_SECOND_IGNORED, value=0.208515),
    },
    sample=_cross_entropy_sample,
    reference=_cross_entropy_reference,
    extreme=(
        {"logits": [[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0]], "target": [1, 1]},
        {"logits": [[1e4, -1e4]], "target": [[0.5, 0.5]]},
        {"logits": [[1e4, -1e4]], "target": [0], "label_smoothing": 0.1, "weight": [1.0, 2.0]},
    ),
    refused=(
        (
            {"logits": [[1.0, 2.0]], "target": [0, 1]},
            r"logits has shape \(1, 2\), so target must have shape \(1,\), not \(2,\)",
        ),
        ({"logits": [[1.0, 2.0]], "target": [2]}, "target must hold class indices from 0 to 1"),
        ({"logits": [[1.0, 2.0]], "target": [-1]}, "target must hold class indices from 0 to 1"),
        ({"logits": [[1.0, 2.0]], "target": [0.5]}, "target must hold class indices"),
        ({"logits": [[1.0, 2.0]], "target": [[0.5, 0.6]]}, "target must add up to 1"),
        ({"logits": [[1.0, 2.0]], "target": [[-0.5, 1.5]]}, "target must be probabilities"),
        ({**SEED_LOGITS, "weight": [1.0, 2.0]}, r"weight must have shape \(3,\)"),
        ({**SEED_LOGITS, "weight": [1.0, 2.0, -1.0]}, "weight must be at least 0"),
        ({**SEED_LOGITS, "label_smoothing": 1.5}, "label_smoothing must lie between 0 and 1"),
        ({"logits": 1.0, "target": 0}, "logits must have at least one axis"),
    ),
    differentiable=("logits",),
    degenerate=(
        ({"logits": [[1.0, 2.0]], "target": [-100]}, math.nan),
        ({"logits": [1.0, 1.0], "target": 0}, math.log(2)),
        ({"logits": [[3.0]], "target": [0]}, 0.0),
    ),
    denominator=_cross_entropy_denominator,
)

_SEED_LOG_PROBS = {
    "log_probs": torch.tensor(SEED_LOGITS["logits"], dtype=torch.float64).log_softmax(-1).tolist(),
    "target": [0, 1],
}
_NLL_WEIGHTED = {**_SEED_LOG_PROBS, "target": [0, 2], "weight": [1.0, 2.0, 3.0]}
_NLL_IGNORED = {**_SEED_LOG_PROBS, "target": [0, -100]}


def _nll_sample(generator: torch.Generator) -> dict[str, object]:
    target = index(generator, 4, 5)
    drawn: dict[str, object] = {
        "log_probs": normal(generator, 5, 4, scale=2.0).log_softmax(-1),
        "target": target,
    }
    if coin(generator):
        drawn["weight"] = uniform(generator, 4, low=0.2, high=2.0)
    if coin(generator):
        target[2] = 7
        drawn["ignore_index"] = 7
    return drawn


def _nll_reference(
    log_probs: list[list[float]],
    target: list[int],
    weight: list[float] | None = None,
    ignore_index: int = -100,
) -> float:
    total = 0.0
    for row, label in zip(log_probs, target, strict=True):
        if label != ignore_index:
            total -= row[label] * (1.0 if weight is None else weight[label])
    return total / _weights_counted(target, weight, ignore_index)


NLL = LossCase(
    id="nll",
    published=(
        Published(
            inputs=_SEED_LOG_PROBS, value=0.417030016, source="cross-entropy after log-softmax"
        ),
        Published(
            inputs={"log_probs": [math.log(0.8), math.log(0.2)], "target": 1},
            value=1.609438,
            source=_by_hand("−ln 0.2"),
        ),
        Published(
            inputs=_NLL_WEIGHTED,
            value=(0.41703001627783354 + 3 * 1.41703001627783354) / 4,
            source=_by_hand("the third logit is 1 below the second"),
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "probs_for_log_probs": Mistaken(inputs=_SEED_LOG_PROBS, value=-0.659001),
        "sum_for_mean": Mistaken(inputs=_SEED_LOG_PROBS, value=0.834060),
        "sign_forgotten": Mistaken(inputs=_SEED_LOG_PROBS, value=-0.417030),
        "mean_over_entries": Mistaken(inputs=_SEED_LOG_PROBS, value=0.139010),
        "divided_by_count": Mistaken(inputs=_NLL_WEIGHTED, value=2.334060),
        "ignored_counted": Mistaken(inputs=_NLL_IGNORED, value=0.208515),
    },
    sample=_nll_sample,
    reference=_nll_reference,
    extreme=({"log_probs": [[0.0, -1e4], [-1e4, 0.0]], "target": [0, 0]},),
    refused=(
        (
            {"log_probs": [[-1.0, -2.0]], "target": [[0]]},
            r"log_probs has shape \(1, 2\), so target must have shape \(1,\), not \(1, 1\)",
        ),
        # raw logits, or probabilities
        ({"log_probs": [[2.0, 1.0, 0.1]], "target": [0]}, "log_probs must be logarithms"),
        ({"log_probs": [[0.7, 0.2, 0.1]], "target": [0]}, "log_probs must be logarithms"),
        ({**_SEED_LOG_PROBS, "target": [0, 3]}, "target must hold class indices from 0 to 2"),
        ({**_SEED_LOG_PROBS, "target": [0.0, 1.0]}, "target must hold class indices"),
        ({**_SEED_LOG_PROBS, "weight": [1.0]}, r"weight must have shape \(3,\)"),
    ),
    differentiable=("log_probs",),
    degenerate=(({"log_probs": [[-1.0, -2.0]], "target": [-100]}, math.nan),),
    denominator=lambda target, weight=None, ignore_index=-100, **_: _weights_counted(
        target, weight, ignore_index
    ),
)

# --- binary cross-entropy -----------------------------------------------------------------------

SEED_PROBS: dict[str, object] = {"probs": [0.8, 0.4, 0.6], "target": [1.0, 0.0, 1.0]}
_SEED_ODDS = {
    "logits": [math.log(0.8 / 0.2), math.log(0.4 / 0.6), math.log(0.6 / 0.4)],
    "target": [1.0, 0.0, 1.0],
}
_ODDS_WEIGHTED = {**_SEED_ODDS, "pos_weight": 3.0}


def _bce_sample(generator: torch.Generator) -> dict[str, object]:
    soft = coin(generator)
    return {
        "probs": uniform(generator, 6, low=0.02, high=0.98),
        "target": uniform(generator, 6) if soft else index(generator, 2, 6).double(),
    }


BCE = LossCase(
    id="bce",
    published=(
        Published(inputs=SEED_PROBS, value=0.4149316, source="scikit-learn log_loss"),
        Published(
            inputs={**SEED_PROBS, "reduction": "none"},
            value=[-math.log(0.8), -math.log(0.6), -math.log(0.6)],
            source=_by_hand("−ln 0.8, −ln 0.6, −ln 0.6"),
            tolerance=1e-12,
        ),
        Published(
            inputs={"probs": [0.0], "target": [1.0]},
            value=100.0,
            source="torch.nn.BCELoss cuts logarithms off at −100",
        ),
    ),
    mistaken={
        "logits_loss_on_probs": Mistaken(inputs=SEED_PROBS, value=0.573868),
        "only_positive_term": Mistaken(inputs=SEED_PROBS, value=0.244656),
        "arguments_swapped": Mistaken(inputs=SEED_PROBS, value=33.3333, tolerance=1e-4),
        "sum_for_mean": Mistaken(inputs=SEED_PROBS, value=1.244795),
        "base_two": Mistaken(inputs=SEED_PROBS, value=0.598620),
    },
    sample=_bce_sample,
    reference=lambda probs, target: (
        -math.fsum(
            y * math.log(p) + (1 - y) * math.log(1 - p) for p, y in zip(probs, target, strict=True)
        )
        / len(probs)
    ),
    extreme=(
        {"probs": [0.0, 1.0, 0.0, 1.0], "target": [1.0, 0.0, 0.0, 1.0]},
        {"probs": [1e-30, 0.5], "target": [1.0, 0.5]},
    ),
    refused=(
        (
            {"probs": [[0.1], [0.2]], "target": [0.0, 1.0]},
            r"probs has shape \(2, 1\) but target has shape \(2,\)",
        ),
        ({"probs": [1.5, 0.2], "target": [1.0, 0.0]}, "probs must be probabilities"),
        ({"probs": [-0.1, 0.2], "target": [1.0, 0.0]}, "probs must be probabilities"),
        ({"probs": [math.nan, 0.2], "target": [1.0, 0.0]}, "probs must be probabilities"),
        ({"probs": [0.5, 0.2], "target": [2.0, 0.0]}, r"target must be labels in \[0, 1\]"),
        ({"probs": [0.5, 0.2], "target": [1.0, -1.0]}, r"target must be labels in \[0, 1\]"),
    ),
    differentiable=("probs",),
    degenerate=(({"probs": [], "target": []}, math.nan),),
)


def _odds_sample(generator: torch.Generator) -> dict[str, object]:
    drawn: dict[str, object] = {
        "logits": normal(generator, 4, 3, scale=2.0),
        "target": uniform(generator, 4, 3) if coin(generator) else index(generator, 2, 4, 3) * 1.0,
    }
    drawn["target"] = torch.as_tensor(drawn["target"], dtype=torch.float64)
    if coin(generator):
        drawn["pos_weight"] = number(generator, 0.5, 4.0)
    elif coin(generator):
        drawn["pos_weight"] = uniform(generator, 3, low=0.5, high=4.0)
    return drawn


def _odds_reference(
    logits: list[list[float]],
    target: list[list[float]],
    pos_weight: float | list[float] | None = None,
) -> float:
    total, count = 0.0, 0
    for row, labels in zip(logits, target, strict=True):
        for k, (x, y) in enumerate(zip(row, labels, strict=True)):
            w = pos_weight[k] if isinstance(pos_weight, list) else pos_weight
            p = 1 / (1 + math.exp(-x))
            total -= (1.0 if w is None else w) * y * math.log(p) + (1 - y) * math.log(1 - p)
            count += 1
    return total / count


BCE_WITH_LOGITS = LossCase(
    id="bce_with_logits",
    published=(
        Published(inputs=_SEED_ODDS, value=0.4149316, source="scikit-learn log_loss of sigmoid"),
        Published(
            inputs=_ODDS_WEIGHTED,
            value=0.904244,
            source=_by_hand("(3·(−ln 0.8 − ln 0.6) − ln 0.6)/3"),
        ),
        Published(
            inputs={"logits": [-200.0], "target": [1.0]},
            value=200.0,
            source=_by_hand("ln(1 + e^200): no floor at 100"),
        ),
        Published(
            inputs={"logits": [0.0, 0.0], "target": [1.0, 0.0]},
            value=math.log(2),
            source=_by_hand("a coin: ln 2"),
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sigmoid_twice": Mistaken(inputs=_SEED_ODDS, value=0.573868),
        "only_positive_term": Mistaken(inputs=_SEED_ODDS, value=0.244656),
        "sum_for_mean": Mistaken(inputs=_SEED_ODDS, value=1.244795),
        "base_two": Mistaken(inputs=_SEED_ODDS, value=0.598620),
        "weight_on_both_terms": Mistaken(inputs=_ODDS_WEIGHTED, value=1.244795),
        # 0.904244·3/(3 + 1 + 3)
        "divided_by_weights": Mistaken(inputs=_ODDS_WEIGHTED, value=0.387533),
    },
    sample=_odds_sample,
    reference=_odds_reference,
    extreme=(
        {"logits": [1e4, -1e4, 1e4, -1e4], "target": [1.0, 0.0, 0.0, 1.0]},
        {"logits": [1e4, -1e4], "target": [0.0, 1.0], "pos_weight": 3.0},
    ),
    refused=(
        (
            {"logits": [[0.1], [0.2]], "target": [0.0, 1.0]},
            r"logits has shape \(2, 1\) but target has shape \(2,\)",
        ),
        ({"logits": [0.5, 0.2], "target": [1.0, -1.0]}, r"target must be labels in \[0, 1\]"),
        ({**_SEED_ODDS, "pos_weight": -1.0}, "pos_weight must be at least 0"),
        ({**_SEED_ODDS, "pos_weight": [1.0, 2.0]}, r"pos_weight has shape \(2,\)"),
    ),
    differentiable=("logits",),
    degenerate=(({"logits": [], "target": []}, math.nan),),
)

# --- hinge --------------------------------------------------------------------------------------

SEED_SCORES: dict[str, object] = {"scores": [1.2, -0.5, 0.8], "target": [1.0, -1.0, 1.0]}
_LABELS_REFUSED = (
    (
        {"scores": [[0.5], [0.2]], "target": [1.0, -1.0]},
        r"scores has shape \(2, 1\) but target has shape \(2,\)",
    ),
    ({"scores": [0.5, 0.2], "target": [1.0, 0.0]}, r"target must be labels -1 or \+1"),
    (
        # −1 stored as uint8
        {"scores": [0.5, 0.2], "target": torch.tensor([1, -1]).to(torch.uint8)},
        r"target must be labels -1 or \+1",
    ),
)


def _hinge_sample(generator: torch.Generator) -> dict[str, object]:
    margins = away_from(normal(generator, 6, scale=1.5), 1.0, 0.0, by=_KINK)
    target = sign(generator, 6)
    return {"scores": margins * target, "target": target}


def _hinge_reference(scores: list[float], target: list[float], power: int) -> float:
    costs = [(1 - y * s) ** power if y * s < 1 else 0 for s, y in zip(scores, target, strict=True)]
    return sum(costs) / len(costs)


HINGE = LossCase(
    id="hinge",
    published=(
        Published(inputs=SEED_SCORES, value=0.233333, source="scikit-learn hinge_loss; optax"),
        Published(
            inputs={**SEED_SCORES, "reduction": "none"},
            value=[0.0, 0.5, 0.2],
            source=_by_hand("max(0, 1 − 1.2), 1 − 0.5, 1 − 0.8"),
        ),
    ),
    mistaken={
        "zero_one_labels": Mistaken(inputs=SEED_SCORES, value=0.4),
        "not_clamped": Mistaken(inputs=SEED_SCORES, value=0.166667),
        "sign_flipped": Mistaken(inputs=SEED_SCORES, value=1.833333),
        "margin_forgotten": Mistaken(inputs=SEED_SCORES, value=0.0),
        "sum_for_mean": Mistaken(inputs=SEED_SCORES, value=0.7),
        "squared": Mistaken(inputs=SEED_SCORES, value=0.096667),
        "hinge_embedding_instead": Mistaken(inputs=SEED_SCORES, value=1.166667),
        "sigmoid_first": Mistaken(inputs=SEED_SCORES, value=0.639680),
        "uint8_labels": Mistaken(inputs=SEED_SCORES, value=42.9),
        "broadcast": Mistaken(inputs=SEED_SCORES, value=0.877778),
    },
    sample=_hinge_sample,
    reference=lambda scores, target: _hinge_reference(scores, target, 1),
    extreme=({"scores": [1e4, -1e4, 1e4], "target": [1.0, 1.0, -1.0]},),
    refused=_LABELS_REFUSED,
    differentiable=("scores",),
    degenerate=(
        ({"scores": [], "target": []}, math.nan),
        ({"scores": [1.0, -1.0], "target": [1.0, -1.0]}, 0.0),
    ),
)

SQUARED_HINGE = LossCase(
    id="squared_hinge",
    published=(
        Published(inputs=SEED_SCORES, value=0.096667, source=_by_hand("(0 + 0.25 + 0.04)/3")),
    ),
    mistaken={
        "not_squared": Mistaken(inputs=SEED_SCORES, value=0.233333),
        "squared_without_clamp": Mistaken(inputs=SEED_SCORES, value=0.11),
        "mean_squared_last": Mistaken(inputs=SEED_SCORES, value=0.054444),
        # labels 1, 0, 1: costs 0, 1, 0.04
        "zero_one_labels": Mistaken(inputs=SEED_SCORES, value=0.346667),
        "sum_for_mean": Mistaken(inputs=SEED_SCORES, value=0.29),
    },
    sample=_hinge_sample,
    reference=lambda scores, target: _hinge_reference(scores, target, 2),
    extreme=({"scores": [1e4, -1e4, 1e4], "target": [1.0, 1.0, -1.0]},),
    refused=_LABELS_REFUSED,
    differentiable=("scores",),
    degenerate=(({"scores": [], "target": []}, math.nan),),
)

# --- multi-class hinge --------------------------------------------------------------------------

# Leads over the rivals: 0.7, 0.6, 0.4 and −0.3, 0.5, 0.2 (the first rival breaks in front).
_RIVALS: dict[str, object] = {
    "scores": [[0.1, 0.2, 0.4, 0.8], [0.9, 0.6, 0.1, 0.4]],
    "target": [3, 1],
}
_NEGATIVE_SCORES: dict[str, object] = {"scores": [[-1.0, -3.0, -2.5]], "target": [0]}
_CLASSES_REFUSED = (
    (
        {"scores": [[1.0, 2.0]], "target": [0, 1]},
        r"scores has shape \(1, 2\), so target must have shape \(1,\), not \(2,\)",
    ),
    ({"scores": [[[1.0, 2.0]]], "target": [[0]]}, "scores must have 1 or 2 axes"),
    ({**_RIVALS, "target": [4, 0]}, "target must hold class indices from 0 to 3"),
    ({**_RIVALS, "margin": 0.0}, "margin must be above 0"),
)


def _scores_sample(
    *, options: Callable[[torch.Generator], dict[str, object]]
) -> Callable[[torch.Generator], dict[str, object]]:
    def sample(generator: torch.Generator) -> dict[str, object]:
        # Scores on a lattice of halves, shaken a little: no two leads and no kink coincide.
        lattice = index(generator, 8, 5, 4).double() / 2 - 2
        scores = lattice + uniform(generator, 5, 4, low=0.05, high=0.2)
        return {"scores": scores, "target": index(generator, 4, 5), **options(generator)}

    return sample


def _multi_margin_options(generator: torch.Generator) -> dict[str, object]:
    drawn: dict[str, object] = {"p": 1 + int(coin(generator)), "margin": 0.75}
    if coin(generator):
        drawn["weight"] = uniform(generator, 4, low=0.2, high=2.0)
    return drawn


def _multi_margin_reference(
    scores: list[list[float]],
    target: list[int],
    p: int,
    margin: float,
    weight: list[float] | None = None,
) -> float:
    total = 0.0
    for row, y in zip(scores, target, strict=True):
        for j, s in enumerate(row):
            if j != y and margin - row[y] + s > 0:
                factor = 1.0 if weight is None else weight[y]
                total += factor * (margin - row[y] + s) ** p / len(row)
    return total / len(target)


MULTI_MARGIN = LossCase(
    id="multi_margin",
    published=(
        Published(
            inputs={
                "scores": [[0.2, 0.2, 0.6], [0.1, 0.8, 0.1], [0.9, 0.09, 0.01]],
                "target": [2, 1, 0],
                "weight": [0.3, 0.3, 0.4],
                "margin": 2.0,
            },
            value=0.305556,
            source="pytorch/pytorch:test/cpp/api/modules.cpp::MultiMarginLoss",
        ),
        Published(
            inputs={"scores": [[0.1, 0.2, 0.4, 0.8]], "target": [3]},
            value=0.325,
            source=_by_hand("(0.3 + 0.4 + 0.6)/4"),
        ),
        Published(
            inputs={**_RIVALS, "reduction": "none"},
            value=[0.325, 0.65],
            source=_by_hand("1.3/4, (1.3 + 0.5 + 0.8)/4"),
        ),
        Published(
            inputs={**_RIVALS, "p": 2, "reduction": "none"},
            value=[0.1525, 0.645],
            source=_by_hand("(0.09 + 0.16 + 0.36)/4, (1.69 + 0.25 + 0.64)/4"),
        ),
    ),
    mistaken={
        "divided_by_rivals": Mistaken(inputs=_RIVALS, value=0.65),
        "not_divided_by_classes": Mistaken(inputs=_RIVALS, value=1.95),
        # (0.6 + 1.3)/4/2
        "strongest_rival_only": Mistaken(inputs=_RIVALS, value=0.2375),
        "true_class_included": Mistaken(inputs=_RIVALS, value=0.7375),
        "sum_for_mean": Mistaken(inputs=_RIVALS, value=0.975),
    },
    sample=_scores_sample(options=_multi_margin_options),
    reference=_multi_margin_reference,
    extreme=({"scores": [[1e4, -1e4, 0.0]], "target": [1]},),
    refused=(
        *_CLASSES_REFUSED,
        ({**_RIVALS, "p": 3}, "p must be one of 1, 2, not 3"),
        ({**_RIVALS, "weight": [1.0]}, r"weight must have shape \(4,\)"),
    ),
    differentiable=("scores",),
    degenerate=(({"scores": [1.0, 0.5], "target": 0}, 0.25),),
)


def _crammer_singer_reference(scores: list[list[float]], target: list[int], margin: float) -> float:
    total = 0.0
    for row, y in zip(scores, target, strict=True):
        best = max(margin + row[j] - row[y] for j in range(len(row)) if j != y)
        total += best if best > 0 else 0
    return total / len(target)


CRAMMER_SINGER_HINGE = LossCase(
    id="crammer_singer_hinge",
    published=(
        Published(
            inputs={**_RIVALS, "reduction": "none"},
            value=[0.6, 1.3],
            source=_by_hand("1 + 0.4 − 0.8, 1 + 0.9 − 0.6; scikit-learn hinge_loss"),
        ),
        Published(inputs=_NEGATIVE_SCORES, value=0.0, source=_by_hand("1 − 2.5 + 1 is negative")),
    ),
    mistaken={
        "all_rivals_summed": Mistaken(inputs=_RIVALS, value=1.95),
        "true_class_competes": Mistaken(inputs=_RIVALS, value=1.15),
        # max(0, 1 + 0 + 1)
        "true_class_as_zero": Mistaken(inputs=_NEGATIVE_SCORES, value=2.0),
        "margin_forgotten": Mistaken(inputs=_RIVALS, value=0.15),
        "sum_for_mean": Mistaken(inputs=_RIVALS, value=1.9),
    },
    sample=_scores_sample(options=lambda _: {"margin": 0.75}),
    reference=_crammer_singer_reference,
    extreme=({"scores": [[1e4, -1e4, 0.0]], "target": [1]},),
    refused=(
        *_CLASSES_REFUSED,
        ({"scores": [[1.0]], "target": [0]}, "scores must have at least 2 classes"),
    ),
    differentiable=("scores",),
    degenerate=(({"scores": [1.0, 0.5], "target": 0}, 0.5),),
)

# --- focal --------------------------------------------------------------------------------------

SEED_FOCAL: dict[str, object] = {"logits": [0.2, -0.8, 1.5], "target": [1.0, 0.0, 1.0]}


def _focal_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "logits": normal(generator, 6, scale=2.0),
        "target": index(generator, 2, 6).double(),
        "alpha": number(generator, 0.1, 0.4) if coin(generator) else None,
        "gamma": number(generator, 0.5, 3.0),
    }


def _focal_reference(
    logits: list[float], target: list[float], alpha: float | None, gamma: float
) -> float:
    total = 0.0
    for x, y in zip(logits, target, strict=True):
        p = 1 / (1 + math.exp(-x))
        p_t = p if y == 1 else 1 - p
        factor = 1.0 if alpha is None else alpha if y == 1 else 1 - alpha
        total -= factor * (1 - p_t) ** gamma * math.log(p_t)
    return total / len(logits)


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


BINARY_FOCAL = LossCase(
    id="binary_focal",
    published=(
        Published(
            inputs=SEED_FOCAL, value=0.019576774, source="torchvision; optax; kornia; MONAI; smp"
        ),
        Published(
            inputs={**SEED_FOCAL, "alpha": None, "gamma": 0.0},
            value=0.390218,
            source="binary cross-entropy",
        ),
        Published(
            inputs={
                "logits": [_logit(0.9), _logit(0.5), _logit(0.1)],
                "target": [1.0, 1.0, 1.0],
                "alpha": None,
                "reduction": "none",
            },
            value=[0.01 * -math.log(0.9), 0.25 * math.log(2), 0.81 * -math.log(0.1)],
            source=_by_hand("(1 − p)²·(−ln p) for p = 0.9, 0.5, 0.1: 0.00105, 0.173, 1.865"),
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "no_alpha": Mistaken(inputs=SEED_FOCAL, value=0.0545280),
        "alpha_on_both": Mistaken(inputs=SEED_FOCAL, value=0.0136320),
        "alpha_flipped": Mistaken(inputs=SEED_FOCAL, value=0.0349512),
        "p_t_as_factor": Mistaken(inputs=SEED_FOCAL, value=0.0704552),
        "sigmoid_twice": Mistaken(inputs=SEED_FOCAL, value=0.0795046),
        "factor_of_positives_for_all": Mistaken(inputs=SEED_FOCAL, value=0.0548266),
        "sum_for_mean": Mistaken(inputs=SEED_FOCAL, value=0.0587303),
        "divided_by_positives": Mistaken(inputs=SEED_FOCAL, value=0.0293652),
    },
    sample=_focal_sample,
    reference=_focal_reference,
    extreme=tuple(
        {
            "logits": [1e4, -1e4, 200.0, -200.0],
            "target": target,
            "gamma": gamma,
        }
        for gamma in (0.0, 0.5, 2.0)  # torchvision's gradient is NaN at 0.5
        for target in ([1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0])
    ),
    refused=(
        (
            {"logits": [[0.1], [0.2]], "target": [0.0, 1.0]},
            r"logits has shape \(2, 1\) but target has shape \(2,\)",
        ),
        ({**SEED_FOCAL, "target": [1.0, 0.5, 0.0]}, "target must be labels 0 or 1"),
        ({**SEED_FOCAL, "alpha": 1.5}, "alpha must lie between 0 and 1"),
        ({**SEED_FOCAL, "gamma": -1.0}, "gamma must be at least 0"),
    ),
    differentiable=("logits",),
    degenerate=(({"logits": [], "target": []}, math.nan),),
)

_CLASS_ALPHA = {**SEED_LOGITS, "alpha": [0.25, 0.5, 1.0]}
# p = 0.659001, 1 − p = 0.340999 in both examples
_SEED_P = math.exp(2) / (math.exp(2) + math.exp(1) + math.exp(0.1))


def _softmax_focal_sample(generator: torch.Generator) -> dict[str, object]:
    drawn: dict[str, object] = {
        "logits": normal(generator, 5, 4, scale=2.0),
        "target": index(generator, 4, 5),
        "gamma": number(generator, 0.5, 3.0),
    }
    if coin(generator):
        drawn["alpha"] = uniform(generator, 4, low=0.1, high=2.0)
    return drawn


def _softmax_focal_reference(
    logits: list[list[float]],
    target: list[int],
    gamma: float,
    alpha: list[float] | None = None,
) -> float:
    total = 0.0
    for row, y in zip(logits, target, strict=True):
        p = math.exp(row[y]) / sum(math.exp(z) for z in row)
        total -= (1.0 if alpha is None else alpha[y]) * (1 - p) ** gamma * math.log(p)
    return total / len(target)


SOFTMAX_FOCAL = LossCase(
    id="softmax_focal",
    published=(
        Published(
            inputs=SEED_LOGITS,
            value=(1 - _SEED_P) ** 2 * 0.41703001627783354,
            source=_by_hand("0.340999²·0.417030"),
            tolerance=1e-12,
        ),
        Published(inputs={**SEED_LOGITS, "gamma": 0.0}, value=0.417030016, source="cross-entropy"),
        Published(
            inputs={"logits": [[math.log(9), 0.0]], "target": [0]},
            value=0.01 * -math.log(0.9),
            source=_by_hand("(1 − 0.9)²·(−ln 0.9)"),
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "no_focusing": Mistaken(inputs=SEED_LOGITS, value=0.417030),
        "p_as_factor": Mistaken(inputs=SEED_LOGITS, value=_SEED_P**2 * 0.417030016),
        # p after two softmaxes is exp(−0.802121) = 0.448377
        "softmax_twice": Mistaken(inputs=SEED_LOGITS, value=0.551623**2 * 0.802121, tolerance=2e-6),
        # σ(2) = 0.880797
        "sigmoid_per_class": Mistaken(
            inputs=SEED_LOGITS, value=0.119203**2 * 0.126928, tolerance=1e-7
        ),
        "alpha_forgotten": Mistaken(inputs=_CLASS_ALPHA, value=(1 - _SEED_P) ** 2 * 0.417030016),
        "sum_for_mean": Mistaken(inputs=SEED_LOGITS, value=2 * (1 - _SEED_P) ** 2 * 0.417030016),
    },
    sample=_softmax_focal_sample,
    reference=_softmax_focal_reference,
    extreme=tuple(
        {
            "logits": [[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0]],
            "target": [0, 0],
            "gamma": gamma,
        }
        for gamma in (0.0, 0.5, 2.0)
    ),
    refused=(
        (
            {"logits": [[1.0, 2.0]], "target": [0, 1]},
            r"logits has shape \(1, 2\), so target must have shape \(1,\), not \(2,\)",
        ),
        ({"logits": [[1.0]], "target": [0]}, "logits must have at least 2 classes"),
        ({**SEED_LOGITS, "target": [3, 0]}, "target must hold class indices from 0 to 2"),
        ({**SEED_LOGITS, "alpha": [0.25]}, r"alpha must have shape \(3,\)"),
        ({**SEED_LOGITS, "gamma": -1.0}, "gamma must be at least 0"),
    ),
    differentiable=("logits",),
)

CASES: tuple[LossCase, ...] = (
    CROSS_ENTROPY,
    NLL,
    BCE,
    BCE_WITH_LOGITS,
    HINGE,
    SQUARED_HINGE,
    MULTI_MARGIN,
    CRAMMER_SINGER_HINGE,
    BINARY_FOCAL,
    SOFTMAX_FOCAL,
)
