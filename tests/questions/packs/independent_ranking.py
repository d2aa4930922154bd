"""Losses and metrics for the order of a list, written once more in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations

Vector = Sequence[float]


def _softmax(values: Vector) -> list[float]:
    total = sum(math.exp(value) for value in values)
    return [math.exp(value) / total for value in values]


def _leads(scores: Vector, relevance: Vector) -> Iterator[tuple[int, int, float]]:
    """The better and the worse item of each pair, and by how much the better one leads."""
    for better, worse in permutations(range(len(scores)), 2):
        if relevance[better] > relevance[worse]:
            yield better, worse, scores[better] - scores[worse]


def _rank(scores: Vector, item: int) -> int:
    return 1 + sum(score > scores[item] for score in scores)


def dcg(scores: Vector, relevance: Vector) -> float:
    assert len(set(scores)) == len(scores), "equal scores have no order"
    return sum((2**y - 1) / math.log2(1 + _rank(scores, i)) for i, y in enumerate(relevance))


def _ideal_dcg(relevance: Vector) -> float:
    best_first = sorted(relevance, reverse=True)
    return sum((2**y - 1) / math.log2(1 + rank) for rank, y in enumerate(best_first, start=1))


def mrr(scores: Sequence[Vector], relevance: Sequence[Vector]) -> float:
    found = []
    for row, marks in zip(scores, relevance, strict=True):
        ranks = [_rank(row, item) for item, mark in enumerate(marks) if mark]
        found.append(1 / min(ranks) if ranks else 0.0)
    return sum(found) / len(found)


def pairwise_logistic(scores: Vector, relevance: Vector) -> float:
    terms = [math.log(1 + math.exp(-lead)) for _, _, lead in _leads(scores, relevance)]
    return sum(terms) / len(terms)


def pairwise_hinge(scores: Vector, relevance: Vector) -> float:
    terms = [max(0.0, 1 - lead) for _, _, lead in _leads(scores, relevance)]
    return sum(terms) / len(terms)


def lambda_rank(scores: Vector, relevance: Vector, sigma: float) -> float:
    """The change of NDCG is found by exchanging the scores of two items."""
    terms = []
    for better, worse, lead in _leads(scores, relevance):
        exchanged = list(scores)
        exchanged[better], exchanged[worse] = scores[worse], scores[better]
        change = abs(dcg(exchanged, relevance) - dcg(scores, relevance)) / _ideal_dcg(relevance)
        terms.append(change * math.log(1 + math.exp(-sigma * lead)))
    return sum(terms) / len(terms)


def list_net(scores: Vector, relevance: Vector) -> float:
    pairs = zip(_softmax(relevance), _softmax(scores), strict=True)
    return -sum(wanted * math.log(given) for wanted, given in pairs)


def list_mle(scores: Vector, relevance: Vector) -> float:
    """−ln of the product of the chances of each draw, in the right order."""
    left = sorted(range(len(scores)), key=lambda item: -relevance[item])
    chance = 1.0
    while left:
        chance *= _softmax([scores[item] for item in left])[0]
        left.pop(0)
    return -math.log(chance)


def _smooth_rank(scores: Vector, item: int, temperature: float) -> float:
    others = [score for place, score in enumerate(scores) if place != item]
    return 1 + sum(1 / (1 + math.exp((scores[item] - s) / temperature)) for s in others)


def approx_ndcg(scores: Vector, relevance: Vector, temperature: float) -> float:
    gained = sum(
        (2**y - 1) / math.log2(1 + _smooth_rank(scores, item, temperature))
        for item, y in enumerate(relevance)
    )
    return -gained / _ideal_dcg(relevance)


def approx_mrr(scores: Vector, relevance: Vector, temperature: float) -> float:
    right = [item for item, y in enumerate(relevance) if y > 0]
    return -1 / min(_smooth_rank(scores, item, temperature) for item in right)


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        dcg,
        mrr,
        pairwise_logistic,
        pairwise_hinge,
        lambda_rank,
        list_net,
        list_mle,
        approx_ndcg,
        approx_mrr,
    )
}
