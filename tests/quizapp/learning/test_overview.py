"""What the home screen says of a learner."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from quizapp.learning.day import Calendar
from quizapp.learning.overview import Overview, overview
from quizapp.learning.serving import Counts
from quizapp.settings import Settings
from tests.packs import choices
from tests.quizapp.learning.classroom import MORNING, Classroom, answer, study_all


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine, settings=Settings(new_per_day=2))
    room.install(choices(10))
    return room


def looked_at(room: Classroom) -> Overview:
    session = room.session()
    return overview(
        room.engine,
        room.learner,
        today=room.calendar.day(room.now),
        counts=session.counts(),
        next_due=session.next_due(),
    )


def test_of_a_new_learner(room: Classroom) -> None:
    assert looked_at(room) == Overview(
        counts=Counts(learning=0, due=0, new=2, answered=0, right=0),
        total=10,
        seen=0,
        streak_days=0,
        reviewed_today=0,
        next_due=date(2026, 11, 21),
    )


def test_after_a_day(room: Classroom) -> None:
    session = room.session()
    answer(session)
    answer(session, well=False)
    assert looked_at(room) == Overview(
        counts=Counts(learning=1, due=0, new=0, answered=2, right=1),
        total=10,
        seen=2,
        streak_days=1,
        reviewed_today=2,
        next_due=MORNING + timedelta(minutes=10),
    )


def test_with_nothing_left_the_next_card_is_named(room: Classroom) -> None:
    study_all(room.session())
    assert looked_at(room).next_due == date(2026, 11, 22)  # the limit of new ones is lifted then
    room.settings = Settings(new_per_day=20)
    study_all(room.session())
    assert looked_at(room).next_due == date(2026, 11, 23)


def test_retired_questions_are_not_counted(room: Classroom) -> None:
    study_all(room.session())
    room.install(choices(9, start=1), version="2.0.0")
    seen = looked_at(room)
    assert (seen.total, seen.seen) == (9, 1)


class TestStreak:
    @pytest.mark.parametrize(
        ("days", "streak"),
        [
            ([0], 1),
            ([1], 1),  # yesterday: today is young
            ([2], 0),
            ([0, 1, 2, 3], 4),
            ([1, 2], 2),
            ([0, 2, 3], 1),
            ([1, 3], 1),
            ([0, 1, 3], 2),
        ],
    )
    def test_days_in_a_row(self, room: Classroom, days: list[int], streak: int) -> None:
        today = room.now
        for ago in sorted(days, reverse=True):
            room.now = today - timedelta(days=ago)
            answer(room.session())
        room.now = today
        assert looked_at(room).streak_days == streak

    def test_a_day_taken_back_does_not_count(self, room: Classroom) -> None:
        session = room.session()
        answer(session)
        session.undo()
        assert looked_at(room).streak_days == 0

    def test_it_outlives_a_journey_west(self, room: Classroom) -> None:
        answer(room.session())
        room.wait(days=1)
        answer(room.session())
        room.calendar = Calendar(ZoneInfo("Pacific/Honolulu"))
        assert room.calendar.day(room.now) == date(2026, 11, 21)
        assert looked_at(room).streak_days == 1  # the 22nd has not begun here
        room.wait(days=1)
        assert looked_at(room).streak_days == 2
