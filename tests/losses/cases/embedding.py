"""What the tests know of the losses for embeddings."""

from __future__ import annotations

import math

import torch

from tests.losses.cases import embedding_batch
from tests.losses.cases.case import LossCase, Mistaken, Published


def _normal(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _euclidean(first: list[float], second: list[float]) -> float:
    return math.sqrt(sum((x - y) ** 2 for x, y in zip(first, second, strict=True)))


# --- triplet margin -----------------------------------------------------------------------------

_H092 = {
    "anchor": [[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]],
    "positive": [[1.0, 1.0], [1.0, 2.0], [0.0, 0.0]],
    "negative": [[1.0, 0.0], [0.0, 0.0], [5.0, 0.0]],
}
_BURN_TRIPLET = "tracel-ai/burn:crates/burn-nn/src/loss/triplet_margin.rs"


def _triplet_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "anchor": _normal(generator, 5, 3),
        "positive": _normal(generator, 5, 3),
        "negative": _normal(generator, 5, 3),
        "margin": 0.8,
        "squared": bool(torch.rand(1, generator=generator) < 0.5),
    }


def _triplet_reference(
    anchor: list[list[float]],
    positive: list[list[float]],
    negative: list[list[float]],
    margin: float,
    squared: bool,
) -> float:
    total = 0.0
    for a, p, n in zip(anchor, positive, negative, strict=True):
        near, far = _euclidean(a, p), _euclidean(a, n)
        if squared:
            near, far = near**2, far**2
        if near + margin > far:
            total += near + margin - far
    return total / len(anchor)


TRIPLET_MARGIN = LossCase(
    id="triplet_margin",
    published=(
        Published(
            inputs={**_H092, "reduction": "none"},
            value=[1.414214, 0.585786, 0.0],
            source=_BURN_TRIPLET,
        ),
        Published(inputs=_H092, value=0.666667, source=_BURN_TRIPLET),
        Published(
            inputs={**_H092, "squared": True, "reduction": "none"},
            value=[2.0, 0.0, 0.0],
            source="squared by hand: 2 − 1 + 1, 1 − 2 + 1, 0 − 25 + 1",
        ),
        Published(
            # d(a, p) = 0.5, d(a, n) = 0.6, m = 0.2
            inputs={"anchor": [0.0], "positive": [0.5], "negative": [0.6], "margin": 0.2},
            value=0.1,
            source="by hand: 0.5 − 0.6 + 0.2",
            tolerance=1e-12,
        ),
        Published(
            inputs={"anchor": [0.0], "positive": [0.5], "negative": [0.9], "margin": 0.2},
            value=0.0,
            source="by hand: 0.5 − 0.9 + 0.2 is negative",
            tolerance=0.0,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_H092, value=2.0),
        "positive_negative_swapped": Mistaken(inputs=_H092, value=2.666667),
        "margin_forgotten": Mistaken(inputs=_H092, value=0.138071),
        "not_clamped": Mistaken(inputs=_H092, value=-0.666667),
        "mean_of_nonzero": Mistaken(inputs=_H092, value=1.0),
        # the mean hides it on H092 (0.666667 either way): the first triplet alone shows it
        "other_power_of_distance": Mistaken(
            inputs={"anchor": [0.0, 0.0], "positive": [1.0, 1.0], "negative": [1.0, 0.0]},
            value=2.0,
        ),
        # right: 5 − 1 + 1 = 5
        "manhattan_distance": Mistaken(
            inputs={"anchor": [0.0, 0.0], "positive": [3.0, 4.0], "negative": [1.0, 0.0]},
            value=7.0,
        ),
    },
    sample=_triplet_sample,
    reference=_triplet_reference,
    extreme=(
        # an anchor that coincides with its positive: the root has no slope there
        {"anchor": [[1.0, 2.0]], "positive": [[1.0, 2.0]], "negative": [[1.0, 2.0]]},
        {"anchor": [[1e4, -1e4]], "positive": [[-1e4, 1e4]], "negative": [[0.0, 0.0]]},
        {
            "anchor": [[1e4, -1e4]],
            "positive": [[-1e4, 1e4]],
            "negative": [[0.0, 0.0]],
            "squared": True,
        },
    ),
    refused=(
        (
            {"anchor": [[0.0, 1.0]], "positive": [[0.0, 1.0]], "negative": [0.0, 1.0]},
            r"\(1, 2\).*\(2,\)",
        ),
        ({**_H092, "margin": 0.0}, "margin"),
    ),
    differentiable=("anchor", "positive", "negative"),
)


def _labels(generator: torch.Generator, *shape: int) -> torch.Tensor:
    """−1 or 1, at random."""
    return torch.randint(0, 2, shape, generator=generator).double() * 2 - 1


def _distances(generator: torch.Generator, *shape: int) -> torch.Tensor:
    """0.05 .. 2.05"""
    return torch.rand(*shape, generator=generator, dtype=torch.float64) * 2 + 0.05


# --- contrastive --------------------------------------------------------------------------------

_H096 = {
    "distances": [0.1, 0.3, 1.3, 0.7, 1.1, 0.5],
    "same": [0.0, 0.0, 1.0, 1.0, 0.0, 1.0],
}


def _contrastive_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "distances": _distances(generator, 6),
        "same": torch.randint(0, 2, (6,), generator=generator).double(),
        "margin": 1.2,
        "halved": bool(torch.rand(1, generator=generator) < 0.5),
    }


def _contrastive_reference(
    distances: list[float], same: list[float], margin: float, halved: bool
) -> float:
    total = 0.0
    for d, y in zip(distances, same, strict=True):
        total += y * d**2 + (1 - y) * max(0.0, margin - d) ** 2
    return total / len(distances) * (0.5 if halved else 1.0)


CONTRASTIVE = LossCase(
    id="contrastive",
    published=(
        Published(
            inputs=_H096,
            value=0.621666,
            source="tensorflow/addons:tensorflow_addons/losses/tests/contrastive_test.py",
        ),
        Published(
            inputs={
                "distances": [0.5, 0.4, 1.2],
                "same": [1.0, 0.0, 0.0],
                "halved": True,
                "reduction": "none",
            },
            value=[0.125, 0.18, 0.0],
            source="by hand: ½·0.5², ½·0.6², farther than the margin",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_H096, value=3.73),
        "other_half": Mistaken(inputs=_H096, value=0.310833),
        "labels_flipped": Mistaken(inputs=_H096, value=0.275),
        "margin_on_square": Mistaken(inputs=_H096, value=0.721667),
        "not_squared": Mistaken(inputs=_H096, value=0.683333),
        # one unlike pair at 1.1 is charged 0.01
        "not_clamped": Mistaken(inputs=_H096, value=3.74 / 6),
    },
    sample=_contrastive_sample,
    reference=_contrastive_reference,
    extreme=(
        {"distances": [0.0, 0.0, 1e4, 1e4], "same": [0.0, 1.0, 0.0, 1.0]},
        {"distances": [1.0, 1e-20], "same": [0.0, 1.0]},
    ),
    refused=(
        ({"distances": [0.5, 0.4], "same": [1.0]}, r"\(2,\).*\(1,\)"),
        ({"distances": [-0.5], "same": [1.0]}, "distances"),
        ({"distances": [0.5], "same": [-1.0]}, "same"),
        ({**_H096, "margin": 0.0}, "margin"),
    ),
    differentiable=("distances",),
)

# --- hinge embedding ----------------------------------------------------------------------------

_HINGE = {"distances": [0.5, 2.0, 1.5], "target": [1.0, -1.0, -1.0]}
_BURN_HINGE = "tracel-ai/burn:crates/burn-nn/src/loss/hinge_embedding.rs"


def _hinge_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "distances": _distances(generator, 6),
        "target": _labels(generator, 6),
        "margin": 1.3,
    }


def _hinge_reference(distances: list[float], target: list[float], margin: float) -> float:
    total = 0.0
    for d, y in zip(distances, target, strict=True):
        if y > 0:
            total += d
        elif d < margin:
            total += margin - d
    return total / len(distances)


HINGE_EMBEDDING = LossCase(
    id="hinge_embedding",
    published=(
        Published(
            inputs={**_HINGE, "reduction": "none"}, value=[0.5, 0.0, 0.0], source=_BURN_HINGE
        ),
        Published(inputs=_HINGE, value=0.166667, source=_BURN_HINGE),
        Published(
            inputs={"distances": [0.25, 0.25], "target": [1, -1], "reduction": "none"},
            value=[0.25, 0.75],
            source="by hand: the distance, and what it lacks of 1",
            tolerance=0.0,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_HINGE, value=0.5),
        "labels_flipped": Mistaken(inputs=_HINGE, value=4.0 / 3),
        "not_clamped": Mistaken(inputs=_HINGE, value=-1.0 / 3),
        "squared": Mistaken(inputs=_HINGE, value=0.25 / 3),
        "hinge_instead": Mistaken(inputs=_HINGE, value=2.0),
    },
    sample=_hinge_sample,
    reference=_hinge_reference,
    extreme=({"distances": [0.0, 0.0, 1e4, 1e4], "target": [1.0, -1.0, 1.0, -1.0]},),
    refused=(
        ({"distances": [[0.5]], "target": [1.0]}, r"\(1, 1\).*\(1,\)"),
        ({"distances": [-0.5], "target": [1.0]}, "distances"),
        ({"distances": [0.5], "target": [0.0]}, "target"),
    ),
    differentiable=("distances",),
)

# --- margin ranking -----------------------------------------------------------------------------

_H094 = {"scores1": [1.0, 2.0, 3.0], "scores2": [2.0, 1.0, 0.5], "target": [1.0, -1.0, 1.0]}
_H094_HALF = {**_H094, "margin": 0.5}
_BURN_RANKING = "tracel-ai/burn:crates/burn-nn/src/loss/margin_ranking.rs"


def _ranking_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "scores1": _normal(generator, 6),
        "scores2": _normal(generator, 6),
        "target": _labels(generator, 6),
        "margin": 0.3,
    }


def _ranking_reference(
    scores1: list[float], scores2: list[float], target: list[float], margin: float
) -> float:
    total = 0.0
    for first, second, y in zip(scores1, scores2, target, strict=True):
        better, worse = (first, second) if y == 1 else (second, first)
        total += max(0.0, margin - (better - worse))
    return total / len(scores1)


MARGIN_RANKING = LossCase(
    id="margin_ranking",
    published=(
        Published(
            inputs={**_H094_HALF, "reduction": "none"}, value=[1.5, 1.5, 0.0], source=_BURN_RANKING
        ),
        Published(inputs=_H094_HALF, value=1.0, source=_BURN_RANKING),
        Published(inputs=_H094, value=0.666667, source="by hand: (1 + 1 + 0) / 3"),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_H094_HALF, value=3.0),
        "sign_flipped": Mistaken(inputs=_H094, value=0.833333),
        "margin_forgotten": Mistaken(inputs=_H094_HALF, value=0.666667),
        "margin_subtracted": Mistaken(inputs=_H094_HALF, value=1.0 / 3),
        "not_clamped": Mistaken(inputs=_H094_HALF, value=1.0 / 3),
        "zero_one_labels": Mistaken(inputs=_H094_HALF, value=0.666667),
    },
    sample=_ranking_sample,
    reference=_ranking_reference,
    extreme=(
        {"scores1": [1e4, -1e4], "scores2": [-1e4, 1e4], "target": [-1.0, -1.0]},
        {"scores1": [1e26], "scores2": [-1e26], "target": [-1.0], "margin": 1.0},
    ),
    refused=(
        ({**_H094, "scores2": [2.0, 1.0]}, r"\(3,\).*\(2,\)"),
        ({**_H094, "target": [1.0, 0.0, 1.0]}, "target"),
        ({**_H094, "margin": -0.5}, "margin"),
    ),
    differentiable=("scores1", "scores2"),
)

# --- cosine embedding ---------------------------------------------------------------------------

_H089 = {
    "x1": [[2.0, 3.0, 4.0], [6.0, 2.0, 4.0]],
    "x2": [[2.0, 3.0, 5.0], [9.0, 12.0, 0.0]],
    "target": [1.0, -1.0],
    "margin": 0.5,
}


def _cosine_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "x1": _normal(generator, 5, 3),
        "x2": _normal(generator, 5, 3),
        "target": _labels(generator, 5),
        "margin": 0.2,
    }


def _cosine(first: list[float], second: list[float]) -> float:
    origin = [0.0] * len(first)
    lengths = _euclidean(first, origin) * _euclidean(second, origin)
    return sum(x * y for x, y in zip(first, second, strict=True)) / lengths


def _cosine_reference(
    x1: list[list[float]], x2: list[list[float]], target: list[float], margin: float
) -> float:
    total = 0.0
    for u, v, y in zip(x1, x2, target, strict=True):
        total += 1 - _cosine(u, v) if y > 0 else max(0.0, _cosine(u, v) - margin)
    return total / len(x1)


COSINE_EMBEDDING = LossCase(
    id="cosine_embedding",
    published=(
        Published(
            inputs=_H089,
            value=0.1004,
            source="pytorch/pytorch:test/cpp/api/modules.cpp::CosineEmbeddingLoss",
            tolerance=1e-4,
        ),
        Published(
            inputs={"x1": [[1.0, 0.0]], "x2": [[1.0, 0.0]], "target": [-1], "margin": 0.5},
            value=0.5,
            source="tracel-ai/burn:crates/burn-nn/src/loss/cosine_embedding.rs",
            tolerance=1e-12,
        ),
        Published(
            inputs={"x1": [3.0, 4.0], "x2": [4.0, 3.0], "target": 1},
            value=0.04,
            source="by hand: 1 − 24/25",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_H089, value=0.200796),
        "margin_forgotten": Mistaken(inputs=_H089, value=0.350398),
        "labels_flipped": Mistaken(inputs=_H089, value=0.399602),
        "not_normalised": Mistaken(inputs=_H089, value=22.75),
        # (1 − 33/(29·38) + 0) / 2
        "lengths_not_rooted": Mistaken(inputs=_H089, value=0.485027),
        "zero_label": Mistaken(inputs=_H089, value=0.002958),
    },
    sample=_cosine_sample,
    reference=_cosine_reference,
    extreme=(
        {"x1": [[0.0, 0.0]], "x2": [[1.0, 2.0]], "target": [1.0]},
        {"x1": [[0.0, 0.0]], "x2": [[0.0, 0.0]], "target": [-1.0]},
        {"x1": [[1e30, -1e30]], "x2": [[1e-30, 2e-30]], "target": [1.0]},
    ),
    refused=(
        ({"x1": [[1.0, 2.0]], "x2": [[1.0]], "target": [1.0]}, r"\(1, 2\).*\(1, 1\)"),
        ({"x1": [[1.0, 2.0]], "x2": [[1.0, 2.0]], "target": [[1.0]]}, r"\(1, 1\).*\(1, 2\)"),
        ({"x1": [[1.0, 2.0]], "x2": [[1.0, 2.0]], "target": [0.0]}, "target"),
        ({**_H089, "margin": 1.5}, "margin"),
    ),
    differentiable=("x1", "x2"),
    degenerate=(
        # the cosine with a zero vector is taken as 0
        ({"x1": [[0.0, 0.0]], "x2": [[1.0, 2.0]], "target": [1.0]}, 1.0),
        ({"x1": [[0.0, 0.0]], "x2": [[1.0, 2.0]], "target": [-1.0]}, 0.0),
    ),
)


CASES: tuple[LossCase, ...] = (
    TRIPLET_MARGIN,
    CONTRASTIVE,
    HINGE_EMBEDDING,
    MARGIN_RANKING,
    COSINE_EMBEDDING,
    *embedding_batch.CASES,
)
