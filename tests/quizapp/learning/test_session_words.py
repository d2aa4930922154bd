"""Sessions with hints, flashcards and cases: what is recorded and when it comes again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from quizapp.learning.replay import replayed
from quizapp.learning.scheduler import STEP
from quizapp.learning.serving import Served
from tests.questions.examples import card, case, choice, term
from tests.quizapp.learning.classroom import Classroom, finished, right, served


@pytest.fixture
def room(engine: Engine) -> Classroom:
    return Classroom(engine)


class TestHints:
    def test_they_come_one_by_one_and_end(self, room: Classroom) -> None:
        room.install([term()])
        session = room.session()
        question = served(session)
        assert question.hints_shown == ()
        shown = []
        for _ in range(3):
            question = session.hint(question)
            shown.append(question.hints_shown)
        assert shown == [term().hints[:1], term().hints, term().hints]
        # Shown is shown: asked for the question anew, they are still there.
        assert served(session).hints == 2

    def test_a_right_answer_with_a_hint_comes_again_today(self, room: Classroom) -> None:
        room.install([term()])
        session = room.session()
        answered = session.answer(session.hint(served(session)), "Huber損失", milliseconds=1)
        assert (answered.verdict.right, answered.grade) == (True, "again")
        assert answered.verdict.score == pytest.approx(2 / 3)
        assert answered.next_due == room.now + STEP
        assert (answered.counts.answered, answered.counts.right) == (1, 1)
        (review,) = room.reviews()
        assert (review.hints, review.outcome, review.grade) == (1, "correct", "again")
        assert review.score == pytest.approx(2 / 3)
        assert not answered.amendable
        with pytest.raises(ValueError, match="without hints"):
            session.amend(answered, "easy")

    def test_a_card_that_was_known_is_forgotten(self, room: Classroom) -> None:
        room.install([term()])
        session = room.session()
        session.answer(served(session), "Huber損失", milliseconds=1)
        room.wait(days=30)
        session = room.session()
        while isinstance(question := session.next(computing_ready=False), Served):
            session.answer(session.hint(question), "Huber損失", milliseconds=1)
            if room.memories()["test/huber-name"].lapses:
                break
            room.wait(days=30)
        memory = room.memories()["test/huber-name"]
        assert (memory.lapses, memory.state) == (1, "relearning")
        assert replayed(
            tuple(room.reviews()), card_key=room.learner.card_key("test/huber-name")
        ) == memory  # fmt: skip

    def test_taking_back_brings_the_hints_back(self, room: Classroom) -> None:
        room.install([term()])
        session = room.session()
        session.answer(session.hint(served(session)), "x", milliseconds=1)
        undone = session.undo()
        assert undone is not None
        again = served(session)
        assert again.hints_shown == term().hints[:1]
        assert room.memories()["test/huber-name"].reviews == 0
        # Whoever saw it has seen it: the second answer is one with a hint, too.
        assert session.answer(again, "Huber損失", milliseconds=1).grade == "again"
        (review,) = room.reviews()
        assert review.hints == 1

    def test_taking_back_across_a_restart_brings_the_hints_back(self, room: Classroom) -> None:
        room.install([term()])
        session = room.session()
        session.answer(session.hint(served(session)), "x", milliseconds=1)
        session = room.session()
        session.undo()
        assert served(session).hints == 1

    def test_hints_of_one_answer_are_not_those_of_the_next(self, room: Classroom) -> None:
        room.install([term()])
        session = room.session()
        session.answer(session.hint(served(session)), "x", milliseconds=1)
        room.wait(minutes=11)
        assert served(session).hints == 0

    def test_what_cannot_be_read_keeps_the_hints(self, room: Classroom) -> None:
        room.install([term()])
        session = room.session()
        question = session.hint(served(session))
        assert not session.answer(question, "Hubre損失", milliseconds=1).verdict.graded
        assert served(session).hints == 1
        assert room.reviews() == []

    def test_a_question_without_hints_has_none(self, room: Classroom) -> None:
        room.install([choice()])
        session = room.session()
        question = session.hint(served(session))
        assert question.hints == 0
        assert session.answer(question, right(question), milliseconds=1).grade == "good"


class TestCards:
    @pytest.mark.parametrize(
        ("raw", "grade"), [("1", "again"), ("2", "hard"), ("3", "good"), ("4", "easy")]
    )
    def test_the_learner_grades(self, room: Classroom, raw: str, grade: str) -> None:
        room.install([card()])
        session = room.session()
        question = served(session)
        assert question.variant.back == card().back
        answered = session.answer(question, raw, milliseconds=1)
        assert answered.grade == grade
        assert not answered.amendable
        (review,) = room.reviews()
        assert (review.raw, review.grade, review.score) == (raw, grade, float(raw != "1"))
        assert answered.counts.right == int(raw != "1")

    def test_a_better_grade_comes_back_later(self, room: Classroom) -> None:
        room.install([card(id=f"c{raw}") for raw in "1234"])
        session = room.session()
        due = {}
        for _ in range(4):
            question = served(session)
            raw = question.variant.question_id[-1]
            session.answer(question, raw, milliseconds=1)
        for question_id, memory in room.memories().items():
            at = memory.due_at or room.now + timedelta(days=(memory.due_on - room.now.date()).days)  # type: ignore[operator]  # one of the two is there
            due[question_id[-1]] = at
        assert due["1"] < due["2"] < due["3"] < due["4"]

    def test_two_directions_have_two_schedules_and_come_on_two_days(self, room: Classroom) -> None:
        room.install([card(both=True)])
        session = room.session()
        forth = served(session)
        session.answer(forth, "4", milliseconds=1)
        end = finished(session)
        assert end.next_due == room.now.date() + timedelta(days=1)
        # Taken back, the other direction may come again today.
        session.undo()
        assert session.counts().new == 2
        session.redo()
        finished(session)
        room.wait(days=1)
        back = served(session)
        assert [forth.variant.stem, back.variant.stem] == [back.variant.back, forth.variant.back]
        session.answer(back, "1", milliseconds=1)
        memories = room.memories()
        assert memories["test/entropy"].state == "review"
        assert memories["test/entropy/back"].state == "learning"


class TestCases:
    def test_parts_come_one_after_the_other_with_their_passage(self, room: Classroom) -> None:
        room.install([choice(id="before", difficulty="basic"), case()])
        session = room.session()
        met = []
        while isinstance(question := session.next(computing_ready=False), Served):
            met.append((question.variant.question_id, bool(question.variant.passage)))
            session.answer(question, right(question), milliseconds=1)
        assert met == [
            ("test/before", False),
            ("test/rents/median", True),
            ("test/rents/squares", True),
        ]
        assert len(room.reviews()) == 3

    @pytest.mark.parametrize(
        ("filters", "ids"),
        [
            ({"topic": "13d"}, ["test/rents/squares"]),
            ({"kind": "choice"}, ["test/rents/median"]),
            ({"topic": "13a"}, []),
        ],
    )
    def test_a_session_may_be_about_some_of_the_parts(
        self, room: Classroom, filters: dict[str, str], ids: list[str]
    ) -> None:
        room.install([case()])
        session = room.session(**filters)  # type: ignore[arg-type]  # two known names
        met = []
        while isinstance(question := session.next(computing_ready=False), Served):
            met.append(question.variant.question_id)
            session.answer(question, right(question), milliseconds=1)
        assert met == ids
