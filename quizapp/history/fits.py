"""Fits of a learner: what they are made from, and what they came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select

from quizapp.history.memory import Grade
from quizapp.history.metrics import MetricsJson
from quizapp.history.tables import FitRow, Retraction, Review

_EARLIER_THAN_ALL: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFit:
    """One fit, adopted or not."""

    id: str
    learner_id: int
    model: str
    weights: tuple[float, ...]
    compared_with: str | None  # the fit in use then; None: the published weights
    last_review_id: str
    last_answered_at: datetime
    long_term: int
    metrics: MetricsJson
    adopted: bool
    fitted_at: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """What a fit takes from the log: every review that counts and moved its card, in order."""

    rows: tuple[tuple[int, int | None, Grade], ...]  # card, days since its last review, grade
    last_review_id: str | None
    last_answered_at: datetime | None


_COUNTING: Final = (
    select(Review.id, Review.card_id, Review.elapsed_days, Review.grade, Review.answered_at)
    .outerjoin(Retraction, Retraction.review_id == Review.id)
    .where(
        Review.learner_id == bindparam("the_learner"),
        Retraction.review_id.is_(None),
        # An answer that was recorded only says nothing to the model: its card did not move.
        Review.after["reviews"].as_integer() > Review.before["reviews"].as_integer(),
    )
    .order_by(Review.id)
)
_LONG_TERM: Final = (
    select(Review.id)
    .outerjoin(Retraction, Retraction.review_id == Review.id)
    .where(
        Review.learner_id == bindparam("the_learner"),
        Review.id > bindparam("after"),
        Review.elapsed_days > 0,
        Retraction.review_id.is_(None),
    )
)
_OF_LEARNER: Final = (
    select(*FitRow.__table__.columns)
    .where(FitRow.learner_id == bindparam("the_learner"))
    .order_by(FitRow.id.desc())
    .limit(1)
)


def logged(connection: Connection, learner_id: int) -> Logged:
    """Return what there is to be learnt from a learner's log."""
    rows = connection.execute(_COUNTING, {"the_learner": learner_id}).all()
    last = rows[-1] if rows else None
    return Logged(
        tuple((row.card_id, row.elapsed_days, cast("Grade", row.grade)) for row in rows),
        last.id if last else None,
        last.answered_at if last else None,
    )


def long_term_since(
    connection: Connection, learner_id: int, *, after: str | None, at_most: int
) -> int:
    """Count long-term reviews later than a review, or all; stops counting at `at_most`."""
    some = _LONG_TERM.limit(at_most).subquery()
    known = {"the_learner": learner_id, "after": after or _EARLIER_THAN_ALL}
    return connection.scalar(select(func.count()).select_from(some), known) or 0


def add(connection: Connection, fit: StoredFit) -> None:
    """Store a fit."""
    connection.execute(
        insert(FitRow),
        {
            "id": fit.id,
            "learner_id": fit.learner_id,
            "model": fit.model,
            "weight_count": len(fit.weights),
            "weights": list(fit.weights),
            "compared_with": fit.compared_with,
            "last_review_id": fit.last_review_id,
            "last_answered_at": fit.last_answered_at,
            "long_term": fit.long_term,
            "metrics": fit.metrics,
            "adopted": fit.adopted,
            "fitted_at": fit.fitted_at,
        },
    )


def latest(connection: Connection, learner_id: int) -> StoredFit | None:
    """Return the learner's last fit, adopted or not."""
    return _one(connection, _OF_LEARNER, learner_id)


def in_use(connection: Connection, learner_id: int) -> StoredFit | None:
    """Return the fit whose weights schedule the learner's cards; None: the published ones do."""
    return _one(connection, _OF_LEARNER.where(FitRow.adopted), learner_id)


def all_of(connection: Connection, learner_id: int) -> tuple[StoredFit, ...]:
    """Return the learner's fits, the earliest first."""
    wanted = (
        select(*FitRow.__table__.columns).where(FitRow.learner_id == learner_id).order_by(FitRow.id)
    )
    return tuple(_stored(row) for row in connection.execute(wanted))


def weights_of(connection: Connection, learner_id: int) -> dict[str, tuple[float, ...]]:
    """Return the weights of the learner's fits by their ids: what a replay of the log needs."""
    return {fit.id: fit.weights for fit in all_of(connection, learner_id)}


def _one(
    connection: Connection, wanted: Select[*tuple[object, ...]], learner_id: int
) -> StoredFit | None:
    row = connection.execute(wanted, {"the_learner": learner_id}).one_or_none()
    return None if row is None else _stored(row)


def _stored(row: Row[*tuple[object, ...]]) -> StoredFit:
    return StoredFit(
        id=row.id,
        learner_id=row.learner_id,
        model=row.model,
        weights=tuple(row.weights),
        compared_with=row.compared_with,
        last_review_id=row.last_review_id,
        last_answered_at=row.last_answered_at,
        long_term=row.long_term,
        metrics=row.metrics,
        adopted=row.adopted,
        fitted_at=row.fitted_at,
    )
