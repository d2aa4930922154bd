"""A learner's cards as a plan sees them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine

from questions.topics import TOPICS
from quizapp.history.answer_times import ENOUGH, answer_times
from quizapp.history.memory import State
from quizapp.learning.answering_habits import TYPICAL_SECONDS
from quizapp.learning.exam_cards import card_weights, exam_cards, own_seconds
from quizapp.learning.exam_outlook import ExamOutlook, exam_outlook
from quizapp.learning.syllabus_weights import SYLLABUS_WEIGHTS
from tests.packs import choices
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import Classroom, answer, study_all


def test_every_topic_has_a_weight() -> None:
    assert set(SYLLABUS_WEIGHTS) == set(TOPICS)
    assert min(SYLLABUS_WEIGHTS, key=SYLLABUS_WEIGHTS.__getitem__) == "beyond"
    assert sum(SYLLABUS_WEIGHTS.values()) - SYLLABUS_WEIGHTS["beyond"] == 190  # the blueprint's


def test_a_topic_weighs_the_same_however_many_cards_it_has() -> None:
    weights = card_weights({"13c": 9, "10": 3, "own topic": 2, "7": 0})
    assert 9 * weights["13c"] == pytest.approx(SYLLABUS_WEIGHTS["13c"])
    assert 3 * weights["10"] == pytest.approx(SYLLABUS_WEIGHTS["10"])
    assert weights["own topic"] > 0
    assert "7" not in weights


def test_cards_are_read_as_they_are(engine: Engine) -> None:
    room = Classroom(engine)
    room.install([*choices(4), choice(id="other", topic="13c")])
    session = room.session()
    right_one = answer(session).served.variant.question_id
    wrong_one = answer(session, well=False).served.variant.question_id
    with engine.connect() as connection:
        known = exam_cards(connection, room.learner)
    assert known.unseen == 3
    assert known.cards.unseen.tolist() == [True] * 3 + [False] * 2
    assert known.in_learning.tolist() == [False] * 3 + [True, False]
    memories = [room.memories()[name] for name in (wrong_one, right_one)]
    assert known.cards.stability[3:].tolist() == [memory.stability for memory in memories]
    assert known.cards.difficulty[3:].tolist() == [memory.difficulty for memory in memories]
    assert set(known.cards.last_day[3:].tolist()) == {date(2026, 11, 21).toordinal()}
    assert np.isclose(known.cards.weight.sum(), SYLLABUS_WEIGHTS["13c"] + SYLLABUS_WEIGHTS["13b"])
    assert known.seconds == TYPICAL_SECONDS


def test_a_learner_without_cards(engine: Engine) -> None:
    room = Classroom(engine)
    with engine.connect() as connection:
        known = exam_cards(connection, room.learner)
    assert (len(known.cards), known.unseen) == (0, 0)
    outlook = exam_outlook(
        engine,
        room.learner,
        today=date(2026, 11, 21),
        exam_date=date(2026, 11, 30),
        minutes_per_day=10,
    )
    assert [each.recall for each in outlook.prospects] == [0.0] * 4


def test_own_times_take_the_place_of_typical_ones() -> None:
    times: dict[tuple[State, bool], float] = {("review", True): 7.0, ("new", False): 30.0}
    seconds = own_seconds(times)
    assert seconds.review == (TYPICAL_SECONDS.review[0], 7.0, 7.0, 7.0)
    assert seconds.first == (30.0, *TYPICAL_SECONDS.first[1:])
    assert seconds.again == TYPICAL_SECONDS.again


def test_times_are_medians_of_enough_answers_without_slips_and_pauses(engine: Engine) -> None:
    room = Classroom(engine)
    room.install(choices(ENOUGH + 3))
    session = room.session()
    for _ in range(3):
        answer(session, milliseconds=50)  # a slip of the finger
    with engine.connect() as connection:
        assert answer_times(connection, room.learner.id) == {}
    room.settings = room.settings.model_copy(update={"new_per_day": 99})
    session = room.session()
    for nth in range(ENOUGH):
        answer(session, milliseconds=600_000 if nth % 2 else 20_000)
    with engine.connect() as connection:
        assert answer_times(connection, room.learner.id) == {("new", True): 40.0}


def looked_ahead(room: Classroom, minutes: int | None, days: int = 10) -> ExamOutlook:
    today = room.calendar.day(room.now)
    return exam_outlook(
        room.engine,
        room.learner,
        today=today,
        exam_date=date.fromordinal(today.toordinal() + days),
        minutes_per_day=minutes,
        budgets=(1, 5),
    )


def test_the_outlook_follows_what_was_learnt(engine: Engine) -> None:
    room = Classroom(engine)
    room.install(choices(30))
    session = room.session()
    before = looked_ahead(room, 5)
    assert (before.questions, before.unseen, before.recall_without_study) == (30, 30, 0)
    assert before.today is not None
    assert before.today.new > 0
    assert looked_ahead(room, 5) == before  # the same luck every time
    study_all(session)
    after = looked_ahead(room, 5)
    assert after.unseen == 10
    assert after.recall_without_study > 0.3
    assert after.prospects[0].recall > before.prospects[0].recall
    assert looked_ahead(room, None).today is None


def test_an_exam_that_has_come_has_no_outlook(engine: Engine) -> None:
    room = Classroom(engine)
    with pytest.raises(ValueError, match="over"):
        looked_ahead(room, 5, days=0)
