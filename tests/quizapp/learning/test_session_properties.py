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
from quizapp.history.memory import Memory
from quizapp.history.places import place_of, queue_of
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
        st.sampled_from(["right", "right", "wrong", "hard", "easy", "undo", "undo", "restart"]),
        # Minutes: within a day, over a rollover, days off.
        st.sampled_from([1, 11, 300, 1440, 3 * 1440, 40 * 1440]),
    ),
    max_size=40,
)


@dataclass
class Student:
    """Does what it is told and remembers what was there before each answer."""

    room: Classroom
    before: list[tuple[date, dict[str, Memory]]] = field(default_factory=list)
    last: Answered | None = None

    def __post_init__(self) -> None:
        self.session: StudySession = self.room.session()
        self.began = self.room.calendar.day(self.room.now)

    def do(self, action: str | int) -> None:
        match action:
            case int():
                self.room.wait(minutes=action)
            case "restart":
                self.session = self.room.session()
                self.began = self.room.calendar.day(self.room.now)
            case "undo":
                self.undo()
            case "hard" | "easy":
                if self.last is not None and self.last.verdict.right:
                    self.last = self.session.amend(self.last, action)
            case _:
                self.answer(well=action == "right")

    def answer(self, *, well: bool) -> None:
        question = self.session.next(computing_ready=False)
        assert self.session.next(computing_ready=False) == question
        if isinstance(question, Served):
            self.before.append((self.room.calendar.day(self.room.now), self.room.memories()))
            raw = right(question) if well else wrong(question)
            self.last = self.session.answer(question, raw, milliseconds=7)

    def undo(self) -> None:
        undone = self.session.undo()
        self.last = None
        if not self.before or self.before[-1][0] < self.began:
            assert undone is None
            return
        assert undone is not None
        _day, memories = self.before.pop()
        assert self.room.memories() == memories
        question = self.session.next(computing_ready=False)
        if isinstance(question, Served):
            assert question.variant.question_id == undone.question_id


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
def test_undo_restores_exactly_and_the_log_tells_everything(
    bank: Engine, todo: list[str | int]
) -> None:
    who = student(bank)
    for action in todo:
        who.do(action)
    check_cards_against_the_log(who.room)
    check_days_against_the_log(who.room)
    while who.before and who.before[-1][0] >= who.began:
        who.undo()
    check_cards_against_the_log(who.room)
    check_days_against_the_log(who.room)


def check_cards_against_the_log(room: Classroom) -> None:
    """Every card is what its reviews make of a new one, and stands where it belongs."""
    with room.engine.connect() as connection:
        rows = connection.execute(select(Card.__table__).where(Card.learner_id == room.learner.id))
        for card in map(stored_card, rows.all()):
            key = room.learner.card_key(card.question_id)
            told = log.of_card(connection, card.id)
            assert card.memory == replayed(told, card_key=key)
            assert card.queue == queue_of(card.memory)
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
