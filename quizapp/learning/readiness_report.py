"""What a learner is told of an exam to come, on what grounds, and how such forecasts fared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from quizapp.history import forecasts
from quizapp.history.exam import Exam
from quizapp.history.forecasts import KeptForecast
from quizapp.history.learners import LearnerInfo
from quizapp.learning.blueprints import PASS_MARK, Blueprint
from quizapp.learning.day import Calendar
from quizapp.learning.evidence import Evidence, read_evidence
from quizapp.learning.exam_evidence import met_in_exams, results_of
from quizapp.learning.forecast_calibration import (
    Calibration,
    calibration,
    held_against,
)
from quizapp.learning.readiness import Forecast, Target, forecast

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessReport:
    """The forecast, what it rests on, and what became of earlier ones."""

    forecast: Forecast
    evidence: Evidence
    calibration: Calibration | None  # None: no exam was taken after a forecast yet


def target_of(blueprint: Blueprint, *, mark: float = PASS_MARK) -> Target:
    """Return what is forecast of a mock exam: its length, its topics by their shares."""
    total = sum(blueprint.topics.values())
    return Target(
        name=blueprint.id,
        questions=blueprint.questions,
        weights={topic: share / total for topic, share in blueprint.topics.items()},
        mark=mark,
    )


def readiness_report(
    engine: Engine,
    learner: LearnerInfo,
    target: Target,
    *,
    now: datetime,
    calendar: Calendar,
    exams: Sequence[Exam] = (),
    before_exam: bool = False,
) -> ReadinessReport:
    """Forecast an exam and keep the forecast: the first of a day, or any `before_exam`.

    `exams`: the mock exams so far. What was met in them first counts too, and earlier forecasts
    are held against how they went. Writes at most one row.
    """
    today = calendar.day(now)
    met = tuple(met_in_exams(exams, calendar=calendar))
    evidence = read_evidence(engine, learner, met=met)
    made = forecast(evidence.answers, target, today=today)
    forecasts.keep(engine, learner, _as_kept(made, now=now, today=today), before_exam=before_exam)
    with engine.connect() as connection:
        kept = forecasts.kept(connection, learner.id)
    return ReadinessReport(
        forecast=made,
        evidence=evidence,
        calibration=calibration(tuple(held_against(results_of(exams), kept))),
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
