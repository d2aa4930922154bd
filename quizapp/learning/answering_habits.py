"""How answers fall and how long they take: what a plan expects before it has seen any."""

from __future__ import annotations

from dataclasses import dataclass

# By grade: again, hard, good, easy.
ByGrade = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """How long an answer takes, in seconds, by the grade it gets."""

    first: ByGrade  # the first answer ever, and its repetitions of the same day
    review: ByGrade
    again: ByGrade  # repetitions after a card was forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """How grades are spread, as shares that add up to 1."""

    first: ByGrade  # first answers ever
    right: ByGrade  # right answers to known cards; the first share is 0
    after_first: ByGrade  # repetitions on the day a card was met and not known
    after_lapse: ByGrade  # repetitions on the day a card was forgotten


# Defaults of the simulator of fsrs-rs, from the logs of many Anki users.
TYPICAL_SECONDS = Seconds(
    first=(19.58, 18.79, 13.78, 10.71),
    review=(19.38, 17.59, 12.38, 8.94),
    again=(16.44, 15.25, 12.32, 8.03),
)
TYPICAL_GRADES = Grades(
    first=(0.24, 0.094, 0.495, 0.171),
    right=(0.0, 0.224, 0.631, 0.145),
    after_first=(0.3686, 0.0628, 0.5108, 0.0577),
    after_lapse=(0.2157, 0.0643, 0.6595, 0.0604),
)

# Here an answer is right or wrong: what is right counts as good.
RIGHT_OR_WRONG = Grades(
    first=(0.24, 0.0, 0.76, 0.0),
    right=(0.0, 0.0, 1.0, 0.0),
    after_first=(0.3686, 0.0, 0.6314, 0.0),
    after_lapse=(0.2157, 0.0, 0.7843, 0.0),
)
