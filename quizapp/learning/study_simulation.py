"""A learner of numbers: studies day by day by a plan, forgets as FSRS-6 says.

The program simulates its own plan with it, on its own model of memory, to say what a number of
minutes a day leads to; the benchmark EXAMSIM-1 lets learners forget otherwise than the plan
believes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from quizapp.learning.answering_habits import (
    TYPICAL_GRADES,
    TYPICAL_SECONDS,
    ByGrade,
    Grades,
    Seconds,
)
from quizapp.learning.exam_plan import Cards
from quizapp.learning.memory_kernel import (
    AGAIN,
    Flags,
    Floats,
    Integers,
    MemoryModel,
    Strength,
)

REPETITIONS: Final = 3  # of a card on one day, while it is not known

Luck = NDArray[np.float64]  # (card, n-th answer, 2): numbers from 0 to 1


class Policy(Protocol):
    """Says what is studied, and hears how it went."""

    def order(self, cards: Cards, day: int) -> Integers:
        """Return indices of cards in the order in which they are to be studied."""

    def answered(self, cards: Cards, some: Integers, grades: Integers, day: int) -> None:
        """Note the first grades of the day; `cards` are as they are afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """How somebody really remembers, answers and takes time."""

    memory: MemoryModel = field(default_factory=MemoryModel)
    ease: Floats | float = 1.0  # factor to the first stability of each card
    grades: Grades = TYPICAL_GRADES
    seconds: Seconds = TYPICAL_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """How things stand on the morning after the last day."""

    recall: Floats  # true recall of each card, 0 for those unseen
    cards: Cards  # as the plan believes them to be
    seconds: Floats  # spent on each day


def simulate(
    policy: Policy,
    cards: Cards,
    *,
    learner: Learner,
    belief: MemoryModel,
    days: Sequence[int],
    seconds: Sequence[float] | None,
    luck: Luck,
    exam_day: int,
    known: Strength | None = None,
) -> Studied:
    """Study on some days, for so many seconds on each (None: without limit).

    A card that was begun is finished. `known`: how well the seen cards are really known, where
    the plan's belief is not the truth. The n-th answer to a card always has the same luck, so
    that policies can be compared card by card.
    """
    run = _Run(cards, learner, belief, luck, known)
    spent = []
    for nth, day in enumerate(days):
        order = policy.order(run.cards(), day)
        limit = None if seconds is None else max(0.0, seconds[nth])
        some, grades, took = run.study(order, day, limit)
        spent.append(took)
        policy.answered(run.cards(), some, grades, day)
    recall = learner.memory.recall(run.true.stability, exam_day - run.last_day)
    return Studied(
        recall=np.where(run.unseen, 0.0, recall),
        cards=run.cards(),
        seconds=np.asarray(spent, dtype=np.float64),
    )


class _Run:
    def __init__(
        self,
        cards: Cards,
        learner: Learner,
        belief: MemoryModel,
        luck: Luck,
        known: Strength | None,
    ) -> None:
        self._start = cards
        self._learner = learner
        self._belief = belief
        self._luck = luck
        self._ease = np.broadcast_to(np.asarray(learner.ease, dtype=np.float64), (len(cards),))
        truth = known or Strength(cards.stability, cards.difficulty)
        self.true = Strength(truth.stability.copy(), truth.difficulty.copy())
        self.believed = Strength(cards.stability.copy(), cards.difficulty.copy())
        self.last_day = cards.last_day.copy()
        self.unseen = cards.unseen.copy()
        self._answers = np.zeros(len(cards), dtype=np.int64)
        self._first = _Grading(learner.grades.first, learner.seconds.first)
        self._right = _Grading(learner.grades.right, learner.seconds.review)
        self._after_first = _Grading(learner.grades.after_first, learner.seconds.first)
        self._after_lapse = _Grading(learner.grades.after_lapse, learner.seconds.again)
        self._quickest = min(
            *learner.seconds.first, *learner.seconds.review, *learner.seconds.again
        )

    def cards(self) -> Cards:
        return Cards(
            stability=self.believed.stability,
            difficulty=self.believed.difficulty,
            last_day=self.last_day,
            unseen=self.unseen,
            weight=self._start.weight,
        )

    def study(
        self, order: Integers, day: int, limit: float | None
    ) -> tuple[Integers, Integers, float]:
        """Study cards in order; return those that were begun, their first grades, the seconds."""
        if limit is not None:
            order = order[: int(limit / self._quickest) + 2]
        new = self.unseen[order]
        days = np.where(new, 0, day - self.last_day[order])
        luck = self._lucks(order)
        recalled = luck[:, 0] < self._learner.memory.recall(self.true.stability[order], days)
        grades = np.where(
            new,
            self._first.grades(luck[:, 0]),
            np.where(recalled, self._right.grades(luck[:, 1]), AGAIN),
        )
        took = np.where(new, self._first.seconds(grades), self._right.seconds(grades))
        met = self._learner.memory.first(grades)
        met = Strength(met.stability * self._ease[order], met.difficulty)
        true = _learnt(self._learner.memory, self.true, order, days, grades, new=new, met=met)
        met = self._belief.first(grades)
        believed = _learnt(self._belief, self.believed, order, days, grades, new=new, met=met)
        first_grades, answers = grades, np.ones(len(order), dtype=np.int64)
        again = np.flatnonzero(grades == AGAIN)
        for _repetition in range(REPETITIONS):
            if not len(again):
                break
            luck = self._lucks(order[again], answers[again])[:, 0]
            first = new[again]
            grades = np.where(first, self._after_first.grades(luck), self._after_lapse.grades(luck))
            took[again] += np.where(
                first, self._after_first.seconds(grades), self._after_lapse.seconds(grades)
            )
            _repeat(self._learner.memory, true, again, grades)
            _repeat(self._belief, believed, again, grades)
            answers[again] += 1
            again = again[grades == AGAIN]
        begun = slice(None)
        if limit is not None:
            begun = slice(int(np.count_nonzero(np.cumsum(took) - took < limit)))
        some = order[begun]
        for mine, after in ((self.true, true), (self.believed, believed)):
            mine.stability[some] = after.stability[begun]
            mine.difficulty[some] = after.difficulty[begun]
        self.last_day[some] = day
        self.unseen[some] = False
        self._answers[some] += answers[begun]
        return some, first_grades[begun], float(took[begun].sum())

    def _lucks(self, order: Integers, further: Integers | int = 0) -> Luck:
        lucks: Luck = self._luck[order, (self._answers[order] + further) % self._luck.shape[1]]
        return lucks


class _Grading:
    """Turns numbers from 0 to 1 into grades, and grades into seconds."""

    def __init__(self, shares: ByGrade, seconds: ByGrade) -> None:
        self._upto = np.cumsum(shares)[:3]
        self._seconds = np.asarray(seconds)

    def grades(self, luck: Floats) -> Integers:
        graded: Integers = 1 + np.searchsorted(self._upto, luck, side="right").astype(np.int64)
        return graded

    def seconds(self, grades: Integers) -> Floats:
        taken: Floats = self._seconds[grades - 1]
        return taken


def _learnt(
    model: MemoryModel,
    before: Strength,
    order: Integers,
    days: Integers,
    grades: Integers,
    *,
    new: Flags,
    met: Strength,
) -> Strength:
    """Return what first answers of the day make of cards; of the new ones it is `met`."""
    again = model.next(Strength(before.stability[order], before.difficulty[order]), days, grades)
    return Strength(
        np.where(new, met.stability, again.stability),
        np.where(new, met.difficulty, again.difficulty),
    )


def _repeat(model: MemoryModel, strength: Strength, some: Integers, grades: Integers) -> None:
    """Change what is known of some cards by an answer of the same day."""
    before = Strength(strength.stability[some], strength.difficulty[some])
    after = model.next(before, np.zeros(len(some), dtype=np.int64), grades)
    strength.stability[some], strength.difficulty[some] = after.stability, after.difficulty
