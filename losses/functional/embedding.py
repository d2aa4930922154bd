"""Losses for distances and similarities between embeddings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import checks
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


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {"triplet_margin": triplet_margin}
