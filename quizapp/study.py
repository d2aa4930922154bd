"""Everything a front end needs to let somebody study, opened and closed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import randbelow
from threading import Thread
from typing import TYPE_CHECKING, Final

from sqlalchemy import Engine

from losses.text import Text
from questions.bank import Bank, install_builtin, installed_packs
from questions.compute.client import ComputeRefused, ComputeUnavailable, ComputeWorker
from questions.examiner import Examiner
from quizapp import paths
from quizapp.database import DatabaseProblem, open_database
from quizapp.history.learners import LearnerInfo, deal, learner
from quizapp.language import _, current, use
from quizapp.learning.day import Calendar, Clock, utc_now
from quizapp.learning.fitting.client import FittingWorker
from quizapp.learning.optimizing import Optimized, fit_due, optimize
from quizapp.learning.overview import Overview, overview
from quizapp.learning.session import StudySession
from quizapp.problem import Problem
from quizapp.settings import Settings, read_settings

if TYPE_CHECKING:
    from quizapp.history.exam import Exam
    from quizapp.learning.blueprints import Blueprint
    from quizapp.learning.exam_outlook import ExamOutlook
    from quizapp.learning.readiness_report import ReadinessReport
    from quizapp.learning.sitting import Sitting

_SEEDS: Final = 10**9  # a seed of chance can be typed again


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The open database and what works on it."""

    engine: Engine
    bank: Bank
    compute: ComputeWorker
    examiner: Examiner
    settings: Settings
    learner: LearnerInfo
    calendar: Calendar
    clock: Clock
    fitting: FittingWorker = field(default_factory=FittingWorker)

    def session(
        self,
        topic: str | None = None,
        kind: str | None = None,
        pack: str | None = None,
        limit: int | None = None,
        minutes: float | None = None,
    ) -> StudySession:
        """Begin to study: all questions, or those of a topic, kind and pack; so many or so long.

        Raises Problem for a pack that is not installed.
        """
        deal(self.engine, self.learner)
        return StudySession(
            self.engine,
            self.bank.in_language(current()),
            self.examiner,
            self.learner,
            clock=self.clock,
            calendar=self.calendar,
            settings=self.settings,
            topic=topic,
            kind=kind,
            pack=None if pack is None else self._installed(pack),
            limit=limit,
            minutes=minutes,
        )

    def _installed(self, pack: str) -> str:
        """Return the pack whose questions are asked: of a translation, the original."""
        known = {each.about.id: each.about for each in installed_packs(self.engine)}
        if pack not in known:
            raise Problem(
                _("The pack {id} is not installed (see {command}).").format(
                    id=pack, command="quizapp pack list"
                )
            )
        return known[pack].translates or pack

    def overview(self) -> Overview:
        """Return what the home screen shows."""
        session = self.session()
        return overview(
            self.engine,
            self.learner,
            today=self.today(),
            counts=session.counts(),
            next_due=session.next_due(),
        )

    def blueprints(self) -> Mapping[str, Blueprint]:
        """Return the plans for mock exams by id. Raises Problem for a bad one of the settings."""
        from quizapp.learning.blueprints import blueprints  # noqa: PLC0415 - for exams alone

        return blueprints(self.settings.blueprints)

    def begin_exam(
        self,
        blueprint: Blueprint,
        *,
        strict: bool = True,
        seed: int | None = None,
    ) -> Sitting:
        """Begin a mock exam, drawn by chance where no seed is given. Blocks; raises Problem.

        What is expected of it is forecast before, and held against how it goes.
        """
        from quizapp.learning import sitting  # noqa: PLC0415 - for exams alone

        expected = self.readiness(blueprint, before_exam=True).forecast
        return sitting.begin(
            self.engine,
            self.bank,
            self.examiner,
            self.learner,
            blueprint,
            strict=strict,
            seed=randbelow(_SEEDS) if seed is None else seed,
            clock=self.clock,
            forecast={
                "expected": expected.expected,
                "low": expected.low,
                "high": expected.high,
                "pass_probability": None if expected.few else expected.pass_probability,
            },
        )

    def readiness(
        self, blueprint: Blueprint, *, mark: float | None = None, before_exam: bool = False
    ) -> ReadinessReport:
        """Forecast an exam of today and keep the forecast. Blocks. `mark`: 0 … 1."""
        from quizapp.learning.readiness_report import (  # noqa: PLC0415 - numpy: 0.15 s
            readiness_report,
            target_of,
        )

        return readiness_report(
            self.engine,
            self.learner,
            target_of(blueprint) if mark is None else target_of(blueprint, mark=mark),
            now=self.now(),
            calendar=self.calendar,
            exams=self.exams(),
            before_exam=before_exam,
        )

    def open_exam(self) -> Sitting | None:
        """Return the exam that is not over, None if there is none."""
        from quizapp.learning import sitting  # noqa: PLC0415 - for exams alone

        return sitting.open_exam(self.engine, self.learner, clock=self.clock)

    def resume_exam(self) -> Sitting:
        """Go on with the exam that was interrupted. Raises Problem where there is none."""
        from quizapp.learning import sitting  # noqa: PLC0415 - for exams alone

        return sitting.resume(self.engine, self.learner, clock=self.clock)

    def exams(self) -> tuple[Exam, ...]:
        """Return all exams of the learner, the latest first."""
        from quizapp.learning import sitting  # noqa: PLC0415 - for exams alone

        return sitting.all_exams(self.engine, self.learner, clock=self.clock)

    def bring_back(self, exam: Exam) -> tuple[Exam, int]:
        """Let the wrong ones of an exam come again today; return the exam and how many they are."""
        from quizapp.learning.exam_mistakes import bring_back  # noqa: PLC0415 - for exams alone

        return bring_back(
            self.engine,
            self.learner,
            exam,
            clock=self.clock,
            calendar=self.calendar,
            desired_retention=self.settings.desired_retention,
        )

    def exam_outlook(
        self,
        *,
        exam_date: date | None = None,
        minutes_per_day: int | None = None,
        budgets: Sequence[int] | None = None,
    ) -> ExamOutlook | None:
        """Return what minutes a day lead to; None where no exam is to come.

        What is not given is as the settings say. Loads numpy.
        """
        from quizapp.learning import exam_outlook as outlook  # noqa: PLC0415 - for a plan only

        exam_date = exam_date or self.settings.exam_date
        if exam_date is None or exam_date <= self.today():
            return None
        deal(self.engine, self.learner)
        return outlook.exam_outlook(
            self.engine,
            self.learner,
            today=self.today(),
            exam_date=exam_date,
            minutes_per_day=minutes_per_day or self.settings.minutes_per_day,
            budgets=outlook.BUDGETS if budgets is None else budgets,
        )

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self.clock().astimezone(UTC)

    def today(self) -> date:
        """Return the study day it is."""
        return self.calendar.day(self.clock())

    def start_computing(self) -> None:
        """Let PyTorch load in its process; returns at once."""
        self.compute.start()

    def optimize(self, *, dry_run: bool = False) -> Optimized:
        """Fit the schedule to the learner. Blocks. Raises ComputeUnavailable, ComputeRefused."""
        return optimize(self.engine, self.learner, self.fitting, now=self.now(), dry_run=dry_run)

    def fit_if_due(self) -> Optimized | None:
        """Fit the schedule when it is time; None when it is not, or PyTorch cannot be run.

        Blocks until then or until `close`. Sessions that began before go on with their weights.
        """
        if not fit_due(self.engine, self.learner):
            return None
        try:
            return self.optimize()
        except (ComputeUnavailable, ComputeRefused):
            return None  # it stays due

    def fit_beside(self) -> None:
        """Let `fit_if_due` run in a thread of its own; returns at once."""
        Thread(target=self._fit_quietly, name="fitting", daemon=True).start()

    def _fit_quietly(self) -> None:
        with suppress(Problem):  # it stays due
            self.fit_if_due()

    def close(self) -> None:
        """End the computing processes and let the database go. Nothing is left to be written."""
        self.fitting.close()
        self.compute.close()
        self.engine.dispose()


def open_study(
    *, database: str | None = None, language: str | None = None, clock: Clock = utc_now
) -> Study:
    """Open the database, `paths.database()` unless another one is named, with the built-in packs.

    `language`: spoken from now on; the one of the settings has been chosen by the caller.
    Raises Problem.
    """
    if language is not None:
        use(language)
    settings = read_settings(paths.settings())
    if database is None:
        database = paths.database()
        if "://" not in database:
            _make_folder(Path(database).expanduser().parent)
    engine = open_database(database)
    try:
        bank = Bank(engine)
        install_builtin(bank)
        compute = ComputeWorker()
        return Study(
            engine=engine,
            bank=bank,
            compute=compute,
            examiner=Examiner(compute),
            settings=settings,
            learner=learner(engine, now=clock()),
            calendar=Calendar(rollover_hour=settings.rollover_hour),
            clock=clock,
        )
    except BaseException:
        engine.dispose()
        raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise DatabaseProblem(
            Text(
                f"データベースのフォルダーを作れない: {folder} ({why})",
                f"the folder of the database cannot be made: {folder} ({why})",
            )
        ) from error
