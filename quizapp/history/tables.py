"""The tables of what was learnt: learners, cards, the review log, steps, a tally of each day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from questions.bank.columns import UTCDateTime
from questions.bank.tables import Base
from quizapp.history.memory import MemoryJson

_UUID = String(36)


class Learner(Base):
    """Somebody who learns."""

    __tablename__ = "learner"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(_UUID)  # what this learner's numbers are drawn from
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The bank's generation up to which this learner has a card for every question.
    dealt: Mapped[int]


class Card(Base):
    """A question in one learner's memory. What it says can be recomputed from the reviews.

    `queue` and `place` say where the card stands: in "new" by teaching order, in "learning" by
    the moment it comes, in "review" by the day it comes and a shuffled order within that day. So
    one index finds the next card of every queue, and one more does so within a topic.
    """

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("learner_id", "question_id"),
        Index("ix_card_place", "learner_id", "queue", "place", "id"),
        Index("ix_card_topic_place", "learner_id", "queue", "topic", "place", "id"),
        Index("ix_card_lapses", "learner_id", "lapses"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"))
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    version: Mapped[int]  # grows with every change: an answer to an older one is refused
    queue: Mapped[str] = mapped_column(String(20))  # quizapp.history.places
    place: Mapped[int] = mapped_column(BigInteger)
    # As the question says, so that no query has to look there.
    topic: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    teaching_order: Mapped[int] = mapped_column(BigInteger)
    # quizapp.history.memory.Memory
    state: Mapped[str] = mapped_column(String(20))
    step: Mapped[int | None]
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_on: Mapped[date | None]
    last_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reviews: Mapped[int]
    lapses: Mapped[int]
    # quizapp.history.holds.Hold: the learner's wish, which no review tells
    suspended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    buried_until: Mapped[date | None]  # the study day on which it comes back


class Review(Base):
    """One answer. Rows are only ever added: this log is the truth."""

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_learner", "learner_id", "id"),
        Index("ix_review_card", "card_id", "id"),
    )

    id: Mapped[str] = mapped_column(_UUID, primary_key=True)  # UUID version 7
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"))
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"))
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    # What exactly was asked: question, content, seed and attempt give the same numbers again.
    content_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int] = mapped_column(BigInteger)
    attempt: Mapped[int]
    # What was answered and what was said of it.
    raw: Mapped[str] = mapped_column(LongText)
    value: Mapped[float | None]
    outcome: Mapped[str] = mapped_column(String(40))
    score: Mapped[float]
    hints: Mapped[int] = mapped_column(server_default="0")  # how many were shown before it
    mistakes: Mapped[list[str]] = mapped_column(JSON)
    # How sure the learner was before the verdict: "sure", "half", "guess"; None: not asked.
    confidence: Mapped[str | None] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String(80))  # of the question then
    # Where it was asked: "study", "drill" or "exam".
    origin: Mapped[str] = mapped_column(String(20), server_default="study")
    # The content by whose key it was judged, where that is not the one that was asked: the key was
    # mended later (quizapp.learning.rescoring).
    judged_by: Mapped[str | None] = mapped_column(String(64))
    grade: Mapped[str] = mapped_column(String(20))
    milliseconds: Mapped[int]
    torch_version: Mapped[str | None] = mapped_column(String(80))
    dtype: Mapped[str | None] = mapped_column(String(40))
    # When.
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    study_day: Mapped[date]
    zone_offset: Mapped[int]  # seconds east of UTC on the learner's clock
    # What it did to the card.
    desired_retention: Mapped[float]
    state_before: Mapped[str] = mapped_column(String(20))
    elapsed_days: Mapped[int | None]  # study days since the card's last review
    before: Mapped[MemoryJson] = mapped_column(JSON)
    after: Mapped[MemoryJson] = mapped_column(JSON)


class Retraction(Base):
    """A review that no longer counts: taken back, or replaced by one with another grade or key."""

    __tablename__ = "retraction"

    review_id: Mapped[str] = mapped_column(ForeignKey("review.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20))  # quizapp.history.log.Reason
    retracted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ActionRow(Base):
    """A step of a learner that can be taken back, or done again (quizapp.history.actions)."""

    __tablename__ = "action"
    __table_args__ = (Index("ix_action_learner", "learner_id", "undone", "id"),)

    id: Mapped[str] = mapped_column(_UUID, primary_key=True)  # UUID version 7
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"))
    kind: Mapped[str] = mapped_column(String(20))
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"))
    review_id: Mapped[str | None] = mapped_column(ForeignKey("review.id"))
    replaced_id: Mapped[str | None] = mapped_column(ForeignKey("review.id"))
    until: Mapped[date | None]
    put_off: Mapped[list[int]] = mapped_column(JSON)
    undone: Mapped[bool]


class DayTally(Base):
    """What a learner did on one study day. Can be recounted from the reviews."""

    __tablename__ = "day_tally"

    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    study_day: Mapped[date] = mapped_column(primary_key=True)
    answered: Mapped[int]
    right: Mapped[int]
    introduced: Mapped[int]  # cards answered for the first time ever: these use up `new_per_day`
    reviewed: Mapped[int]  # due cards answered: these use up `reviews_per_day`
    milliseconds: Mapped[int] = mapped_column(BigInteger)


class DayShare(Base):
    """How many answers of one sort a day had, and how many of them were right.

    Counted beside the reviews and can be recounted from them (quizapp.history.shares).
    """

    __tablename__ = "day_share"

    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    study_day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    answers: Mapped[int]
    right: Mapped[int]


class StoredForecast(Base):
    """What was said of an exam before it was taken. Rows are only ever added."""

    __tablename__ = "forecast"
    __table_args__ = (Index("ix_forecast_learner", "learner_id", "made_at"),)

    id: Mapped[str] = mapped_column(_UUID, primary_key=True)  # UUID version 7
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    study_day: Mapped[date]
    # The exam: its blueprint, how many questions, and the share of right answers to be reached.
    blueprint: Mapped[str] = mapped_column(String(80))
    questions: Mapped[int]
    mark: Mapped[float]
    # What was said of it; scores are shares of right answers.
    expected: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]
    pass_probability: Mapped[float]
    answers: Mapped[int]  # that it rests on
    model: Mapped[str] = mapped_column(String(40))
