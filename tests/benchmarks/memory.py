"""How fast many cards are computed, and how near to the package `fsrs`.

`python -m tests.benchmarks.memory` prints goals S1, S8 and S9.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
from fsrs.scheduler import DEFAULT_PARAMETERS

from quizapp.learning.exam_plan import Cards, plan_day
from quizapp.learning.memory_kernel import Histories, MemoryModel, replay
from tests.benchmarks.starting import Measured
from tests.quizapp.learning.test_memory_kernel import of_the_package, random_histories

_RUNS = 7


def table(*, cards: int, answers: int, histories: int) -> Iterator[Measured]:
    """Measure everything, one line after the other."""
    yield _agreement(histories)
    some = seen_cards(cards)
    model = MemoryModel()
    yield _milliseconds(f"recall of {cards} cards", lambda: some.recall(model, 30), 50)
    yield _milliseconds(
        f"exam plan of {cards} cards",
        lambda: plan_day(some, today=30, exam_day=90, model=model),
        300,
    )
    chance = np.random.default_rng(2)
    log = Histories(
        counts=np.full(cards, answers),
        days=chance.integers(0, 9, (cards, answers)).cumsum(axis=1).ravel(),
        grades=chance.integers(1, 5, cards * answers),
    )
    what = f"replay of {cards} cards with {answers} answers each"
    yield _milliseconds(what, lambda: replay(model, log), 5000)


def seen_cards(count: int) -> Cards:
    """Return cards of every strength, a third of them new."""
    chance = np.random.default_rng(1)
    return Cards(
        stability=chance.uniform(0.1, 60, count),
        difficulty=chance.uniform(1, 10, count),
        last_day=chance.integers(0, 30, count),
        unseen=chance.random(count) < 1 / 3,
        weight=chance.uniform(0.5, 2, count),
    )


def _agreement(count: int) -> Measured:
    histories = random_histories(count, seed=1)
    ours = replay(MemoryModel(), Histories.of(histories))
    worst = 0.0
    for nth, history in enumerate(histories):
        theirs = of_the_package(history, DEFAULT_PARAMETERS)
        assert theirs.stability is not None
        assert theirs.difficulty is not None
        worst = max(
            worst,
            abs(ours.stability[nth] / theirs.stability - 1),
            abs(ours.difficulty[nth] / theirs.difficulty - 1),
        )
    return Measured(
        what="largest relative difference to fsrs, times 1e9",
        figure=1e9 * worst,
        unit="",
        budget=1,
        detail=f"{worst:.1e}, {count} random histories",
    )


def _milliseconds(what: str, work: Callable[[], object], budget: float) -> Measured:
    taken = []
    for _run in range(_RUNS):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return Measured(
        what=what,
        figure=sorted(taken)[len(taken) // 2],
        unit="ms",
        budget=budget,
        detail=f"best {min(taken):.1f} ms of {_RUNS} runs",
    )


def main() -> None:
    """Measure and print."""
    for row in table(cards=100_000, answers=10, histories=2000):
        sys.stdout.write(f"{row}\n")


if __name__ == "__main__":
    main()
