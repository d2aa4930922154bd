"""What to study today so that most is known on the day of an exam.

1. New cards at a pace at which all are met in good time, those first that weigh most.
2. Cards whose recall is down to 85 %, those first that gain most recall on the exam day per second.
3. In the minutes that remain all other cards, in the same order.
4. In what then remains further new cards.

So a greedy choice over a finite horizon (Hunziker et al., 2019), with a threshold below which a
review comes first and new cards at a pace (Reddy et al., 2016). The pace follows from the days that
are left, not from those that have passed: nothing is kept from one day to the next but the cards,
and a missed day needs no repair.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quizapp.learning.answering_habits import TYPICAL_SECONDS, Seconds
from quizapp.learning.memory_kernel import (
    AGAIN,
    GOOD,
    Flags,
    Floats,
    Integers,
    MemoryModel,
    Strength,
)

FIRST_PASS: Final = 0.76  # chance that a new card is answered right


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Cards as arrays of one length, in the order in which new ones are to be met.

    Days are ordinals (`date.toordinal`). Of an unseen card stability, difficulty and last day mean
    nothing; they are 1, 1 and 0.
    """

    stability: Floats
    difficulty: Floats
    last_day: Integers
    unseen: Flags
    weight: Floats  # share of the exam that rests on the card; their sum is free

    def __len__(self) -> int:
        return len(self.stability)

    def recall(self, model: MemoryModel, day: int) -> Floats:
        """Return the chance of a right answer on a day; 0 for cards never seen."""
        recall = model.recall(self.stability, day - self.last_day)
        return np.where(self.unseen, 0.0, recall)

    def expected_score(self, model: MemoryModel, day: int) -> float:
        """Return the share of the exam that is known on a day: recall by weight, 0 without cards."""
        total = float(self.weight.sum())
        return float(self.weight @ self.recall(model, day)) / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The parameters of the plan. Around these values they matter little."""

    review_at: float = 0.85  # recall from which on down a review goes before all others
    new_within: float = 0.5  # share of the days left in which the unseen cards are met


RULES: Final = Rules()


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Cards in the order in which they are to be studied, and how long each takes."""

    order: Integers  # indices of cards
    seconds: Floats  # expected for each of `order`, its repetitions of the day included

    def within(self, seconds: float) -> Integers:
        """Return the part of the order that is begun within a time."""
        begun = np.cumsum(self.seconds) - self.seconds < seconds
        return self.order[begun]


def plan_day(
    cards: Cards,
    *,
    today: int,
    exam_day: int,
    model: MemoryModel,
    seconds: Seconds = TYPICAL_SECONDS,
    rules: Rules = RULES,
    met_today: int = 0,
) -> DayPlan:
    """Return what to study today, before an exam on the morning of `exam_day`.

    Cards answered today are left out; `met_today` of them were new. Raises ValueError when the exam day is not to come.
    """
    if exam_day <= today:
        raise ValueError("the exam is over")
    gain, cost = exam_gains(cards, today=today, exam_day=exam_day, model=model, seconds=seconds)
    worth = gain * cards.weight / cost
    seen = ~cards.unseen & (cards.last_day < today)
    urgent = seen & (cards.recall(model, today) <= rules.review_at)
    other = seen & ~urgent & (worth > 0)
    new = np.flatnonzero(cards.unseen)
    pace = max(0, _pace(len(new) + met_today, exam_day - today, rules) - met_today)
    order = np.concatenate(
        [
            new[:pace],
            _sorted(np.flatnonzero(urgent), worth, today),
            _sorted(np.flatnonzero(other), worth, today),
            new[pace:],
        ]
    )
    return DayPlan(order, cost[order])


def _pace(unseen: int, days_left: int, rules: Rules) -> int:
    """Return how many new cards a day it takes to meet all in good time."""
    return math.ceil(unseen / max(1.0, rules.new_within * days_left))


def _sorted(some: Integers, by: Floats, day: int) -> Integers:
    """Return indices by falling value; equals in an order that looks random, another each day."""
    return some[np.lexsort((_shuffled(some, day), -by[some]))]


def _shuffled(some: Integers, day: int) -> NDArray[np.uint64]:
    """Return numbers that look random, the same for a card and a day (Steele et al., 2014)."""
    mixed = some.astype(np.uint64) + np.uint64(day) * np.uint64(0x9E3779B9)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def exam_gains(
    cards: Cards, *, today: int, exam_day: int, model: MemoryModel, seconds: Seconds
) -> tuple[Floats, Floats]:
    """Return what studying each card today adds to its recall on the exam day, and its seconds.

    A wrong answer is followed by a right one on the same day. Cards answered today gain nothing.
    """
    gain, cost = np.zeros(len(cards)), np.ones(len(cards))
    left = exam_day - today

    one = np.ones(1, dtype=np.int64)
    right, wrong = _outcome(model, model.first(GOOD * one), model.first(AGAIN * one), left)
    gain[cards.unseen] = FIRST_PASS * right + (1 - FIRST_PASS) * wrong
    cost[cards.unseen] = _cost(FIRST_PASS, seconds.first[2], seconds.first[0] + seconds.first[2])

    seen = np.flatnonzero(~cards.unseen & (cards.last_day < today))
    before = Strength(cards.stability[seen], cards.difficulty[seen])
    days = today - cards.last_day[seen]
    ones = np.ones(len(seen), dtype=np.int64)
    right, wrong = _outcome(
        model, model.next(before, days, GOOD * ones), model.next(before, days, AGAIN * ones), left
    )
    recall = model.recall(before.stability, days)
    otherwise = model.recall(before.stability, days + left)
    gain[seen] = recall * right + (1 - recall) * wrong - otherwise
    cost[seen] = _cost(recall, seconds.review[2], seconds.review[0] + seconds.again[2])
    return gain, cost


def _outcome(
    model: MemoryModel, right: Strength, wrong: Strength, left: int
) -> tuple[Floats, Floats]:
    """Return recall on the exam day after a right answer, and after a wrong and a right one."""
    same_day = np.zeros(len(wrong.stability), dtype=np.int64)
    mended = model.next(wrong, same_day, np.full_like(same_day, GOOD))
    return model.recall(right.stability, left), model.recall(mended.stability, left)


def _cost(chance: Floats | float, right: float, wrong: float) -> Floats:
    return np.asarray(chance * right + (1 - chance) * wrong)
