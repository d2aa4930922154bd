"""The study day ends at 04:00 on the learner's clock, through time changes and journeys."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learning.day import Calendar

TOKYO, BERLIN, NEW_YORK = (
    ZoneInfo(name) for name in ("Asia/Tokyo", "Europe/Berlin", "America/New_York")
)
# Zones that change their clocks in different ways: by an hour, by half an hour, at midnight.
ZONES = [
    TOKYO,
    BERLIN,
    NEW_YORK,
    *(
        ZoneInfo(name)
        for name in (
            "UTC",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
            "America/Havana",
            "Asia/Kathmandu",
            "Asia/Beirut",
            "Africa/Cairo",
            "Pacific/Chatham",
        )
    ),
]


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        # An ordinary night.
        ("2026-11-21 03:59:59", TOKYO, "2026-11-20"),
        ("2026-11-21 04:00:00", TOKYO, "2026-11-21"),
        ("2026-11-21 23:59:59", TOKYO, "2026-11-21"),
        ("2026-11-22 00:00:00", TOKYO, "2026-11-21"),
        # The night of 23 hours in Berlin (02:00 becomes 03:00) and the one of 25.
        ("2026-03-29 01:59:59", BERLIN, "2026-03-28"),
        ("2026-03-29 03:00:00", BERLIN, "2026-03-28"),
        ("2026-03-29 04:00:00", BERLIN, "2026-03-29"),
        ("2026-10-25 02:30:00", BERLIN, "2026-10-24"),
        ("2026-10-25 03:59:59", BERLIN, "2026-10-24"),
        ("2026-10-25 04:00:00", BERLIN, "2026-10-25"),
    ],
)
def test_the_clock_on_the_wall_decides(at: str, zone: ZoneInfo, day: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=zone)
    assert Calendar(zone).day(moment.astimezone(UTC)) == date.fromisoformat(day)


def test_the_repeated_hour_is_one_day_both_times() -> None:
    calendar = Calendar(BERLIN, rollover_hour=2)
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert calendar.day(first) == calendar.day(second) == date(2026, 10, 25)


def test_whoever_travels_takes_the_rollover_along() -> None:
    moment = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)  # 05:00 on the 22nd in Tokyo
    assert Calendar(TOKYO).day(moment) == date(2026, 11, 22)
    assert Calendar(BERLIN).day(moment) == date(2026, 11, 21)
    assert Calendar(NEW_YORK).day(moment) == date(2026, 11, 21)


days = st.dates(date(1990, 1, 1), date(2037, 12, 1))
zones = st.sampled_from(ZONES)
hours = st.integers(0, 23)


@given(days, zones, hours)
def test_a_day_begins_at_its_first_moment(day: date, zone: ZoneInfo, hour: int) -> None:
    calendar = Calendar(zone, hour)
    begins = calendar.begins(day)
    assert calendar.day(begins) == day
    assert calendar.day(begins - timedelta(seconds=1)) == day - timedelta(days=1)


@given(
    st.datetimes(
        datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2037, 12, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    zones,
    hours,
)
def test_every_moment_lies_in_its_day(moment: datetime, zone: ZoneInfo, hour: int) -> None:
    calendar = Calendar(zone, hour)
    day = calendar.day(moment)
    assert calendar.begins(day) <= moment < calendar.begins(day + timedelta(days=1))


class TestZoneOfTheMachine:
    """Without a zone, that of the machine counts, as it is at that moment."""

    @pytest.fixture
    def berlin(self) -> Iterator[None]:
        before = os.environ.get("TZ")
        os.environ["TZ"] = "Europe/Berlin"
        time.tzset()
        yield
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()

    @pytest.mark.usefixtures("berlin")
    @pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25)])
    def test_it_is_like_the_named_zone(self, day: date) -> None:
        named, machine = Calendar(BERLIN), Calendar()
        begins = named.begins(day)
        assert machine.begins(day) == begins
        for minutes in range(-300, 300, 7):
            moment = begins + timedelta(minutes=minutes)
            assert machine.day(moment) == named.day(moment)
            assert machine.offset(moment) == named.offset(moment)


def test_the_offset_is_what_the_clock_shows() -> None:
    assert Calendar(BERLIN).offset(datetime(2026, 7, 1, tzinfo=UTC)) == 7200
    assert Calendar(BERLIN).offset(datetime(2026, 12, 1, tzinfo=UTC)) == 3600
    assert Calendar(NEW_YORK).offset(datetime(2026, 12, 1, tzinfo=UTC)) == -18000
