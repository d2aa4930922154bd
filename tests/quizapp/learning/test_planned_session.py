"""A session with an exam date: today's share of the plan, in its order and within its minutes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from questions.model import Question
from quizapp.history.memory import Memory
from quizapp.learning.serving import Finished, Served
from quizapp.settings import Settings
from tests.packs import choices, numerics
from tests.questions.examples import card, choice
from tests.quizapp.learning.classroom import (
    Classroom,
    answer,
    finished,
    right,
    served,
    study_all,
    waiting,
)

TODAY = date(2026, 11, 21)


def classroom(engine: Engine, questions: list[Question], **settings: object) -> Classroom:
    given: dict[str, object] = {"exam_date": TODAY + timedelta(days=20), "minutes_per_day": 20}
    room = Classroom(engine, settings=Settings.model_validate(given | settings))
    room.install(questions)
    return room


def names(ids: list[str]) -> list[str]:
    return [question_id.partition("/")[2] for question_id in ids]


def test_new_questions_that_weigh_most_come_first(engine: Engine) -> None:
    questions = [
        choice(id="rare", topic="34"),
        choice(id="beyond", topic="beyond"),
        choice(id="frequent", topic="13c"),
        choice(id="sometimes", topic="10"),
    ]
    room = classroom(engine, questions)
    assert names(study_all(room.session())) == ["frequent", "sometimes", "rare", "beyond"]


def test_the_share_is_what_fits_into_the_minutes_whatever_the_limits_are(engine: Engine) -> None:
    room = classroom(engine, list(choices(60)), minutes_per_day=5, new_per_day=3)
    session = room.session()
    counts = session.counts()
    # A new question takes about 19 seconds, those that are not known at first included.
    assert (counts.due, counts.new) == (0, 17)
    study_all(session)
    assert finished(session).counts.new == 0


def test_nothing_is_planned_without_both_settings_or_once_the_exam_has_come(
    engine: Engine,
) -> None:
    for settings in (
        {"exam_date": None},
        {"minutes_per_day": None},
        {"exam_date": TODAY},
        {"exam_date": TODAY - timedelta(days=3)},
    ):
        room = classroom(engine, list(choices(60)), new_per_day=7, **settings)
        assert room.session().counts().new == 7, settings


def test_reviews_of_the_plan_do_not_wait_until_they_are_due(engine: Engine) -> None:
    room = classroom(engine, list(choices(6)))
    study_all(room.session())
    room.wait(days=1)
    counts = room.session().counts()
    assert (counts.due, counts.new) == (6, 0)
    assert {memory.due_on for memory in room.memories().values()} == {TODAY + timedelta(days=2)}
    assert len(study_all(room.session())) == 6
    assert room.session().counts().due == 0  # no question twice a day


def test_after_missed_days_today_is_planned_anew(engine: Engine) -> None:
    room = classroom(engine, list(choices(6)))
    answer(room.session())
    room.wait(days=12)
    session = room.session()
    assert (session.counts().due, session.counts().new) == (1, 5)
    assert len(study_all(session)) == 6


def test_the_minutes_of_the_day_end_it(engine: Engine) -> None:
    room = classroom(engine, list(choices(60)), minutes_per_day=5)
    session = room.session()
    for _ in range(3):
        answer(session, milliseconds=100_000)
    assert finished(session).next_due == TODAY + timedelta(days=1)
    assert session.counts().new == 0
    # Begun again on the same day, nothing is left either; other minutes are asked for by name.
    assert isinstance(room.session().next(computing_ready=False), Finished)
    assert room.session(minutes=1).counts().new == 4
    room.wait(days=1)
    assert isinstance(room.session().next(computing_ready=False), Served)


def test_a_card_in_learning_still_comes_first(engine: Engine) -> None:
    room = classroom(engine, list(choices(6)))
    session = room.session()
    forgotten = answer(session, well=False).served.card_id
    room.wait(minutes=11)
    assert served(session).card_id == forgotten


def test_what_changed_meanwhile_is_passed_over(engine: Engine) -> None:
    room = classroom(engine, list(choices(3)))
    here, elsewhere = room.session(), room.session()
    assert here.counts().new == 3
    first = answer(elsewhere)
    second = answer(elsewhere)
    left = served(here)
    assert left.card_id not in (first.served.card_id, second.served.card_id)
    here.answer(left, right(left), milliseconds=1000)
    assert here.counts().new == 0
    finished(here)


def test_what_is_taken_back_is_served_next_and_counted_again(engine: Engine) -> None:
    room = classroom(engine, list(choices(3)))
    session = room.session()
    first = answer(session).served
    assert session.counts().new == 2
    assert session.undo()
    assert session.counts().new == 3
    assert served(session).card_id == first.card_id
    assert room.memories()[first.variant.question_id] == Memory()
    assert len(study_all(session)) == 3
    finished(session)


def test_a_new_day_is_planned_in_a_session_that_stays_open(engine: Engine) -> None:
    room = classroom(engine, list(choices(3)))
    session = room.session()
    study_all(session)
    finished(session)
    room.wait(days=1)
    assert session.counts().due == 3
    assert len(study_all(session)) == 3
    room.wait(days=30)  # the exam is over
    assert session.counts().due == 3  # by due dates again


def test_the_two_directions_of_a_flashcard_come_on_two_days(engine: Engine) -> None:
    room = classroom(engine, [card(id="word", both=True), choice(id="other")])
    session = room.session()
    assert session.counts().new == 2
    seen = []
    while isinstance(question := session.next(computing_ready=False), Served):
        raw = "3" if question.variant.question.kind == "card" else right(question)
        session.answer(question, raw, milliseconds=1000)
        seen.append(question.variant.question_id)
    assert sorted(names(seen)) == ["other", "word"]
    assert room.session().counts().new == 0
    room.wait(days=1)
    assert room.session().counts().new == 1


def test_a_topic_or_kind_is_planned_alone(engine: Engine) -> None:
    room = classroom(engine, [*choices(3), *choices(2, start=3, topic="10"), *numerics(2)])
    assert room.session(topic="10").counts().new == 2
    assert room.session(kind="numeric").counts().new == 2
    assert len(study_all(room.session(topic="10"))) == 2


def test_questions_that_need_pytorch_are_passed_over_until_it_is_ready(engine: Engine) -> None:
    room = classroom(engine, [*numerics(30), *choices(1, topic="beyond")], minutes_per_day=60)
    session = room.session()
    assert served(session).variant.question.kind == "choice"
    answer(session)
    waiting(session)


@pytest.mark.parametrize("minutes", [1, 3, 10])
def test_what_the_plan_says_is_what_is_served(engine: Engine, minutes: int) -> None:
    room = classroom(engine, list(choices(40)), minutes_per_day=minutes)
    session = room.session()
    expected = session.counts().new
    assert expected > 0
    assert len(study_all(session)) == expected
