"""Losses for distances and similarities between embeddings, pair by pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import checks, embedding_batch
from losses.functional.direction import unit
from losses.functional.reduction import reduce
from losses.reduction import Reduction


def _distance(first: Tensor, second: Tensor, squared: bool) -> Tensor:
    """Euclidean distance of the rows, or its square; the root has gradient 0 at distance 0."""
    if squared:
        return (first - second).square().sum(-1)
    distance: Tensor = torch.linalg.vector_norm(first - second, dim=-1)
    return distance


def triplet_margin(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Pull the anchor towards its like until the unlike is farther away by `margin`.

    max(0, d(a, p) − d(a, n) + m) with the Euclidean distance d, or d² if `squared` (FaceNet).

    Shapes: anchor, positive and negative (N, D) or (D,), equal; one value per triplet, and the
    mean divides by the number of triplets N, those at zero included.
    Raises ValueError for unequal shapes or margin ≤ 0.
    Prevents: the 1e-6 that PyTorch adds to each coordinate, which keeps d(a, a) above zero.
    Source: Weinberger and Saul (2009); with squared distances Schroff et al. (2015), FaceNet.

    >>> import torch
    >>> a, p, n = torch.tensor([[0.0, 0.0], [3.0, 4.0], [1.0, 0.0]], dtype=torch.float64)
    >>> triplet_margin(a, p, n).item()
    5.0
    """
    checks.same_shape(anchor=anchor, positive=positive, negative=negative)
    checks.positive(margin=margin)
    gap = _distance(anchor, positive, squared) - _distance(anchor, negative, squared)
    return reduce((gap + margin).clamp_min(0), reduction)


def contrastive(
    distances: Tensor,
    same: Tensor,
    *,
    margin: float = 1.0,
    halved: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Pull like pairs together; push unlike pairs apart, but only up to `margin`.

    y·d² + (1 − y)·max(0, m − d)², times ½ if `halved` (as in the paper). Here y = 1 means that
    the pair is alike; the paper writes Y = 1 for an unlike pair.

    Shapes: distances and same (*), equal; the mean divides by the number of pairs.
    Raises ValueError for unequal shapes, a negative distance, y outside {0, 1}, or margin ≤ 0.
    Prevents: clamping m − d² instead of m − d.
    Source: Hadsell, Chopra and LeCun (2006), Dimensionality Reduction by Learning an Invariant
    Mapping.

    >>> import torch
    >>> distances = torch.tensor([0.5, 0.4, 1.2], dtype=torch.float64)
    >>> same = torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64)
    >>> contrastive(distances, same, halved=True, reduction="none").tolist()
    [0.125, 0.18, 0.0]
    """
    checks.same_shape(distances=distances, same=same)
    checks.non_negative_values(distances=distances)
    checks.zero_or_one(same=same)
    checks.positive(margin=margin)
    alike = distances.square()
    unlike = (margin - distances).clamp_min(0).square()
    terms = torch.where(same == 1, alike, unlike)
    return reduce(terms / 2 if halved else terms, reduction)


def hinge_embedding(
    distances: Tensor, target: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Charge like pairs their distance, unlike pairs what they lack of `margin`.

    d where y = 1, max(0, m − d) where y = −1.

    Shapes: distances and target (*), equal; the mean divides by the number of pairs.
    Raises ValueError for unequal shapes, a negative distance, or a label outside {−1, 1}.
    Prevents: mistaking it for the hinge loss of a classifier, which takes scores.
    Source: a criterion of Torch7, kept by PyTorch; no paper is known.

    >>> import torch
    >>> distances = torch.tensor([0.5, 2.0, 0.25], dtype=torch.float64)
    >>> hinge_embedding(distances, torch.tensor([1, -1, -1]), reduction="none").tolist()
    [0.5, 0.0, 0.75]
    """
    checks.same_shape(distances=distances, target=target)
    checks.non_negative_values(distances=distances)
    checks.plus_or_minus_one(target=target)
    return F.hinge_embedding_loss(
        distances, target.to(distances.dtype), margin=margin, reduction=reduction
    )


def margin_ranking(
    scores1: Tensor,
    scores2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Ask that the first score exceeds the second by `margin`, or the reverse.

    max(0, −y(s₁ − s₂) + m): y = 1 wants s₁ above s₂, y = −1 wants it below.

    Shapes: scores1, scores2 and target (*), equal; the mean divides by the number of pairs.
    Raises ValueError for unequal shapes, a label outside {−1, 1}, or margin < 0.
    Prevents: labels 0 and 1, which PyTorch accepts and which make every 0-pair cost m.
    Source: Herbrich, Graepel and Obermayer (1999), Support Vector Learning for Ordinal
    Regression; Joachims (2002).

    >>> import torch
    >>> first, second = torch.tensor([[1.0, 2.0], [2.0, 1.0]], dtype=torch.float64)
    >>> margin_ranking(first, second, torch.tensor([1, 1]), margin=0.5, reduction="none").tolist()
    [1.5, 0.0]
    """
    checks.same_shape(scores1=scores1, scores2=scores2, target=target)
    checks.plus_or_minus_one(target=target)
    checks.non_negative(margin=margin)
    return reduce((margin - target * (scores1 - scores2)).clamp_min(0), reduction)


def cosine_embedding(
    x1: Tensor,
    x2: Tensor,
    target: Tensor,
    *,
    margin: float = 0.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Turn like vectors to one direction, unlike ones to a cosine of at most `margin`.

    1 − cos(x₁, x₂) where y = 1, max(0, cos(x₁, x₂) − m) where y = −1. The cosine with a zero
    vector is taken as 0.

    Shapes: x1 and x2 (N, D) or (D,), equal, target (N,) or (); the mean divides by the number of
    pairs.
    Raises ValueError for shapes that do not fit, a label outside {−1, 1}, or a margin outside
    [−1, 1].
    Prevents: labels 0 and 1, which PyTorch accepts and scores as 0 for every 0-pair.
    Source: a criterion of Torch7, kept by PyTorch; no paper is known.

    >>> import torch
    >>> x1, x2 = torch.tensor([[[1.0, 0.0], [3.0, 4.0]], [[0.0, 2.0], [3.0, 4.0]]])
    >>> cosine_embedding(x1, x2, torch.tensor([1, -1]), margin=0.5, reduction="none").tolist()
    [1.0, 0.5]
    """
    checks.same_shape(x1=x1, x2=x2)
    if target.shape != x1.shape[:-1]:
        raise ValueError(f"target has shape {tuple(target.shape)} but x1 has {tuple(x1.shape)}")
    checks.plus_or_minus_one(target=target)
    checks.between(-1, 1, margin=margin)
    cosine = (unit(x1) * unit(x2)).sum(-1)
    return reduce(torch.where(target == 1, 1 - cosine, (cosine - margin).clamp_min(0)), reduction)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "triplet_margin": triplet_margin,
    "contrastive": contrastive,
    "hinge_embedding": hinge_embedding,
    "margin_ranking": margin_ranking,
    "cosine_embedding": cosine_embedding,
    **embedding_batch.FUNCTIONS,
}
