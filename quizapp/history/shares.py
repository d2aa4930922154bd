"""Shares of answers by day, counted as they happen, so that statistics need not read the log.

Each is a number of answers and how many of them were right (of reviews: passed). The log tells
them all: `of_review` says what one review adds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypeAlias, cast

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from questions.verdict import RIGHT
from quizapp.history.log import LoggedReview
from quizapp.history.tables import DayShare

MATURE_FROM: Final = 21  # days since the card's last answer

Kind = Literal["topic", "review", "confidence", "mistake"]
Key: TypeAlias = tuple[Kind, str]
Count: TypeAlias = tuple[int, int]  # answers, of these right

_THIS = (
    DayShare.learner_id == bindparam("the_learner"),
    DayShare.study_day == bindparam("the_day"),
    DayShare.kind == bindparam("the_kind"),
    DayShare.name == bindparam("the_name"),
)
_ADD = (
    update(DayShare)
    .where(*_THIS)
    .values(answers=DayShare.answers + bindparam("more"), right=DayShare.right + bindparam("good"))
)


def of_review(review: LoggedReview) -> dict[Key, Count]:
    """Return what one review adds.

    - topic: every answer to a question of the topic.
    - review: answers to cards that had been learnt, each the card's first of its day, passed
      unless graded again; "young" less than 21 days after the card's last answer, else "mature".
    - confidence: answers before which the learner said how sure they were.
    - mistake: every mistake that was recognised; none of them is right.
    """
    right = int(review.outcome in RIGHT)
    found: dict[Key, Count] = {}
    if review.topic is not None and review.origin == "study":
        found["topic", review.topic] = (1, right)
    if review.before.state == "review" and review.scheduled:
        days = review.elapsed_days or 0
        age = "mature" if days >= MATURE_FROM else "young"
        found["review", age] = (1, int(review.grade != "again"))
    if review.confidence is not None:
        found["confidence", review.confidence] = (1, right)
    for mistake in review.mistakes:
        found["mistake", mistake] = (1, 0)
    return found


def negative(counts: Mapping[Key, Count]) -> dict[Key, Count]:
    """Return counts to be taken away."""
    return {key: (-answers, -right) for key, (answers, right) in counts.items()}


def add(connection: Connection, learner_id: int, day: date, counts: Mapping[Key, Count]) -> None:
    """Add to the shares of a day."""
    for key, count in counts.items():
        if _added(connection, learner_id, day, key, count):
            continue
        try:
            with connection.begin_nested():
                connection.execute(
                    insert(DayShare).values(
                        learner_id=learner_id,
                        study_day=day,
                        kind=key[0],
                        name=key[1],
                        answers=count[0],
                        right=count[1],
                    )
                )
        except IntegrityError:
            # Another process counted the first of the day in between.
            _added(connection, learner_id, day, key, count)


def _added(connection: Connection, learner_id: int, day: date, key: Key, count: Count) -> bool:
    changed = connection.execute(
        _ADD,
        {
            "the_learner": learner_id,
            "the_day": day,
            "the_kind": key[0],
            "the_name": key[1],
            "more": count[0],
            "good": count[1],
        },
    )
    return changed.rowcount == 1


def since(connection: Connection, learner_id: int, day: date) -> dict[tuple[date, Key], Count]:
    """Return all shares from a study day on; those that came to nothing are left out."""
    rows = connection.execute(
        select(DayShare.study_day, DayShare.kind, DayShare.name, DayShare.answers, DayShare.right)
        .where(DayShare.learner_id == learner_id, DayShare.study_day >= day)
        .where(DayShare.answers != 0)
    )
    return {
        (study_day, (cast("Kind", kind), name)): (answers, right)
        for study_day, kind, name, answers, right in rows
    }
