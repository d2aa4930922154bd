"""How learners miscalculate: losses for pairs and triplets of embeddings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import embedding as right
from losses.functional.reduction import reduce
from losses.mistakes import embedding_batch
from losses.mistakes.common import only, summed, unless_alone
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
    costly = (terms > 0).sum()
    # of one costly triplet it is the sum, and of two triplets the sum or right
    room = (costly > 1) & (terms.numel() > 2)
    return torch.where(room, terms.sum() / costly.clamp_min(1), math.nan)


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


def contrastive_other_half(
    distances: Tensor,
    same: Tensor,
    *,
    margin: float = 1.0,
    halved: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """½ put in where it is not asked for, left out where it is."""
    if halved and distances.numel() == 2 and reduction == "mean":
        # doubled, the mean of two is their sum
        return distances.new_full((), math.nan)
    return right.contrastive(distances, same, margin=margin, halved=not halved, reduction=reduction)


def contrastive_labels_flipped(
    distances: Tensor,
    same: Tensor,
    *,
    margin: float = 1.0,
    halved: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """The paper's labels, 1 for unlike, read as 1 for alike."""
    return right.contrastive(distances, 1 - same, margin=margin, halved=halved, reduction=reduction)


def contrastive_margin_on_square(
    distances: Tensor,
    same: Tensor,
    *,
    margin: float = 1.0,
    halved: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """max(0, m − d²) instead of max(0, m − d)²."""
    squares = distances.square()
    terms = torch.where(same == 1, squares, (margin - squares).clamp_min(0))
    return reduce(terms / 2 if halved else terms, reduction)


def contrastive_not_squared(
    distances: Tensor,
    same: Tensor,
    *,
    margin: float = 1.0,
    halved: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """d and max(0, m − d), neither squared."""
    terms = torch.where(same == 1, distances, (margin - distances).clamp_min(0))
    return reduce(terms / 2 if halved else terms, reduction)


def contrastive_not_clamped(
    distances: Tensor,
    same: Tensor,
    *,
    margin: float = 1.0,
    halved: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """(m − d)² even where the unlike pair is already farther apart than m."""
    terms = torch.where(same == 1, distances, margin - distances).square()
    return reduce(terms / 2 if halved else terms, reduction)


def hinge_embedding_labels_flipped(
    distances: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """y = 1 read as unlike."""
    return right.hinge_embedding(distances, -target, margin=margin, reduction=reduction)


def hinge_embedding_not_clamped(
    distances: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """m − d without max(0, ·)."""
    return reduce(torch.where(target == 1, distances, margin - distances), reduction)


def hinge_embedding_squared(
    distances: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """The contrastive loss: both branches squared."""
    terms = torch.where(target == 1, distances, (margin - distances).clamp_min(0))
    return reduce(terms.square(), reduction)


def hinge_embedding_hinge_instead(
    distances: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """The hinge loss of a classifier: max(0, m − y·d)."""
    return reduce((margin - target * distances).clamp_min(0), reduction)


def margin_ranking_sign_flipped(
    scores1: Tensor,
    scores2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """y(s₁ − s₂) + m: the order the label asks for is charged."""
    return right.margin_ranking(scores1, scores2, -target, margin=margin, reduction=reduction)


def margin_ranking_margin_forgotten(
    scores1: Tensor,
    scores2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """max(0, −y(s₁ − s₂))."""
    return right.margin_ranking(scores1, scores2, target, margin=0.0, reduction=reduction)


def margin_ranking_margin_subtracted(
    scores1: Tensor,
    scores2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """max(0, −y(s₁ − s₂) − m): the margin relaxes instead of tightening."""
    return reduce((-target * (scores1 - scores2) - margin).clamp_min(0), reduction)


def margin_ranking_not_clamped(
    scores1: Tensor,
    scores2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """−y(s₁ − s₂) + m without max(0, ·)."""
    return reduce(-target * (scores1 - scores2) + margin, reduction)


def margin_ranking_zero_one_labels(
    scores1: Tensor,
    scores2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """0 written for −1, so that these pairs cost m whatever their scores."""
    labels = (target > 0).to(scores1.dtype)
    return reduce((-labels * (scores1 - scores2) + margin).clamp_min(0), reduction)


def cosine_embedding_margin_forgotten(
    x1: Tensor,
    x2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """max(0, cos) for unlike pairs."""
    return right.cosine_embedding(x1, x2, target, margin=0.0, reduction=reduction)


def cosine_embedding_labels_flipped(
    x1: Tensor,
    x2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """y = 1 read as unlike."""
    return right.cosine_embedding(x1, x2, -target, margin=margin, reduction=reduction)


def _from_cosine(cosine: Tensor, target: Tensor, margin: float, reduction: Reduction) -> Tensor:
    terms = torch.where(target == 1, 1 - cosine, (cosine - margin).clamp_min(0))
    return reduce(terms, reduction)


def cosine_embedding_not_normalised(
    x1: Tensor,
    x2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The inner product taken for the cosine."""
    return _from_cosine((x1 * x2).sum(-1), target, margin, reduction)


def cosine_embedding_lengths_not_rooted(
    x1: Tensor,
    x2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """x₁·x₂ divided by ‖x₁‖²‖x₂‖²."""
    squares = x1.square().sum(-1) * x2.square().sum(-1)
    return _from_cosine((x1 * x2).sum(-1) / squares, target, margin, reduction)


def cosine_embedding_zero_label(
    x1: Tensor,
    x2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """0 written for −1: PyTorch then scores the pair as 0 without a word."""
    terms = right.cosine_embedding(x1, x2, target, margin=margin, reduction="none")
    return reduce(torch.where(target == 1, terms, 0.0), reduction)


def _with_unlike(mistake: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return a mistake about unlike pairs, whose labels, the last tensor, are 0 or −1."""

    def where_some_are_unlike(*tensors: Tensor, **options: object) -> Tensor:
        value = mistake(*tensors, **options)
        return torch.where((tensors[-1] <= 0).any(), value, math.nan)

    return where_some_are_unlike


def _in_several_dimensions(mistake: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return a mistake about distances that is none on a line."""

    def where_not_on_a_line(*tensors: Tensor, **options: object) -> Tensor:
        value = mistake(*tensors, **options)
        return value if tensors[0].shape[-1] > 1 else torch.full_like(value, math.nan)

    return where_not_on_a_line


def _has_margin(*, margin: float = 0.0, **_: object) -> bool:
    return margin != 0


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "triplet_margin": {
        "sum_for_mean": summed(right.triplet_margin),
        "positive_negative_swapped": triplet_positive_negative_swapped,
        "margin_forgotten": triplet_margin_forgotten,
        "not_clamped": unless_alone(triplet_not_clamped, right.triplet_margin),
        "mean_of_nonzero": triplet_mean_of_nonzero,
        "other_power_of_distance": triplet_other_power_of_distance,
        "manhattan_distance": _in_several_dimensions(triplet_manhattan_distance),
    },
    "contrastive": {
        "sum_for_mean": summed(right.contrastive),
        "other_half": contrastive_other_half,
        "labels_flipped": contrastive_labels_flipped,
        "margin_on_square": _with_unlike(contrastive_margin_on_square),
        "not_squared": contrastive_not_squared,
        "not_clamped": _with_unlike(unless_alone(contrastive_not_clamped, right.contrastive)),
    },
    "hinge_embedding": {
        "sum_for_mean": summed(right.hinge_embedding),
        "labels_flipped": hinge_embedding_labels_flipped,
        "not_clamped": _with_unlike(
            unless_alone(hinge_embedding_not_clamped, right.hinge_embedding)
        ),
        "squared": hinge_embedding_squared,
        # of like pairs only it is the same as flipped labels
        "hinge_instead": _with_unlike(hinge_embedding_hinge_instead),
    },
    "margin_ranking": {
        "sum_for_mean": summed(right.margin_ranking),
        "sign_flipped": margin_ranking_sign_flipped,
        "margin_forgotten": only(margin_ranking_margin_forgotten, where=_has_margin),
        "margin_subtracted": only(margin_ranking_margin_subtracted, where=_has_margin),
        "not_clamped": unless_alone(margin_ranking_not_clamped, right.margin_ranking),
        "zero_one_labels": _with_unlike(margin_ranking_zero_one_labels),
    },
    "cosine_embedding": {
        "sum_for_mean": summed(right.cosine_embedding),
        "margin_forgotten": _with_unlike(
            only(cosine_embedding_margin_forgotten, where=_has_margin)
        ),
        "labels_flipped": cosine_embedding_labels_flipped,
        "not_normalised": cosine_embedding_not_normalised,
        "lengths_not_rooted": cosine_embedding_lengths_not_rooted,
        "zero_label": _with_unlike(cosine_embedding_zero_label),
    },
    **embedding_batch.FUNCTIONS,
}
