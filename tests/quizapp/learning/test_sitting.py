"""Sitting an exam: what is answered is kept, the clock is a moment, strict is strict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from questions.compute.client import ComputeUnavailable, ComputeWorker
from questions.draw import draw
from questions.model import content_hash
from quizapp.history import exams
from quizapp.history.exam import Exam, ExamQuestion
from quizapp.history.tables import ExamAnswer
from quizapp.learning import exam as acts
from quizapp.learning.blueprints import BLUEPRINTS, Blueprint
from quizapp.learning.exam import ExamOver, NotAllowed
from quizapp.learning.paper import TooFewQuestions
from quizapp.learning.sitting import ExamOpen, Sitting, all_exams, begin, open_exam, resume
from quizapp.problem import Problem
from tests.packs import calculateds, choices
from tests.questions.examples import choice, combined, numeric, pick, true_false
from tests.quizapp.learning.classroom import Classroom, answer

PLAN = BLUEPRINTS["loss-mini"].resized(questions=4, minutes=2)


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine)
    room.install(choices(12))
    return room


def begun(
    room: Classroom, plan: Blueprint = PLAN, *, strict: bool = True, seed: int = 7
) -> Sitting:
    return begin(
        room.engine,
        room.bank,
        room.examiner,
        room.learner,
        plan,
        strict=strict,
        seed=seed,
        clock=lambda: room.now,
    )


def interrupted(room: Classroom) -> Sitting:
    """Go on as another process does: from the database alone."""
    return resume(room.engine, room.learner, clock=lambda: room.now)


def wrong(question: ExamQuestion) -> str:
    return next(each.label for each in question.variant.options if each.label != question.key)


def test_what_was_answered_is_there_after_an_interruption(room: Classroom) -> None:
    sitting = begun(room)
    first, second = sitting.exam.questions[:2]
    sitting.answer(0, wrong(first), milliseconds=4000)
    sitting.answer(0, first.key, milliseconds=2000)
    sitting.go(1, milliseconds=500)
    sitting.flag(1)
    sitting.answer(1, wrong(second), milliseconds=3000)
    sitting.guess(1)
    room.wait(seconds=30)

    again = interrupted(room)
    assert again.exam == sitting.exam
    assert again.left() == timedelta(seconds=90)
    assert again.exam.present == 1
    assert [each.answer for each in again.exam.questions] == [first.key, wrong(second), None, None]
    assert [len(each.answers) for each in again.exam.questions] == [2, 1, 0, 0]
    assert [each.flagged for each in again.exam.questions] == [False, True, False, False]
    assert [each.guessed for each in again.exam.questions] == [False, True, False, False]
    assert [each.milliseconds for each in again.exam.questions] == [6500, 3000, 0, 0]
    assert [given.milliseconds for given in again.exam.questions[0].answers] == [4000, 6000]


def test_an_exam_whose_deadline_passed_was_submitted_at_the_deadline(room: Classroom) -> None:
    sitting = begun(room)
    sitting.answer(0, sitting.exam.questions[0].key, milliseconds=1)
    room.wait(hours=3)
    again = interrupted(room)
    assert (
        again.exam.submitted_at == again.exam.deadline == again.exam.begun_at + timedelta(minutes=2)
    )
    assert again.left() == timedelta(0)
    with pytest.raises(ExamOver):
        again.answer(1, "1", milliseconds=1)
    assert open_exam(room.engine, room.learner, clock=lambda: room.now) is None
    with pytest.raises(Problem):
        interrupted(room)


def test_nothing_is_answered_after_the_deadline(room: Classroom) -> None:
    sitting = begun(room)
    room.wait(minutes=2)
    with pytest.raises(ExamOver):
        sitting.answer(0, "1", milliseconds=1)
    assert sitting.exam.over
    assert sitting.exam.answered == 0
    for act in (sitting.flag, sitting.guess):
        with pytest.raises(ExamOver):
            act(0)


def test_submitting(room: Classroom) -> None:
    sitting = begun(room)
    room.wait(seconds=50)
    assert sitting.submit().submitted_at == room.now
    room.wait(seconds=10)
    assert sitting.submit().submitted_at == room.now - timedelta(seconds=10)
    with pytest.raises(ExamOver):
        sitting.go(1, milliseconds=1)


def test_one_window_submits_while_another_answers(room: Classroom) -> None:
    one = begun(room)
    other = interrupted(room)
    one.answer(0, "1", milliseconds=1)
    with pytest.raises(NotAllowed):
        other.answer(0, "2", milliseconds=1)
    assert other.exam.questions[0].answer == "1"
    one.submit()
    with pytest.raises(ExamOver):
        other.answer(1, "2", milliseconds=1)
    assert other.exam.over


def test_a_strict_clock_cannot_be_paused(room: Classroom) -> None:
    sitting = begun(room)
    with pytest.raises(NotAllowed):
        sitting.pause()
    room.wait(seconds=20)
    assert sitting.left() == timedelta(seconds=100)


def test_practice_may_pause_and_judges_at_once(room: Classroom) -> None:
    sitting = begun(room, strict=False)
    room.wait(seconds=20)
    sitting.pause()
    room.wait(days=2)
    assert sitting.left() == timedelta(seconds=100)
    with pytest.raises(NotAllowed):
        sitting.answer(0, "1", milliseconds=1)
    again = interrupted(room)
    assert again.left() == timedelta(seconds=100)
    room.wait(seconds=60)
    assert again.left() == timedelta(seconds=40)
    again.answer(0, "1", milliseconds=1)
    with pytest.raises(NotAllowed):
        again.answer(0, "2", milliseconds=1)
    assert again.exam.questions[0].answer == "1"
    room.wait(seconds=40)
    with pytest.raises(ExamOver):
        again.answer(1, "1", milliseconds=1)


@pytest.mark.parametrize("raw", ["", "0", "5", "x", "１", "1 2"])
def test_what_is_no_option_is_no_answer(room: Classroom, raw: str) -> None:
    sitting = begun(room)
    with pytest.raises(NotAllowed):
        sitting.answer(0, raw, milliseconds=1)
    assert interrupted(room).exam.answered == 0


def test_the_same_answer_again_is_no_change(room: Classroom) -> None:
    sitting = begun(room)
    for _time in range(3):
        sitting.answer(0, "2", milliseconds=10)
    assert len(sitting.exam.questions[0].answers) == 1
    assert sitting.exam.questions[0].milliseconds == 30
    with room.engine.connect() as connection:
        stored = connection.scalar(
            select(func.count())
            .select_from(ExamAnswer)
            .where(ExamAnswer.exam_id == sitting.exam.id)
        )
    assert stored == 1


def test_one_exam_at_a_time(room: Classroom) -> None:
    first = begun(room)
    with pytest.raises(ExamOpen):
        begun(room)
    room.wait(minutes=3)
    second = begun(room)
    assert [exam.id for exam in all_exams(room.engine, room.learner, clock=lambda: room.now)] == [
        second.exam.id,
        first.exam.id,
    ]


def test_exams_of_others_are_not_ours(room: Classroom) -> None:
    begun(room)
    neighbour = Classroom(room.engine)
    assert all_exams(room.engine, neighbour.learner, clock=lambda: room.now) == ()
    with pytest.raises(Problem):
        interrupted(neighbour)


def test_questions_of_earlier_exams_and_studied_ones_come_last(room: Classroom) -> None:
    session = room.session()
    studied = {answer(session).served.variant.question_id for _ in range(2)}
    room.wait(minutes=1)
    asked: set[str] = set()
    for number in range(2):
        sitting = begun(room, seed=number)
        asked |= {each.variant.question_id for each in sitting.exam.questions}
        sitting.submit()
        room.wait(minutes=1)
    assert len(asked) == 8
    assert not asked & studied
    third = begun(room, seed=3)
    names = {each.variant.question_id for each in third.exam.questions}
    assert len(names - asked - studied) == 2  # the last ones never seen
    assert studied <= names  # seen earlier than those of the exams


def test_an_exam_is_drawn_again_by_its_seed(room: Classroom) -> None:
    one = begun(room)
    neighbour = Classroom(room.engine)
    other = begun(neighbour)
    assert [each.variant for each in one.exam.questions] == [
        each.variant for each in other.exam.questions
    ]


def test_only_what_has_one_best_answer_is_asked(engine: Engine) -> None:
    room = Classroom(engine)
    room.install(
        [
            choice(id="best"),
            choice(id="worst", negative=True),
            pick(),
            combined(topic="13c"),
            true_false(),
            numeric(),
            choice(id="outside", scope="beyond"),
        ]
    )
    sitting = begun(room, PLAN.resized(questions=4))
    assert {each.form for each in sitting.exam.questions} == {
        "best",
        "worst",
        "scenario",
        "combination",
    }
    assert all(each.key_option.right for each in sitting.exam.questions)
    sitting.submit()
    with pytest.raises(TooFewQuestions):
        begun(room, PLAN.resized(questions=5))


def test_a_pack_that_changes_does_not_change_an_exam(room: Classroom) -> None:
    sitting = begun(room)
    room.install([choice(id="q0", stem="書き換えた問題文。")], version="2.0.0")
    again = interrupted(room)
    assert again.exam == sitting.exam
    assert all("書き換えた" not in each.variant.stem for each in again.exam.questions)


@pytest.fixture
def worker() -> Iterator[ComputeWorker]:
    worker = ComputeWorker()
    yield worker
    worker.close()


def test_calculations_are_settled_before_the_clock_runs(
    engine: Engine, worker: ComputeWorker
) -> None:
    room = Classroom(engine, compute=worker)
    room.install(calculateds(2))
    sitting = begun(room, PLAN.resized(questions=2))
    assert [each.form for each in sitting.exam.questions] == ["calculation"] * 2
    worker.close()
    # Nothing is computed any more: what was shown is stored.
    again = interrupted(room)
    assert again.exam == sitting.exam
    assert all(len(each.variant.options) == 4 for each in again.exam.questions)
    again.answer(0, again.exam.questions[0].key, milliseconds=1)
    assert again.submit().questions[0].right


def test_without_pytorch_no_exam_with_calculations_begins(engine: Engine) -> None:
    broken = ComputeWorker(command=("false",))
    room = Classroom(engine, compute=broken)
    room.install(calculateds(1))
    with pytest.raises(Problem) as problem:
        begun(room, PLAN.resized(questions=1))
    assert not isinstance(problem.value, ComputeUnavailable)
    with room.engine.connect() as connection:
        assert exams.ids(connection, room.learner.id) == ()
    broken.close()


# The acts themselves, on values


def exam_value(*, strict: bool = True) -> Exam:
    begins = datetime(2026, 11, 21, tzinfo=UTC)
    question = choice()
    asked = [
        draw(question, question_id="p/q", content_hash=content_hash(question), seed=seed)
        for seed in range(3)
    ]
    return Exam(
        id="e",
        blueprint="b",
        title="t",
        seconds=60,
        seed=1,
        strict=strict,
        begun_at=begins,
        deadline=begins + timedelta(seconds=60),
        questions=tuple(
            ExamQuestion(
                position=position,
                form="best",
                variant=variant,
                key=next(option.label for option in variant.options if option.right),
            )
            for position, variant in enumerate(asked)
        ),
    )


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["answer", "flag", "go", "pause", "wait"]), st.integers(0, 50)),
        max_size=30,
    ),
    strict=st.booleans(),
)
def test_whatever_is_done_answers_are_only_added_and_time_only_passes(
    steps: list[tuple[str, int]], strict: bool
) -> None:
    exam = exam_value(strict=strict)
    now, running = exam.begun_at, timedelta(0)
    for what, number in steps:
        before = exam
        match what:
            case "wait":
                now += timedelta(seconds=number)
                if exam.paused_at is None and not exam.over:
                    running += timedelta(seconds=number)
                exam = acts.settled(exam, now)
            case "pause" if exam.paused_at is not None:
                exam = acts.resumed(exam, now)
            case _:
                exam = attempt(exam, what, number, now)
        for old, new in zip(before.questions, exam.questions, strict=True):
            assert new.answers[: len(old.answers)] == old.answers
            assert new.milliseconds >= old.milliseconds
        assert exam.left(now) == max(timedelta(0), timedelta(seconds=60) - running)
        if before.over:
            assert exam == before
    assert exam.over == (running >= timedelta(seconds=60))


def attempt(exam: Exam, what: str, number: int, now: datetime) -> Exam:
    try:
        match what:
            case "answer":
                label = str(number % 4 + 1)
                return acts.answered(exam, number % 3, label, now=now, milliseconds=number)
            case "flag":
                return acts.flagged(exam, number % 3, now=now)
            case "go":
                return acts.moved(exam, number - 10, now=now, milliseconds=number)
            case _:
                return acts.paused(exam, now)
    except (ExamOver, NotAllowed):
        return exam


@pytest.mark.parametrize(("to", "lands"), [(-5, 0), (0, 0), (2, 2), (3, 2), (99, 2)])
def test_going_beyond_the_ends_stays_at_the_ends(to: int, lands: int) -> None:
    exam = exam_value()
    assert acts.moved(exam, to, now=exam.begun_at, milliseconds=0).present == lands


def test_a_clock_set_back_gives_no_time_away() -> None:
    exam = exam_value(strict=False)
    paused = acts.paused(exam, exam.begun_at + timedelta(seconds=30))
    again = acts.resumed(paused, exam.begun_at)
    assert again.deadline == exam.deadline
    assert replace(again, paused_at=None) == again
