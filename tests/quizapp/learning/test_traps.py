"""The traps of the package `fsrs`, each shown to be there still, and not to be ours.

One table of days, one of fuzz, one of refusals; what single functions promise stands in
test_scheduler.py and test_day.py.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

import fsrs
import pytest
from scipy.stats import chisquare

from quizapp.history.memory import Memory
from quizapp.learning.day import Calendar
from quizapp.learning.scheduler import PUBLISHED, Scheduler, fuzz_range, fuzzed

TOKYO, BERLIN, NEW_YORK = (
    Calendar(ZoneInfo(name)) for name in ("Asia/Tokyo", "Europe/Berlin", "America/New_York")
)

# what -> first answer, second answer (clock on the wall), where each was, days by us, by fsrs
DAYS = {
    "late evening, next morning": ("2026-11-21 23:00", "2026-11-22 08:00", TOKYO, TOKYO, 1, 0),
    "evening, after midnight": ("2026-11-21 23:00", "2026-11-22 03:59", TOKYO, TOKYO, 0, 0),
    "before and after the rollover": ("2026-11-22 03:59", "2026-11-22 04:00", TOKYO, TOKYO, 1, 0),
    "two mornings, the second earlier": ("2026-11-21 09:00", "2026-11-23 08:00", TOKYO, TOKYO, 2, 1),
    "a whole study day": ("2026-11-21 04:00", "2026-11-22 03:59", TOKYO, TOKYO, 0, 0),
    "a day of 23 hours": ("2026-03-28 12:00", "2026-03-29 12:00", BERLIN, BERLIN, 1, 0),
    "a day of 25 hours": ("2026-10-24 12:00", "2026-10-25 11:30", BERLIN, BERLIN, 1, 1),
    "the night of 25 hours": ("2026-10-24 23:00", "2026-10-25 03:30", BERLIN, BERLIN, 0, 0),
    "a journey east": ("2026-11-21 23:00", "2026-11-22 12:00", BERLIN, TOKYO, 1, 0),
    "a journey west": ("2026-11-22 09:00", "2026-11-21 23:00", TOKYO, NEW_YORK, 0, 0),
    "a journey west, the next day": ("2026-11-21 09:00", "2026-11-22 20:00", TOKYO, NEW_YORK, 1, 2),
    "a clock set back": ("2026-11-21 12:00", "2026-11-18 12:00", TOKYO, TOKYO, 0, -3),
    "a year": ("2026-11-21 23:59", "2027-11-22 00:01", TOKYO, TOKYO, 365, 365),
}  # fmt: skip


@pytest.mark.parametrize("case", DAYS)
def test_days_are_nights_between(case: str) -> None:
    """S2: elapsed days are study days; the stability is that of so many whole days."""
    earlier, later, here, there, ours, theirs = DAYS[case]
    first = datetime.fromisoformat(earlier).replace(tzinfo=here.zone).astimezone(UTC)
    second = datetime.fromisoformat(later).replace(tzinfo=there.zone).astimezone(UTC)
    assert (second - first) // timedelta(days=1) == theirs  # the trap
    scheduler = Scheduler()
    known = scheduler.review(Memory(), "good", now=first, day=here.day(first), card_key="k")
    after = scheduler.review(known, "good", now=second, day=there.day(second), card_key="k")
    assert known.last_on is not None
    assert after.last_on is not None
    assert (after.last_on - known.last_on).days == ours
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    plain = fsrs.Scheduler(learning_steps=(timedelta(minutes=10),), enable_fuzzing=False)
    card, _log = plain.review_card(fsrs.Card(card_id=1), fsrs.Rating.Good, noon)
    card, _log = plain.review_card(card, fsrs.Rating.Good, noon + timedelta(days=ours, seconds=1))
    assert after.stability == card.stability


@pytest.mark.parametrize("days", [3, 7, 10, 21, 100])
def test_fuzz_is_uniform_within_its_range(days: int) -> None:
    """S3: 200,000 draws in all; chi-square, bias below 0.02 days, the same value every time."""
    low, high = fuzz_range(days)
    drawn = [fuzzed(days, card_key=f"learner/{n}", reviews=n % 50) for n in range(40_000)]
    assert {*drawn} == {*range(low, high + 1)}
    assert chisquare([drawn.count(day) for day in range(low, high + 1)]).pvalue > 0.001
    sure = 4 * (high - low + 1) / (12**0.5) / len(drawn) ** 0.5  # four standard errors
    assert abs(fmean(drawn) - days) < max(0.02, sure)
    assert drawn[:100] == [
        fuzzed(days, card_key=f"learner/{n}", reviews=n % 50) for n in range(100)
    ]


def test_fuzz_of_the_package_is_still_beyond_its_range() -> None:
    """When this fails, the trap is gone, and ours may go too."""
    plain = fsrs.Scheduler(learning_steps=(), enable_fuzzing=True)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    card = fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=10.0,
        difficulty=10.0,
        due=start,
        last_review=start - timedelta(seconds=1),
    )
    days = [
        (plain.review_card(card, fsrs.Rating.Good, start)[0].due - start).days for _ in range(3000)
    ]
    assert fmean(days) > 10.2
    assert max(days) > fuzz_range(10)[1]


# what -> options that the package takes or not, and that we refuse
REFUSED = {
    "no retention": (0.0, PUBLISHED),
    "too little of it": (0.69, PUBLISHED),
    "too much of it": (0.98, PUBLISHED),
    "nonsense": (1.5, PUBLISHED),
    "too few weights": (0.9, PUBLISHED[:19]),
    "a weight out of bounds": (0.9, (*PUBLISHED[:20], 0.05)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_schedule_is_refused(case: str) -> None:
    retention, weights = REFUSED[case]
    assert fsrs.Scheduler(desired_retention=1.5)  # the trap
    with pytest.raises(ValueError, match=r"."):
        Scheduler(retention, weights)


def test_no_card_is_made_without_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package sleeps for a millisecond to find one."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    fsrs.Card()
    assert slept  # the trap
    slept.clear()
    scheduler = Scheduler()
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    known = scheduler.review(Memory(), "good", now=now, day=now.date(), card_key="k")
    scheduler.recall(known, date(2026, 12, 1))
    scheduler.intervals(3)
    assert not slept


def test_due_days_do_not_drift_with_the_hour() -> None:
    """Answered an hour later each time: the package moves every due time, we move no day."""
    scheduler = Scheduler()
    days = {"early": [], "later and later": []}  # type: dict[str, list[date | None]]
    for name, drift in (("early", 0), ("later and later", 1)):
        memory, day = Memory(), date(2026, 11, 21)
        for number in range(8):
            now = TOKYO.begins(day) + timedelta(hours=2 + drift * number * 2)
            memory = scheduler.review(memory, "good", now=now, day=TOKYO.day(now), card_key="k")
            days[name].append(memory.due_on)
            assert memory.due_on is not None
            day = memory.due_on
    assert days["early"] == days["later and later"]
