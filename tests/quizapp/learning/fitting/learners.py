"""Made-up learners: who remembers how much, day after day."""

from __future__ import annotations

import random
from collections.abc import Callable

from quizapp.history.memory import Grade

Rows = list[tuple[int, int | None, Grade]]


def rows_of(
    *, long_term: int, recall: Callable[[float], float], cards: int = 60, seed: int = 1
) -> Rows:
    """Answers in order: each card anew every few days, until there are enough.

    `recall`: the chance of a right answer, by the share of the answers that are given already.
    """
    chance = random.Random(seed)
    rows: Rows = [(card, None, chance.choice(["again", "good"])) for card in range(cards)]
    given = 0
    while given < long_term:
        for card in range(cards):
            well = chance.random() < recall(given / long_term)
            rows.append((card, chance.choice([1, 2, 4, 9]), "good" if well else "again"))
            if not well:
                rows.append((card, 0, "good"))
            given += 1
            if given == long_term:
                break
    return rows


def forgetful(*, long_term: int) -> Rows:
    """Somebody who forgets every other thing: the published weights suit them badly."""
    return rows_of(long_term=long_term, recall=lambda _share: 0.5)


def changed(*, long_term: int) -> Rows:
    """Somebody who forgot every other thing and for a while now remembers everything."""
    return rows_of(long_term=long_term, recall=lambda share: 0.5 if share < 0.8 else 1.0)
