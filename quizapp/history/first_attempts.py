"""The first answer to every question that a learner has met: what was known before teaching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from questions.bank.tables import QuestionRow
from quizapp.history.tables import Card, DayTally, Retraction, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAttempt:
    """One question's first answer. The question as it is now; `body` is its JSON."""

    question_id: str
    topic: str
    kind: str
    difficulty: str
    body: str
    outcome: str
    hints: int  # shown before the answer
    undone: bool  # taken back, after its verdict had been seen
    study_day: date
    answered_at: datetime


_EARLIER = aliased(Review)
# For every card one step into the index of its reviews; a question that asks something else since
# then is a new one.
_FIRST = (
    select(_EARLIER.id)
    .where(
        _EARLIER.card_id == Card.id,
        or_(QuestionRow.reset_at.is_(None), _EARLIER.answered_at >= QuestionRow.reset_at),
    )
    .order_by(_EARLIER.id)
    .limit(1)
    .correlate(Card, QuestionRow)
    .scalar_subquery()
)
_OF_LEARNER = (
    select(
        QuestionRow.id.label("question_id"),
        QuestionRow.topic,
        QuestionRow.kind,
        QuestionRow.difficulty,
        QuestionRow.body,
        Review.outcome,
        Review.hints,
        # An answer that was given another grade is taken out too, but put back as it was.
        func.coalesce(Retraction.reason == "undo", False).label("undone"),
        Review.study_day,
        Review.answered_at,
    )
    .select_from(Card)
    .join(QuestionRow, QuestionRow.id == Card.question_id)
    .join(Review, Review.id == _FIRST)
    .outerjoin(Retraction, Retraction.review_id == Review.id)
    .where(Card.learner_id == bindparam("the_learner"))
)
_ANSWERED = select(func.coalesce(func.sum(DayTally.answered), 0)).where(
    DayTally.learner_id == bindparam("the_learner")
)


def first_attempts(connection: Connection, learner_id: int) -> tuple[FirstAttempt, ...]:
    """Return the first attempts of a learner, the earliest day first.

    An answer that was taken back is still the first: whoever answers again has seen the verdict.
    """
    rows = connection.execute(_OF_LEARNER, {"the_learner": learner_id})
    found = (
        FirstAttempt(
            question_id=row.question_id,
            topic=row.topic,
            kind=row.kind,
            difficulty=row.difficulty,
            body=row.body,
            outcome=row.outcome,
            hints=row.hints,
            undone=bool(row.undone),
            study_day=row.study_day,
            answered_at=row.answered_at,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda each: (each.study_day, each.question_id)))


def answers_given(connection: Connection, learner_id: int) -> int:
    """Return how many answers a learner has given in all, those taken back left out."""
    return connection.execute(_ANSWERED, {"the_learner": learner_id}).scalar_one()
