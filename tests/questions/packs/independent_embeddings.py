"""Losses for embeddings, written once more in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Vector = Sequence[float]


def _mean(terms: Sequence[float]) -> float:
    return sum(terms) / len(terms)


def _cosine(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))


def _found(right: float, candidates: Sequence[float], temperature: float) -> float:
    """−ln of the share of the right candidate, given by its similarity."""
    total = sum(math.exp(similarity / temperature) for similarity in candidates)
    return -math.log(math.exp(right / temperature) / total)


def hinge_embedding(distances: Vector, target: Vector, margin: float) -> float:
    pairs = zip(distances, target, strict=True)
    return _mean([d if y == 1 else max(0.0, margin - d) for d, y in pairs])


def margin_ranking(scores1: Vector, scores2: Vector, target: Vector, margin: float) -> float:
    triples = zip(scores1, scores2, target, strict=True)
    return _mean([max(0.0, (b - a if y == 1 else a - b) + margin) for a, b, y in triples])


def cosine_embedding(
    x1: Sequence[Vector], x2: Sequence[Vector], target: Vector, margin: float
) -> float:
    cosines = [_cosine(a, b) for a, b in zip(x1, x2, strict=True)]
    pairs = zip(cosines, target, strict=True)
    return _mean([1 - c if y == 1 else max(0.0, c - margin) for c, y in pairs])


def triplet_batch_all(embeddings: Sequence[Vector], labels: Vector, margin: float) -> float:
    terms = []
    for a, anchor in enumerate(embeddings):
        for p, positive in enumerate(embeddings):
            for n, negative in enumerate(embeddings):
                if a != p and labels[a] == labels[p] and labels[a] != labels[n]:
                    gap = math.dist(anchor, positive) - math.dist(anchor, negative)
                    terms.append(max(0.0, gap + margin))
    return _mean(terms)


def info_nce(queries: Sequence[Vector], keys: Sequence[Vector], temperature: float) -> float:
    terms = []
    for place, query in enumerate(queries):
        cosines = [_cosine(query, key) for key in keys]
        terms.append(_found(cosines[place], cosines, temperature))
    return _mean(terms)


def nt_xent(view1: Sequence[Vector], view2: Sequence[Vector], temperature: float) -> float:
    views = [*view1, *view2]
    terms = []
    for place, view in enumerate(views):
        other = views[(place + len(view1)) % len(views)]
        cosines = [_cosine(view, each) for k, each in enumerate(views) if k != place]
        terms.append(_found(_cosine(view, other), cosines, temperature))
    return _mean(terms)


def _alike_and_unlike(
    embeddings: Sequence[Vector], labels: Vector, anchor: int
) -> tuple[list[float], list[float]]:
    """Cosines of an anchor with the others of its class, and with those of other classes."""
    alike, unlike = [], []
    for place, other in enumerate(embeddings):
        if place != anchor:
            found = alike if labels[place] == labels[anchor] else unlike
            found.append(_cosine(embeddings[anchor], other))
    return alike, unlike


def supcon(embeddings: Sequence[Vector], labels: Vector, temperature: float) -> float:
    terms = []
    for anchor in range(len(embeddings)):
        alike, unlike = _alike_and_unlike(embeddings, labels, anchor)
        if alike:
            terms.append(_mean([_found(c, [*alike, *unlike], temperature) for c in alike]))
    return _mean(terms)


def circle(embeddings: Sequence[Vector], labels: Vector, margin: float, gamma: float) -> float:
    terms = []
    for anchor in range(len(embeddings)):
        alike, unlike = _alike_and_unlike(embeddings, labels, anchor)
        if alike and unlike:
            far = sum(math.exp(-gamma * max(0, 1 + margin - c) * (c - 1 + margin)) for c in alike)
            near = sum(math.exp(gamma * max(0, c + margin) * (c - margin)) for c in unlike)
            terms.append(math.log(1 + far * near))
    return _mean(terms)


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        hinge_embedding,
        margin_ranking,
        cosine_embedding,
        triplet_batch_all,
        info_nce,
        nt_xent,
        supcon,
        circle,
    )
}
