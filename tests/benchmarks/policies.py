"""What else one could study by: the rules that our plan for an exam date is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from quizapp.learning.answering_habits import TYPICAL_SECONDS
from quizapp.learning.exam_plan import Cards, Rules, exam_gains, plan_day
from quizapp.learning.memory_kernel import AGAIN, Flags, Floats, Integers, MemoryModel

NEVER = 10**9


@dataclass
class Planned:
    """Ours: exactly what the program uses."""

    exam_day: int
    model: MemoryModel = field(default_factory=MemoryModel)
    rules: Rules = field(default_factory=Rules)

    def order(self, cards: Cards, day: int) -> Integers:
        plan = plan_day(
            cards, today=day, exam_day=self.exam_day, model=self.model, rules=self.rules
        )
        return plan.order

    def answered(self, cards: Cards, some: Integers, grades: Integers, day: int) -> None:
        """Nothing is kept."""


@dataclass
class Greedy:
    """All cards, new or not, by gain per second alone."""

    exam_day: int
    model: MemoryModel = field(default_factory=MemoryModel)

    def order(self, cards: Cards, day: int) -> Integers:
        gain, cost = exam_gains(
            cards, today=day, exam_day=self.exam_day, model=self.model, seconds=TYPICAL_SECONDS
        )
        worth = np.where(gain > 0, gain / cost, -1.0)
        order = np.argsort(-worth, kind="stable")
        return order[worth[order] > 0]

    def answered(self, cards: Cards, some: Integers, grades: Integers, day: int) -> None:
        """Nothing is kept."""


@dataclass
class Calendar:
    """FSRS by due dates: due cards, then new ones, so many a day."""

    exam_day: int
    cards: int
    new_per_day: int
    retention: float = 0.9
    capped: bool = False  # no interval reaches beyond the exam
    new_first: bool = False  # and then due cards by highest recall
    reviews_per_day: int = 200
    model: MemoryModel = field(default_factory=MemoryModel)
    due: Integers = field(init=False)

    def __post_init__(self) -> None:
        self.due = np.full(self.cards, NEVER, dtype=np.int64)

    def order(self, cards: Cards, day: int) -> Integers:
        due = np.flatnonzero(~cards.unseen & (self.due <= day))
        by = -cards.recall(self.model, day)[due] if self.new_first else self.due[due]
        reviews = due[np.argsort(by, kind="stable")][: self.reviews_per_day]
        new = np.flatnonzero(cards.unseen)[: self.new_per_day]
        return np.concatenate([new, reviews] if self.new_first else [reviews, new])

    def answered(self, cards: Cards, some: Integers, grades: Integers, day: int) -> None:
        days = self.model.interval(cards.stability[some], retention=self.retention)
        if self.capped:
            days = np.minimum(days, max(1, self.exam_day - day - 1))
        self.due[some] = day + days


@dataclass
class Sm2:
    """Anki's SM-2 with its defaults."""

    cards: int
    new_per_day: int
    reviews_per_day: int = 200
    due: Integers = field(init=False)
    days: Floats = field(init=False)
    ease: Floats = field(init=False)
    met: Flags = field(init=False)

    def __post_init__(self) -> None:
        self.due = np.full(self.cards, NEVER, dtype=np.int64)
        self.days = np.ones(self.cards)
        self.ease = np.full(self.cards, 2.5)
        self.met = np.zeros(self.cards, dtype=np.bool_)

    def order(self, cards: Cards, day: int) -> Integers:
        due = np.flatnonzero(~cards.unseen & (self.due <= day))
        reviews = due[np.argsort(self.due[due], kind="stable")][: self.reviews_per_day]
        return np.concatenate([reviews, np.flatnonzero(cards.unseen)[: self.new_per_day]])

    def answered(self, cards: Cards, some: Integers, grades: Integers, day: int) -> None:
        new = ~self.met[some]
        before, ease, late = self.days[some], self.ease[some], day - self.due[some]
        later = np.select(
            [grades == AGAIN, grades == 2, grades == 3],
            [1.0, before * 1.2, (before + late / 2) * ease],
            (before + late) * ease * 1.3,
        )
        later = np.where(grades > AGAIN, np.maximum(later, before + 1), later)
        self.days[some] = np.where(new, np.where(grades == 4, 4.0, 1.0), np.round(later))
        change = np.asarray([-0.2, -0.15, 0.0, 0.15])[grades - 1]
        self.ease[some] = np.where(new, ease, np.maximum(1.3, ease + change))
        self.due[some] = day + self.days[some].astype(np.int64)
        self.met[some] = True
