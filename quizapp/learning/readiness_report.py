"""What a learner is told of an exam to come, on what grounds, and how such forecasts fared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from quizapp.history import forecasts
from quizapp.history.forecasts import KeptForecast
from quizapp.history.learners import LearnerInfo
from quizapp.learning.evidence import Evidence, read_evidence
from quizapp.learning.forecast_calibration import (
    Calibration,
    ExamResult,
    calibration,
    held_against,
)
from quizapp.learning.readiness import MARK, Answer, Forecast, Target, forecast
from quizapp.learning.syllabus_weights import QUESTIONS_BY_TOPIC, weights_of

if TYPE_CHECKING:
    from sqlalchemy import Engine


BLUEPRINTS = {"loss-full": 60, "loss-mini": 30}  # numbers of questions


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessReport:
    """The forecast, what it rests on, and what became of earlier ones."""

    forecast: Forecast
    evidence: Evidence
    calibration: Calibration | None  # None: no exam was taken after a forecast yet


def loss_exam(blueprint: str = "loss-full", *, mark: float = MARK) -> Target:
    """Return an exam about losses (a key of BLUEPRINTS), its topics weighted by the syllabus."""
    return Target(
        name=blueprint,
        questions=BLUEPRINTS[blueprint],
        weights=weights_of(QUESTIONS_BY_TOPIC),
        mark=mark,
    )


def readiness_report(
    engine: Engine,
    learner: LearnerInfo,
    target: Target,
    *,
    now: datetime,
    today: date,
    exam_answers: Sequence[Answer] = (),
    results: Sequence[ExamResult] = (),
    before_exam: bool = False,
) -> ReadinessReport:
    """Forecast an exam and keep the forecast: the first of a day, or any `before_exam`.

    `exam_answers`: given in mock exams; they count too, unless the review log holds them already.
    `results`: of exams so far, which earlier forecasts are held against. Writes at most one row.
    """
    evidence = read_evidence(engine, learner, exam_answers=exam_answers)
    made = forecast(evidence.answers, target, today=today)
    forecasts.keep(engine, learner, _as_kept(made, now=now, today=today), before_exam=before_exam)
    with engine.connect() as connection:
        kept = forecasts.kept(connection, learner.id)
    return ReadinessReport(
        forecast=made,
        evidence=evidence,
        calibration=calibration(tuple(held_against(results, kept))),
    )


def _as_kept(made: Forecast, *, now: datetime, today: date) -> KeptForecast:
    return KeptForecast(
        made_at=now,
        study_day=today,
        blueprint=made.target.name,
        questions=made.target.questions,
        mark=made.target.mark,
        expected=made.expected,
        low=made.low,
        high=made.high,
        pass_probability=made.pass_probability,
        answers=made.answers,
        model=made.model,
    )
