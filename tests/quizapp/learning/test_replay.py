"""The log rebuilds every card and every day, and finds what somebody tampered with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, update

from quizapp.history.learners import everybody
from quizapp.history.tables import Card, DayTally
from quizapp.learning.replay import Replay, replay
from quizapp.settings import Settings
from tests.packs import choices
from tests.quizapp.learning.classroom import Classroom, answer, served, study_all


@pytest.fixture
def rooms(engine: Engine) -> list[Classroom]:
    """Two learners who have done everything that can be done."""
    first = Classroom(engine, settings=Settings(new_per_day=6))
    first.install(choices(30))
    both = [first, Classroom(engine, settings=Settings(new_per_day=7))]
    for room in both:
        for _day in range(3):
            session = room.session()
            answer(session, well=False)
            session.amend(answer(session), "easy")
            session.bury(served(session))
            session.suspend(served(session))
            answer(session)
            session.undo()
            session.undo()
            session.redo()
            study_all(session)
            room.settings = replace_retention(room.settings)
            room.wait(days=2)
    return both


def replace_retention(settings: Settings) -> Settings:
    return settings.model_copy(update={"desired_retention": settings.desired_retention - 0.05})


def examined(engine: Engine, *, repair: bool = False) -> Replay:
    return replay(engine, everybody(engine), repair=repair)


def test_no_difference(rooms: list[Classroom], engine: Engine) -> None:
    found = examined(engine)
    assert found == replace(found, learners=2, cards=60, days=6, differences=())
    assert found.reviews == sum(len(room.reviews()) for room in rooms)


def test_cards_that_began_anew_are_told_rightly(rooms: list[Classroom], engine: Engine) -> None:
    room = rooms[0]
    room.install(choices(30, stem="別の問い。", difficulty="advanced"), version="2.0.0")
    room.session()
    assert examined(engine).differences == ()


@pytest.mark.parametrize(
    ("column", "value", "names"),
    [
        (Card.stability, 99.0, {"stability"}),
        (Card.reviews, 77, {"reviews", "place"}),
        (Card.queue, "new", {"queue"}),
        (Card.place, 1, {"place"}),
    ],
)
def test_a_card_that_differs_is_named_and_mended(
    rooms: list[Classroom], engine: Engine, column: object, value: object, names: set[str]
) -> None:
    known = next(
        question for question, memory in rooms[1].memories().items() if memory.state == "review"
    )
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            update(Card)
            .where(Card.learner_id == rooms[1].learner.id, Card.question_id == known)
            .values({column: value})
        )
    found = examined(engine)
    assert {each.field for each in found.differences} <= names
    assert {(each.learner, each.what) for each in found.differences} == {
        (rooms[1].learner.name, known)
    }
    assert examined(engine, repair=True).differences == found.differences
    assert examined(engine).differences == ()


def test_a_day_that_differs_is_named_and_mended(rooms: list[Classroom], engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            update(DayTally)
            .where(DayTally.learner_id == rooms[0].learner.id)
            .values(right=DayTally.right + 1)
        )
    found = examined(engine, repair=True)
    assert [each.field for each in found.differences] == ["right"] * 3
    assert [each.what for each in found.differences] == ["2026-11-21", "2026-11-23", "2026-11-25"]
    assert examined(engine).differences == ()
