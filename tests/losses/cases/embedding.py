"""What the tests know of the losses for embeddings."""

from __future__ import annotations

import math

import torch

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


CASES: tuple[LossCase, ...] = (TRIPLET_MARGIN,)
