"""How learners miscalculate: losses for distances and similarities between embeddings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import embedding as right
from losses.functional.reduction import reduce
from losses.mistakes.common import summed
from losses.reduction import Reduction


def _distance(first: Tensor, second: Tensor, squared: bool) -> Tensor:
    """Euclidean distance of the rows, or its square."""
    if squared:
        return (first - second).square().sum(-1)
    norm: Tensor = torch.linalg.vector_norm(first - second, dim=-1)
    return norm


def triplet_positive_negative_swapped(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """d(a, n) − d(a, p)."""
    return right.triplet_margin(
        anchor, negative, positive, margin=margin, squared=squared, reduction=reduction
    )


def triplet_margin_forgotten(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """max(0, d(a, p) − d(a, n))."""
    gap = _distance(anchor, positive, squared) - _distance(anchor, negative, squared)
    return reduce(gap.clamp_min(0), reduction)


def triplet_not_clamped(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """d(a, p) − d(a, n) + m without max(0, ·)."""
    gap = _distance(anchor, positive, squared) - _distance(anchor, negative, squared)
    return reduce(gap + margin, reduction)


def triplet_mean_of_nonzero(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """The mean over the triplets that still cost something."""
    terms = right.triplet_margin(
        anchor, positive, negative, margin=margin, squared=squared, reduction="none"
    )
    if reduction != "mean":
        return reduce(terms, reduction)
    return terms.sum() / (terms > 0).sum().clamp_min(1)


def triplet_other_power_of_distance(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """d² where d is asked for, d where d² is."""
    return right.triplet_margin(
        anchor, positive, negative, margin=margin, squared=not squared, reduction=reduction
    )


def triplet_manhattan_distance(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Σ|aₖ − pₖ| instead of √Σ(aₖ − pₖ)²."""
    power = 2 if squared else 1
    near = (anchor - positive).abs().sum(-1) ** power
    far = (anchor - negative).abs().sum(-1) ** power
    return reduce((near - far + margin).clamp_min(0), reduction)


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "triplet_margin": {
        "sum_for_mean": summed(right.triplet_margin),
        "positive_negative_swapped": triplet_positive_negative_swapped,
        "margin_forgotten": triplet_margin_forgotten,
        "not_clamped": triplet_not_clamped,
        "mean_of_nonzero": triplet_mean_of_nonzero,
        "other_power_of_distance": triplet_other_power_of_distance,
        "manhattan_distance": triplet_manhattan_distance,
    },
}
