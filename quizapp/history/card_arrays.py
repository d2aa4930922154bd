"""All cards of a learner as columns of numbers, for what looks at every card at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, select

from quizapp.history.tables import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class CardArrays:
    """Cards in no particular order; the arrays of a group have one length."""

    topics: Sequence[str]
    # Cards that were never answered.
    new_ids: NDArray[np.int64]
    new_topics: NDArray[np.int64]  # index in `topics`
    new_places: NDArray[np.int64]  # by teaching order
    # Cards in memory.
    seen_ids: NDArray[np.int64]
    seen_topics: NDArray[np.int64]
    in_learning: NDArray[np.bool_]  # these come at their moment, whatever a plan says
    stability: NDArray[np.float64]
    difficulty: NDArray[np.float64]
    last_day: NDArray[np.int64]  # ordinal of the study day of the last answer


def card_arrays(
    connection: Connection, learner_id: int, *, topic: str | None = None, kind: str | None = None
) -> CardArrays:
    """Return the learner's cards in use, all or those of a topic and kind."""
    filters: list[ColumnElement[bool]] = [Card.learner_id == learner_id]
    if topic is not None:
        filters.append(Card.topic == topic)
    if kind is not None:
        filters.append(Card.kind == kind)
    # Without a kind, an index alone holds everything that is asked for.
    new = _columns(
        connection, select(Card.id, Card.topic, Card.place).where(*filters, Card.queue == "new")
    )
    seen = _columns(
        connection,
        select(
            Card.id, Card.topic, Card.queue, Card.stability, Card.difficulty, Card.last_on
        ).where(*filters, Card.queue.in_(("learning", "review"))),
    )
    topics = tuple(map(str, dict.fromkeys((*new[1], *seen[1]))))
    index = {name: place for place, name in enumerate(topics)}
    return CardArrays(
        topics=topics,
        new_ids=np.asarray(new[0], dtype=np.int64),
        new_topics=np.asarray([index[str(name)] for name in new[1]], dtype=np.int64),
        new_places=np.asarray(new[2], dtype=np.int64),
        seen_ids=np.asarray(seen[0], dtype=np.int64),
        seen_topics=np.asarray([index[str(name)] for name in seen[1]], dtype=np.int64),
        in_learning=np.asarray([queue == "learning" for queue in seen[2]], dtype=np.bool_),
        stability=np.asarray(seen[3], dtype=np.float64),
        difficulty=np.asarray(seen[4], dtype=np.float64),
        last_day=_ordinals(seen[5]),
    )


def _columns(connection: Connection, wanted: Select[*tuple[object, ...]]) -> list[Sequence[object]]:
    """Return the columns of a query as the driver gives them: days as text or as dates.

    Past SQLAlchemy's rows, because making those takes as long as all the rest.
    """
    cursor = connection.execute(wanted).cursor
    rows = cursor.fetchall() if cursor is not None else []
    if not rows:
        return [()] * len(wanted.selected_columns)
    return list(zip(*rows, strict=True))


_EPOCH = 719_163  # ordinal of 1970-01-01


def _ordinals(days: Sequence[object]) -> NDArray[np.int64]:
    read = np.asarray(days, dtype="datetime64[D]")
    return read.astype(np.int64) + _EPOCH
