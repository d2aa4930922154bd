"""The tables of what was learnt: learners, cards, the review log, steps, days, exams."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from questions.bank.columns import UTCDateTime
from questions.bank.tables import Base
from quizapp.history.exam import Forecast, OptionJson
from quizapp.history.memory import MemoryJson
from quizapp.history.metrics import MetricsJson

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
    # The content by whose key it was judged, where that is not the one that was asked: the key was
    # mended later (quizapp.learning.rescoring).
    judged_by: Mapped[str | None] = mapped_column(String(64))
    grade: Mapped[str] = mapped_column(String(20))
    # Where it was asked: "study", "drill", or "exam": given in a mock exam and brought into the
    # schedule afterwards.
    origin: Mapped[str] = mapped_column(String(20), server_default="study")
    milliseconds: Mapped[int]
    torch_version: Mapped[str | None] = mapped_column(String(80))
    dtype: Mapped[str | None] = mapped_column(String(40))
    # When.
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    study_day: Mapped[date]
    zone_offset: Mapped[int]  # seconds east of UTC on the learner's clock
    # What it did to the card.
    desired_retention: Mapped[float]
    # Whose weights scheduled it; None: the published ones.
    fit_id: Mapped[str | None] = mapped_column(ForeignKey("fit.id"))
    state_before: Mapped[str] = mapped_column(String(20))
    elapsed_days: Mapped[int | None]  # study days since the card's last review
    before: Mapped[MemoryJson] = mapped_column(JSON)
    after: Mapped[MemoryJson] = mapped_column(JSON)


class FitRow(Base):
    """FSRS weights fitted to a learner. Rows are only ever added."""

    __tablename__ = "fit"
    __table_args__ = (Index("ix_fit_learner", "learner_id", "id"),)

    id: Mapped[str] = mapped_column(_UUID, primary_key=True)  # UUID version 7
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"))
    model: Mapped[str] = mapped_column(String(40))
    weight_count: Mapped[int]
    weights: Mapped[list[float]] = mapped_column(JSON)
    compared_with: Mapped[str | None] = mapped_column(_UUID)  # the fit then in use
    # What it learnt from: all reviews that counted up to this one.
    last_review_id: Mapped[str] = mapped_column(_UUID)
    last_answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    long_term: Mapped[int]  # of them, given a study day or more after the one before
    metrics: Mapped[MetricsJson] = mapped_column(JSON)  # on the newest fifth
    adopted: Mapped[bool]
    fitted_at: Mapped[datetime] = mapped_column(UTCDateTime)


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


class Exam(Base):
    """A mock exam that was begun. What it asks and what was answered is kept as it was then."""

    __tablename__ = "exam"
    __table_args__ = (Index("ix_exam_learner", "learner_id", "id"),)

    id: Mapped[str] = mapped_column(_UUID, primary_key=True)  # UUID version 7
    learner_id: Mapped[int] = mapped_column(ForeignKey("learner.id"))
    blueprint: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))  # of the blueprint
    seconds: Mapped[int]  # that it was to take
    seed: Mapped[int] = mapped_column(BigInteger)
    strict: Mapped[bool]  # the clock cannot be paused, nothing is judged before the end
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    deadline: Mapped[datetime] = mapped_column(UTCDateTime)  # later after a pause
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    present: Mapped[int]  # position of the question that was on the screen last
    # What was forecast before it began; none of it was known then.
    forecast: Mapped[Forecast | None] = mapped_column(JSON(none_as_null=True))


class ExamQuestion(Base):
    """A question of an exam, complete: a pack that changes later changes nothing here."""

    __tablename__ = "exam_question"

    exam_id: Mapped[str] = mapped_column(ForeignKey("exam.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int] = mapped_column(BigInteger)
    attempt: Mapped[int]
    form: Mapped[str] = mapped_column(String(20))  # quizapp.learning.blueprints
    language: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(LongText)  # JSON: the question
    # Options that were computed, so that nothing has to be computed during the exam.
    options: Mapped[list[OptionJson] | None] = mapped_column(JSON(none_as_null=True))
    key: Mapped[str] = mapped_column(String(20))  # label of the right option
    flagged: Mapped[bool]
    guessed: Mapped[bool]
    milliseconds: Mapped[int]  # that it was on the screen
    # The answer to its card that a wrong answer here became, if the learner wanted that.
    review_id: Mapped[str | None] = mapped_column(ForeignKey("review.id"))


class ExamAnswer(Base):
    """An answer to a question of an exam. Rows are only ever added: the last one counts."""

    __tablename__ = "exam_answer"

    exam_id: Mapped[str] = mapped_column(ForeignKey("exam.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0, 1, …
    raw: Mapped[str] = mapped_column(LongText)
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    milliseconds: Mapped[int]  # on this question until this answer


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
