"""FSRS without its traps. One class per trap of the package that was measured."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.history.memory import Grade, Memory
from quizapp.learning.day import Calendar
from quizapp.learning.scheduler import Scheduler, fuzz_range, fuzzed

TOKYO = Calendar(ZoneInfo("Asia/Tokyo"))
START = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)  # 23:00 in Tokyo
GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")


def review(
    memory: Memory,
    grade: Grade,
    now: datetime,
    *,
    calendar: Calendar = TOKYO,
    retention: float = 0.9,
    card_key: str = "me/pack/question",
) -> Memory:
    return Scheduler(retention).review(
        memory, grade, now=now, day=calendar.day(now), card_key=card_key
    )


# The state machine


def test_a_new_card() -> None:
    again = review(Memory(), "again", START)
    assert (again.state, again.due_at) == ("learning", START + timedelta(minutes=10))
    hard = review(Memory(), "hard", START)
    assert (hard.state, hard.due_at) == ("learning", START + timedelta(minutes=15))
    good = review(Memory(), "good", START)
    assert (good.state, good.due_on, good.due_at) == ("review", date(2026, 11, 23), None)
    easy = review(Memory(), "easy", START)
    assert easy.state == "review"
    assert easy.due_on is not None
    assert easy.due_on >= date(2026, 11, 27)
    for after in (again, hard, good, easy):
        assert (after.reviews, after.lapses, after.last_on) == (1, 0, date(2026, 11, 21))


def test_a_forgotten_card_is_learnt_again() -> None:
    known = review(Memory(), "good", START)
    lapsed = review(known, "again", START + timedelta(days=2))
    assert (lapsed.state, lapsed.lapses) == ("relearning", 1)
    assert lapsed.due_at == START + timedelta(days=2, minutes=10)
    back = review(lapsed, "good", START + timedelta(days=2, minutes=10))
    assert (back.state, back.lapses, back.due_on) == ("review", 1, date(2026, 11, 24))


def test_the_numbers_are_those_of_the_package() -> None:
    """Against fsrs itself, at times of which it and we think the same."""
    theirs = fsrs.Scheduler(
        learning_steps=(timedelta(minutes=10),),
        relearning_steps=(timedelta(minutes=10),),
        enable_fuzzing=False,
    )
    card, ours = fsrs.Card(card_id=1), Memory()
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    noon = Calendar(ZoneInfo("UTC"))
    chance = random.Random(5)
    for _ in range(300):
        grade = chance.choices(GRADES, (2, 1, 6, 1))[0]
        card, _log = theirs.review_card(card, fsrs.Rating[grade.capitalize()], now)
        ours = review(ours, grade, now, calendar=noon)
        assert ours.stability == card.stability
        assert ours.difficulty == card.difficulty
        assert ours.step == card.step
        assert card.due - now == (ours.due_at - now if ours.due_at is not None else card.due - now)
        now += timedelta(days=chance.choice([0, 1, 1, 3, 10, 40]), seconds=1)


# Trap: elapsed time in whole 24-hour periods


class TestElapsedDays:
    def test_from_late_evening_to_the_next_morning_is_a_day(self) -> None:
        """23:00 and 08:00: the package sees 9 hours, which is the same day to it."""
        first = review(Memory(), "good", START)
        morning = START + timedelta(hours=9)
        second = review(first, "good", morning)
        assert first.stability == pytest.approx(2.3065)
        assert second.stability == pytest.approx(7.32, abs=0.01)

    def test_before_the_rollover_is_the_same_day(self) -> None:
        first = review(Memory(), "good", START)
        night = review(first, "good", START + timedelta(hours=4, minutes=59))  # 03:59
        assert night.last_on == first.last_on
        assert night.stability == pytest.approx(2.3065, abs=0.5)

    def test_the_hour_of_the_day_never_matters(self) -> None:
        """Every two days, at whatever time of the study day: always the same stability."""
        ends = set()
        for hours in ([0, 0, 0, 0], [19, 0, 19, 0], [0, 19, 0, 19], [10, 18, 3, 11]):
            memory = Memory()
            for index, hour in enumerate(hours):
                begins = TOKYO.begins(date(2026, 11, 21) + timedelta(days=2 * index))
                memory = review(memory, "good", begins + timedelta(hours=hour))
            ends.add(memory.stability)
        assert len(ends) == 1

    def test_a_day_of_23_hours_is_a_day(self) -> None:
        berlin = Calendar(ZoneInfo("Europe/Berlin"))
        saturday = berlin.begins(date(2026, 3, 28)) + timedelta(hours=12)
        sunday = berlin.begins(date(2026, 3, 29)) + timedelta(hours=11, minutes=30)
        assert sunday - saturday < timedelta(hours=24)
        shortened = review(review(Memory(), "good", saturday, calendar=berlin), "good", sunday)
        ordinary = review(
            review(Memory(), "good", saturday - timedelta(days=7), calendar=berlin),
            "good",
            saturday - timedelta(days=6),
            calendar=berlin,
        )
        assert shortened.stability == ordinary.stability

    def test_many_answers_on_one_day_stay_on_that_day(self) -> None:
        memory = Memory()
        for minutes in range(0, 600, 2):
            memory = review(memory, "again", START + timedelta(seconds=minutes))
        assert memory.reviews == 300
        assert memory.last_on == date(2026, 11, 21)
        next_day = review(memory, "good", START + timedelta(days=1))
        assert next_day.state == "review"


# Trap: fuzz


class TestFuzz:
    @pytest.mark.parametrize(
        ("days", "low", "high"),
        [(1, 1, 1), (2, 2, 2), (3, 2, 4), (7, 5, 9), (10, 8, 12), (30, 27, 33), (100, 93, 107)],
    )
    def test_the_range_is_the_published_one(self, days: int, low: int, high: int) -> None:
        assert fuzz_range(days) == (low, high)

    def test_each_day_of_the_range_is_equally_likely(self) -> None:
        """In the package: one day above the range, half a day too long, ends half as likely."""
        seen = [fuzzed(10, card_key=f"me/{n}", reviews=3) for n in range(20_000)]
        assert set(seen) == {8, 9, 10, 11, 12}
        assert sum(seen) / len(seen) == pytest.approx(10.0, abs=0.05)
        for day in range(8, 13):
            assert seen.count(day) / len(seen) == pytest.approx(0.2, abs=0.015)

    @given(st.integers(1, 36_500), st.text(), st.integers(0, 10_000))
    def test_it_stays_in_the_range(self, days: int, card_key: str, reviews: int) -> None:
        low, high = fuzz_range(days)
        assert 1 <= low <= fuzzed(days, card_key=card_key, reviews=reviews) <= high <= 36_500

    @given(st.text(), st.integers(0, 10_000))
    def test_a_longer_interval_never_ends_sooner(self, card_key: str, reviews: int) -> None:
        ends = [fuzzed(days, card_key=card_key, reviews=reviews) for days in range(1, 400)]
        assert all(sooner <= later for sooner, later in pairwise(ends))

    def test_it_is_the_same_every_time(self) -> None:
        """Also on another machine and under another random seed: known values."""
        random.seed(1)
        assert [fuzzed(30, card_key="me/pack/q", reviews=n) for n in range(8)] == KNOWN
        random.seed(2)
        assert [fuzzed(30, card_key="me/pack/q", reviews=n) for n in range(8)] == KNOWN


KNOWN = [31, 33, 28, 28, 33, 29, 27, 27]


# Trap: a card without id sleeps


def test_no_review_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    def sleep(_seconds: float) -> None:
        raise AssertionError("the package slept")

    monkeypatch.setattr("fsrs.card.time.sleep", sleep)
    with pytest.raises(AssertionError):
        fsrs.Card()  # the trap is still there
    memory = review(Memory(), "good", START)
    Scheduler().recall(memory, date(2026, 12, 1))


# Trap: an answer before the last one


class TestClockSetBack:
    def test_an_earlier_answer_counts_as_given_at_the_last_one(self) -> None:
        first = review(Memory(), "good", START)
        for back in (timedelta(seconds=1), timedelta(hours=12), timedelta(days=400)):
            second = review(first, "good", START - back)
            assert second.last_at == first.last_at
            assert second.last_on == first.last_on
            assert second == review(first, "good", START)

    def test_a_journey_west_does_not_turn_back_the_day(self) -> None:
        tokyo_morning = datetime(2026, 11, 21, 20, tzinfo=UTC)  # the 22nd in Tokyo
        first = review(Memory(), "good", tokyo_morning)
        honolulu = Calendar(ZoneInfo("Pacific/Honolulu"))
        later = tokyo_morning + timedelta(hours=8)
        assert honolulu.day(later) == date(2026, 11, 21)
        second = review(first, "good", later, calendar=honolulu)
        assert second.last_on == date(2026, 11, 22)
        assert second.due_on is not None
        assert second.due_on > date(2026, 11, 22)


# Trap: desired retention unchecked


class TestDesiredRetention:
    @pytest.mark.parametrize("retention", [0.0, 0.69, 0.971, 1.0, 1.5, -1.0, float("nan")])
    def test_nonsense_is_refused(self, retention: float) -> None:
        with pytest.raises(ValueError, match="retention"):
            Scheduler(retention)

    def test_more_of_it_means_shorter_intervals(self) -> None:
        dues = []
        for retention in (0.70, 0.80, 0.90, 0.97):
            memory = Memory()
            for days in (0, 2, 9):
                now = START + timedelta(days=days)
                memory = review(memory, "good", now, retention=retention)
            assert memory.due_on is not None
            dues.append(memory.due_on)
        assert dues == sorted(dues, reverse=True)
        assert len(set(dues)) == 4


# Trap: due times creep later


def test_a_learnt_card_comes_on_a_day() -> None:
    late = review(Memory(), "good", START + timedelta(hours=4, minutes=59))  # 03:59 at night
    early = review(Memory(), "good", TOKYO.begins(date(2026, 11, 21)))
    assert late.due_on == early.due_on == date(2026, 11, 23)
    assert late.due_at is early.due_at is None


# What always holds

histories = st.lists(
    st.tuples(
        st.sampled_from(GRADES),
        st.integers(-3600, 40 * 86_400),  # seconds since the answer before
    ),
    max_size=30,
)


@given(histories, st.sampled_from([0.70, 0.9, 0.97]))
def test_whatever_happens_the_state_makes_sense(
    history: list[tuple[Grade, int]], retention: float
) -> None:
    now, memory = START, Memory()
    for count, (grade, seconds) in enumerate(history, start=1):
        now += timedelta(seconds=seconds)
        before = memory
        memory = review(before, grade, now, retention=retention)
        assert memory.reviews == count
        assert memory.stability is not None
        assert memory.stability > 0
        assert memory.difficulty is not None
        assert 1 <= memory.difficulty <= 10
        assert memory.last_on is not None
        assert memory.last_at is not None
        if memory.state == "review":
            assert memory.due_at is None
            assert memory.due_on is not None
            assert memory.due_on > memory.last_on
        else:
            assert memory.due_on is None
            assert memory.due_at is not None
            assert memory.due_at - memory.last_at <= timedelta(minutes=15)
        assert Memory.from_json(memory.to_json()) == memory


@given(histories)
def test_a_better_grade_never_comes_back_sooner(history: list[tuple[Grade, int]]) -> None:
    """Steps of minutes come before days: a day may begin within the ten minutes of a step."""
    now, memory = START, Memory()
    for grade, seconds in history:
        now += timedelta(seconds=seconds)
        memory = review(memory, grade, now)
    results = [review(memory, grade, now) for grade in GRADES]
    steps = [result.due_at for result in results if result.due_at is not None]
    days = [result.due_on for result in results if result.due_on is not None]
    assert [result.due for result in results] == [*steps, *days]
    assert steps == sorted(steps)
    assert days == sorted(days)


def test_recall_falls_with_the_days() -> None:
    scheduler = Scheduler()
    memory = review(Memory(), "good", START)
    assert scheduler.recall(Memory(), date(2026, 11, 21)) == 0
    recalls = [scheduler.recall(memory, date(2026, 11, 21) + timedelta(days=n)) for n in range(30)]
    assert recalls[0] == 1
    assert recalls == sorted(recalls, reverse=True)
    stable = replace(memory, stability=10.0)
    assert scheduler.recall(stable, date(2026, 12, 1)) == pytest.approx(0.9)
