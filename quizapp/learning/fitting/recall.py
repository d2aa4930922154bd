"""FSRS-6 over all cards at once, as a function of its weights that can be differentiated."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from quizapp.learning.answers import AGAIN, Answers

_HARD, _GOOD, _EASY = 2, 3, 4
_LEAST_STABILITY = 0.001  # days
_LEAST_DIFFICULTY, _MOST_DIFFICULTY = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Histories:
    """Answers laid out by their number within their card, cards with more answers first.

    `sizes[n]` cards have more than n + 1 answers. The columns hold the second answers of all
    cards, then the third ones, and so on; `order` finds the long-term ones among them, by time.
    """

    first: Tensor  # int64 (cards,): first ratings less one
    sizes: tuple[int, ...]
    elapsed: Tensor  # float64 (answers,)
    ratings: Tensor  # float64 (answers,)
    order: Tensor  # int64 (long-term answers,)
    recalled: Tensor  # bool (long-term answers,)


def histories(answers: Answers, *, at_most: int | None = None) -> Histories:
    """Lay answers out; of a card the first `at_most`. Raises ValueError if none is long-term."""
    by_card: dict[int, list[int]] = {}
    for place, card in enumerate(answers.cards):
        mine = by_card.setdefault(card, [])
        if at_most is None or len(mine) < at_most:
            mine.append(place)
    ordered = sorted(by_card.values(), key=len, reverse=True)  # stable: the same every time
    places: list[int] = []
    sizes: list[int] = []
    active = len(ordered)
    for number in range(1, len(ordered[0]) if ordered else 0):
        while len(ordered[active - 1]) <= number:
            active -= 1
        places += [mine[number] for mine in ordered[:active]]
        sizes.append(active)
    order = sorted(
        (row for row, place in enumerate(places) if answers.elapsed[place] > 0),
        key=places.__getitem__,
    )
    if not order:
        raise ValueError("no answer came a day or more after the one before")
    return Histories(
        first=torch.tensor([answers.ratings[mine[0]] - 1 for mine in ordered]),
        sizes=tuple(sizes),
        elapsed=torch.tensor([answers.elapsed[place] for place in places], dtype=torch.float64),
        ratings=torch.tensor([answers.ratings[place] for place in places], dtype=torch.float64),
        order=torch.tensor(order),
        recalled=torch.tensor([answers.ratings[places[row]] != AGAIN for row in order]),
    )


def log_recalls(weights: Tensor, known: Histories) -> Tensor:
    """Return the logarithm of the predicted recall of each long-term answer, by time.

    `weights`: float64 (21,). The formulas are those of the package `fsrs` 6.3. What does not
    depend on an earlier answer is computed for all at once: a step costs by its number of
    operations, hardly by its number of cards.
    """
    w = weights.unbind()
    factor = 0.9 ** (-1.0 / w[20]) - 1.0
    easiest = w[4] - torch.exp(3.0 * w[5]) + 1.0
    per_stability = torch.exp(-w[17] * w[18])  # a lapse leaves at most this share
    ratings, sizes = known.ratings, list(known.sizes)
    waited = torch.split(factor * known.elapsed, sizes)
    long = torch.split(known.elapsed > 0, sizes)
    passed = torch.split(ratings != AGAIN, sizes)
    growth = torch.exp(w[8]) * (
        1.0 + (ratings == _HARD) * (w[15] - 1.0) + (ratings == _EASY) * (w[16] - 1.0)
    )
    growth_of = torch.split(growth, sizes)
    same_day = torch.split(w[17] * (ratings - _GOOD + w[18]), sizes)
    # Only a lapse may lower the stability within a day.
    least_gain = torch.split(torch.where(ratings != AGAIN, 0.0, -math.inf), sizes)
    harder = torch.split(w[6] / 9.0 * (ratings - _GOOD), sizes)

    s = weights[known.first].clamp(min=_LEAST_STABILITY)
    d = w[4] - torch.exp(w[5] * known.first) + 1.0
    d = d.clamp(_LEAST_DIFFICULTY, _MOST_DIFFICULTY)
    found: list[Tensor] = []
    for number, size in enumerate(sizes):
        s, d = s[:size], d[:size]
        log_recall = -w[20] * torch.log1p(waited[number] / s)
        found.append(log_recall)
        forgotten = -torch.expm1(log_recall)
        log_s = torch.log(s)
        after_pass = s + (
            growth_of[number]
            * (11.0 - d)
            * torch.exp((1.0 - w[9]) * log_s)
            * torch.expm1(w[10] * forgotten)
        )
        after_lapse = torch.minimum(
            w[11]
            * torch.exp(w[14] * forgotten - w[12] * torch.log(d))
            * torch.expm1(w[13] * torch.log1p(s)),
            per_stability * s,
        )
        next_day = torch.where(passed[number], after_pass, after_lapse)
        gain = torch.maximum(same_day[number] - w[19] * log_s, least_gain[number])
        s = torch.where(long[number], next_day, s * torch.exp(gain)).clamp(min=_LEAST_STABILITY)
        moved = d - harder[number] * (10.0 - d)
        d = w[7] * easiest + (1.0 - w[7]) * moved
        d = d.clamp(_LEAST_DIFFICULTY, _MOST_DIFFICULTY)
    return torch.cat(found)[known.order]
