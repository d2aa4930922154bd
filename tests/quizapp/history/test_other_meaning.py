"""What becomes of a learner's cards when questions change, go and come back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from questions.bank import Installation, remove
from questions.model import Question
from quizapp.history.learnt import learnt
from quizapp.history.memory import Memory
from tests.packs import choices, pack
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import Classroom, answer, served, study_all

LONG_AGO = datetime(2020, 3, 2, 0, 0, tzinfo=UTC)
OTHER_KEY = [{"text": text, "reason": text, "right": text == "MSE"} for text in ("MSE", "MAE")]


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine, now=LONG_AGO)
    room.install(choices(3))
    return room


def install(room: Classroom, *questions: Question, reset: bool) -> None:
    made = pack(questions, version="2.0.0")
    room.bank.install_all([Installation(made, "2")], reset_changed=reset)


def test_a_reworded_question_keeps_its_schedule(room: Classroom) -> None:
    study_all(room.session())
    before = room.memories()
    install(room, *choices(3, stem="言い換えた問い。"), reset=True)
    room.session()
    assert room.memories() == before


def test_another_meaning_begins_anew_where_it_is_wanted(room: Classroom) -> None:
    study_all(room.session())
    before = room.memories()
    logged = room.rows()
    install(room, choice(id="q0"), choice(id="q1", options=OTHER_KEY), choice(id="q2"), reset=True)
    session = room.session()
    after = room.memories()
    assert after["test/q1"] == Memory()
    assert {name: after[name] for name in ("test/q0", "test/q2")} == {
        name: before[name] for name in ("test/q0", "test/q2")
    }
    assert room.rows() == logged  # the log is the truth
    assert served(session).variant.question_id == "test/q1"
    answer(session)
    assert room.memories()["test/q1"].reviews == 1
    room.session()  # dealing again does not reset again
    assert room.memories()["test/q1"].reviews == 1


def test_another_meaning_keeps_its_schedule_where_that_is_wanted(room: Classroom) -> None:
    study_all(room.session())
    before = room.memories()
    install(room, *choices(3, options=OTHER_KEY), reset=False)
    room.session()
    assert room.memories() == before


def test_a_later_change_of_wording_does_not_begin_anew_again(room: Classroom) -> None:
    study_all(room.session())
    install(room, *choices(3, options=OTHER_KEY), reset=True)
    room.now = datetime.now(UTC)
    study_all(room.session())
    before = room.memories()
    assert all(memory.reviews == 1 for memory in before.values())
    install(room, *choices(3, options=OTHER_KEY, stem="言い換えた問い。"), reset=True)
    room.session()
    assert room.memories() == before


def test_taking_back_an_answer_to_the_old_content_does_not_bring_its_schedule_back(
    room: Classroom,
) -> None:
    session = room.session()
    answer(session)
    (name,) = [name for name, memory in room.memories().items() if memory.reviews]
    install(room, *choices(3, options=OTHER_KEY), reset=True)
    room.session().undo()
    assert room.memories()[name] == Memory()
    assert room.rows() == (1, 1)


def test_a_removed_pack_leaves_the_sessions_and_comes_back_as_it_was(room: Classroom) -> None:
    study_all(room.session())
    before = room.memories()
    remove(room.engine, "test")
    room.wait(days=400)
    assert study_all(room.session()) == []
    assert room.memories() == before
    room.install(choices(3))
    assert len(study_all(room.session())) == 3


def test_only_questions_that_were_answered_are_learnt(room: Classroom) -> None:
    session = room.session()
    question = served(session).variant.question_id
    assert learnt(room.engine, [question]) == frozenset()
    answer(session)
    assert learnt(room.engine, ["test/q0", "test/q1", "test/q2"]) == {question}
    assert learnt(room.engine, []) == frozenset()
