"""Which answers of a history say how an exam would go, on either kind of database."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from questions.bank.tables import QuestionRow
from quizapp.database import open_database
from quizapp.learning.evidence import Evidence, read_evidence
from quizapp.learning.exam_evidence import MetInExam
from quizapp.learning.readiness import Answer
from tests.packs import choices
from tests.questions.examples import card, choice, multiple
from tests.quizapp.learning.classroom import Classroom, answer, right, served, wrong
from tests.quizapp.learning.test_query_plans import noted

TODAY = date(2026, 11, 21)


def evidence(room: Classroom) -> Evidence:
    return read_evidence(room.engine, room.learner)


def counts(found: Evidence) -> dict[str, int]:
    return {
        "counted": len(found.answers),
        "repeated": found.repeated,
        "with_hints": found.with_hints,
        "self_graded": found.self_graded,
        "undone": found.undone,
    }


def of(**some: int) -> dict[str, int]:
    nothing = dict.fromkeys(("counted", "repeated", "with_hints", "self_graded", "undone"), 0)
    return nothing | some


@pytest.fixture
def room(engine: Engine) -> Classroom:
    return Classroom(engine)


def test_nobody_has_answered(room: Classroom) -> None:
    room.install(choices(3))
    room.session()
    assert counts(evidence(room)) == of()


def test_what_was_asked_and_how_it_went(room: Classroom) -> None:
    room.install(
        [
            choice(id="a", topic="13c", difficulty="basic"),
            multiple(id="b", topic="13b", difficulty="advanced"),
        ]
    )
    session = room.session()
    answer(session)
    question = served(session)
    session.answer(question, "1", milliseconds=1)  # one of several right options: partly right
    found = {each.topic: each for each in evidence(room).answers}
    assert found["13c"] == Answer(topic="13c", difficulty=-1.0, guess=0.25, right=True, day=TODAY)
    assert not found["13b"].right
    assert found["13b"].difficulty == 1.0
    assert 0 < found["13b"].guess < 0.1


def test_later_answers_to_a_question_do_not_count(room: Classroom) -> None:
    room.install(choices(2))
    for day in range(4):
        session = room.session()
        answer(session, well=day > 0)
        answer(session, well=day > 0)
        room.wait(days=200)
    found = evidence(room)
    assert counts(found) == of(counted=2, repeated=6)
    assert [each.right for each in found.answers] == [False, False]
    assert {each.day for each in found.answers} == {TODAY}


def test_help_and_own_grades_do_not_count(room: Classroom) -> None:
    room.install([card(id="k"), choice(id="h", hints=["ヒント"]), choice(id="q")])
    session = room.session()
    for _question in range(3):
        question = served(session)
        if question.variant.back:
            session.answer(question, "3", milliseconds=1)
        elif question.variant.hints:
            session.answer(session.hint(question), right(question), milliseconds=1)
        else:
            session.answer(question, right(question), milliseconds=1)
    assert counts(evidence(room)) == of(counted=1, with_hints=1, self_graded=1)


def test_whoever_takes_an_answer_back_has_seen_the_verdict(room: Classroom) -> None:
    room.install(choices(1))
    session = room.session()
    answer(session, well=False)
    session.undo()
    assert counts(evidence(room)) == of(undone=1)
    answer(session, well=True)
    assert counts(evidence(room)) == of(undone=1, repeated=1)


@pytest.mark.parametrize("well", [True, False])
def test_another_grade_leaves_the_answer_as_it_was(room: Classroom, well: bool) -> None:
    room.install(choices(1))
    session = room.session()
    answered = answer(session, well=True)
    session.amend(answered, "hard" if well else "easy")
    found = evidence(room)
    assert counts(found) == of(counted=1)
    assert found.answers[0].right


def test_a_question_that_asks_something_else_is_a_new_one(room: Classroom) -> None:
    room.install(choices(1))
    answer(room.session(), well=False)
    room.wait(days=1)
    with room.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(QuestionRow).values(reset_at=room.now))
    assert counts(evidence(room)) == of(repeated=1)
    room.wait(hours=1)
    answer(room.session(), well=True)
    found = evidence(room)
    assert [each.right for each in found.answers] == [True]
    assert found.answers[0].day == TODAY + timedelta(days=1)


def test_every_learner_has_a_history_of_their_own(room: Classroom) -> None:
    room.install(choices(3))
    other = Classroom(room.engine)
    answer(room.session(), well=True)
    session = other.session()
    question = served(session)
    session.answer(question, wrong(question), milliseconds=1)
    answer(session, well=False)
    assert [each.right for each in evidence(room).answers] == [True]
    assert [each.right for each in evidence(other).answers] == [False, False]


def test_a_question_counts_where_it_was_met_first(room: Classroom) -> None:
    room.install(choices(2))
    session = room.session()
    studied = answer(session, well=True).served.variant.question_id
    in_exam = Answer(topic="26", difficulty=0.0, guess=0.25, right=False, day=TODAY)

    def met(question_id: str, *, hours: int) -> MetInExam:
        at = room.now + timedelta(hours=hours)
        return MetInExam(question_id=question_id, at=at, answer=in_exam)

    for exams, expected in (
        ((), [True]),
        ([met(studied, hours=1)], [True]),  # seen before: a repeat
        ([met(studied, hours=-1)], [False]),  # studied after the exam
        ([met("elsewhere", hours=1)], [True, False]),
        ([met("elsewhere", hours=1), met("elsewhere", hours=2)], [True, False]),
    ):
        found = read_evidence(room.engine, room.learner, met=exams)
        assert [each.right for each in found.answers] == expected
        assert found.repeated == 1 + len(exams) - len(expected)


def test_questions_that_were_removed_have_still_been_answered(room: Classroom) -> None:
    room.install(choices(2))
    session = room.session()
    answer(session)
    answer(session)
    room.install(choices(1, start=5), version="2.0.0")
    room.session()
    assert counts(evidence(room)) == of(counted=2)


def test_no_table_is_read_from_end_to_end(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "quizapp.db")
    room = Classroom(engine)
    room.install(choices(3))
    answer(room.session())
    plans = noted(engine)
    evidence(room)
    assert plans
    for statement, plan in plans:
        assert "SCAN" not in plan, (statement, plan)
    engine.dispose()
