"""Ids that sort in the order in which they were made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from quizapp.history.uuid7 import Uuid7

NOW = datetime(2026, 11, 21, 12, 0, 0, 123_000, tzinfo=UTC)


def test_it_is_a_uuid_of_version_7_with_its_time_in_front() -> None:
    made = UUID(Uuid7().next(NOW))
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == int(NOW.timestamp() * 1000)


@given(st.lists(st.integers(-(10**7), 10**7), min_size=2))
def test_they_only_ever_grow_whatever_the_clock_does(milliseconds: list[int]) -> None:
    ids = Uuid7()
    made = [ids.next(NOW + timedelta(milliseconds=each)) for each in milliseconds]
    assert all(before < after for before, after in pairwise(made))
    assert all(UUID(each).version == 7 for each in made)


def test_they_go_on_behind_what_is_there() -> None:
    there = Uuid7().next(NOW + timedelta(days=400))
    assert Uuid7(after=there).next(NOW) > there


def test_two_makers_do_not_meet() -> None:
    one, other = Uuid7(), Uuid7()
    made = [maker.next(NOW) for maker in (one, other) for _ in range(1000)]
    assert len(set(made)) == 2000
