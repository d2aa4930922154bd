"""What an exam came to, and its mistakes coming back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from quizapp.history.exam import Exam, ExamQuestion
from quizapp.learning import exam as acts
from quizapp.learning.blueprints import BLUEPRINTS
from quizapp.learning.exam_mistakes import bring_back
from quizapp.learning.exam_report import Changes, Part, Report, report
from quizapp.learning.item_statistics import wilson
from quizapp.learning.replay import replayed
from quizapp.learning.sitting import Sitting, begin
from tests.packs import choices
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import Classroom, served
from tests.quizapp.learning.test_optimizing import FORGETFUL, adopt, check_replay
from tests.quizapp.learning.test_sitting import exam_value


def played(answers: Sequence[str], *, guesses: Sequence[int] = (), seconds: int = 10) -> Report:
    """Return the report of an exam: for each question r(ight) and w(rong) answers in turn."""
    exam = exam_value()
    now = exam.begun_at
    for position, given in enumerate(answers):
        for letter in given:
            now += timedelta(seconds=1)
            exam = acts.answered(
                exam,
                position,
                label(exam.questions[position], letter),
                now=now,
                milliseconds=1000 * seconds,
            )
    for position in guesses:
        exam = acts.guessed(exam, position, now=now)
    return report(acts.submitted(exam, exam.begun_at + timedelta(seconds=42)))


def label(question: ExamQuestion, letter: str) -> str:
    """r: the right option; w and x: two wrong ones."""
    others = [each.label for each in question.variant.options if each.label != question.key]
    return question.key if letter == "r" else others["wx".index(letter)]


@pytest.mark.parametrize(
    ("answers", "right", "unanswered", "changes"),
    [
        (("r", "r", "r"), 3, 0, Changes(0, 0, 0)),
        (("r", "", ""), 1, 2, Changes(0, 0, 0)),
        (("", "", ""), 0, 3, Changes(0, 0, 0)),
        (("rw", "wr", "wx"), 1, 0, Changes(1, 1, 1)),
        (("rwr", "wrw", "w"), 1, 0, Changes(0, 0, 0)),
    ],
)
def test_score_and_changes(
    answers: tuple[str, ...], right: int, unanswered: int, changes: Changes
) -> None:
    made = played(answers)
    assert made.score == Part("", right, 3)
    assert made.interval == wilson(right / 3, 3)
    assert (made.unanswered, made.changes) == (unanswered, changes)
    assert made.reached == (right == 3)
    assert len(made.wrong) == 3 - right


def test_guesses_are_counted_where_there_is_an_answer() -> None:
    made = played(("r", "w", ""), guesses=(0, 1, 2))
    assert made.guesses == Part("", 1, 2)


def test_pace_against_the_budget() -> None:
    made = played(("r", "r", "rwr"), seconds=12)  # there are 20 s for a question
    assert (made.budget, made.pace, made.taken) == (20, 20, 42)
    assert made.over_budget == 1
    assert [each.position for each in made.slowest] == [2]


def test_topics_and_forms() -> None:
    exam = exam_value()
    kinds = [("13b", "worst"), ("7", "best"), ("13b", "best")]
    asked = tuple(
        replace(
            each,
            form=form,
            variant=replace(
                each.variant, question=each.variant.question.model_copy(update={"topic": topic})
            ),
        )
        for each, (topic, form) in zip(exam.questions, kinds, strict=True)
    )
    exam = replace(exam, questions=asked)
    now = exam.begun_at
    exam = acts.answered(exam, 0, exam.questions[0].key, now=now, milliseconds=1)
    made = report(acts.submitted(exam, now))
    assert made.topics == (Part("7", 0, 1), Part("13b", 1, 2))
    assert made.forms == (Part("best", 0, 2), Part("worst", 1, 1))


@pytest.mark.parametrize(
    ("forecast", "within"),
    [
        ({"expected": 0.6, "low": 0.3, "high": 0.8, "pass_probability": 0.4}, True),
        ({"low": 0.8, "high": 0.9}, False),
        ({"expected": 0.5}, None),
        ({"low": "bad", "high": []}, None),
    ],
)
def test_the_forecast_is_compared(forecast: Mapping[str, object], within: bool | None) -> None:
    exam = replace(exam_value(), forecast=forecast)
    for position in range(2):
        key = exam.questions[position].key
        exam = acts.answered(exam, position, key, now=exam.begun_at, milliseconds=1)
    made = report(acts.submitted(exam, exam.begun_at))
    assert made.compared is not None
    assert made.compared.within is within
    assert played(("r", "r", "r")).compared is None


def test_an_exam_that_runs_has_no_report() -> None:
    with pytest.raises(ValueError, match="not over"):
        report(exam_value())


# Mistakes coming back


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine)
    room.install(choices(4))
    return room


def sat(room: Classroom) -> Exam:
    """An exam of four: right, wrong, right, unanswered."""
    sitting: Sitting = begin(
        room.engine,
        room.bank,
        room.examiner,
        room.learner,
        BLUEPRINTS["loss-mini"].resized(questions=4, minutes=2),
        strict=True,
        seed=1,
        clock=lambda: room.now,
    )
    for position, letter in enumerate("rwr"):
        asked = sitting.exam.questions[position]
        sitting.answer(position, label(asked, letter), milliseconds=5000)
    return sitting.submit()


def back(room: Classroom, exam: Exam) -> tuple[Exam, int]:
    return bring_back(
        room.engine,
        room.learner,
        exam,
        clock=lambda: room.now,
        calendar=room.calendar,
        desired_retention=0.9,
    )


def test_an_exam_alone_does_not_touch_the_schedule(room: Classroom) -> None:
    room.session()
    before = room.memories()
    sat(room)
    assert room.memories() == before
    assert room.rows() == (0, 0)
    assert room.session().counts().answered == 0


def test_wrong_ones_come_back_today_and_once(room: Classroom) -> None:
    exam = sat(room)
    wrong = {exam.questions[position].variant.question_id for position in (1, 3)}
    exam, count = back(room, exam)
    assert count == 2
    assert back(room, exam)[1] == 0
    reviews = room.reviews()
    assert {review.question_id for review in reviews} == wrong
    assert {(review.grade, review.origin, review.outcome) for review in reviews} == {
        ("again", "exam", "wrong")
    }
    assert {review.id for review in reviews} == {
        each.review_id for each in exam.questions if each.review_id
    }
    for question_id, memory in room.memories().items():
        mine = tuple(review for review in reviews if review.question_id == question_id)
        assert memory == replayed(mine, card_key=room.learner.card_key(question_id))
    room.wait(minutes=10)
    counts = room.session().counts()
    assert (counts.learning, counts.answered, counts.right) == (2, 2, 0)
    assert served(room.session()).why == "learning"


def test_what_came_back_can_be_taken_back(room: Classroom) -> None:
    session = room.session()
    before = room.memories()
    exam, _count = back(room, sat(room))
    session = room.session()
    assert session.undo() is not None
    assert session.undo() is not None
    assert session.undo() is None
    assert room.memories() == before
    assert session.counts().answered == 0
    assert back(room, exam)[1] == 0


def test_questions_out_of_use_do_not_come_back(room: Classroom) -> None:
    exam = sat(room)
    room.install([choice(id="another")], version="2.0.0")
    assert back(room, exam)[1] == 0
    assert room.session().counts().learning == 0


def test_they_come_back_by_the_weights_of_the_learner(room: Classroom) -> None:
    fit_id = adopt(room, FORGETFUL)
    back(room, sat(room))
    assert {review.fit_id for review in room.reviews()} == {fit_id}
    check_replay(room)
