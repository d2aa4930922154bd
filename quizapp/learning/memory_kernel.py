"""FSRS-6 for many cards at once, in numpy: what `fsrs` computes for one card, for arrays of them.

Formulas: the FSRS-6 algorithm of the open-spaced-repetition project, as py-fsrs 6.3.2 computes it
(Ye, Su and Cao, 2022, for the model it grew from). Days are study days: integers of any origin.
Grades are 1 again, 2 hard, 3 good, 4 easy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from fsrs.scheduler import (
    DEFAULT_PARAMETERS,
    LOWER_BOUNDS_PARAMETERS,
    MAX_DIFFICULTY,
    MIN_DIFFICULTY,
    STABILITY_MIN,
    UPPER_BOUNDS_PARAMETERS,
)
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

AGAIN: Final = 1
GOOD: Final = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """How well some cards are known: two arrays of one length."""

    stability: Floats  # days until recall falls to 90 %
    difficulty: Floats  # 1 to 10


@dataclass(frozen=True, slots=True)
class MemoryModel:
    """The 21 weights of FSRS-6. Raises ValueError for another number, or out of fsrs's bounds."""

    weights: tuple[float, ...] = tuple(DEFAULT_PARAMETERS)

    def __post_init__(self) -> None:
        if len(self.weights) != len(DEFAULT_PARAMETERS):
            raise ValueError(f"{len(self.weights)} weights, not {len(DEFAULT_PARAMETERS)}")
        bounds = zip(self.weights, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        for index, (weight, low, high) in enumerate(bounds):
            if not low <= weight <= high:
                raise ValueError(f"weight {index} is {weight}, not from {low} to {high}")

    def recall(self, stability: Floats, days: Floats | Integers | float) -> Floats:
        """Return the chance of a right answer so many whole days after the last one."""
        decay = -self.weights[20]
        factor = 0.9 ** (1 / decay) - 1
        recall: Floats = (1 + factor * np.maximum(days, 0) / stability) ** decay
        return recall

    def interval(self, stability: Floats, *, retention: float) -> Integers:
        """Return after how many days recall is down to `retention`: whole days, at least 1."""
        decay = -self.weights[20]
        factor = 0.9 ** (1 / decay) - 1
        days = np.round(stability / factor * (retention ** (1 / decay) - 1))
        whole: Integers = np.clip(days, 1, 36_500).astype(np.int64)
        return whole

    def first(self, grades: Integers) -> Strength:
        """Return what the first answers ever make of cards."""
        w = self.weights
        stability = np.maximum(np.asarray(w[:4])[grades - 1], STABILITY_MIN)
        return Strength(stability, _clamped(self._first_difficulty(grades)))

    def next(self, before: Strength, days: Integers, grades: Integers) -> Strength:
        """Return what answers make of cards that were last answered so many days ago.

        On the same day (0) the formula for short intervals holds.
        """
        same_day = days < 1
        if same_day.all():
            stability = self._after_the_same_day(before.stability, grades)
        elif not same_day.any():
            stability = self._after_days(before, days, grades)
        else:
            stability = np.where(
                same_day,
                self._after_the_same_day(before.stability, grades),
                self._after_days(before, days, grades),
            )
        return Strength(
            np.maximum(stability, STABILITY_MIN), self._next_difficulty(before.difficulty, grades)
        )

    def _first_difficulty(self, grades: Integers | int) -> Floats:
        w = self.weights
        return np.asarray(w[4] - np.exp(w[5] * (np.asarray(grades) - 1.0)) + 1)

    def _next_difficulty(self, difficulty: Floats, grades: Integers) -> Floats:
        w = self.weights
        change = -w[6] * (grades - 3)
        damped = difficulty + (10.0 - difficulty) * change / 9.0
        return _clamped(w[7] * self._first_difficulty(4) + (1 - w[7]) * damped)

    def _after_the_same_day(self, stability: Floats, grades: Integers) -> Floats:
        w = self.weights
        growth = np.exp(w[17] * (grades - 3 + w[18])) * stability ** -w[19]
        grown: Floats = stability * np.where(grades > AGAIN, np.maximum(growth, 1.0), growth)
        return grown

    def _after_days(self, before: Strength, days: Integers, grades: Integers) -> Floats:
        w, stability, difficulty = self.weights, before.stability, before.difficulty
        forgotten = 1 - self.recall(stability, days)
        forgot = np.minimum(
            w[11]
            * difficulty ** -w[12]
            * ((stability + 1) ** w[13] - 1)
            * np.exp(forgotten * w[14]),
            stability / np.exp(w[17] * w[18]),
        )
        bonus = np.asarray([1.0, w[15], 1.0, w[16]])[grades - 1]
        recalled: Floats = stability * (
            1
            + np.exp(w[8])
            * (11 - difficulty)
            * stability ** -w[9]
            * (np.exp(forgotten * w[10]) - 1)
            * bonus
        )
        after: Floats = np.where(grades == AGAIN, forgot, recalled)
        return after


def _clamped(difficulty: Floats) -> Floats:
    clamped: Floats = np.clip(difficulty, MIN_DIFFICULTY, MAX_DIFFICULTY)
    return clamped


@dataclass(frozen=True, slots=True)
class Histories:
    """The answers of many cards in flat arrays: card after card, each card's in order of time."""

    counts: Integers  # answers of each card, at least one
    days: Integers  # study day of each answer, never falling within a card
    grades: Integers

    def __post_init__(self) -> None:
        if not len(self.days) == len(self.grades) == int(self.counts.sum()):
            raise ValueError("the counts do not add up to the answers")
        if len(self.counts) and int(self.counts.min()) < 1:
            raise ValueError("a card without answers has no history")

    @classmethod
    def of(cls, cards: Sequence[Sequence[tuple[int, int]]]) -> Histories:
        """Return the histories of cards given as sequences of (day, grade)."""
        answers = [answer for card in cards for answer in card]
        return cls(
            np.asarray([len(card) for card in cards], dtype=np.int64),
            np.asarray([day for day, _grade in answers], dtype=np.int64),
            np.asarray([grade for _day, grade in answers], dtype=np.int64),
        )


def replay(model: MemoryModel, histories: Histories) -> Strength:
    """Return how well cards are known after all their answers, in the order of the cards.

    The n-th answers of all cards are taken at once. With the most answered cards in front, those
    that have an n-th answer are always the first ones.
    """
    counts = histories.counts
    by_count = np.argsort(-counts, kind="stable")
    starts = (np.cumsum(counts) - counts)[by_count]
    sorted_counts = counts[by_count]
    if not len(counts):
        return Strength(np.empty(0), np.empty(0))
    first = model.first(histories.grades[starts])
    stability, difficulty = first.stability.copy(), first.difficulty.copy()
    for nth in range(1, int(sorted_counts[0])):
        some = int(np.searchsorted(-sorted_counts, -nth, side="left"))  # those with more than nth
        at = starts[:some] + nth
        after = model.next(
            Strength(stability[:some], difficulty[:some]),
            histories.days[at] - histories.days[at - 1],
            histories.grades[at],
        )
        stability[:some], difficulty[:some] = after.stability, after.difficulty
    back = np.empty_like(by_count)
    back[by_count] = np.arange(len(counts))
    return Strength(stability[back], difficulty[back])
