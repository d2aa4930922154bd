"""All cards of a learner as columns of numbers, for what looks at every card at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, func, select

from quizapp.history.tables import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class CardArrays:
    """Cards in use, in no particular order: new ones are counted, of the others the numbers kept.

    The arrays have one length.
    """

    new: Mapping[str, int]  # by topic
    topics: Sequence[str]
    ids: NDArray[np.int64]
    topic: NDArray[np.int64]  # index in `topics`
    in_learning: NDArray[np.bool_]  # these come at their moment, whatever a plan says
    stability: NDArray[np.float64]
    difficulty: NDArray[np.float64]
    last_day: NDArray[np.int64]  # ordinal of the study day of the last answer


def card_arrays(
    connection: Connection, learner_id: int, *, topic: str | None = None, kind: str | None = None
) -> CardArrays:
    """Return the learner's cards in use, all or those of a topic and kind."""
    mine: list[ColumnElement[bool]] = [Card.learner_id == learner_id]
    if topic is not None:
        mine.append(Card.topic == topic)
    if kind is not None:
        mine.append(Card.kind == kind)
    new = connection.execute(
        select(Card.topic, func.count()).where(*mine, Card.queue == "new").group_by(Card.topic)
    )
    rows: list[tuple[object, ...]] = []
    learning = 0
    for queue in ("learning", "review"):
        cursor = connection.execute(
            select(Card.id, Card.topic, Card.stability, Card.difficulty, Card.last_on).where(
                *mine, Card.queue == queue
            )
        ).cursor
        # As the driver gives them, days as text or as dates: making SQLAlchemy's rows of them
        # takes as long as all the rest.
        rows += cursor.fetchall() if cursor is not None else []
        learning = len(rows) if queue == "learning" else learning
    ids, names, stability, difficulty, last_on = zip(*rows, strict=True) if rows else [()] * 5
    topics = tuple(map(str, dict.fromkeys(names)))
    index = {name: place for place, name in enumerate(topics)}
    return CardArrays(
        new={str(name): int(count) for name, count in new},
        topics=topics,
        ids=np.asarray(ids, dtype=np.int64),
        topic=np.asarray([index[str(name)] for name in names], dtype=np.int64),
        in_learning=np.arange(len(rows)) < learning,
        stability=np.asarray(stability, dtype=np.float64),
        difficulty=np.asarray(difficulty, dtype=np.float64),
        last_day=_ordinals(last_on),
    )


_EPOCH = 719_163  # ordinal of 1970-01-01


def _ordinals(days: Sequence[object]) -> NDArray[np.int64]:
    read = np.asarray(days, dtype="datetime64[D]")
    return read.astype(np.int64) + _EPOCH
