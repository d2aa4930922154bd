"""Losses that compare every embedding of a batch with every other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import checks
from losses.functional.direction import unit
from losses.functional.reduction import reduce_by
from losses.reduction import Reduction


def _pairs(embeddings: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Which pairs of a batch are alike (an example with itself is not a pair), and which not."""
    checks.dimensions(2, embeddings=embeddings)
    if labels.shape != embeddings.shape[:1]:
        raise ValueError(
            f"labels has shape {tuple(labels.shape)} but embeddings has {tuple(embeddings.shape)}"
        )
    if len(embeddings) < 2:
        raise ValueError(f"a batch needs 2 examples, but embeddings has {len(embeddings)}")
    same = labels[:, None] == labels[None, :]
    return same & ~torch.eye(len(labels), dtype=torch.bool, device=labels.device), ~same


def triplet_batch_all(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    active_only: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """The triplet loss over all triplets that a labelled batch contains.

    max(0, d(a, p) − d(a, n) + m) for every anchor a, every other example p of its class and every
    example n of another class; with d² if `squared`. Sorting finds which triplets count, so the
    triplets themselves are never listed.

    Shapes: embeddings (N, D), labels (N,); one sum per anchor, and the mean divides by the number
    of triplets, or of those that cost something if `active_only` (0 where there is none).
    Raises ValueError for shapes that do not fit, fewer than 2 examples, or margin ≤ 0.
    Prevents: taking the anchor itself for one of its positives.
    Source: Hermans, Beyer and Leibe (2017), In Defense of the Triplet Loss for Person
    Re-Identification.

    >>> import torch
    >>> embeddings = torch.tensor([[0.0], [1.0], [1.5]], dtype=torch.float64)
    >>> triplet_batch_all(embeddings, torch.tensor([0, 0, 1])).item()
    1.0
    """
    alike, unlike = _pairs(embeddings, labels)
    checks.positive(margin=margin)
    distances = _distances(embeddings)
    if squared:
        distances = distances.square()
    count = len(labels)
    near = torch.where(alike, distances.detach() + margin, -torch.inf)
    far = torch.where(unlike, distances.detach(), torch.inf)
    # of an anchor's positives, sorted by d(a, p) + m, those from place `met` on reach beyond n
    reach, order = near.sort(-1)
    met = torch.searchsorted(reach, far, right=True)
    # Σ over active triplets of d(a, p) + m − d(a, n): each distance counts as often as it is in an
    # active triplet, and how often that is does not change with a small step of the embeddings
    beyond = torch.zeros(count, count + 1, dtype=met.dtype, device=met.device)
    beyond = beyond.scatter_add(-1, met, unlike.to(met.dtype)).cumsum(-1)[:, :count]
    pulled = (beyond * (distances.gather(-1, order) + margin)).sum(-1)
    sums = pulled - ((count - met) * distances).sum(-1)
    triplets = beyond.sum() if active_only else (alike.sum(-1) * unlike.sum(-1)).sum()
    return reduce_by(sums, triplets.clamp_min(1), reduction)


def _distances(embeddings: Tensor) -> Tensor:
    """Euclidean distances of all pairs, from differences: exact for close pairs, unlike products.

    `pdist` computes each pair once and has gradient 0 at distance 0.
    """
    count = len(embeddings)
    place = torch.arange(count, device=embeddings.device)
    low, high = torch.minimum(place[:, None], place), torch.maximum(place[:, None], place)
    pair = low * (2 * count - low - 1) // 2 + high - low - 1
    itself = low == high
    condensed = torch.pdist(embeddings)
    square = condensed.gather(0, pair.masked_fill(itself, 0).flatten()).reshape(count, count)
    return square.masked_fill(itself, 0)


def info_nce(
    queries: Tensor,
    keys: Tensor,
    *,
    temperature: float = 0.1,
    symmetric: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Find each query's own key among the keys of the whole batch.

    −log(exp(cos(qᵢ, kᵢ)/T) / Σⱼ exp(cos(qᵢ, kⱼ)/T)); if `symmetric`, the mean of this and of the
    same with queries and keys exchanged (CLIP).

    Shapes: queries and keys (N, D), equal, row i of one belonging to row i of the other; the mean
    divides by N.
    Raises ValueError for unequal shapes, other than 2 axes, or temperature ≤ 0.
    Prevents: multiplying by the temperature, and leaving the positive out of the denominator.
    Source: van den Oord, Li and Vinyals (2018), Representation Learning with Contrastive
    Predictive Coding; Radford et al. (2021), CLIP.

    >>> import torch
    >>> queries = torch.tensor([[1.0, 0.0], [0.0, 1.0]], dtype=torch.float64)
    >>> keys = torch.tensor([[0.8, 0.6], [0.6, 0.8]], dtype=torch.float64)
    >>> round(info_nce(queries, keys, temperature=0.5).item(), 6)
    0.513015
    """
    checks.same_shape(queries=queries, keys=keys)
    checks.dimensions(2, queries=queries)
    checks.positive(temperature=temperature)
    logits = unit(queries) @ unit(keys).mT / temperature
    own = torch.arange(len(queries), device=queries.device)
    if not symmetric:
        return F.cross_entropy(logits, own, reduction=reduction)
    there = F.cross_entropy(logits, own, reduction=reduction)
    return (there + F.cross_entropy(logits.mT, own, reduction=reduction)) / 2


def nt_xent(
    view1: Tensor,
    view2: Tensor,
    *,
    temperature: float = 0.5,
    reduction: Reduction = "mean",
) -> Tensor:
    """Find the other view of each example among all other views of the batch (SimCLR).

    Over the 2N views z: −log(exp(cos(zᵢ, z₊)/T) / Σ_{k≠i} exp(cos(zᵢ, z_k)/T)).

    Shapes: view1 and view2 (N, D), equal, row i of both being views of example i; the mean
    divides by 2N.
    Raises ValueError for unequal shapes, other than 2 axes, or temperature ≤ 0.
    Prevents: keeping a view's similarity with itself in the denominator.
    Source: Chen et al. (2020), A Simple Framework for Contrastive Learning of Visual
    Representations; Sohn (2016).

    >>> import torch
    >>> view1 = torch.tensor([[1.0, 0.0], [0.0, 1.0]], dtype=torch.float64)
    >>> view2 = torch.tensor([[0.8, 0.6], [0.6, 0.8]], dtype=torch.float64)
    >>> round(nt_xent(view1, view2).item(), 6)
    0.870714
    """
    checks.same_shape(view1=view1, view2=view2)
    checks.dimensions(2, view1=view1)
    checks.positive(temperature=temperature)
    views = unit(torch.cat((view1, view2)))
    itself = torch.eye(len(views), dtype=torch.bool, device=views.device)
    logits = (views @ views.mT / temperature).masked_fill(itself, -torch.inf)
    other = torch.arange(len(views), device=views.device).roll(len(view1))
    return F.cross_entropy(logits, other, reduction=reduction)


def supcon(
    embeddings: Tensor,
    labels: Tensor,
    *,
    temperature: float = 0.1,
    reduction: Reduction = "mean",
) -> Tensor:
    """Find all examples of the same class among the other examples of the batch.

    For each anchor i with positives P(i):
    −(1/|P(i)|) Σ_{p∈P(i)} log(exp(cos(zᵢ, z_p)/T) / Σ_{k≠i} exp(cos(zᵢ, z_k)/T)).

    Shapes: embeddings (N, D), labels (N,); one value per anchor, 0 for an anchor without
    positives, and the mean divides by the number of anchors that have some (0 where none has).
    Raises ValueError for shapes that do not fit, fewer than 2 examples, or temperature ≤ 0.
    Prevents: averaging over the positives inside the logarithm.
    Source: Khosla et al. (2020), Supervised Contrastive Learning (the form L_out).

    >>> import torch
    >>> embeddings = torch.tensor([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], dtype=torch.float64)
    >>> round(supcon(embeddings, torch.tensor([0, 0, 1]), temperature=0.5).item(), 6)
    0.348458
    """
    alike, _ = _pairs(embeddings, labels)
    checks.positive(temperature=temperature)
    directions = unit(embeddings)
    itself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    logits = (directions @ directions.mT / temperature).masked_fill(itself, -torch.inf)
    found = torch.where(alike, F.log_softmax(logits, -1), 0.0).sum(-1)
    positives = alike.sum(-1)
    anchors = (positives > 0).sum()
    return reduce_by(-found / positives.clamp_min(1), anchors.clamp_min(1), reduction)


def circle(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 0.25,
    gamma: float = 256.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Raise similarities within a class and lower those between classes, the worst ones most.

    log(1 + Σₙ exp(γαₙ(sₙ − m)) · Σₚ exp(−γαₚ(sₚ − (1 − m)))) for each anchor, with cosines s and
    the weights αₚ = max(0, 1 + m − sₚ), αₙ = max(0, sₙ + m), which are held constant in the
    gradient.

    Shapes: embeddings (N, D), labels (N,); one value per anchor, 0 for an anchor that lacks
    positives or negatives, and the mean divides by the number of the others (0 where none is).
    Raises ValueError for shapes that do not fit, fewer than 2 examples, or gamma ≤ 0.
    Prevents: using embeddings that are not scaled to length 1.
    Source: Sun et al. (2020), Circle Loss: A Unified Perspective of Pair Similarity Optimization.

    >>> import torch
    >>> embeddings = torch.tensor([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]], dtype=torch.float64)
    >>> round(circle(embeddings, torch.tensor([0, 0, 1]), gamma=4.0).item(), 6)
    1.765319
    """
    alike, unlike = _pairs(embeddings, labels)
    checks.positive(gamma=gamma)
    directions = unit(embeddings)
    cosines = directions @ directions.mT
    fixed = cosines.detach()
    low = -gamma * (1 + margin - fixed).clamp_min(0) * (cosines - (1 - margin))
    high = gamma * (fixed + margin).clamp_min(0) * (cosines - margin)
    compared = alike.any(-1) & unlike.any(-1)
    # an anchor that is not compared gets numbers whose logarithm exists
    absent = torch.where(compared, -torch.inf, 0.0).to(cosines.dtype)[:, None]
    exponent = torch.logsumexp(torch.where(alike, low, absent), -1) + torch.logsumexp(
        torch.where(unlike, high, absent), -1
    )
    terms = torch.where(compared, -F.logsigmoid(-exponent), 0.0)
    return reduce_by(terms, compared.sum().clamp_min(1), reduction)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "triplet_batch_all": triplet_batch_all,
    "info_nce": info_nce,
    "nt_xent": nt_xent,
    "supcon": supcon,
    "circle": circle,
}
