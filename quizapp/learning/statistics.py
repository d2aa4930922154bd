"""What a learner's log adds up to. Every number's definition stands with its field.

Days are study days. Answers that were taken back do not count. Where a period is meant it is the
last 365 days, today among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from quizapp.history import cards, shares, tally, totals
from quizapp.history.learners import LearnerInfo
from quizapp.learning.leeches import LAPSES

if TYPE_CHECKING:
    from sqlalchemy import Engine

PERIOD: Final = 365  # days
FORECAST: Final = 30  # days
Counted: TypeAlias = Mapping[tuple[date, shares.Key], shares.Count]

_PERIODS: Final = (
    ("today", 0, 1),
    ("yesterday", 1, 1),
    ("week", 0, 7),
    ("month", 0, 30),
    ("year", 0, PERIOD),
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    of: int

    @property
    def value(self) -> float | None:
        """Return the share from 0 to 1, None of nothing."""
        return self.part / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a day: answers of every kind, right ones, and the time they took."""

    day: date
    answered: int
    right: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Retention:
    """The share of reviews that were passed: hard, good or easy, not again.

    Counted are answers to cards that had been learnt (each the card's first of its day), not
    drills. Young: less than 21 days since the card's last answer; mature: 21 days or more.
    """

    period: str  # today, yesterday, week (7 days), month (30 days), year (365 days)
    young: Share
    mature: Share


@dataclass(frozen=True, slots=True)
class Mistake:
    """A recognised mistake: how often in each month, and a question in which it was made."""

    id: str
    times: int
    months: tuple[tuple[str, int], ...]  # "2026-11", in order
    example: str | None  # the latest, if it was not long ago


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All of it."""

    today: date
    days: tuple[Day, ...]  # those with an answer, in order
    retention: tuple[Retention, ...]
    # Cards due on each of the next 30 days, as it stands now; those overdue count for today.
    forecast: tuple[tuple[date, int], ...]
    topics: tuple[tuple[str, Share], ...]  # facility: the share of right answers, by topic
    mistakes: tuple[Mistake, ...]  # the most frequent first
    # Of the answers before which the learner said how sure they were: the share that was right.
    confidence: tuple[tuple[str, Share], ...]
    leeches: tuple[tuple[str, int], ...]  # questions forgotten 8 times or more, with the number
    suspended: tuple[str, ...]


def statistics(engine: Engine, learner: LearnerInfo, *, today: date) -> Statistics:
    """Add up what a learner did, and what comes."""
    since = today - timedelta(days=PERIOD - 1)
    with engine.connect() as connection:
        days = tally.tallies(connection, learner.id)
        counted = shares.since(connection, learner.id, since)
        load = totals.load(connection, learner.id, until=today + timedelta(days=FORECAST))
        examples = totals.examples(connection, learner.id)
        leeches = totals.leeches(connection, learner.id, lapses=LAPSES)
        suspended = cards.suspended(connection, learner)
    confidence = _shares(counted, "confidence")
    reviews = {key: count for key, count in counted.items() if key[1][0] == "review"}
    return Statistics(
        today=today,
        days=tuple(
            Day(day, done.answered, done.right, done.milliseconds / 60_000)
            for day, done in sorted(days.items())
            if day >= since and done.answered
        ),
        retention=tuple(
            _retention(name, reviews, today, ago, long) for name, ago, long in _PERIODS
        ),
        forecast=_forecast(load, today),
        topics=tuple(sorted(_shares(counted, "topic").items(), key=lambda pair: pair[0])),
        mistakes=_mistakes(counted, examples),
        confidence=tuple(
            (value, confidence[value]) for value in ("sure", "half", "guess") if value in confidence
        ),
        leeches=tuple(leeches.items()),
        suspended=tuple(card.question_id for card in suspended),
    )


def _shares(counted: Counted, kind: shares.Kind) -> dict[str, Share]:
    found: dict[str, Share] = {}
    for (_day, (each, name)), (of, part) in counted.items():
        if each == kind:
            before = found.get(name, Share(0, 0))
            found[name] = Share(before.part + part, before.of + of)
    return found


def _retention(name: str, counted: Counted, today: date, ago: int, long: int) -> Retention:
    """Return the retention of a period of `long` days that ended `ago` days before today."""
    last = today - timedelta(days=ago)
    first = last - timedelta(days=long - 1)
    passed = _shares(
        {key: count for key, count in counted.items() if first <= key[0] <= last}, "review"
    )
    return Retention(name, passed.get("young", Share(0, 0)), passed.get("mature", Share(0, 0)))


def _forecast(load: dict[date, int], today: date) -> tuple[tuple[date, int], ...]:
    due: Counter[date] = Counter()
    for day, count in load.items():
        due[max(day, today)] += count
    days = (today + timedelta(days=ahead) for ahead in range(FORECAST))
    return tuple((day, due[day]) for day in days)


def _mistakes(counted: Counted, examples: Mapping[str, str]) -> tuple[Mistake, ...]:
    months: dict[str, Counter[str]] = {}
    for (day, (kind, name)), (times, _right) in counted.items():
        if kind == "mistake":
            months.setdefault(name, Counter())[f"{day:%Y-%m}"] += times
    made = [
        Mistake(each, sum(by.values()), tuple(sorted(by.items())), examples.get(each))
        for each, by in months.items()
    ]
    return tuple(sorted(made, key=lambda mistake: (-mistake.times, mistake.id)))
