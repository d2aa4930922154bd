"""A study session: order, limits, answering, amending, taking back. On both databases."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event

from quizapp.database import DatabaseProblem, open_database
from quizapp.history.cards import CardChanged
from quizapp.history.memory import Memory
from quizapp.learning.day import Calendar
from quizapp.learning.serving import Confidence, Counts, Served
from quizapp.learning.session import StudySession
from quizapp.settings import Settings
from tests.packs import choices
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import (
    MORNING,
    Classroom,
    answer,
    finished,
    right,
    served,
    study_all,
    wrong,
)


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine)
    room.install(choices(30))
    return room


def limited(room: Classroom, **limits: int) -> None:
    room.settings = Settings.model_validate(limits)


class TestOrder:
    def test_easier_new_questions_come_first(self, engine: Engine) -> None:
        room = Classroom(engine)
        room.install(
            [
                choice(id="c", difficulty="advanced"),
                choice(id="b", difficulty="standard"),
                choice(id="a", difficulty="basic"),
            ]
        )
        assert study_all(room.session()) == ["test/a", "test/b", "test/c"]

    def test_learning_that_has_come_then_due_then_new(self, room: Classroom) -> None:
        limited(room, new_per_day=3)
        session = room.session()
        for _ in range(3):
            answer(session)
        room.wait(days=2)
        session = room.session()
        due = served(session)
        assert due.why == "due"
        session.answer(due, wrong(due), milliseconds=0)
        assert served(session).why == "new"
        room.wait(minutes=10)
        # The question on the screen stays, however late it is answered.
        assert served(session).why == "new"
        answer(session)
        again = served(session)
        assert (again.why, again.variant.question_id) == ("learning", due.variant.question_id)
        answer(session)
        assert [answer(session).served.why for _ in range(4)] == ["due", "new", "due", "new"]

    @pytest.mark.parametrize(
        ("new", "order"),
        [
            (0, "dddddd"),
            (1, "dddnddd"),  # in the middle
            (2, "ddnddndd"),
            (3, "dnddnddnd"),
            (6, "dndndndndndn"),
            (13, "ndnndnndnndnndnndnn"),
        ],
    )
    def test_new_ones_are_spread_evenly_among_due_ones(
        self, room: Classroom, new: int, order: str
    ) -> None:
        limited(room, new_per_day=6)
        study_all(room.session())
        room.wait(days=3)
        limited(room, new_per_day=new)
        given = ""
        while isinstance(question := room.session().next(computing_ready=False), Served):
            # Each by another session: a restart does not begin the mix anew.
            given += question.why[0]
            room.session().answer(question, right(question), milliseconds=0)
        assert given.count("d") == 6
        assert given.count("n") == new
        assert given == order

    def test_the_longest_overdue_comes_first(self, room: Classroom) -> None:
        limited(room, new_per_day=2)
        first_day = study_all(room.session())
        room.wait(days=1)
        second_day = [answer(room.session()).served.variant.question_id for _ in range(2)]
        limited(room, new_per_day=0)
        room.wait(days=10)
        order = study_all(room.session(limit=4))
        assert set(order[:2]) == set(first_day)
        assert set(order[2:]) == set(second_day)

    def test_due_cards_are_shuffled_and_keep_their_order(self, room: Classroom) -> None:
        limited(room, new_per_day=12)
        learnt = study_all(room.session())
        limited(room, new_per_day=0)
        room.wait(days=30)
        session = room.session()
        shown = [answer(session).served.variant.question_id for _ in range(5)]
        # After a restart the rest comes as it would have come.
        rest = study_all(room.session(limit=7))
        order = shown + rest
        assert sorted(order) == sorted(learnt)
        assert order != learnt
        for _ in range(12):
            assert room.session().undo()
        assert study_all(room.session(limit=12)) == order

    def test_the_same_question_until_it_is_answered(self, room: Classroom) -> None:
        session = room.session()
        question = served(session)
        room.wait(minutes=5)
        assert served(session) == question
        # Another session of the same learner is shown the same one, with the same options.
        assert served(room.session()) == question


class TestLearning:
    def test_a_wrong_answer_comes_again_in_ten_minutes(self, room: Classroom) -> None:
        limited(room, new_per_day=2)
        session = room.session()
        missed = answer(session, well=False)
        assert missed.grade == "again"
        assert missed.next_due == MORNING + timedelta(minutes=10)
        assert answer(session).served.why == "new"
        room.wait(minutes=10)
        question = served(session)
        assert (question.why, question.card_id) == ("learning", missed.served.card_id)

    def test_it_comes_early_when_nothing_else_is_left(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        session = room.session()
        missed = answer(session, well=False)
        assert served(session).card_id == missed.served.card_id

    def test_but_not_before_everything_else(self, room: Classroom) -> None:
        limited(room, new_per_day=3)
        session = room.session()
        missed = answer(session, well=False)
        assert [answer(session).served.why for _ in range(2)] == ["new", "new"]
        assert served(session).card_id == missed.served.card_id

    def test_one_that_is_further_off_ends_the_session(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        session = room.session()
        question = served(session)
        answered = session.answer(question, right(question), milliseconds=0)
        session.amend(answered, "hard")  # 15 minutes
        room.wait(minutes=-10)  # the clock was set back: 25 minutes to go
        end = finished(session)
        assert end.next_due == MORNING + timedelta(minutes=15)

    def test_learning_is_not_limited(self, room: Classroom) -> None:
        limited(room, new_per_day=1, reviews_per_day=0)
        session = room.session()
        for _ in range(5):
            answer(session, well=False)
        assert session.counts() == Counts(learning=1, due=0, new=0, answered=5, right=0)


class TestLimits:
    def test_new_questions_stop_at_the_daily_limit(self, room: Classroom) -> None:
        limited(room, new_per_day=5)
        assert room.session().counts().new == 5
        assert len(study_all(room.session())) == 5
        end = finished(room.session())
        assert end.counts == Counts(learning=0, due=0, new=0, answered=5, right=5)
        assert end.next_due == date(2026, 11, 22)
        room.wait(days=1)
        assert room.session().counts().new == 5

    def test_a_question_missed_counts_once(self, room: Classroom) -> None:
        limited(room, new_per_day=2)
        session = room.session()
        answer(session, well=False)
        room.wait(minutes=10)
        answer(session)
        assert session.counts().new == 1

    def test_reviews_stop_at_the_daily_limit(self, room: Classroom) -> None:
        limited(room, new_per_day=10, reviews_per_day=4)
        study_all(room.session())
        limited(room, new_per_day=0, reviews_per_day=4)
        room.wait(days=5)
        session = room.session()
        assert session.counts() == Counts(learning=0, due=4, new=0, answered=0, right=0)
        assert len(study_all(session)) == 4
        end = finished(session)
        assert end.counts.due == 0
        assert end.next_due == date(2026, 11, 27)  # those left over come tomorrow
        room.wait(days=1)
        assert room.session().counts().due == 4

    def test_new_questions_do_not_use_up_reviews(self, room: Classroom) -> None:
        limited(room, new_per_day=10, reviews_per_day=10)
        study_all(room.session())
        room.wait(days=5)
        counts = room.session().counts()
        assert (counts.due, counts.new) == (10, 10)

    def test_zero_is_a_limit(self, room: Classroom) -> None:
        limited(room, new_per_day=0)
        assert finished(room.session()).next_due == date(2026, 11, 22)

    def test_an_answer_taken_back_is_given_back(self, room: Classroom) -> None:
        limited(room, new_per_day=2)
        session = room.session()
        study_all(session)
        assert session.undo()
        assert session.counts() == Counts(learning=0, due=0, new=1, answered=1, right=1)

    def test_of_a_session(self, room: Classroom) -> None:
        session = room.session(limit=3)
        assert len(study_all(session)) == 3
        assert finished(session).next_due == date(2026, 11, 21)  # more is left today
        assert session.undo()
        assert served(session)
        assert len(study_all(room.session(limit=1))) == 1

    def test_of_time(self, room: Classroom) -> None:
        session = room.session(minutes=2.5)
        answer(session)
        room.wait(seconds=149)
        last = served(session)
        room.wait(seconds=1)
        # Who began to answer may finish.
        assert session.answer(last, right(last), milliseconds=0).review_id
        assert finished(session).counts.answered == 2


class TestFilters:
    def test_by_topic_and_kind(self, engine: Engine) -> None:
        room = Classroom(engine)
        room.install([*choices(3), choice(id="other", topic="13c")])
        assert study_all(room.session(topic="13c")) == ["test/other"]
        assert study_all(room.session(topic="13c", kind="choice")) == []
        assert finished(room.session(kind="numeric")).next_due is None
        assert room.session(topic="13b").counts().new == 3
        assert len(study_all(room.session(kind="choice"))) == 3


class TestAnswering:
    def test_a_review_keeps_everything(self, room: Classroom) -> None:
        session = room.session()
        question = served(session)
        room.wait(seconds=5)
        answered = session.answer(question, f" {wrong(question)} ", milliseconds=4321)
        (review,) = room.reviews()
        variant = question.variant
        assert review == replace(
            review,
            id=answered.review_id or "",
            learner_id=room.learner.id,
            card_id=question.card_id,
            question_id=variant.question_id,
            content_hash=variant.content_hash,
            seed=variant.seed,
            attempt=variant.attempt,
            raw=answered.verdict.raw,
            value=None,
            outcome="wrong",
            score=0.0,
            mistakes=(),
            grade="again",
            milliseconds=4321,
            torch_version=None,
            dtype=None,
            answered_at=MORNING + timedelta(seconds=5),
            study_day=date(2026, 11, 21),
            zone_offset=9 * 3600,
            desired_retention=0.9,
            before=Memory(),
        )
        assert review.after == room.memories()[variant.question_id]
        assert review.after.state == "learning"

    def test_right_is_good_and_wrong_is_again(self, room: Classroom) -> None:
        session = room.session()
        assert answer(session).grade == "good"
        assert answer(session, well=False).grade == "again"
        # Time is recorded but sets no grade.
        assert answer(session, milliseconds=600_000).grade == "good"
        assert answer(session, milliseconds=10).grade == "good"
        assert [review.grade for review in room.reviews()] == ["good", "again", "good", "good"]

    @pytest.mark.parametrize(
        ("measured", "stored"), [(-5, 0), (0, 0), (10**12, 86_400_000), (59_999, 59_999)]
    )
    def test_absurd_times_are_cut(self, room: Classroom, measured: int, stored: int) -> None:
        answer(room.session(), milliseconds=measured)
        assert room.reviews()[0].milliseconds == stored

    def test_what_cannot_be_read_is_not_recorded(self, room: Classroom) -> None:
        session = room.session()
        question = served(session)
        for raw in ("", "9", "x", "\0", "\ud800", "あ" * 100_000):
            answered = session.answer(question, raw, milliseconds=0)
            assert (answered.review_id, answered.grade, answered.next_due) == (None, None, None)
            assert answered.verdict.outcome == "unreadable"
        assert room.rows() == (0, 0)
        assert session.counts().answered == 0
        assert session.answer(question, right(question), milliseconds=0).review_id

    def test_every_answer_is_one_commit(self, room: Classroom) -> None:
        session = room.session()
        question = served(session)
        commits: list[object] = []
        writes: list[str] = []

        def note(
            _c: object, _cursor: object, statement: str, _p: object, _x: object, _m: bool
        ) -> None:
            if not re.match(r"SELECT|BEGIN|PRAGMA|SAVEPOINT|RELEASE", statement):
                writes.append(statement)

        event.listen(room.engine, "commit", commits.append)
        event.listen(room.engine, "before_cursor_execute", note)
        session.answer(question, right(question), milliseconds=0)
        assert len(commits) == 1
        # Review, card, step, those that can no longer be redone; the day and its share, each of
        # which is tried and then made as it is the first one.
        assert len(writes) <= 8

    def test_a_full_disk_loses_nothing(self, tmp_path: Path) -> None:
        engine = open_database(tmp_path / "full.db")
        room = Classroom(engine)
        room.install(choices(3))
        session = room.session()
        with engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        given, said = 0, ""
        while not said:
            question, before = served(session), room.memories()
            try:
                session.answer(question, wrong(question), milliseconds=0)
                given += 1
            except DatabaseProblem as problem:
                said = problem.text.ja
        assert "空きがなく" in said
        assert (room.rows(), room.memories()) == ((given, 0), before)
        assert served(session) == question
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        assert session.answer(question, right(question), milliseconds=0).review_id
        assert room.rows() == (given + 1, 0)
        engine.dispose()

    def test_a_double_key_press_is_refused(self, room: Classroom) -> None:
        session = room.session()
        question = served(session)
        session.answer(question, right(question), milliseconds=0)
        with pytest.raises(CardChanged) as caught:
            session.answer(question, right(question), milliseconds=0)
        assert question.variant.question_id in str(caught.value)
        assert room.rows() == (1, 0)
        assert session.counts().answered == 1
        assert served(session).card_id != question.card_id

    def test_an_answer_to_a_card_answered_elsewhere_is_refused(self, room: Classroom) -> None:
        here, there = room.session(), room.session()
        question = served(here)
        answer(there, well=False)
        before = room.memories()
        with pytest.raises(CardChanged):
            here.answer(question, right(question), milliseconds=0)
        assert room.memories() == before
        assert served(here).card_id != question.card_id


class TestAmending:
    def test_replaces_the_grade(self, room: Classroom) -> None:
        session = room.session()
        good = answer(session)
        easy = session.amend(good, "easy")
        assert easy.grade == "easy"
        assert easy.review_id != good.review_id
        assert isinstance(easy.next_due, date)
        assert easy.next_due > date(2026, 11, 24)
        assert room.rows() == (2, 1)
        (review,) = room.reviews()
        assert (review.grade, review.before, review.answered_at) == ("easy", Memory(), MORNING)
        assert review.after == room.memories()[good.served.variant.question_id]
        # It is still one answer.
        assert session.counts() == Counts(learning=0, due=0, new=19, answered=1, right=1)

    def test_can_be_changed_again(self, room: Classroom) -> None:
        session = room.session()
        hard = session.amend(answer(session), "hard")
        assert hard.next_due == MORNING + timedelta(minutes=15)
        easy = session.amend(hard, "easy")
        assert easy.grade == "easy"
        assert [review.grade for review in room.reviews()] == ["easy"]
        assert room.rows() == (3, 2)
        with pytest.raises(CardChanged):
            session.amend(hard, "easy")

    def test_counts_from_when_the_answer_was_given(self, room: Classroom) -> None:
        session = room.session()
        good = answer(session)
        room.wait(hours=30)
        session.amend(good, "easy")
        memory = room.memories()[good.served.variant.question_id]
        assert (memory.last_on, memory.last_at) == (date(2026, 11, 21), MORNING)

    def test_only_a_right_answer(self, room: Classroom) -> None:
        session = room.session()
        with pytest.raises(ValueError, match="right"):
            session.amend(answer(session, well=False), "hard")

    def test_not_after_the_card_was_answered_again(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        session = room.session()
        first = answer(session)
        room.wait(days=3)
        answer(room.session())
        before = room.memories()
        with pytest.raises(CardChanged):
            session.amend(first, "easy")
        assert room.memories() == before

    def test_not_after_it_was_taken_back(self, room: Classroom) -> None:
        session = room.session()
        first = answer(session)
        session.undo()
        with pytest.raises(CardChanged):
            session.amend(first, "easy")


class TestUndo:
    def test_the_question_comes_next_as_it_was(self, room: Classroom) -> None:
        session = room.session()
        before = room.memories()
        question = served(session)
        raw = wrong(question)
        session.answer(question, raw, milliseconds=0)
        served(session)
        undone = session.undo()
        assert undone is not None
        assert (undone.question_id, undone.raw) == (question.variant.question_id, raw)
        assert undone.counts == Counts(learning=0, due=0, new=20, answered=0, right=0)
        assert room.memories() == before
        again = served(session)
        assert again.variant == question.variant
        assert again.version > question.version
        assert session.answer(again, right(again), milliseconds=0).grade == "good"

    def test_several_come_back_in_their_order(self, room: Classroom) -> None:
        session = room.session()
        given = [answer(session).served.card_id for _ in range(4)]
        undone = []
        while session.undo():
            undone.append(served(session).card_id)
        assert undone == given[::-1]
        assert [answer(session).served.card_id for _ in range(4)] == given

    def test_an_amendment_is_a_step_of_its_own(self, room: Classroom) -> None:
        session = room.session()
        good = answer(session)
        easy = session.amend(good, "easy")
        first = session.undo()
        assert first is not None
        assert first.kind == "amend"
        (review,) = room.reviews()
        assert (review.grade, review.after) == ("good", room.memories()[review.question_id])
        # What stands can be amended again.
        assert first.standing is not None
        assert (first.standing.grade, first.standing.next_due) == ("good", good.next_due)
        redone = session.redo()
        assert redone is not None
        assert redone.standing is not None
        assert (redone.kind, redone.standing.next_due) == ("amend", easy.next_due)
        assert [review.grade for review in room.reviews()] == ["easy"]
        session.undo()
        second = session.undo()
        assert second is not None
        assert second.kind == "answer"
        assert room.reviews() == []
        assert all(memory == Memory() for memory in room.memories().values())
        assert session.undo() is None

    def test_survives_a_restart(self, room: Classroom) -> None:
        session = room.session()
        first, second = answer(session), answer(session)
        session.undo()
        session = room.session()
        assert [review.id for review in room.reviews()] == [first.review_id]
        assert session.counts().answered == 1
        undone = session.undo()
        assert undone is not None
        assert undone.question_id == first.served.variant.question_id
        assert served(session).variant == first.served.variant
        answer(session)
        assert served(session).variant == second.served.variant

    def test_reaches_back_over_days_and_restarts(self, room: Classroom) -> None:
        room.session()
        before = room.memories()
        for _ in range(4):
            answer(room.session())
            room.wait(days=1)
        for _ in range(4):
            undone = room.session().undo()
            assert undone is not None
        assert room.session().undo() is None
        assert room.memories() == before
        assert [room.session().redo() is not None for _ in range(5)] == [True] * 4 + [False]

    def test_something_new_leaves_nothing_to_be_done_again(self, room: Classroom) -> None:
        session = room.session()
        answer(session)
        answer(session)
        session.undo()
        session.undo()
        answer(session)
        assert session.redo() is None

    def test_one_done_again_is_one_answer(self, room: Classroom) -> None:
        session = room.session()
        answer(session, well=False)
        counts, memories = session.counts(), room.memories()
        (review,) = room.reviews()
        session.undo()
        redone = room.session().redo()
        assert redone is not None
        assert (redone.kind, redone.question_id) == ("answer", review.question_id)
        assert (redone.counts, room.memories()) == (counts, memories)
        (again,) = room.reviews()
        assert again == replace(review, id=again.id)
        assert room.rows() == (2, 1)

    def test_the_day_of_the_answer_gets_it_back(self, room: Classroom) -> None:
        limited(room, new_per_day=5)
        room.now = MORNING + timedelta(hours=18, minutes=59)
        session = room.session()
        answer(session)
        room.wait(minutes=2)
        assert session.counts().new == 5
        session.undo()
        assert session.counts() == Counts(learning=0, due=0, new=5, answered=0, right=0)

    def test_with_a_clock_set_back_the_latest_answer_is_meant(self, room: Classroom) -> None:
        session = room.session()
        answer(session)
        room.wait(hours=-2)
        session = room.session()
        second = answer(session)
        undone = session.undo()
        assert undone is not None
        assert undone.question_id == second.served.variant.question_id

    def test_one_that_was_answered_elsewhere_since_does_not_come(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        session = room.session()
        answer(session)
        session.undo()
        answer(room.session())
        finished(session)

    def test_nothing_to_take_back(self, room: Classroom) -> None:
        assert room.session().undo() is None

    def test_only_ones_own(self, room: Classroom) -> None:
        answer(room.session())
        other = Classroom(room.engine)
        assert other.session().undo() is None
        assert other.session().counts().answered == 0


class TestPuttingAside:
    def test_buried_until_tomorrow(self, room: Classroom) -> None:
        limited(room, new_per_day=2)
        session = room.session()
        first = served(session)
        held = session.bury(first)
        assert (held.kind, held.question_id) == ("bury", first.variant.question_id)
        assert held.counts.new == 2  # another one takes its place
        assert first.variant.question_id not in study_all(session)
        room.now = room.calendar.begins(date(2026, 11, 22)) - timedelta(seconds=1)
        assert finished(session).next_due == date(2026, 11, 22)
        room.wait(seconds=1)
        assert served(session).variant.question_id == first.variant.question_id

    def test_suspended_until_it_is_resumed(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        session = room.session()
        missed = answer(session, well=False).served
        session.suspend(served(session))
        room.wait(days=400)
        limited(room, new_per_day=100, reviews_per_day=0)
        assert missed.variant.question_id not in study_all(room.session())
        session = room.session()
        assert session.suspended() == (missed.variant.question_id,)
        assert session.resume(missed.variant.question_id)
        assert session.resume(missed.variant.question_id) is None
        assert served(session).card_id == missed.card_id

    @pytest.mark.parametrize("kind", ["bury", "suspend"])
    def test_taken_back_it_is_asked_at_once(self, room: Classroom, kind: str) -> None:
        session = room.session()
        question = served(session)
        getattr(session, kind)(question)
        undone = session.undo()
        assert undone is not None
        assert (undone.kind, undone.question_id) == (kind, question.variant.question_id)
        assert served(session).variant == question.variant
        assert session.redo()
        assert served(session).card_id != question.card_id

    def test_a_question_that_changed_meanwhile_stays(self, room: Classroom) -> None:
        session = room.session()
        question = served(session)
        answer(room.session())
        with pytest.raises(CardChanged):
            session.bury(question)

    def test_a_new_version_of_the_pack_changes_nothing(self, room: Classroom) -> None:
        session = room.session()
        buried, suspended = served(session), None
        session.bury(buried)
        suspended = served(session)
        session.suspend(suspended)
        room.install(choices(30, stem="別の文。"), version="2.0.0")
        order = study_all(room.session())
        assert not {buried.variant.question_id, suspended.variant.question_id} & set(order)


class TestLeeches:
    def test_are_told_of_at_the_8th_lapse_and_every_fourth_after(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        told = []
        for _ in range(17):
            room.wait(days=400)
            session = room.session()
            if served(session).why == "new":
                answer(session)
                limited(room, new_per_day=0)
                continue
            told.append(answer(session, well=False).lapses)
            room.wait(minutes=10)
            answer(session)
        assert [lapses for lapses in told if lapses] == [8, 12, 16]
        assert told.index(8) == 7


class TestConfidence:
    @pytest.mark.parametrize(
        ("confidence", "well", "grade"),
        [
            ("sure", True, "good"),
            ("half", True, "good"),
            ("guess", True, "hard"),
            ("guess", False, "again"),
            ("sure", False, "again"),
            (None, True, "good"),
        ],
    )
    def test_is_kept_and_a_right_guess_is_hard(
        self, room: Classroom, confidence: Confidence | None, well: bool, grade: str
    ) -> None:
        session = room.session()
        question = served(session)
        raw = right(question) if well else wrong(question)
        answered = session.answer(question, raw, milliseconds=0, confidence=confidence)
        (review,) = room.reviews()
        assert (answered.grade, review.grade, review.confidence) == (grade, grade, confidence)
        assert review.origin == "study"


class TestSeeds:
    def test_every_review_of_a_card_has_another_one(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        session = room.session()
        seeds = [answer(session, well=False).served.variant.seed for _ in range(30)]
        assert len(set(seeds)) == 30
        assert all(0 <= seed < 2**63 for seed in seeds)

    def test_learners_get_different_ones(self, room: Classroom) -> None:
        other = Classroom(room.engine)
        assert served(room.session()).variant.seed != served(other.session()).variant.seed


class TestDays:
    def test_the_day_turns_within_a_session(self, room: Classroom) -> None:
        limited(room, new_per_day=2)
        room.now = MORNING + timedelta(hours=18, minutes=59, seconds=59)  # 03:59:59
        session = room.session()
        study_all(session)
        finished(session)
        room.wait(seconds=1)
        assert session.counts() == Counts(learning=0, due=0, new=2, answered=0, right=0)
        assert served(session).why == "new"

    def test_a_card_due_on_a_day_is_due_from_its_rollover_on(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        answer(room.session())  # due on the 23rd
        limited(room, new_per_day=0)
        rollover = room.calendar.begins(date(2026, 11, 23))
        room.now = rollover - timedelta(seconds=1)
        assert finished(room.session()).next_due == date(2026, 11, 23)
        room.now = rollover
        assert served(room.session()).why == "due"

    def test_learning_goes_on_over_the_rollover(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        room.now = MORNING + timedelta(hours=18, minutes=55)
        session = room.session()
        answer(session, well=False)
        assert session.counts().learning == 0  # comes at 04:05, which is tomorrow
        room.wait(minutes=10)
        assert served(session).why == "learning"

    def test_a_journey_west_gives_no_day_twice(self, room: Classroom) -> None:
        """Landing on a day that was studied already: its limits are used up there."""
        limited(room, new_per_day=3)
        study_all(room.session())
        room.calendar = Calendar(ZoneInfo("America/Los_Angeles"))
        room.now = MORNING + timedelta(hours=30)  # the 22nd in Tokyo, still the 21st here
        assert room.calendar.day(room.now) == date(2026, 11, 21)
        assert finished(room.session()).counts.answered == 3

    def test_the_night_of_25_hours(self, room: Classroom) -> None:
        limited(room, new_per_day=2)
        room.calendar = Calendar(ZoneInfo("Europe/Berlin"))
        room.now = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # 00:30 summer time
        study_all(room.session())
        room.wait(hours=4)  # 03:30 winter time: still the same study day
        assert finished(room.session()).counts.answered == 2
        room.wait(minutes=30)
        assert room.session().counts().new == 2


class TestChangingPacks:
    def test_new_questions_get_cards(self, room: Classroom) -> None:
        study_all(room.session())
        room.install([choice(id="extra")], id="second")
        room.wait(days=1)
        limited(room, new_per_day=100, reviews_per_day=0)
        assert "second/extra" in study_all(room.session())

    def test_a_retired_question_is_served_no_more_and_may_come_back(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        session = room.session()
        question = served(session)
        slug = question.variant.question_id.partition("/")[2]
        session.answer(question, right(question), milliseconds=0)
        before = room.memories()
        room.install([each for each in choices(30) if each.id != slug], version="2.0.0")
        room.wait(days=30)
        limited(room, new_per_day=100)
        assert question.variant.question_id not in study_all(room.session())
        room.install(choices(30), version="3.0.0")
        assert served(room.session()).variant.question_id == question.variant.question_id
        known = room.memories()[question.variant.question_id]
        assert known == before[question.variant.question_id]

    def test_one_that_is_retired_while_it_is_shown(self, room: Classroom) -> None:
        session = room.session()
        question = served(session)
        room.install(choices(5, start=20), version="2.0.0")
        room.session()  # deals
        with pytest.raises(CardChanged):
            session.answer(question, right(question), milliseconds=0)
        assert served(session).variant.question_id == "test/q20"

    def test_a_changed_question_keeps_its_progress(self, room: Classroom) -> None:
        limited(room, new_per_day=1)
        old = answer(room.session()).served.variant
        slug = old.question_id.partition("/")[2]
        changed = choice(id=slug, stem="新しい問い。", topic="13c", difficulty="advanced")
        room.install([changed, *choices(30, start=1)], version="2.0.0")
        room.wait(days=3)
        question = served(room.session(topic="13c"))
        assert question.why == "due"
        assert question.variant.stem == "新しい問い。"
        assert question.variant.content_hash != old.content_hash


def test_the_log_is_only_ever_added_to(room: Classroom) -> None:
    touched: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: Any) -> None:
        if re.search(r"\b(review|retraction)\b", statement) and not statement.startswith("SELECT"):
            touched.append(statement.split(maxsplit=1)[0])

    event.listen(room.engine, "before_cursor_execute", note)
    session = room.session()
    for _ in range(3):
        session.amend(answer(session), "easy")
        answer(session, well=False)
    while session.undo():
        pass
    room.install(choices(3), version="2.0.0")
    study_all(room.session())
    assert set(touched) == {"INSERT"}


def test_two_sessions_share_the_day(room: Classroom) -> None:
    limited(room, new_per_day=4)
    one, other = room.session(), room.session()
    given = [answer(session) for session in (one, other, one, other)]
    assert len({each.served.card_id for each in given}) == 4
    assert finished(one).counts == finished(other).counts


def test_an_empty_bank(engine: Engine) -> None:
    session: StudySession = Classroom(engine).session()
    end = finished(session)
    assert end.counts == Counts(0, 0, 0, 0, 0)
    assert end.next_due is None
