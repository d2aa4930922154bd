"""When a card comes again: FSRS-6 of the package `fsrs`, fed so that its traps are avoided.

- fsrs counts elapsed time in whole 24-hour periods: 23:00 and 08:00 the next morning would be
  the same day. It is given the study day instead, plus one second for every earlier review.
- Its fuzz draws from the global `random`, is half a day too long on average and reaches beyond
  its stated range. Ours is a function of the card and its number of reviews.
- It accepts an answer before the last one, and any desired retention. We do not.
- Its due time creeps later with every review. A card learnt comes on a day, not at a time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS

from quizapp.history.memory import Memory, State
from quizapp.history.places import hashed
from quizapp.learning.serving import Grade

RETENTION_RANGE: Final = (0.70, 0.97)
STEP: Final = timedelta(minutes=10)
MAXIMUM_INTERVAL: Final = 36_500  # days

Weights = tuple[float, ...]  # the 21 of FSRS-6
MODEL: Final = "FSRS-6"
PUBLISHED: Final[Weights] = DEFAULT_PARAMETERS

_RATINGS: Final = {
    "again": fsrs.Rating.Again,
    "hard": fsrs.Rating.Hard,
    "good": fsrs.Rating.Good,
    "easy": fsrs.Rating.Easy,
}
_STATES: Final = {
    "new": fsrs.State.Learning,
    "learning": fsrs.State.Learning,
    "review": fsrs.State.Review,
    "relearning": fsrs.State.Relearning,
}
_NAMES: Final[dict[fsrs.State, State]] = {
    fsrs.State.Learning: "learning",
    fsrs.State.Review: "review",
    fsrs.State.Relearning: "relearning",
}

# (from, to, share): the fuzz grows by this share of the days that lie in this range.
_FUZZ: Final = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))
_FUZZ_FROM: Final = 2.5


@dataclass(frozen=True)
class Scheduler:
    """FSRS-6 with published weights, or with those of a learner.

    Raises ValueError outside 0.70–0.97 desired retention and for weights out of bounds.
    """

    desired_retention: float = 0.9
    weights: Weights = PUBLISHED
    _fsrs: fsrs.Scheduler = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        low, high = RETENTION_RANGE
        if not low <= self.desired_retention <= high:
            raise ValueError(f"desired retention {self.desired_retention} not in {low}–{high}")
        scheduler = fsrs.Scheduler(
            parameters=self.weights,
            desired_retention=self.desired_retention,
            learning_steps=(STEP,),
            relearning_steps=(STEP,),
            maximum_interval=MAXIMUM_INTERVAL,
            enable_fuzzing=False,
        )
        object.__setattr__(self, "_fsrs", scheduler)

    def review(
        self, memory: Memory, grade: Grade, *, now: datetime, day: date, card_key: str
    ) -> Memory:
        """Return what a grade given at `now`, on the study day `day`, makes of a card.

        A clock that was set back, or a journey west, cannot undo time: the review counts as
        given on the day and at the moment of the last one at the earliest.
        """
        now = now.astimezone(UTC)
        if memory.last_on is not None and memory.last_at is not None:
            day = max(day, memory.last_on)
            now = max(now, memory.last_at)
        reviewed_at = _normalised(day, memory.reviews)
        before = fsrs.Card(
            card_id=0,  # without one, fsrs sleeps for a millisecond
            state=_STATES[memory.state],
            step=0 if memory.state == "new" else memory.step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=reviewed_at,
            last_review=(
                None if memory.last_on is None else _normalised(memory.last_on, memory.reviews - 1)
            ),
        )
        after, _log = self._fsrs.review_card(before, _RATINGS[grade], reviewed_at)
        wait = after.due - reviewed_at
        state = _NAMES[after.state]
        reviewed = replace(
            memory,
            state=state,
            step=after.step,
            stability=after.stability,
            difficulty=after.difficulty,
            due_on=None,
            due_at=None,
            last_on=day,
            last_at=now,
            reviews=memory.reviews + 1,
            lapses=memory.lapses + (memory.state == "review" and grade == "again"),
        )
        if state != "review":
            return replace(reviewed, due_at=now + wait)
        days = fuzzed(wait.days, card_key=card_key, reviews=memory.reviews)
        return replace(reviewed, due_on=day + timedelta(days=days))

    def recall(self, memory: Memory, day: date) -> float:
        """Return the predicted chance of a right answer on a study day; 0 for a new card."""
        if memory.last_on is None:
            return 0.0
        card = fsrs.Card(
            card_id=0,
            state=_STATES[memory.state],
            step=memory.step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=_normalised(day, 0),
            last_review=_normalised(memory.last_on, 0),
        )
        return self._fsrs.get_card_retrievability(card, _normalised(day, 0))

    def intervals(self, goods: int) -> tuple[int, ...]:
        """Return the days after each of so many good answers to a new card, each given when due.

        Without fuzz: what a typical card does under these weights.
        """
        day = datetime(2000, 1, 1, tzinfo=UTC)
        card = fsrs.Card(card_id=0)
        days: list[int] = []
        for _good in range(goods):
            card, _log = self._fsrs.review_card(card, fsrs.Rating.Good, day)
            days.append((card.due - day).days)
            day = card.due
        return tuple(days)


def fuzz_range(days: int) -> tuple[int, int]:
    """Return the least and the most days that an interval may become."""
    if days < _FUZZ_FROM:
        return days, days
    width = 1.0 + sum(
        share * max(0.0, min(float(days), end) - start) for start, end, share in _FUZZ
    )
    low = max(2, round(days - width))
    high = min(MAXIMUM_INTERVAL, round(days + width))
    return min(low, high), high


def fuzzed(days: int, *, card_key: str, reviews: int) -> int:
    """Return an interval somewhere in its fuzz range, each whole day equally likely.

    The same card and number of reviews always stand at the same share of the range, so that a
    better grade never brings a card back sooner.
    """
    low, high = fuzz_range(days)
    return low + (hashed("fuzz", card_key, reviews, bits=32) * (high - low + 1) >> 32)


def _normalised(day: date, reviews: int) -> datetime:
    """Return a moment that fsrs takes for this day, later for every further review."""
    return datetime.combine(day, time(), tzinfo=UTC) + timedelta(seconds=min(reviews, 86_399))
