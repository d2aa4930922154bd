"""Forecasts that were shown: kept as they were said, so that results can be held against them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, insert, select

from quizapp.history.learners import LearnerInfo
from quizapp.history.tables import StoredForecast
from quizapp.history.uuid7 import Uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForecast:
    """What was said of an exam. Scores are shares of right answers."""

    made_at: datetime
    study_day: date
    blueprint: str
    questions: int
    mark: float
    expected: float
    low: float
    high: float
    pass_probability: float
    answers: int
    model: str


_FIELDS = tuple(KeptForecast.__dataclass_fields__)


def keep(
    engine: Engine, learner: LearnerInfo, forecast: KeptForecast, *, before_exam: bool
) -> bool:
    """Store a forecast; return whether it was.

    `before_exam`: always. Otherwise only the day's first of its kind: the same blueprint, length,
    mark and model. What is looked at ten times a day must not count ten times.
    """
    same_day = (
        select(StoredForecast.id)
        .where(
            StoredForecast.learner_id == learner.id,
            StoredForecast.study_day == forecast.study_day,
            StoredForecast.blueprint == forecast.blueprint,
            StoredForecast.questions == forecast.questions,
            StoredForecast.mark == forecast.mark,
            StoredForecast.model == forecast.model,
        )
        .limit(1)
    )
    if not before_exam:
        with engine.connect() as connection:
            if connection.execute(same_day).first() is not None:
                return False
    with engine.execution_options(writes=True).begin() as connection:
        if not before_exam and connection.execute(same_day).first() is not None:
            return False  # another process was faster
        connection.execute(
            insert(StoredForecast).values(
                id=Uuid7().next(forecast.made_at), learner_id=learner.id, **asdict(forecast)
            )
        )
    return True


def kept(connection: Connection, learner_id: int) -> tuple[KeptForecast, ...]:
    """Return a learner's forecasts, the earliest first."""
    rows = connection.execute(
        select(*(getattr(StoredForecast, name) for name in _FIELDS))
        .where(StoredForecast.learner_id == learner_id)
        .order_by(StoredForecast.made_at, StoredForecast.id)
    )
    return tuple(KeptForecast(**row._mapping) for row in rows)
