"""A learner's past, written into the log without a session: months in a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Engine, select

from quizapp.history import cards, log
from quizapp.history.cards import StoredCard
from quizapp.history.learners import LearnerInfo
from quizapp.history.log import LoggedReview
from quizapp.history.memory import Grade, Memory
from quizapp.history.tables import Card
from quizapp.history.uuid7 import Uuid7
from quizapp.learning.day import Calendar
from quizapp.learning.scheduler import Scheduler
from tests.quizapp.learning.classroom import MORNING

BEGAN = MORNING - timedelta(days=1000)


def live(
    engine: Engine,
    learner: LearnerInfo,
    calendar: Calendar,
    rows: Sequence[tuple[int, int | None, Grade]],
) -> None:
    """Answer the learner's first cards: which one, after how many days, with which grade."""
    scheduler = Scheduler()
    with engine.execution_options(writes=True).begin() as connection:
        ids = Uuid7(after=log.last_id(connection, learner.id))
        wanted = select(Card.__table__).where(Card.learner_id == learner.id).order_by(Card.id)
        stored = [cards.stored_card(row) for row in connection.execute(wanted)]
        memories = {card.id: card.memory for card in stored}
        for number, days, grade in rows:
            card = stored[number]
            before = memories[card.id]
            last = before.last_at or BEGAN
            at = last + timedelta(days=days or 0, minutes=0 if days else 10)
            day = calendar.day(at)
            after = scheduler.review(
                before, grade, now=at, day=day, card_key=learner.card_key(card.question_id)
            )
            memories[card.id] = after
            log.append(
                connection,
                _review(card, before, after, grade, review_id=ids.next(at), learner=learner),
            )
        for card in stored:
            if memories[card.id] != card.memory:
                cards.store(connection, card, memories[card.id], learner=learner)


def _review(
    card: StoredCard,
    before: Memory,
    after: Memory,
    grade: Grade,
    *,
    review_id: str,
    learner: LearnerInfo,
) -> LoggedReview:
    assert after.last_at is not None
    assert after.last_on is not None
    return LoggedReview(
        id=review_id,
        learner_id=learner.id,
        card_id=card.id,
        question_id=card.question_id,
        content_hash="0" * 64,
        seed=0,
        attempt=0,
        raw="1",
        value=None,
        outcome="wrong" if grade == "again" else "correct",
        score=float(grade != "again"),
        mistakes=(),
        grade=grade,
        milliseconds=1000,
        torch_version=None,
        dtype=None,
        answered_at=after.last_at,
        study_day=after.last_on,
        zone_offset=0,
        desired_retention=0.9,
        before=before,
        after=after,
    )
