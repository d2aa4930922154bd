"""Everything a front end needs to let somebody study, opened and closed together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from losses.text import Text
from questions.bank import Bank, install_builtin
from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from quizapp import paths
from quizapp.database import DatabaseProblem, open_database
from quizapp.history.learners import LearnerInfo, deal, learner
from quizapp.language import use
from quizapp.learning.day import Calendar, Clock, utc_now
from quizapp.learning.overview import Overview, overview
from quizapp.learning.session import StudySession
from quizapp.settings import Settings, read_settings

if TYPE_CHECKING:
    from quizapp.learning.exam_outlook import ExamOutlook


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

    def session(
        self,
        topic: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        minutes: float | None = None,
    ) -> StudySession:
        """Begin to study: all questions, or those of a topic and kind, for so many or so long."""
        deal(self.engine, self.learner)
        return StudySession(
            self.engine,
            self.bank,
            self.examiner,
            self.learner,
            clock=self.clock,
            calendar=self.calendar,
            settings=self.settings,
            topic=topic,
            kind=kind,
            limit=limit,
            minutes=minutes,
        )

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

    def close(self) -> None:
        """End the computing process and let the database go. Nothing is left to be written."""
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
