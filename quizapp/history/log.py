"""The review log: rows are added, never changed. A retraction is a row too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from questions.bank.tables import QuestionRow
from quizapp.history.memory import Grade, Memory
from quizapp.history.tables import Retraction, Review
from quizapp.history.vocabulary import Confidence, Origin

# Why a review no longer counts. "rescore": the key was mended, or it followed such a review.
Reason = Literal["undo", "amend", "rescore"]

_LONGEST_RAW = 10_000  # characters
_LONGEST_TIME = 24 * 60 * 60 * 1000  # milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedReview:
    """One answer, as it stands in the log."""

    id: str
    learner_id: int
    card_id: int
    question_id: str
    content_hash: str
    seed: int
    attempt: int
    raw: str
    value: float | None
    outcome: str
    score: float
    mistakes: tuple[str, ...]
    grade: Grade
    milliseconds: int
    torch_version: str | None
    dtype: str | None
    answered_at: datetime
    study_day: date
    zone_offset: int  # seconds east of UTC
    desired_retention: float
    before: Memory
    after: Memory
    hints: int = 0  # shown before the answer
    confidence: Confidence | None = None  # said before the verdict
    origin: Origin = "study"
    topic: str | None = None  # of the question then
    fit_id: str | None = None  # whose weights scheduled it; None: the published ones
    judged_by: str | None = None  # the content whose key judged it; None: the one that was asked

    @property
    def elapsed_days(self) -> int | None:
        """Return the study days since the card's last review, as they were when it was given."""
        last, now = self.before.last_on, max(self.study_day, self.before.last_on or self.study_day)
        return None if last is None else (now - last).days

    @property
    def scheduled(self) -> bool:
        """Whether it moved the card. Drills and exams are recorded only, unless asked."""
        return self.after.reviews > self.before.reviews


_COUNTING = (
    select(*Review.__table__.columns)
    .outerjoin(Retraction, Retraction.review_id == Review.id)
    .where(Retraction.review_id.is_(None))
)
_ONE = _COUNTING.where(Review.id == bindparam("the_review"))
_ANY = select(*Review.__table__.columns).where(Review.id == bindparam("the_review"))
_OF_CARD = _COUNTING.where(Review.card_id == bindparam("the_card")).order_by(Review.id)
_LATEST_OF_CARD = (
    _COUNTING.where(Review.card_id == bindparam("the_card")).order_by(Review.id.desc()).limit(1)
)
_BY_ANOTHER_KEY = (
    _COUNTING.join(QuestionRow, QuestionRow.id == Review.question_id)
    .where(
        QuestionRow.pack_id == bindparam("the_pack"),
        ~QuestionRow.retired,
        func.coalesce(Review.judged_by, Review.content_hash) != QuestionRow.content_hash,
    )
    .order_by(Review.question_id, Review.id)
    .execution_options(yield_per=1000)
)
_FOLLOWING_ID = select(func.min(Review.id)).where(
    Review.learner_id == bindparam("the_learner"), Review.id > bindparam("the_review")
)
_LAST_ID = (
    select(Review.id)
    .where(Review.learner_id == bindparam("the_learner"))
    .order_by(Review.id.desc())
    .limit(1)
)
_APPEND = insert(Review)
_RETRACT = insert(Retraction)


def append(connection: Connection, review: LoggedReview) -> None:
    """Add a review."""
    before, after = review.before, review.after
    connection.execute(
        _APPEND,
        {
            "id": review.id,
            "learner_id": review.learner_id,
            "card_id": review.card_id,
            "question_id": review.question_id,
            "content_hash": review.content_hash,
            "seed": review.seed,
            "attempt": review.attempt,
            "raw": storable(review.raw),
            "value": review.value,
            "outcome": review.outcome,
            "score": review.score,
            "hints": review.hints,
            "mistakes": list(review.mistakes),
            "confidence": review.confidence,
            "topic": review.topic,
            "judged_by": review.judged_by,
            "grade": review.grade,
            "origin": review.origin,
            "milliseconds": max(0, min(review.milliseconds, _LONGEST_TIME)),
            "torch_version": review.torch_version,
            "dtype": review.dtype,
            "answered_at": review.answered_at,
            "study_day": review.study_day,
            "zone_offset": review.zone_offset,
            "desired_retention": review.desired_retention,
            "fit_id": review.fit_id,
            "state_before": before.state,
            "elapsed_days": review.elapsed_days,
            "before": before.to_json(),
            "after": after.to_json(),
        },
    )


def retract(connection: Connection, review_id: str, *, reason: Reason, now: datetime) -> None:
    """Say that a review no longer counts. Raises IntegrityError if that was said before."""
    connection.execute(_RETRACT, {"review_id": review_id, "reason": reason, "retracted_at": now})


def last_id(connection: Connection, learner_id: int) -> str | None:
    """Return the id of the learner's latest review, retracted or not."""
    return connection.scalar(
        select(Review.id).where(Review.learner_id == learner_id).order_by(Review.id.desc()).limit(1)
    )


def latest_of_card(connection: Connection, card_id: int) -> LoggedReview | None:
    """Return the latest review of a card that counts."""
    row = connection.execute(_LATEST_OF_CARD, {"the_card": card_id}).one_or_none()
    return None if row is None else _logged(row)


def review(connection: Connection, review_id: str) -> LoggedReview | None:
    """Return a review that counts, None if it was retracted."""
    row = connection.execute(_ONE, {"the_review": review_id}).one_or_none()
    return None if row is None else _logged(row)


def retracted_or_not(connection: Connection, review_id: str) -> LoggedReview:
    """Return a review whether it counts or not. Raises sqlalchemy.exc.NoResultFound."""
    return _logged(connection.execute(_ANY, {"the_review": review_id}).one())


def of_card(connection: Connection, card_id: int) -> tuple[LoggedReview, ...]:
    """Return the reviews of a card that count, the earliest first."""
    rows = connection.execute(_OF_CARD, {"the_card": card_id})
    return tuple(_logged(row) for row in rows)


def by_card(connection: Connection, learner_id: int) -> Iterator[LoggedReview]:
    """Yield all reviews of a learner that count, card by card, the earliest of each first."""
    rows = connection.execute(
        _COUNTING.where(Review.learner_id == learner_id)
        .order_by(Review.card_id, Review.id)
        .execution_options(yield_per=1000)
    )
    return (_logged(row) for row in rows)


def judged_by_another_key(connection: Connection, pack_id: str) -> Iterator[LoggedReview]:
    """Yield the reviews of a pack that another key than the present one judged.

    Those of all learners that count and whose question is in use, by question, the earliest first.
    """
    rows = connection.execute(_BY_ANOTHER_KEY, {"the_pack": pack_id})
    for row in rows:
        yield _logged(row)


def following_id(connection: Connection, review: LoggedReview) -> str | None:
    """Return the id of the learner's next review, retracted or not; None for the latest."""
    return connection.scalar(
        _FOLLOWING_ID, {"the_learner": review.learner_id, "the_review": review.id}
    )


def storable(raw: str) -> str:
    """Return typed text that every database can hold: no NUL, no half characters, not endless."""
    text = raw[:_LONGEST_RAW].replace("\0", "\ufffd")
    return text.encode("utf-8", "replace").decode("utf-8")


def _logged(row: Row[*tuple[object, ...]]) -> LoggedReview:
    return LoggedReview(
        id=row.id,
        learner_id=row.learner_id,
        card_id=row.card_id,
        question_id=row.question_id,
        content_hash=row.content_hash,
        seed=row.seed,
        attempt=row.attempt,
        raw=row.raw,
        value=row.value,
        outcome=row.outcome,
        score=row.score,
        hints=row.hints,
        mistakes=tuple(row.mistakes),
        confidence=cast("Confidence | None", row.confidence),
        origin=cast("Origin", row.origin),
        topic=row.topic,
        judged_by=row.judged_by,
        grade=cast("Grade", row.grade),
        milliseconds=row.milliseconds,
        torch_version=row.torch_version,
        dtype=row.dtype,
        answered_at=row.answered_at,
        study_day=row.study_day,
        zone_offset=row.zone_offset,
        desired_retention=row.desired_retention,
        fit_id=row.fit_id,
        before=Memory.from_json(row.before),
        after=Memory.from_json(row.after),
    )
