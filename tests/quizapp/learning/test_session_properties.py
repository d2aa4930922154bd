"""What holds whatever a learner does, in whatever order, over any number of days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from quizapp.history import log, tally
from quizapp.history.cards import stored_card
from quizapp.history.holds import standing_queue
from quizapp.history.memory import Memory
from quizapp.history.places import place_of
from quizapp.history.tables import Card, DayTally
from quizapp.history.tally import Tally
from quizapp.learning.replay import replayed
from quizapp.learning.serving import Answered, Served
from quizapp.learning.session import StudySession
from quizapp.settings import Settings
from tests.packs import choices
from tests.quizapp.learning.classroom import Classroom, right, wrong

NEW, REVIEWS = 3, 4

actions = st.lists(
    st.one_of(
        st.sampled_from(["right", "right", "wrong", "hard", "easy", "bury", "suspend", "resume"]),
        st.sampled_from(["undo", "undo", "redo", "redo", "restart"]),
        # Minutes: within a day, over a rollover, days off.
        st.sampled_from([1, 11, 300, 1440, 3 * 1440, 40 * 1440]),
    ),
    max_size=40,
)

# Question id -> memory, whether it is suspended.
State = dict[str, tuple[Memory, bool]]


@dataclass
class Student:
    """Does what it is told and remembers what was there before and after each step."""

    room: Classroom
    done: list[tuple[State, State]] = field(default_factory=list)
    undone: list[tuple[State, State]] = field(default_factory=list)
    last: Answered | None = None

    def __post_init__(self) -> None:
        self.session: StudySession = self.room.session()

    def do(self, action: str | int) -> None:
        match action:
            case int():
                self.room.wait(minutes=action)
            case "restart":
                self.session = self.room.session()
            case "undo":
                self.undo()
            case "redo":
                self.redo()
            case "hard" | "easy":
                if self.last is not None and self.last.verdict.right:
                    before = self.state()
                    self.last = self.session.amend(self.last, action)
                    self.step(before)
            case "bury" | "suspend":
                self.put_aside(action)
            case "resume":
                for question_id in self.session.suspended()[:1]:
                    before = self.state()
                    assert self.session.resume(question_id)
                    self.step(before)
                    self.last = None
            case _:
                self.answer(well=action == "right")

    def state(self) -> State:
        suspended = self.session.suspended()
        memories = self.room.memories().items()
        return {question: (memory, question in suspended) for question, memory in memories}

    def step(self, before: State) -> None:
        self.done.append((before, self.state()))
        self.undone.clear()

    def answer(self, *, well: bool) -> None:
        question = self.session.next(computing_ready=False)
        assert self.session.next(computing_ready=False) == question
        if isinstance(question, Served):
            before = self.state()
            raw = right(question) if well else wrong(question)
            self.last = self.session.answer(question, raw, milliseconds=7)
            self.step(before)

    def put_aside(self, kind: str) -> None:
        question = self.session.next(computing_ready=False)
        if not isinstance(question, Served):
            return
        before = self.state()
        if kind == "bury":
            self.session.bury(question)
        else:
            self.session.suspend(question)
        self.step(before)
        self.last = None
        following = self.session.next(computing_ready=False)
        assert not isinstance(following, Served) or following.card_id != question.card_id

    def undo(self) -> None:
        undone = self.session.undo()
        self.last = None
        if not self.done:
            assert undone is None
            return
        assert undone is not None
        before, after = self.done.pop()
        assert self.state() == before
        self.undone.append((before, after))
        question = self.session.next(computing_ready=False)
        if isinstance(question, Served) and undone.kind in ("answer", "bury", "suspend"):
            assert question.variant.question_id == undone.question_id

    def redo(self) -> None:
        redone = self.session.redo()
        self.last = None
        if not self.undone:
            assert redone is None
            return
        assert redone is not None
        before, after = self.undone.pop()
        assert self.state() == after
        self.done.append((before, after))


def student(engine: Engine) -> Student:
    room = Classroom(engine, settings=Settings(new_per_day=NEW, reviews_per_day=REVIEWS))
    return Student(room)


@pytest.fixture
def bank(engine: Engine) -> Engine:
    Classroom(engine).install(choices(12))
    return engine


examples = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(actions)
@examples
def test_undo_and_redo_restore_exactly_and_the_log_tells_everything(
    bank: Engine, todo: list[str | int]
) -> None:
    who = student(bank)
    for action in todo:
        who.do(action)
    check_cards_against_the_log(who.room)
    check_days_against_the_log(who.room)
    # All the way back and again: cards, tallies and the queue are what they were.
    done, before = len(who.done), everything(who)
    for _ in range(done + 1):
        who.undo()
    check_cards_against_the_log(who.room)
    check_days_against_the_log(who.room)
    for _ in range(done):
        who.redo()
    check_cards_against_the_log(who.room)
    assert everything(who) == before


def everything(who: Student) -> tuple[State, dict[date, Tally], list[tuple[str, str, int]]]:
    """What undoing and doing again must not change. Steps taken back are at their end."""
    who.session = who.room.session()
    who.session.counts()
    with who.room.engine.connect() as connection:
        places = [
            (card.question_id, card.queue, card.place)
            for card in connection.execute(
                select(Card.question_id, Card.queue, Card.place)
                .where(Card.learner_id == who.room.learner.id)
                .order_by(Card.question_id)
            )
        ]
        tallies = {
            day: tally.tally_of(connection, who.room.learner.id, day)
            for day in connection.scalars(
                select(DayTally.study_day).where(DayTally.learner_id == who.room.learner.id)
            )
        }
    return who.state(), tallies, places


def check_cards_against_the_log(room: Classroom) -> None:
    """Every card is what its reviews make of a new one, and stands where it belongs."""
    with room.engine.connect() as connection:
        rows = connection.execute(select(Card.__table__).where(Card.learner_id == room.learner.id))
        for card in map(stored_card, rows.all()):
            key = room.learner.card_key(card.question_id)
            told = log.of_card(connection, card.id)
            assert card.memory == replayed(told, card_key=key)
            assert card.queue == standing_queue(card.memory, card.hold)
            assert card.place == place_of(
                card.memory, card_key=key, teaching_order=card.teaching_order
            )
            assert [review.after for review in told[:-1]] == [review.before for review in told[1:]]


def check_days_against_the_log(room: Classroom) -> None:
    """Every day's tally is what its reviews add up to, and within the limits."""
    counted: dict[date, Tally] = {}
    for review in room.reviews():
        one = tally.one_answer(
            right=review.score > 0,
            state_before=review.before.state,
            milliseconds=review.milliseconds,
        )
        counted[review.study_day] = counted.get(review.study_day, Tally()) + one
    with room.engine.connect() as connection:
        days = connection.scalars(
            select(DayTally.study_day).where(DayTally.learner_id == room.learner.id)
        ).all()
        stored = {day: tally.tally_of(connection, room.learner.id, day) for day in days}
    assert {day: each for day, each in stored.items() if each != Tally()} == counted
    for each in counted.values():
        assert each.introduced <= NEW
        assert each.reviewed <= REVIEWS


@given(st.lists(st.booleans(), min_size=1, max_size=12))
@settings(examples, max_examples=8)
def test_what_is_counted_is_what_is_served(bank: Engine, wells: list[bool]) -> None:
    """The counts of the day before the first answer say how many cards will come."""
    who = student(bank)
    for days in (0, 2, 5):
        who.room.wait(days=days)
        who.do("restart")
        counts = who.session.counts()
        served: Counter[str] = Counter()
        for index in range(100):
            question = who.session.next(computing_ready=False)
            if not isinstance(question, Served):
                break
            served[question.why] += 1
            who.do("right" if wells[index % len(wells)] or index > 15 else "wrong")
        assert (served["due"], served["new"]) == (counts.due, counts.new)
        assert who.session.counts().learning == 0
