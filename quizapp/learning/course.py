"""One learner at one bank: what every part of a session works with, and the time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from questions.bank import Bank
from questions.examiner import Examiner
from quizapp.history.learners import LearnerInfo
from quizapp.history.uuid7 import Uuid7
from quizapp.learning.day import Calendar, Clock
from quizapp.learning.scheduler import Scheduler
from quizapp.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, and what follows from it."""

    now: datetime  # UTC
    day: date
    tomorrow: datetime  # when the next study day begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Everything that stays the same while somebody studies."""

    engine: Engine
    bank: Bank
    examiner: Examiner
    learner: LearnerInfo
    clock: Clock
    calendar: Calendar
    settings: Settings
    scheduler: Scheduler
    fit_id: str | None  # whose weights the scheduler has; None: the published ones
    ids: Uuid7

    @property
    def writing(self) -> Engine:
        """Return the engine for transactions that write."""
        return self.engine.execution_options(writes=True)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self.clock().astimezone(UTC)

    def moment(self) -> Moment:
        """Return the time, its study day and when the next one begins."""
        now = self.now()
        day = self.calendar.day(now)
        return Moment(now, day, self.calendar.begins(day + timedelta(days=1)))
