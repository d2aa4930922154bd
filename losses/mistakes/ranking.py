"""How learners miscalculate losses and metrics for the order of a list."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import ranking as right
from losses.functional.ranking import Gain
from losses.functional.reduction import reduce
from losses.mistakes.common import base_two, instead, only, scaled, summed, unless_right
from losses.reduction import Reduction


def _differences(values: Tensor) -> Tensor:
    return values.unsqueeze(-1) - values.unsqueeze(-2)


def _pairs(scores: Tensor, relevance: Tensor) -> tuple[Tensor, Tensor]:
    """sᵢ − sⱼ for every pair with yᵢ > yⱼ, and where in the lists they are."""
    chosen = _differences(relevance) > 0
    return _differences(scores)[chosen], chosen


def _average(values: Tensor, reduction: Reduction) -> Tensor:
    """The mean of no pair at all is 0."""
    if reduction == "mean" and values.numel() == 0:
        return values.sum()
    return reduce(values, reduction)


def _places(scores: Tensor) -> Tensor:
    """Ranks from 1 by falling score."""
    best_first = scores.argsort(dim=-1, descending=True, stable=True)
    return best_first.argsort(dim=-1).to(scores.dtype) + 1


def _gained(relevance: Tensor, gain: Gain) -> Tensor:
    return relevance.exp2() - 1 if gain == "exponential" else relevance


def _other(gain: Gain) -> Gain:
    return "linear" if gain == "exponential" else "exponential"


def _cut(terms: Tensor, ranks: Tensor, k: int | None) -> Tensor:
    return (terms if k is None else torch.where(ranks <= k, terms, 0.0)).sum(-1)


def _share(part: Tensor, whole: Tensor) -> Tensor:
    """part / whole, 0 where there is no whole."""
    return torch.where(whole > 0, part / whole, 0.0)


def _upside_down(scores: Tensor, relevance: Tensor) -> tuple[Tensor, Tensor]:
    """The lowest score taken for the best."""
    return -scores, relevance


def _as_given(scores: Tensor, relevance: Tensor) -> tuple[Tensor, Tensor]:
    """The order given taken for the ranking: equal scores keep it."""
    return torch.zeros_like(scores), relevance


def pairwise_logistic_all_ordered_pairs(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Every combination (i, j), the diagonal and ties included, each pair seen from both sides."""
    toward = _differences(relevance.to(scores.dtype)).sign()
    return reduce(-F.logsigmoid(sigma * toward * _differences(scores)), reduction)


def pairwise_logistic_hinge_instead(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """max(0, 1 − (sᵢ − sⱼ))."""
    return right.pairwise_hinge(sigma * scores, relevance, reduction=reduction)


def pairwise_logistic_divided_by_items(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """The sum over pairs divided by the number of items."""
    if reduction != "mean":
        return right.pairwise_logistic(scores, relevance, sigma=sigma, reduction=reduction)
    total = right.pairwise_logistic(scores, relevance, sigma=sigma, reduction="sum")
    return total / scores.numel()


def _lambda(
    scores: Tensor,
    relevance: Tensor,
    sigma: float,
    reduction: Reduction,
    *,
    gain: Gain = "exponential",
    ranked_by: Tensor | None = None,
    normalised: bool = True,
) -> Tensor:
    relevance = relevance.to(scores.dtype)
    gains = _gained(relevance, gain)
    discounts = 1 / (_places(scores if ranked_by is None else ranked_by) + 1).log2()
    weights = (_differences(gains) * _differences(discounts)).abs()
    if normalised:
        ideal = (gains / (_places(gains) + 1).log2()).sum(-1)
        weights = weights / torch.where(ideal > 0, ideal, 1.0)[..., None, None]
    gaps, chosen = _pairs(scores, relevance)
    return _average(-F.logsigmoid(sigma * gaps) * weights.detach()[chosen], reduction)


def lambda_rank_not_normalised(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Weights |ΔDCG|, not divided by the ideal DCG."""
    return _lambda(scores, relevance, sigma, reduction, normalised=False)


def lambda_rank_linear_gain(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Gain y instead of 2^y − 1."""
    return _lambda(scores, relevance, sigma, reduction, gain="linear")


def lambda_rank_ranks_by_relevance(
    scores: Tensor, relevance: Tensor, *, sigma: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Ranks of the ideal order instead of the present one."""
    return _lambda(scores, relevance, sigma, reduction, ranked_by=relevance)


def pairwise_hinge_logistic_instead(
    scores: Tensor, relevance: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """ln(1 + exp(−(sᵢ − sⱼ)))."""
    return right.pairwise_logistic(scores, relevance, reduction=reduction)


def pairwise_hinge_no_margin(
    scores: Tensor, relevance: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """max(0, −(sᵢ − sⱼ)): only wrong order costs."""
    gaps, _ = _pairs(scores, relevance)
    return _average((-gaps).relu(), reduction)


def pairwise_hinge_no_clamp(
    scores: Tensor, relevance: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """margin − (sᵢ − sⱼ), negative for pairs far apart."""
    gaps, _ = _pairs(scores, relevance)
    return _average(margin - gaps, reduction)


def pairwise_hinge_all_ordered_pairs(
    scores: Tensor, relevance: Tensor, *, margin: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Every combination (i, j), the diagonal and ties included, each pair seen from both sides."""
    toward = _differences(relevance.to(scores.dtype)).sign()
    return reduce((margin - toward * _differences(scores)).relu(), reduction)


def list_net_labels_over_sum(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The grades divided by their sum instead of put through softmax."""
    grades = relevance.to(scores.dtype)
    shares = _share(grades, grades.sum(-1, keepdim=True))
    return reduce(-(shares * scores.log_softmax(-1)).sum(-1), reduction)


def list_net_raw_labels(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The grades themselves as weights."""
    return reduce(-(relevance * scores.log_softmax(-1)).sum(-1), reduction)


def list_net_kl_instead(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The entropy of softmax(y) subtracted."""
    log_target = relevance.to(scores.dtype).log_softmax(-1)
    gap = log_target - scores.log_softmax(-1)
    return reduce((log_target.exp() * gap).sum(-1), reduction)


def list_net_swapped(scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """−Σ softmax(s) ln softmax(y)."""
    log_target = relevance.to(scores.dtype).log_softmax(-1)
    return reduce(-(scores.softmax(-1) * log_target).sum(-1), reduction)


def list_net_no_logarithm(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """−Σ softmax(y) softmax(s)."""
    target = relevance.to(scores.dtype).softmax(-1)
    return reduce(-(target * scores.softmax(-1)).sum(-1), reduction)


def _by_relevance(scores: Tensor, relevance: Tensor) -> Tensor:
    return scores.gather(-1, relevance.argsort(dim=-1, descending=True, stable=True))


def list_mle_labels_ignored(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """One log-sum-exp over the whole list at every place: n·LSE(s) − Σ s."""
    everything = scores.logsumexp(-1, keepdim=True)
    return reduce((everything - scores).sum(-1), reduction)


def list_mle_not_sorted(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The list taken in the order given, without sorting by relevance."""
    remaining = scores.flip(-1).logcumsumexp(-1).flip(-1)
    return reduce((remaining - scores).sum(-1), reduction)


def list_mle_cumulated_forward(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The items up to each place in the log-sum-exp instead of those from it on."""
    in_order = _by_relevance(scores, relevance)
    return reduce((in_order.logcumsumexp(-1) - in_order).sum(-1), reduction)


def list_mle_relevant_only(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Only the places of relevant items counted."""
    in_order = _by_relevance(scores, relevance)
    remaining = in_order.flip(-1).logcumsumexp(-1).flip(-1)
    relevant = relevance.sort(dim=-1, descending=True).values > 0
    return reduce(torch.where(relevant, remaining - in_order, 0.0).sum(-1), reduction)


def list_mle_mean_per_item(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Divided by the length of the list too."""
    return right.list_mle(scores, relevance, reduction=reduction) / scores.shape[-1]


def _smooth_places(scores: Tensor, temperature: float) -> Tensor:
    return (-_differences(scores) / temperature).sigmoid().sum(-1) + 0.5


def _minus_ndcg(relevance: Tensor, places: Tensor, *, gain: Gain = "exponential") -> Tensor:
    gains = _gained(relevance.to(places.dtype), gain)
    ideal = (gains / (_places(gains) + 1).log2()).sum(-1)
    return -_share((gains / (places + 1).log2()).sum(-1), ideal)


def approx_ndcg_exact_ranks(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """−NDCG with the true ranks: no gradient."""
    return -right.ndcg(scores, relevance, reduction=reduction)


def approx_ndcg_linear_gain(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Gain y instead of 2^y − 1."""
    places = _smooth_places(scores, temperature)
    return reduce(_minus_ndcg(relevance, places, gain="linear"), reduction)


def approx_ndcg_itself_counted(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """The sum runs over j = i too, which adds ½ to every rank."""
    places = _smooth_places(scores, temperature) + 0.5
    return reduce(_minus_ndcg(relevance, places), reduction)


def approx_ndcg_not_normalised(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """−DCG: not divided by the ideal DCG."""
    gains = _gained(relevance.to(scores.dtype), "exponential")
    places = _smooth_places(scores, temperature)
    return reduce(-(gains / (places + 1).log2()).sum(-1), reduction)


def approx_ndcg_temperature_multiplied(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """T·(sⱼ − sᵢ) instead of (sⱼ − sᵢ)/T."""
    return right.approx_ndcg(scores, relevance, temperature=1 / temperature, reduction=reduction)


def _minus_reciprocal(places: Tensor, relevance: Tensor) -> Tensor:
    return -torch.where(relevance > 0, 1 / places, 0.0).amax(-1)


def approx_mrr_exact_ranks(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """−MRR with the true ranks: no gradient."""
    return -right.mrr(scores, relevance, reduction=reduction)


def approx_mrr_itself_counted(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """The sum runs over j = i too, which adds ½ to every rank."""
    places = _smooth_places(scores, temperature) + 0.5
    return reduce(_minus_reciprocal(places, relevance), reduction)


def approx_mrr_mean_over_relevant(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """1/rank averaged over all relevant items instead of the first alone."""
    relevant = (relevance > 0).to(scores.dtype)
    total = (relevant / _smooth_places(scores, temperature)).sum(-1)
    return reduce(-_share(total, relevant.sum(-1)), reduction)


def approx_mrr_temperature_multiplied(
    scores: Tensor, relevance: Tensor, *, temperature: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """T·(sⱼ − sᵢ) instead of (sⱼ − sᵢ)/T."""
    return right.approx_mrr(scores, relevance, temperature=1 / temperature, reduction=reduction)


def dcg_other_gain(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """y where 2^y − 1 is asked for, or the reverse."""
    return right.dcg(scores, relevance, k=k, gain=_other(gain), reduction=reduction)


def dcg_discount_one_place_early(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """log₂(rank) instead of log₂(1 + rank), ranks 1 and 2 without discount."""
    ranks = _places(scores)
    gains = _gained(relevance.to(scores.dtype), gain)
    return reduce(_cut(gains / ranks.log2().clamp(min=1), ranks, k), reduction)


def dcg_no_discount(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """The gains added up, whatever their rank."""
    gains = _gained(relevance.to(scores.dtype), gain)
    return reduce(_cut(gains, _places(scores), k), reduction)


def ndcg_other_gain(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """y where 2^y − 1 is asked for, or the reverse."""
    return right.ndcg(scores, relevance, k=k, gain=_other(gain), reduction=reduction)


def ndcg_no_discount(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """The gains up to rank k over the gains of all: every rank counts alike."""
    gains = _gained(relevance.to(scores.dtype), gain)
    found = _cut(gains, _places(scores), k)
    return reduce(_share(found, _cut(gains, _places(gains), k)), reduction)


def ndcg_discount_one_place_early(
    scores: Tensor,
    relevance: Tensor,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> Tensor:
    """log₂(rank) instead of log₂(1 + rank), ranks 1 and 2 without discount."""
    gains = _gained(relevance.to(scores.dtype), gain)
    found, ideal = (
        _cut(gains / ranks.log2().clamp(min=1), ranks, k)
        for ranks in (_places(scores), _places(gains))
    )
    return reduce(_share(found, ideal), reduction)


def mrr_mean_over_relevant(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """1/rank averaged over all relevant items instead of the first alone."""
    relevant = (relevance > 0).to(scores.dtype)
    return reduce(_share((relevant / _places(scores)).sum(-1), relevant.sum(-1)), reduction)


def _first_places(scores: Tensor, relevance: Tensor) -> Tensor:
    """The rank of the first relevant item, infinite without one."""
    return torch.where(relevance > 0, _places(scores), torch.inf).amin(-1)


def mrr_rank_itself(scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The rank, not its reciprocal."""
    return reduce(_first_places(scores, relevance), reduction)


def mrr_reciprocal_of_mean_rank(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Ranks averaged first, the reciprocal taken last."""
    return 1 / reduce(_first_places(scores, relevance), reduction)


def mrr_last_relevant(
    scores: Tensor, relevance: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The last relevant item counted instead of the first."""
    last = torch.where(relevance > 0, _places(scores), 0.0).amax(-1)
    return reduce(torch.where(last > 0, 1 / last, 0.0), reduction)


def _temperature_matters(*, temperature: float = 1.0, **_: object) -> bool:
    return temperature != 1


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "pairwise_logistic": {
        "all_ordered_pairs": pairwise_logistic_all_ordered_pairs,
        "sign_flipped": instead(right.pairwise_logistic, _upside_down),
        "hinge_instead": pairwise_logistic_hinge_instead,
        "lambda_weighted": right.lambda_rank,
        "divided_by_items": pairwise_logistic_divided_by_items,
        "sum_for_mean": summed(right.pairwise_logistic),
    },
    "lambda_rank": {
        "unweighted": right.pairwise_logistic,
        "base_two": base_two(right.lambda_rank),
        "not_normalised": lambda_rank_not_normalised,
        "linear_gain": unless_right(lambda_rank_linear_gain, right.lambda_rank),
        "ranks_by_relevance": lambda_rank_ranks_by_relevance,
        "sum_for_mean": summed(right.lambda_rank),
    },
    "pairwise_hinge": {
        "logistic_instead": pairwise_hinge_logistic_instead,
        "no_margin": pairwise_hinge_no_margin,
        "no_clamp": pairwise_hinge_no_clamp,
        "sign_flipped": instead(right.pairwise_hinge, _upside_down),
        "all_ordered_pairs": pairwise_hinge_all_ordered_pairs,
        "sum_for_mean": summed(right.pairwise_hinge),
    },
    "list_net": {
        "labels_over_sum": list_net_labels_over_sum,
        "raw_labels": list_net_raw_labels,
        "kl_instead": list_net_kl_instead,
        "swapped": list_net_swapped,
        "no_logarithm": list_net_no_logarithm,
        "sum_for_mean": summed(right.list_net),
    },
    "list_mle": {
        "labels_ignored": list_mle_labels_ignored,
        "not_sorted": unless_right(list_mle_not_sorted, right.list_mle),
        "cumulated_forward": list_mle_cumulated_forward,
        "relevant_only": unless_right(list_mle_relevant_only, right.list_mle),
        "mean_per_item": list_mle_mean_per_item,
        "sum_for_mean": summed(right.list_mle),
    },
    "approx_ndcg": {
        "sign_flipped": scaled(right.approx_ndcg, -1.0),
        "exact_ranks": approx_ndcg_exact_ranks,
        "linear_gain": unless_right(approx_ndcg_linear_gain, right.approx_ndcg),
        "itself_counted": approx_ndcg_itself_counted,
        "direction_flipped": instead(right.approx_ndcg, _upside_down),
        "not_normalised": approx_ndcg_not_normalised,
        "temperature_multiplied": only(
            approx_ndcg_temperature_multiplied, where=_temperature_matters
        ),
    },
    "approx_mrr": {
        "sign_flipped": scaled(right.approx_mrr, -1.0),
        "exact_ranks": approx_mrr_exact_ranks,
        "itself_counted": approx_mrr_itself_counted,
        "direction_flipped": instead(right.approx_mrr, _upside_down),
        "mean_over_relevant": unless_right(approx_mrr_mean_over_relevant, right.approx_mrr),
        "temperature_multiplied": only(
            approx_mrr_temperature_multiplied, where=_temperature_matters
        ),
    },
    "dcg": {
        "natural_log": scaled(right.dcg, 1 / math.log(2)),
        "other_gain": unless_right(dcg_other_gain, right.dcg),
        "discount_one_place_early": dcg_discount_one_place_early,
        "no_discount": dcg_no_discount,
        "not_sorted": instead(right.dcg, _as_given),
        "sum_for_mean": summed(right.dcg),
    },
    "ndcg": {
        "other_gain": unless_right(ndcg_other_gain, right.ndcg),
        "not_normalised": right.dcg,
        "discount_one_place_early": ndcg_discount_one_place_early,
        "no_discount": ndcg_no_discount,
        "not_sorted": instead(right.ndcg, _as_given),
        "ascending": instead(right.ndcg, _upside_down),
    },
    "mrr": {
        "mean_over_relevant": unless_right(mrr_mean_over_relevant, right.mrr),
        "rank_itself": mrr_rank_itself,
        "reciprocal_of_mean_rank": unless_right(mrr_reciprocal_of_mean_rank, right.mrr),
        "ascending": instead(right.mrr, _upside_down),
        "last_relevant": unless_right(mrr_last_relevant, right.mrr),
        "not_sorted": instead(right.mrr, _as_given),
    },
}
