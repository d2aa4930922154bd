"""What the statistics say, on both databases, against the log counted by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from quizapp.learning.statistics import FORECAST, Share, Statistics, statistics
from quizapp.settings import Settings
from quizapp.stats_command import as_json, as_text
from tests.packs import choices
from tests.quizapp.learning.classroom import Classroom, answer, right, served


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine, settings=Settings(new_per_day=4))
    room.install([*choices(8), *choices(2, start=8, topic="13c")])
    return room


def of(room: Classroom) -> Statistics:
    return statistics(room.engine, room.learner, today=room.calendar.day(room.now))


def test_of_nobody(room: Classroom) -> None:
    found = of(room)
    assert (found.days, found.topics, found.mistakes, found.leeches) == ((), (), (), ())
    assert all(each.young.value is None for each in found.retention)
    assert sum(count for _day, count in found.forecast) == 0
    assert len(found.forecast) == FORECAST
    json.loads(as_json(found))
    assert as_text(found)


def test_retention_is_that_of_learnt_cards_by_the_time_since_the_last_answer(
    room: Classroom,
) -> None:
    session = room.session()
    for _ in range(4):
        answer(session, milliseconds=30_000)
    room.settings = Settings(new_per_day=0)
    room.wait(days=20)
    answer(room.session())
    answer(room.session(), well=False)
    taken_back = room.session()
    answer(taken_back, well=False)
    taken_back.undo()
    room.wait(days=1)
    answer(room.session())
    answer(room.session(), well=False)
    found = {each.period: each for each in of(room).retention}
    # The one that was forgotten yesterday is being learnt again: no review.
    assert found["yesterday"].young == Share(1, 2)
    assert found["today"].young == Share(0, 0)
    assert found["today"].mature in (Share(1, 1), Share(0, 1), Share(1, 2))
    assert found["year"].mature.of + found["year"].young.of == sum(
        review.before.state == "review" for review in room.reviews()
    )
    assert [day.answered for day in of(room).days] == [4, 2, 2]
    assert of(room).days[0].minutes == 2.0


def test_what_comes_counts_the_overdue_for_today(room: Classroom) -> None:
    session = room.session()
    for _ in range(3):
        answer(session)
    due = sorted(memory.due_on for memory in room.memories().values() if memory.due_on)
    today = date(2026, 11, 21)
    assert [day for day, count in of(room).forecast for _ in range(count)] == due
    room.wait(days=60)
    assert of(room).forecast[0] == (today + timedelta(days=60), 3)


def test_shares_by_topic_and_confidence(room: Classroom) -> None:
    session = room.session(topic="13c")
    for confidence in ("sure", "guess"):
        question = served(session)
        session.answer(question, right(question), milliseconds=0, confidence=confidence)
    answer(room.session(topic="13b"), well=False)
    found = of(room)
    assert dict(found.topics) == {"13b": Share(0, 1), "13c": Share(2, 2)}
    assert dict(found.confidence) == {"sure": Share(1, 1), "guess": Share(1, 1)}
    session.undo()
    assert dict(of(room).topics) == {"13c": Share(2, 2)}
