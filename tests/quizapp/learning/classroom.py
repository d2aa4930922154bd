"""A learner with a bank, a clock that is set by hand, and sessions to study in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from questions.bank import Bank
from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from questions.model import Question
from quizapp.history import log
from quizapp.history.cards import stored_card
from quizapp.history.learners import LearnerInfo, deal, learner
from quizapp.history.log import LoggedReview
from quizapp.history.memory import Memory
from quizapp.history.tables import Card, Retraction, Review
from quizapp.learning.day import Calendar
from quizapp.learning.serving import Answered, Finished, Served, Waiting
from quizapp.learning.session import StudySession
from quizapp.settings import Settings
from tests.packs import pack

# 09:00 in Tokyo.
MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
_names = count()


class Filters(TypedDict, total=False):
    """What a session can be about."""

    topic: str | None
    kind: str | None
    limit: int | None
    minutes: float | None


@dataclass
class Classroom:
    """Everything a session needs; `now` moves only when it is told to."""

    engine: Engine
    compute: ComputeWorker = field(default_factory=ComputeWorker)
    settings: Settings = field(default_factory=Settings)
    calendar: Calendar = field(default_factory=lambda: Calendar(ZoneInfo("Asia/Tokyo")))
    now: datetime = MORNING

    def __post_init__(self) -> None:
        self.bank = Bank(self.engine)
        self.examiner = Examiner(self.compute)
        self.learner: LearnerInfo = learner(
            self.engine, now=self.now, name=f"learner {next(_names)}"
        )

    def install(self, questions: Sequence[Question], **changes: object) -> None:
        made = pack(questions, **changes)
        self.bank.install(made, digest=made.version)

    def session(self, **filters: Unpack[Filters]) -> StudySession:
        deal(self.engine, self.learner)
        return StudySession(
            self.engine,
            self.bank,
            self.examiner,
            self.learner,
            clock=lambda: self.now,
            calendar=self.calendar,
            settings=self.settings,
            **filters,
        )

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    # What is in the database

    def memories(self) -> dict[str, Memory]:
        """Return question id -> memory of the learner's cards."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(Card.__table__).where(Card.learner_id == self.learner.id)
            )
            return {card.question_id: card.memory for card in map(stored_card, rows)}

    def reviews(self) -> list[LoggedReview]:
        """Return the learner's reviews that count, in the order in which they were given."""
        with self.engine.connect() as connection:
            ids = connection.scalars(
                select(Review.id).where(Review.learner_id == self.learner.id).order_by(Review.id)
            ).all()
            found = [log.review(connection, review_id) for review_id in ids]
        return [review for review in found if review is not None]

    def rows(self) -> tuple[int, int]:
        """Count the rows of the learner's log: reviews and retractions."""
        with self.engine.connect() as connection:
            mine = select(Review.id).where(Review.learner_id == self.learner.id)
            reviews = connection.scalars(mine).all()
            retracted = connection.scalars(
                select(Retraction.review_id).where(Retraction.review_id.in_(mine))
            ).all()
        return len(reviews), len(retracted)


def served(session: StudySession, *, ready: bool = False) -> Served:
    """Return the next question, which there must be."""
    following = session.next(computing_ready=ready)
    assert isinstance(following, Served), following
    return following


def finished(session: StudySession) -> Finished:
    """Return the end, which must be reached."""
    following = session.next(computing_ready=False)
    assert isinstance(following, Finished), following
    return following


def waiting(session: StudySession) -> Waiting:
    """Return the wait for PyTorch, which must be needed."""
    following = session.next(computing_ready=False)
    assert isinstance(following, Waiting), following
    return following


def right(question: Served) -> str:
    """Return the label of the right option."""
    return next(option.label for option in question.variant.options if option.right)


def wrong(question: Served) -> str:
    """Return the label of a wrong option."""
    return next(option.label for option in question.variant.options if not option.right)


def answer(session: StudySession, *, well: bool = True, milliseconds: int = 1000) -> Answered:
    """Answer the next question, a choice, right or wrong."""
    question = served(session)
    raw = right(question) if well else wrong(question)
    return session.answer(question, raw, milliseconds=milliseconds)


def study_all(session: StudySession) -> list[str]:
    """Answer everything right; return the ids of the questions in order."""
    ids = []
    while isinstance(question := session.next(computing_ready=False), Served):
        session.answer(question, right(question), milliseconds=1000)
        ids.append(question.variant.question_id)
    return ids
