"""How learners miscalculate: losses that compare a whole batch of embeddings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import embedding_batch as right
from losses.functional.direction import unit
from losses.functional.reduction import reduce
from losses.mistakes.common import only, summed
from losses.reduction import Reduction


def _triplets(
    distances: Tensor, labels: Tensor, margin: float, *, with_self: bool = False
) -> tuple[Tensor, Tensor]:
    """d(a, p) − d(a, n) + m of every anchor, positive and negative, and which of them exist."""
    same = labels[:, None] == labels
    itself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    positives = same if with_self else same & ~itself
    gaps = distances[:, :, None] - distances[:, None, :] + margin
    return gaps, positives[:, :, None] & ~same[:, None, :]


def _pairwise(embeddings: Tensor, squared: bool) -> Tensor:
    distances = torch.cdist(embeddings, embeddings)
    return distances.square() if squared else distances


def _over_triplets(terms: Tensor, exists: Tensor, active_only: bool, reduction: str) -> Tensor:
    """Mean or sum of the triplets that exist; sums per anchor for "none"."""
    kept = torch.where(exists, terms, 0.0)
    if reduction == "none":
        return kept.sum((1, 2))
    if reduction == "sum":
        return kept.sum()
    counted = exists & (kept > 0) if active_only else exists
    return kept.sum() / counted.sum().clamp_min(1)


def batch_all_other_denominator(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    active_only: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Divided by the triplets that cost something where all are asked for, or the reverse."""
    return right.triplet_batch_all(
        embeddings,
        labels,
        margin=margin,
        squared=squared,
        active_only=not active_only,
        reduction=reduction,
    )


def batch_all_margin_forgotten(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    active_only: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """max(0, d(a, p) − d(a, n))."""
    gaps, exists = _triplets(_pairwise(embeddings, squared), labels, 0.0)
    return _over_triplets(gaps.clamp_min(0), exists, active_only, reduction)


def batch_all_not_clamped(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    active_only: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """d(a, p) − d(a, n) + m without max(0, ·)."""
    gaps, exists = _triplets(_pairwise(embeddings, squared), labels, margin)
    return _over_triplets(gaps, exists, active_only, reduction)


def batch_all_self_as_positive(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    active_only: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """The anchor counted among its own positives, at distance 0."""
    gaps, exists = _triplets(_pairwise(embeddings, squared), labels, margin, with_self=True)
    return _over_triplets(gaps.clamp_min(0), exists, active_only, reduction)


def batch_all_other_power(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 1.0,
    squared: bool = False,
    active_only: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """d² where d is asked for, d where d² is."""
    return right.triplet_batch_all(
        embeddings,
        labels,
        margin=margin,
        squared=not squared,
        active_only=active_only,
        reduction=reduction,
    )


def _info_nce(
    logits: Tensor, symmetric: bool, reduction: Reduction, *, without_positive: bool = False
) -> Tensor:
    """InfoNCE of any matrix of logits, whose diagonal holds the positives."""
    there, back = _own_terms(logits, without_positive), _own_terms(logits.mT, without_positive)
    return reduce((there + back) / 2 if symmetric else there, reduction)


def _own_terms(logits: Tensor, without_positive: bool) -> Tensor:
    """−(logit of the positive) + log Σ exp(logits), row by row."""
    own = logits.diagonal()
    itself = torch.eye(len(logits), dtype=torch.bool, device=logits.device)
    others = logits.masked_fill(itself, -torch.inf) if without_positive else logits
    return torch.logsumexp(others, -1) - own


def info_nce_not_normalised(
    queries: Tensor,
    keys: Tensor,
    *,
    temperature: float = 0.1,
    symmetric: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Inner products taken for cosines."""
    return _info_nce(queries @ keys.mT / temperature, symmetric, reduction)


def info_nce_multiplied_by_temperature(
    queries: Tensor,
    keys: Tensor,
    *,
    temperature: float = 0.1,
    symmetric: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """cos·T instead of cos/T."""
    return right.info_nce(
        queries, keys, temperature=1 / temperature, symmetric=symmetric, reduction=reduction
    )


def info_nce_temperature_forgotten(
    queries: Tensor,
    keys: Tensor,
    *,
    temperature: float = 0.1,
    symmetric: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """cos instead of cos/T."""
    return right.info_nce(queries, keys, temperature=1.0, symmetric=symmetric, reduction=reduction)


def info_nce_positive_left_out(
    queries: Tensor,
    keys: Tensor,
    *,
    temperature: float = 0.1,
    symmetric: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Only the negatives in the denominator."""
    logits = unit(queries) @ unit(keys).mT / temperature
    return _info_nce(logits, symmetric, reduction, without_positive=True)


def info_nce_other_direction(
    queries: Tensor,
    keys: Tensor,
    *,
    temperature: float = 0.1,
    symmetric: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Keys compared with all queries; one direction only where both are asked for."""
    return right.info_nce(keys, queries, temperature=temperature, reduction=reduction)


def _views(view1: Tensor, view2: Tensor) -> tuple[Tensor, Tensor]:
    """All views, and for each the place of the other view."""
    own = torch.arange(2 * len(view1), device=view1.device).roll(len(view1))
    return torch.cat((view1, view2)), own


def _without_self(logits: Tensor) -> Tensor:
    itself = torch.eye(len(logits), dtype=torch.bool, device=logits.device)
    return logits.masked_fill(itself, -torch.inf)


def nt_xent_self_kept(
    view1: Tensor, view2: Tensor, *, temperature: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """A view's similarity with itself, 1, kept in the denominator."""
    views, own = _views(unit(view1), unit(view2))
    return F.cross_entropy(views @ views.mT / temperature, own, reduction=reduction)


def nt_xent_multiplied_by_temperature(
    view1: Tensor, view2: Tensor, *, temperature: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """cos·T instead of cos/T."""
    return right.nt_xent(view1, view2, temperature=1 / temperature, reduction=reduction)


def nt_xent_other_view_only(
    view1: Tensor, view2: Tensor, *, temperature: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """InfoNCE from the first view to the second: no negatives within a view."""
    return right.info_nce(view1, view2, temperature=temperature, reduction=reduction)


def nt_xent_positive_left_out(
    view1: Tensor, view2: Tensor, *, temperature: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """Only the negatives in the denominator."""
    views, own = _views(unit(view1), unit(view2))
    logits = _without_self(views @ views.mT / temperature)
    positive = logits.gather(1, own[:, None])
    negatives = logits.scatter(1, own[:, None], -torch.inf)
    return reduce(torch.logsumexp(negatives, -1) - positive[:, 0], reduction)


def nt_xent_not_normalised(
    view1: Tensor, view2: Tensor, *, temperature: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """Inner products taken for cosines."""
    views, own = _views(view1, view2)
    return F.cross_entropy(_without_self(views @ views.mT / temperature), own, reduction=reduction)


def _where(possible: Tensor, value: Tensor) -> Tensor:
    """NaN where the labels leave no room for the mistake."""
    return torch.where(possible, value, math.nan)


def _over_anchors(terms: Tensor, alike: Tensor, reduction: Reduction) -> Tensor:
    """As `supcon` reduces: the mean over the anchors that have a positive."""
    anchors = alike.any(-1)
    kept = torch.where(anchors, terms, 0.0)
    return (
        kept.sum() / anchors.sum().clamp_min(1) if reduction == "mean" else reduce(kept, reduction)
    )


def _alike(labels: Tensor) -> Tensor:
    itself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    return (labels[:, None] == labels) & ~itself


def _supcon(logits: Tensor, labels: Tensor, reduction: Reduction) -> Tensor:
    """SupCon of any matrix of logits."""
    alike = _alike(labels)
    log_probs = torch.where(alike, F.log_softmax(logits, -1), 0.0)
    return _over_anchors(-log_probs.sum(-1) / alike.sum(-1).clamp_min(1), alike, reduction)


def supcon_self_kept(
    embeddings: Tensor,
    labels: Tensor,
    *,
    temperature: float = 0.1,
    reduction: Reduction = "mean",
) -> Tensor:
    """An example's similarity with itself kept in the denominator."""
    directions = unit(embeddings)
    return _supcon(directions @ directions.mT / temperature, labels, reduction)


def supcon_not_normalised(
    embeddings: Tensor,
    labels: Tensor,
    *,
    temperature: float = 0.1,
    reduction: Reduction = "mean",
) -> Tensor:
    """Inner products taken for cosines."""
    return _supcon(_without_self(embeddings @ embeddings.mT / temperature), labels, reduction)


def supcon_mean_inside_log(
    embeddings: Tensor,
    labels: Tensor,
    *,
    temperature: float = 0.1,
    reduction: Reduction = "mean",
) -> Tensor:
    """−log of the mean probability of the positives (the form L_in)."""
    directions, alike = unit(embeddings), _alike(labels)
    log_probs = F.log_softmax(_without_self(directions @ directions.mT / temperature), -1)
    lone = ~alike.any(-1, keepdim=True)
    # an anchor without positives is replaced before the logarithm, and left out after it
    total = torch.logsumexp(torch.where(alike, log_probs, torch.where(lone, 0.0, -torch.inf)), -1)
    value = _over_anchors(alike.sum(-1).clamp_min(1).log() - total, alike, reduction)
    return _where(alike.sum(-1).max() > 1, value)


def supcon_positives_summed(
    embeddings: Tensor,
    labels: Tensor,
    *,
    temperature: float = 0.1,
    reduction: Reduction = "mean",
) -> Tensor:
    """The positives of an anchor added, not averaged."""
    terms = right.supcon(embeddings, labels, temperature=temperature, reduction="none")
    alike = _alike(labels)
    value = _over_anchors(terms * alike.sum(-1), alike, reduction)
    return _where(alike.sum(-1).max() > 1, value)


def supcon_lone_counted(
    embeddings: Tensor,
    labels: Tensor,
    *,
    temperature: float = 0.1,
    reduction: Reduction = "mean",
) -> Tensor:
    """Anchors without positives counted in the mean, as 0."""
    terms = right.supcon(embeddings, labels, temperature=temperature, reduction="none")
    return _where(~_alike(labels).any(-1).all(), reduce(terms, reduction))


def circle_not_normalised(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 0.25,
    gamma: float = 256.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Inner products taken for cosines."""
    products = embeddings @ embeddings.mT
    near = (1 + margin - products).clamp_min(0)
    far = (products + margin).clamp_min(0)
    return _circle(products, labels, near, far, margin=margin, gamma=gamma, reduction=reduction)


def circle_weights_left_out(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 0.25,
    gamma: float = 256.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """αₚ = αₙ = 1."""
    directions = unit(embeddings)
    cosines = directions @ directions.mT
    one = torch.ones_like(cosines)
    return _circle(cosines, labels, one, one, margin=margin, gamma=gamma, reduction=reduction)


def circle_margin_forgotten(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 0.25,
    gamma: float = 256.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """m = 0 everywhere."""
    return right.circle(embeddings, labels, margin=0.0, gamma=gamma, reduction=reduction)


def circle_lone_counted(
    embeddings: Tensor,
    labels: Tensor,
    *,
    margin: float = 0.25,
    gamma: float = 256.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Anchors that lack positives or negatives counted in the mean, as 0."""
    terms = right.circle(embeddings, labels, margin=margin, gamma=gamma, reduction="none")
    return _where(~_alike(labels).any(-1).all(), reduce(terms, reduction))


def _circle(
    similarities: Tensor,
    labels: Tensor,
    near: Tensor,
    far: Tensor,
    *,
    margin: float,
    gamma: float,
    reduction: Reduction,
) -> Tensor:
    """The circle loss of any similarities and weights."""
    alike, unlike = _alike(labels), labels[:, None] != labels
    low = torch.where(alike, -gamma * near * (similarities - (1 - margin)), -torch.inf)
    high = torch.where(unlike, gamma * far * (similarities - margin), -torch.inf)
    terms = -F.logsigmoid(-(torch.logsumexp(low, -1) + torch.logsumexp(high, -1)))
    compared = alike.any(-1) & unlike.any(-1)
    kept = torch.where(compared, terms, 0.0)
    if reduction == "mean":
        return kept.sum() / compared.sum().clamp_min(1)
    return reduce(kept, reduction)


def _is_scaled(*, temperature: float = 0.1, **_: object) -> bool:
    return temperature != 1


def _has_margin(*, margin: float = 0.25, **_: object) -> bool:
    return margin != 0


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "triplet_batch_all": {
        "sum_for_mean": summed(right.triplet_batch_all),
        "other_denominator": batch_all_other_denominator,
        "margin_forgotten": batch_all_margin_forgotten,
        "not_clamped": batch_all_not_clamped,
        "self_as_positive": batch_all_self_as_positive,
        "other_power_of_distance": batch_all_other_power,
    },
    "info_nce": {
        "sum_for_mean": summed(right.info_nce),
        "not_normalised": info_nce_not_normalised,
        "multiplied_by_temperature": only(info_nce_multiplied_by_temperature, where=_is_scaled),
        "temperature_forgotten": only(info_nce_temperature_forgotten, where=_is_scaled),
        "positive_left_out": info_nce_positive_left_out,
        "other_direction": info_nce_other_direction,
    },
    "nt_xent": {
        "sum_for_mean": summed(right.nt_xent),
        "self_kept": nt_xent_self_kept,
        "multiplied_by_temperature": only(nt_xent_multiplied_by_temperature, where=_is_scaled),
        "other_view_only": nt_xent_other_view_only,
        "positive_left_out": nt_xent_positive_left_out,
        "not_normalised": nt_xent_not_normalised,
    },
    "supcon": {
        "sum_for_mean": summed(right.supcon),
        "self_kept": supcon_self_kept,
        "not_normalised": supcon_not_normalised,
        "mean_inside_log": supcon_mean_inside_log,
        "positives_summed": supcon_positives_summed,
        "lone_anchors_counted": supcon_lone_counted,
    },
    "circle": {
        "sum_for_mean": summed(right.circle),
        "not_normalised": circle_not_normalised,
        "weights_left_out": circle_weights_left_out,
        "margin_forgotten": only(circle_margin_forgotten, where=_has_margin),
        "lone_anchors_counted": circle_lone_counted,
    },
}
