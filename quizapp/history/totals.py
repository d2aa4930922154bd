"""What the database adds up of a learner's cards, and examples of mistakes from the log."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from quizapp.history.places import first_place_of
from quizapp.history.tables import Card, Retraction, Review

_LATEST = 500  # answers looked at for examples


def load(connection: Connection, learner_id: int, *, until: date) -> dict[date, int]:
    """Return day -> cards that are due on it, before the day `until`."""
    day = Card.place // first_place_of(date.fromordinal(1))
    due = (
        select(day.label("day"))
        .where(Card.learner_id == learner_id, Card.queue == "review")
        .where(Card.place < first_place_of(until))
        .subquery()
    )
    rows = connection.execute(select(due.c.day, func.count()).group_by(due.c.day))
    return {date.fromordinal(ordinal): count for ordinal, count in rows}


def leeches(connection: Connection, learner_id: int, *, lapses: int) -> dict[str, int]:
    """Return question id -> lapses, of the cards with so many or more, the most first."""
    rows = connection.execute(
        select(Card.question_id, Card.lapses)
        .where(Card.learner_id == learner_id, Card.lapses >= lapses, Card.queue != "retired")
        .order_by(Card.lapses.desc(), Card.question_id)
    )
    return {row.question_id: row.lapses for row in rows}


def examples(connection: Connection, learner_id: int) -> dict[str, str]:
    """Return mistake -> the question in which it was made last, among the latest mistakes."""
    rows = connection.execute(
        select(Review.mistakes, Review.question_id)
        .outerjoin(Retraction, Retraction.review_id == Review.id)
        .where(Review.learner_id == learner_id, Review.outcome == "mistake")
        .where(Retraction.review_id.is_(None))
        .order_by(Review.id.desc())
        .limit(_LATEST)
    )
    found: dict[str, str] = {}
    for mistakes, question_id in rows:
        for mistake in mistakes:
            found.setdefault(mistake, question_id)
    return found
