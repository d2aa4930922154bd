"""Which questions somebody has answered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, select

from quizapp.history.tables import Card

_AT_ONCE = 500  # names in one query


def learnt(engine: Engine, question_ids: Sequence[str]) -> frozenset[str]:
    """Return those of the questions that are in a learner's memory."""
    found: set[str] = set()
    with engine.connect() as connection:
        for start in range(0, len(question_ids), _AT_ONCE):
            some = question_ids[start : start + _AT_ONCE]
            found.update(
                connection.scalars(
                    select(Card.question_id)
                    .where(Card.question_id.in_(some), Card.last_at.is_not(None))
                    .distinct()
                )
            )
    return frozenset(found)
