"""Losses and metrics for the order of a list.

Every one takes `scores` and `relevance` of one shape (..., n): the last axis is one list, all others
count lists. Only the order of the scores matters to a metric; a loss puts something smooth in place
of the order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional.checks import non_negative_values, one_of, positive, same_shape, values_hold
from losses.functional.reduction import reduce
from losses.reduction import Reduction

Gain = Literal["exponential", "linear"]


def pairwise_logistic(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """RankNet: every item should score above each less relevant item of its list.

    ln(1 + exp(−σ(sᵢ − sⱼ))) for every pair with yᵢ > yⱼ; items of equal relevance make no pair.

    Shapes: scores and relevance (..., n), equal. The mean divides by the number of pairs in all
    lists and is 0 without any; "none" gives one value a pair, by list, then i, then j.
    Raises ValueError for unequal shapes, negative relevance or sigma ≤ 0.
    Prevents: averaging over all n² combinations, where the diagonal and ties count ln 2 each.
    Source: Christopher Burges et al. (2005), Learning to Rank using Gradient Descent.

    >>> import torch
    >>> scores = torch.tensor([1.8, 0.5, 2.3], dtype=torch.float64)
    >>> relevance = torch.tensor([1, 0, 1])
    >>> round(pairwise_logistic(scores, relevance).item(), 6)
    0.196993
    """
    relevance = _grades(scores, relevance)
    positive(sigma=sigma)
    ordered = _differences(relevance) > 0
    return _reduce_pairs(-F.logsigmoid(sigma * _differences(scores)), ordered, reduction)


def lambda_rank(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """LambdaRank: the pairwise logistic loss, each pair weighted by what swapping it does to NDCG.

    |ΔNDCGᵢⱼ| · ln(1 + exp(−σ(sᵢ − sⱼ))) for every pair with yᵢ > yⱼ, where |ΔNDCGᵢⱼ| =
    |gᵢ − gⱼ| · |1/log₂(1 + rᵢ) − 1/log₂(1 + rⱼ)| / IDCG, gain g = 2^y − 1, rank r by the present
    scores (ties in the order given). The weights count as constants: no gradient flows into them.

    Shapes: scores and relevance (..., n), equal. The mean divides by the number of pairs in all
    lists and is 0 without any; "none" gives one value a pair, by list, then i, then j.
    Raises ValueError for unequal shapes, negative relevance or sigma ≤ 0.
    Prevents: calling the unweighted pairwise loss LambdaRank.
    Source: Christopher Burges (2010), From RankNet to LambdaRank to LambdaMART: An Overview.

    >>> import torch
    >>> scores = torch.tensor([1.8, 0.5, 2.3], dtype=torch.float64)
    >>> relevance = torch.tensor([1, 0, 1])
    >>> round(lambda_rank(scores, relevance, reduction="sum").item(), 6)
    0.066247
    """
    relevance = _grades(scores, relevance)
    positive(sigma=sigma)
    with torch.no_grad():
        discounts = _discount(_ranks(scores) + 1)
        gains = _gains(relevance, "exponential")
        weights = (_differences(gains) * _differences(discounts)).abs()
        weights = weights / _or_one(_ideal_dcg(gains))[..., None, None]
        ordered = _differences(relevance) > 0
    terms = -F.logsigmoid(sigma * _differences(scores)) * weights
    return _reduce_pairs(terms, ordered, reduction)


def pairwise_hinge(
    scores: Tensor, relevance: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Ranking SVM: every item should score `margin` above each less relevant item of its list.

    max(0, margin − (sᵢ − sⱼ)) for every pair with yᵢ > yⱼ.

    Shapes: scores and relevance (..., n), equal. The mean divides by the number of pairs in all
    lists and is 0 without any; "none" gives one value a pair, by list, then i, then j.
    Raises ValueError for unequal shapes, negative relevance or margin ≤ 0.
    Prevents: counting ties and the diagonal, each of which would cost a whole margin.
    Source: Thorsten Joachims (2002), Optimizing Search Engines using Clickthrough Data.

    >>> import torch
    >>> scores = torch.tensor([0.8, 0.2, 0.6, 0.4], dtype=torch.float64)
    >>> relevance = torch.tensor([0, 3, 2, 1])
    >>> round(pairwise_hinge(scores, relevance).item(), 6)
    1.266667
    """
    relevance = _grades(scores, relevance)
    positive(margin=margin)
    ordered = _differences(relevance) > 0
    return _reduce_pairs((margin - _differences(scores)).relu(), ordered, reduction)


def list_net(scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """ListNet: cross-entropy between the chances of coming first, by relevance and by score.

    −Σ softmax(y)ᵢ ln softmax(s)ᵢ for each list. Its least value is the entropy of softmax(y).

    Shapes: scores and relevance (..., n), equal; the mean divides by the number of lists.
    Raises ValueError for unequal shapes or negative relevance.
    Prevents: weighting by the raw grades, which do not add up to 1.
    Source: Zhe Cao et al. (2007), Learning to Rank: From Pairwise Approach to Listwise Approach.

    >>> import torch
    >>> scores = torch.tensor([0.7, 0.4, 0.9, 0.2], dtype=torch.float64)
    >>> relevance = torch.tensor([1, 0, 1, 0])
    >>> round(list_net(scores, relevance).item(), 6)
    1.306687
    """
    relevance = _grades(scores, relevance)
    values = -(relevance.softmax(-1) * scores.log_softmax(-1)).sum(-1)
    return reduce(values, reduction)


def list_mle(scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """ListMLE: negative log-likelihood of the right order when items are drawn by their scores.

    Σₖ (ln Σ_{l ≥ k} exp s₍ₗ₎ − s₍ₖ₎) over the items sorted by falling relevance (ties in the order
    given): at each place, a cross-entropy among the items not placed yet.

    Shapes: scores and relevance (..., n), equal; the mean divides by the number of lists.
    Raises ValueError for unequal shapes or negative relevance.
    Prevents: one log-sum-exp over the whole list, whose value ignores the labels.
    Source: Fen Xia et al. (2008), Listwise Approach to Learning to Rank: Theory and Algorithm.

    >>> import torch
    >>> scores = torch.tensor([0.7, 0.4, 0.9, 0.2], dtype=torch.float64)
    >>> relevance = torch.tensor([1, 0, 1, 0])
    >>> round(list_mle(scores, relevance).item(), 6)
    2.613775
    """
    relevance = _grades(scores, relevance)
    best_first = relevance.argsort(dim=-1, descending=True, stable=True)
    in_order = scores.gather(-1, best_first)
    remaining = in_order.flip(-1).logcumsumexp(-1).flip(-1)
    return reduce((remaining - in_order).sum(-1), reduction)


def approx_ndcg(
    scores: Tensor,
    relevance: Tensor,
    *,
    temperature: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """ApproxNDCG: −NDCG with ranks made smooth, so that it can be trained on.

    The rank of item i is 1 + Σ_{j≠i} sigmoid((sⱼ − sᵢ) / T); gain 2^y − 1, discount log₂(1 + rank).
    The lower the temperature, the nearer to the metric and the weaker the gradient.

    Shapes: scores and relevance (..., n), equal; the mean divides by the number of lists. A list
    without a relevant item has the value 0.
    Raises ValueError for unequal shapes, negative relevance or temperature ≤ 0.
    Prevents: training on NDCG itself, through which no gradient passes.
    Source: Tao Qin, Tie-Yan Liu and Hang Li (2010), A General Approximation Framework for Direct
    Optimization of Information Retrieval Measures.

    >>> import torch
    >>> scores = torch.tensor([0.8, 0.2, 0.6, 0.4], dtype=torch.float64)
    >>> relevance = torch.tensor([0, 3, 2, 1])
    >>> round(approx_ndcg(scores, relevance).item(), 6)
    -0.625863
    """
    relevance = _grades(scores, relevance)
    positive(temperature=temperature)
    gains = _gains(relevance, "exponential")
    smooth_dcg = (gains * _discount(_smooth_ranks(scores, temperature))).sum(-1)
    return reduce(-smooth_dcg / _or_one(_ideal_dcg(gains)), reduction)


def approx_mrr(
    scores: Tensor,
    relevance: Tensor,
    *,
    temperature: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """ApproxMRR: −1/rank of the first relevant item with ranks made smooth, to be trained on.

    The rank of item i is 1 + Σ_{j≠i} sigmoid((sⱼ − sᵢ) / T); the smallest among the items with
    y > 0 counts.

    Shapes: scores and relevance (..., n), equal; the mean divides by the number of lists. A list
    without a relevant item has the value 0.
    Raises ValueError for unequal shapes, negative relevance or temperature ≤ 0.
    Prevents: a plus sign, with which training would push the relevant item down.
    Source: Sebastian Bruch et al. (2019), Revisiting Approximate Metric Optimization in the Age of
    Deep Neural Networks.

    >>> import torch
    >>> scores = torch.tensor([0.9, 0.2, 0.4, 0.6], dtype=torch.float64)
    >>> relevance = torch.tensor([1, 0, 0, 0])
    >>> round(approx_mrr(scores, relevance).item(), 6)
    -0.468404
    """
    relevance = _grades(scores, relevance)
    positive(temperature=temperature)
    reciprocal = torch.where(relevance > 0, 1 / _smooth_ranks(scores, temperature), 0.0)
    return reduce(-reciprocal.amax(-1), reduction)


def dcg(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """Discounted cumulative gain: a metric, higher is better; no gradient reaches the scores.

    Σ gain(yᵢ) / log₂(1 + rankᵢ) over the first k ranks by falling score (ties in the order given).

    Shapes: scores and relevance (..., n), equal; the mean divides by the number of lists.
    Options: gain "exponential" is 2^y − 1, "linear" is y; k=None counts the whole list.
    Raises ValueError for unequal shapes, negative relevance, k < 1 or an unknown gain.
    Prevents: the natural logarithm in the discount, which cancels in NDCG but not here.
    Source: Kalervo Järvelin and Jaana Kekäläinen (2002), Cumulated Gain-Based Evaluation of IR
    Techniques; exponential gain: Burges et al. (2005).

    >>> import torch
    >>> scores = torch.tensor([0.8, 0.2, 0.6, 0.4], dtype=torch.float64)
    >>> relevance = torch.tensor([0, 3, 2, 1])
    >>> round(dcg(scores, relevance).item(), 6)
    5.407525
    """
    relevance = _grades(scores, relevance)
    _cutoff(k, gain)
    return reduce(_dcg(_gains(relevance, gain), _ranks(scores), k), reduction)


def ndcg(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """Normalised DCG: a metric from 0 to 1, higher is better; no gradient reaches the scores.

    DCG over the DCG of the ideal order, each over the first k ranks (ties in the order given).

    Shapes: scores and relevance (..., n), equal; the mean divides by the number of lists. A list
    without a relevant item has the value 0.
    Options: gain "exponential" is 2^y − 1, "linear" is y; k=None counts the whole list.
    Raises ValueError for unequal shapes, negative relevance, k < 1 or an unknown gain.
    Prevents: 0/0 = NaN for a list in which nothing is relevant.
    Source: Kalervo Järvelin and Jaana Kekäläinen (2002), Cumulated Gain-Based Evaluation of IR
    Techniques; exponential gain: Burges et al. (2005).

    >>> import torch
    >>> scores = torch.tensor([0.8, 0.2, 0.6, 0.4], dtype=torch.float64)
    >>> relevance = torch.tensor([0, 3, 2, 1])
    >>> round(ndcg(scores, relevance).item(), 6)
    0.57571
    """
    relevance = _grades(scores, relevance)
    _cutoff(k, gain)
    gains = _gains(relevance, gain)
    return reduce(_dcg(gains, _ranks(scores), k) / _or_one(_ideal_dcg(gains, k)), reduction)


def mrr(scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Mean reciprocal rank: a metric from 0 to 1, higher is better; it passes no gradient.

    1 / rank of the first relevant item (y > 0) by falling score (ties in the order given).

    Shapes: scores and relevance (..., n), equal; the mean divides by the number of lists. A list
    without a relevant item has the value 0.
    Raises ValueError for unequal shapes or negative relevance.
    Prevents: averaging over all relevant items; only the first counts.
    Source: Ellen M. Voorhees (1999), The TREC-8 Question Answering Track Report.

    >>> import torch
    >>> scores = torch.tensor([[0.9, 0.8, 0.1], [0.3, 0.9, 0.5]], dtype=torch.float64)
    >>> relevance = torch.tensor([[1, 1, 0], [1, 0, 0]])
    >>> round(mrr(scores, relevance).item(), 6)
    0.666667
    """
    relevance = _grades(scores, relevance)
    reciprocal = torch.where(relevance > 0, 1 / (_ranks(scores) + 1), 0.0)
    return reduce(reciprocal.amax(-1), reduction)


def _grades(scores: Tensor, relevance: Tensor) -> Tensor:
    """Refuse what is no list with grades; return the grades in the type of the scores."""
    same_shape(scores=scores, relevance=relevance)
    if scores.dim() == 0 or scores.shape[-1] == 0:
        raise ValueError(f"a list needs at least one item, but scores has {tuple(scores.shape)}")
    non_negative_values(relevance=relevance)
    return relevance.to(scores.dtype)


def _cutoff(k: int | None, gain: str) -> None:
    one_of(("exponential", "linear"), gain=gain)
    if k is not None and k < 1:
        raise ValueError(f"k must be at least 1, not {k}")


def _differences(values: Tensor) -> Tensor:
    """valueᵢ − valueⱼ at [..., i, j]."""
    return values.unsqueeze(-1) - values.unsqueeze(-2)


def _reduce_pairs(values: Tensor, pairs: Tensor, reduction: Reduction) -> Tensor:
    """Reduce over the pairs alone. A product with the mask is faster than picking them out."""
    if reduction == "mean":
        return (values * pairs).sum() / pairs.sum().clamp(min=1)
    if reduction == "sum":
        return (values * pairs).sum()
    return reduce(values[pairs], reduction)


def _ranks(scores: Tensor) -> Tensor:
    """Places by falling score, from 0; equal scores stay in the order given. No gradient."""
    best_first = scores.argsort(dim=-1, descending=True, stable=True)
    return best_first.argsort(dim=-1).to(scores.dtype)


def _smooth_ranks(scores: Tensor, temperature: float) -> Tensor:
    """1 + Σ_{j≠i} sigmoid((sⱼ − sᵢ)/T); the item itself adds sigmoid(0) = ½ to the sum."""
    return (-_differences(scores) / temperature).sigmoid().sum(-1) + 0.5


def _gains(relevance: Tensor, gain: Gain) -> Tensor:
    gains = relevance.exp2() - 1 if gain == "exponential" else relevance
    values_hold(gains.isfinite(), "relevance is too large: its gain is infinite")
    return gains


def _discount(ranks: Tensor) -> Tensor:
    """1/log₂(1 + rank) for ranks from 1."""
    return 1 / (ranks + 1).log2()


def _dcg(gains: Tensor, ranks: Tensor, k: int | None) -> Tensor:
    discounted = gains * _discount(ranks + 1)
    return (discounted if k is None else torch.where(ranks < k, discounted, 0.0)).sum(-1)


def _ideal_dcg(gains: Tensor, k: int | None = None) -> Tensor:
    return _dcg(gains, _ranks(gains), k)


def _or_one(divisor: Tensor) -> Tensor:
    """The divisor, with 1 in place of 0: 0 divided by nothing stays 0."""
    return torch.where(divisor > 0, divisor, 1.0)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "pairwise_logistic": pairwise_logistic,
    "lambda_rank": lambda_rank,
    "pairwise_hinge": pairwise_hinge,
    "list_net": list_net,
    "list_mle": list_mle,
    "approx_ndcg": approx_ndcg,
    "approx_mrr": approx_mrr,
    "dcg": dcg,
    "ndcg": ndcg,
    "mrr": mrr,
}
