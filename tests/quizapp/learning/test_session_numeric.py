"""Sessions with numbers that PyTorch computes, in its own process. The real one."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, func, select

from questions.bank.tables import SettledSeed
from questions.compute.client import ComputeRefused, ComputeUnavailable, ComputeWorker
from quizapp.learning.serving import Served
from quizapp.learning.session import NotComputed, StudySession
from quizapp.settings import Settings
from tests.packs import calculateds, choices, numerics
from tests.questions.examples import calculated, compare, numeric
from tests.quizapp.learning.classroom import (
    Classroom,
    answer,
    finished,
    right,
    served,
    waiting,
    wrong,
)


@pytest.fixture(scope="module")
def compute() -> Iterator[ComputeWorker]:
    worker = ComputeWorker()
    worker.start()
    until = monotonic() + 90
    while not worker.ready:
        assert monotonic() < until, "torch did not load"
        sleep(0.05)
    yield worker
    worker.close()


@pytest.fixture
def room(engine: Engine, compute: ComputeWorker) -> Classroom:
    room = Classroom(engine, compute)
    room.install([*numerics(4), *choices(2)])
    return room


def expected(room: Classroom, question: Served) -> str:
    """Return what the program itself would answer."""
    verdict = room.examiner.judge(question.variant, "1e9")
    assert verdict.expected is not None
    return verdict.expected


def next_number(session: StudySession, *, ready: bool = True) -> Served:
    """Return the next question that has numbers, answering choices on the way."""
    while (question := served(session, ready=ready)).variant.options:
        session.answer(question, "1", milliseconds=0)
    return question


def settled_seeds(room: Classroom) -> int:
    with room.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(SettledSeed)) or 0


class TestAnswering:
    def test_a_right_number(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        question = served(session, ready=True)
        raw = expected(room, question)
        answered = session.answer(question, raw, milliseconds=9)
        assert (answered.verdict.outcome, answered.grade) == ("correct", "good")
        (review,) = room.reviews()
        assert (review.raw, review.value, review.outcome) == (raw, float(raw), "correct")
        assert review.dtype == "float64"
        assert review.torch_version is not None
        assert review.torch_version.startswith("2.")
        assert (review.seed, review.attempt) == (question.variant.seed, question.variant.attempt)

    def test_a_known_mistake_is_kept_by_name(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        question = served(session, ready=True)
        prepared = room.compute.evaluate(question.variant.question, question.variant.given)  # type: ignore[arg-type]  # it is numeric
        mistake = prepared.mistakes[0]
        answered = session.answer(question, f"{mistake.value:.6f}", milliseconds=0)
        assert (answered.verdict.outcome, answered.grade) == ("mistake", "again")
        assert mistake.id in room.reviews()[0].mistakes

    def test_what_cannot_be_read_costs_nothing(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        question = served(session, ready=True)
        for raw in ("", "abc", "1,000", "nan", "1/0"):
            assert session.answer(question, raw, milliseconds=0).review_id is None
        assert room.rows() == (0, 0)


class TestBeforeTorchIsReady:
    def test_choices_come_first(self, room: Classroom) -> None:
        session = room.session()
        kinds = [answer(session, well=False).served.variant.question.kind for _ in range(2)]
        assert kinds == ["choice", "choice"]

    def test_then_it_is_waited_for(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        assert waiting(session).counts.new == 4
        assert served(session, ready=True)

    def test_a_missed_choice_is_not_brought_forward_meanwhile(self, room: Classroom) -> None:
        session = room.session()
        answer(session, well=False)
        answer(session, well=False)
        waiting(session)

    def test_a_number_that_comes_again_soon_is_waited_for(self, room: Classroom) -> None:
        room.settings = Settings(new_per_day=1)
        session = room.session(kind="numeric")
        missed = served(session, ready=True)
        session.answer(missed, "12345", milliseconds=0)
        waiting(session)
        assert served(session, ready=True).card_id == missed.card_id

    def test_a_choice_behind_many_numbers_is_found(
        self, engine: Engine, compute: ComputeWorker
    ) -> None:
        room = Classroom(engine, compute, settings=Settings(new_per_day=100))
        room.install([*numerics(60, difficulty="basic"), *choices(3, difficulty="advanced")])
        session = room.session()
        assert [answer(session).served.variant.question.kind for _ in range(3)] == ["choice"] * 3
        waiting(session)

    def test_what_was_settled_before_is_shown(self, room: Classroom) -> None:
        assert room.session(kind="numeric").settle_ahead() == 2
        assert room.session(kind="numeric").settle_ahead() == 0
        # Another start of the program, whose PyTorch is still loading.
        later = Classroom(room.engine)
        later.learner = room.learner
        session = later.session(kind="numeric")
        settled = served(session)
        found = served(room.session(kind="numeric"), ready=True)
        assert settled.variant == found.variant

    def test_settled_numbers_are_dropped_when_they_were_used(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        session.settle_ahead()
        assert settled_seeds(room) == 2
        for _ in range(2):
            question = served(session)
            session.answer(question, expected(room, question), milliseconds=0)
        assert settled_seeds(room) == 0
        waiting(session)
        # Taken back, the same numbers are shown at once.
        session.undo()
        assert served(session).variant == question.variant

    def test_those_of_the_next_day_are_settled_too(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        for _ in range(4):
            question = served(session, ready=True)
            session.answer(question, expected(room, question), milliseconds=0)
        assert session.settle_ahead() == 2
        room.wait(days=30)
        session = room.session(kind="numeric")
        assert served(session).why == "due"


class TestUndo:
    def test_the_same_numbers(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        question = served(session, ready=True)
        session.answer(question, "12345", milliseconds=0)
        assert session.undo()
        again = served(session)
        assert again.variant == question.variant
        answered = session.answer(again, expected(room, again), milliseconds=0)
        assert answered.grade == "good"

    def test_the_next_review_has_other_numbers(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        room.settings = Settings(new_per_day=1)
        session = room.session(kind="numeric")
        first = served(session, ready=True)
        session.answer(first, "12345", milliseconds=0)
        second = served(session, ready=True)
        assert second.card_id == first.card_id
        assert second.variant.given != first.variant.given


class TestWorkerTrouble:
    def test_a_worker_that_dies_loses_no_answer(self, room: Classroom) -> None:
        session = room.session(kind="numeric")
        question = served(session, ready=True)
        raw = expected(room, question)
        pid = room.compute.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        answered = session.answer(question, raw, milliseconds=0)
        assert answered.grade == "good"
        assert [review.raw for review in room.reviews()] == [raw]

    @pytest.fixture
    def broken(self, engine: Engine) -> Iterator[Classroom]:
        """PyTorch cannot be loaded at all."""
        worker = ComputeWorker(command=(sys.executable, "-c", "raise SystemExit(3)"))
        room = Classroom(engine, worker)
        room.install([*numerics(4), *choices(2)])
        yield room
        worker.close()

    def test_the_rest_is_served(self, broken: Classroom) -> None:
        session = broken.session()
        for _ in range(2):
            question = served(session, ready=True)
            assert question.variant.options
            session.answer(question, "1", milliseconds=0)
        with pytest.raises(NotComputed) as caught:
            session.next(computing_ready=True)
        assert str(caught.value)

    def test_an_answer_that_cannot_be_checked_is_not_recorded(
        self, broken: Classroom, room: Classroom
    ) -> None:
        session = room.session(kind="numeric")
        session.settle_ahead()
        broken.learner = room.learner
        session = broken.session(kind="numeric")
        question = served(session)
        with pytest.raises(ComputeUnavailable):
            session.answer(question, "0.5", milliseconds=0)
        assert broken.rows() == (0, 0)
        assert served(session) == question

    def test_settling_ahead_says_so(self, broken: Classroom) -> None:
        with pytest.raises(ComputeUnavailable):
            broken.session().settle_ahead()


class TestBadQuestions:
    """Checking a pack finds them; a learner who meets one all the same is not stuck."""

    def test_numbers_that_no_draw_makes_computable_are_passed_over(
        self, engine: Engine, compute: ComputeWorker
    ) -> None:
        room = Classroom(engine, compute)
        bad = numeric(
            id="bad",
            difficulty="basic",
            given={
                "pred": {"sample": "fixed", "value": [1.0, 2.0]},
                "target": {"sample": "fixed", "value": [1.0, 2.0, 3.0]},
            },
        )
        room.install([bad, *numerics(1)])
        session = room.session()
        good = served(session, ready=True)
        assert good.variant.question_id == "test/n0"
        session.answer(good, expected(room, good), milliseconds=0)
        finished(session)
        with pytest.raises(ComputeRefused):
            room.examiner.present(bad, question_id="test/bad", content_hash="x", seed=1)

    def test_numbers_on_which_mistakes_hide_are_asked_all_the_same(
        self, engine: Engine, compute: ComputeWorker
    ) -> None:
        room = Classroom(engine, compute)
        fixed = {"sample": "fixed", "value": [0.5]}
        room.install(
            [numeric(given={"pred": fixed, "target": {"sample": "fixed", "value": [0.0]}})]
        )
        session = room.session()
        question = served(session, ready=True)
        raw = expected(room, question)
        assert session.answer(question, raw, milliseconds=0).grade == "good"


class TestCalculatedChoices:
    @pytest.fixture
    def options(self, engine: Engine, compute: ComputeWorker) -> Classroom:
        room = Classroom(engine, compute)
        room.install([*calculateds(3), *choices(1)])
        return room

    def test_they_wait_for_torch_even_when_settled(self, options: Classroom) -> None:
        session = options.session()
        assert session.settle_ahead() == 2
        assert answer(session).served.variant.question.kind == "choice"
        waiting(session)
        question = served(session, ready=True)
        assert question.variant.question.kind == "calculated_choice"
        assert len(question.variant.options) == 4

    def test_a_right_option(self, options: Classroom) -> None:
        session = options.session(kind="calculated_choice")
        question = served(session, ready=True)
        answered = session.answer(question, right(question), milliseconds=5)
        assert (answered.verdict.outcome, answered.grade) == ("correct", "good")
        (review,) = options.reviews()
        assert (review.raw, review.outcome, review.score) == (right(question), "correct", 1.0)
        assert (review.seed, review.attempt) == (question.variant.seed, question.variant.attempt)
        assert review.value is not None
        assert review.torch_version is not None

    def test_a_wrong_option_is_kept_with_its_mistake(self, options: Classroom) -> None:
        session = options.session(kind="calculated_choice")
        question = served(session, ready=True)
        answered = session.answer(question, wrong(question), milliseconds=5)
        assert (answered.verdict.outcome, answered.grade) == ("mistake", "again")
        (review,) = options.reviews()
        assert review.mistakes == tuple(m.id for m in answered.verdict.mistakes) != ()

    def test_taken_back_it_is_asked_with_the_same_options(self, options: Classroom) -> None:
        session = options.session(kind="calculated_choice")
        question = served(session, ready=True)
        session.answer(question, wrong(question), milliseconds=5)
        assert session.undo()
        again = served(session, ready=True)
        assert again.variant == question.variant
        assert session.answer(again, right(again), milliseconds=5).grade == "good"

    def test_the_bank_gives_back_what_was_installed(self, options: Classroom) -> None:
        assert options.bank.question("c1").question == calculated(id="c1")
        assert options.bank.ids(kind="calculated_choice") == ("test/c0", "test/c1", "test/c2")

    def test_one_without_options_is_passed_over(
        self, engine: Engine, compute: ComputeWorker
    ) -> None:
        room = Classroom(engine, compute)
        fixed = {"sample": "fixed", "value": [0.5]}
        given = {"pred": fixed, "target": {"sample": "fixed", "value": [0.4]}}
        room.install([calculated(given=given, difficulty="basic"), *choices(1)])
        session = room.session()
        question = served(session, ready=True)
        assert question.variant.question.kind == "choice"
        session.answer(question, right(question), milliseconds=0)
        assert finished(session)


class TestComparisons:
    @pytest.fixture
    def sides(self, engine: Engine, compute: ComputeWorker) -> Classroom:
        room = Classroom(engine, compute)
        room.install([compare(), *choices(1)])
        return room

    def test_settled_they_are_shown_before_torch_is_ready(self, sides: Classroom) -> None:
        session = sides.session(kind="compare")
        waiting(session)
        assert session.settle_ahead() == 1
        question = served(session, ready=False)
        assert {option.text for option in question.variant.options} == {"MSE", "MAE"}
        assert settled_seeds(sides) == 1

    def test_answers_are_kept(self, sides: Classroom) -> None:
        session = sides.session(kind="compare")
        question = served(session, ready=True)
        key = sides.examiner.judge(question.variant, "1").expected
        assert key is not None
        other = "2" if key == "1" else "1"
        answered = session.answer(question, other, milliseconds=5)
        assert (answered.verdict.outcome, answered.grade) == ("wrong", "again")
        assert session.undo()
        again = served(session, ready=True)
        assert again.variant == question.variant
        assert session.answer(again, key, milliseconds=5).grade == "good"
        review = sides.reviews()[-1]
        assert (review.raw, review.outcome, review.score) == (key, "correct", 1.0)

    def test_one_that_nothing_decides_is_passed_over(
        self, engine: Engine, compute: ComputeWorker
    ) -> None:
        room = Classroom(engine, compute)
        fixed = {"sample": "fixed", "value": [0.5]}
        room.install(
            [compare(given={"pred": fixed, "target": fixed}, difficulty="basic"), *choices(1)]
        )
        session = room.session()
        question = served(session, ready=True)
        assert question.variant.question.kind == "choice"


def test_kinds_are_mixed_once_torch_is_ready(room: Classroom) -> None:
    session = room.session()
    kinds = []
    for _ in range(6):
        question = served(session, ready=True)
        kinds.append(question.variant.question.kind[0])
        raw = "1" if question.variant.options else expected(room, question)
        session.answer(question, raw, milliseconds=0)
    assert "".join(kinds) == "ncnncn"
