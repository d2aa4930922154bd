"""Forecasts are kept as they were said, and results are held against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from quizapp.history.forecasts import KeptForecast, keep, kept
from quizapp.history.learners import learner
from quizapp.learning.blueprints import BLUEPRINTS, Blueprint
from quizapp.learning.forecast_calibration import (
    Calibration,
    ExamResult,
    calibration,
    held_against,
)
from quizapp.learning.readiness_report import ReadinessReport, readiness_report, target_of
from quizapp.learning.sitting import all_exams, begin
from tests.packs import choices
from tests.quizapp.learning.classroom import Classroom, answer

MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


def said(**changes: object) -> KeptForecast:
    fields: dict[str, object] = {
        "made_at": MORNING,
        "study_day": MORNING.date(),
        "blueprint": "loss-full",
        "questions": 60,
        "mark": 0.7,
        "expected": 0.6,
        "low": 0.5,
        "high": 0.75,
        "pass_probability": 0.2,
        "answers": 30,
        "model": "topics-1",
    }
    return KeptForecast(**(fields | changes))  # type: ignore[arg-type]  # by name


def result(right: int, **changes: object) -> ExamResult:
    fields: dict[str, object] = {
        "blueprint": "loss-full",
        "started_at": MORNING + timedelta(hours=1),
        "right": right,
        "questions": 60,
    }
    return ExamResult(**(fields | changes))  # type: ignore[arg-type]  # by name


class TestKeeping:
    def test_the_first_of_a_day_and_whatever_precedes_an_exam(self, engine: Engine) -> None:
        who = learner(engine, now=MORNING)
        other = learner(engine, now=MORNING, name="other")
        later = said(made_at=MORNING + timedelta(hours=2), expected=0.61)
        tomorrow = said(
            made_at=MORNING + timedelta(days=1), study_day=MORNING.date() + timedelta(days=1)
        )
        rows = (
            (who, said(), False, True),
            (who, later, False, False),  # looked at again
            (who, replace(later, mark=0.6), False, True),  # another question
            (who, replace(later, blueprint="loss-mini", questions=30), False, True),
            (who, later, True, True),  # before an exam
            (who, tomorrow, False, True),
            (other, said(), False, True),
        )
        for learner_of, forecast, before_exam, stored in rows:
            assert keep(engine, learner_of, forecast, before_exam=before_exam) is stored
        with engine.connect() as connection:
            mine, theirs = kept(connection, who.id), kept(connection, other.id)
        assert len(mine) == 5
        assert mine[0] == said()
        assert mine[-1] == tomorrow
        assert theirs == (said(),)

    def test_a_report_keeps_what_it_says(self, engine: Engine) -> None:
        room = Classroom(engine)
        room.install(choices(6))
        answer(room.session())
        plan = BLUEPRINTS["loss-mini"].resized(questions=4, minutes=2)
        for _look in range(3):
            report = reported(room, plan)
        with engine.connect() as connection:
            (only,) = kept(connection, room.learner.id)
        assert report.calibration is None
        assert (only.expected, only.low, only.high) == (
            report.forecast.expected,
            report.forecast.low,
            report.forecast.high,
        )

    @pytest.mark.parametrize("strict", [True, False])
    def test_an_exam_is_held_against_what_was_said_before_it(
        self, engine: Engine, strict: bool
    ) -> None:
        room = Classroom(engine)
        room.install(choices(6))
        plan = BLUEPRINTS["loss-mini"].resized(questions=4, minutes=2)
        said_before = reported(room, plan).forecast
        room.wait(hours=1)
        sitting = begin(
            engine,
            room.bank,
            room.examiner,
            room.learner,
            plan,
            strict=strict,
            seed=7,
            clock=lambda: room.now,
        )
        for asked in sitting.exam.questions[:3]:
            sitting.answer(asked.position, asked.key, milliseconds=1)
        sitting.submit()
        report = reported(room, plan)
        if not strict:  # each answer was judged at once
            assert report.calibration is None
            return
        assert report.calibration is not None
        assert report.calibration.results == 1
        assert report.calibration.bias == pytest.approx(said_before.expected - 0.75)
        # What was answered there speaks too; the one that was never on the screen does not.
        assert [each.right for each in report.evidence.answers] == [True] * 3


def reported(room: Classroom, plan: Blueprint) -> ReadinessReport:
    return readiness_report(
        room.engine,
        room.learner,
        target_of(plan),
        now=room.now,
        calendar=room.calendar,
        exams=all_exams(room.engine, room.learner, clock=lambda: room.now),
    )


class TestCalibration:
    def test_the_latest_forecast_before_the_exam_counts(self) -> None:
        forecasts = (
            said(made_at=MORNING - timedelta(days=1), pass_probability=0.9),
            said(pass_probability=0.3),
            said(made_at=MORNING + timedelta(hours=2), pass_probability=1.0),
            said(blueprint="loss-mini", questions=30, pass_probability=0.5),
        )
        (held,) = held_against([result(30)], forecasts)
        assert held.forecast.pass_probability == 0.3

    @pytest.mark.parametrize(
        "changes",
        [
            {"blueprint": "other"},
            {"questions": 70},
            {"started_at": MORNING - timedelta(days=9)},
        ],
    )
    def test_what_nothing_was_said_of_is_left_out(self, changes: dict[str, object]) -> None:
        assert list(held_against([result(30, **changes)], [said()])) == []

    @pytest.mark.parametrize(
        ("right", "within", "passed"),
        [
            (29, False, False),
            (30, True, False),
            (42, True, True),
            (45, True, True),
            (46, False, True),
        ],
    )
    def test_edges_lie_within(self, right: int, within: bool, passed: bool) -> None:
        (held,) = held_against([result(right)], [said()])
        assert (held.within, held.passed) == (within, passed)

    def test_measures(self) -> None:
        assert calibration(()) is None
        held = tuple(held_against([result(30), result(48)], [said()]))
        found = calibration(held)
        assert found == Calibration(
            results=2,
            brier=pytest.approx((0.2**2 + 0.8**2) / 2),  # type: ignore[arg-type]
            coverage=0.5,
            bias=pytest.approx(0.6 - 0.65),  # type: ignore[arg-type]
        )

    def test_a_result_that_cannot_be(self) -> None:
        with pytest.raises(ValueError, match="no more right"):
            result(61)
