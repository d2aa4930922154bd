"""The plan for an exam within a session: today's share, planned anew each study day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.history import tally
from quizapp.history.tally import Tally
from quizapp.learning.course import Course, Moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from quizapp.history.cards import StoredCard
    from quizapp.learning.planned_queue import PlannedQueue


class PlannedDay:
    """Today's share where the settings name an exam to come and minutes a day; none otherwise.

    `minutes`: of a session, which are its own and leave those of the day aside. Whoever studies
    one `pack` wants just that and has no plan.
    """

    def __init__(
        self,
        course: Course,
        *,
        topic: str | None,
        kind: str | None,
        pack: str | None,
        minutes: float | None,
    ) -> None:
        self._course = course
        self._wanted = pack is None
        self._topic, self._kind, self._minutes = topic, kind, minutes
        self._share: PlannedQueue | None = None

    def share(self, connection: Connection, moment: Moment) -> PlannedQueue | None:
        """Return today's share, planned when it is asked for first; None without a plan."""
        settings = self._course.settings
        exam_date, minutes = settings.exam_date, settings.minutes_per_day
        if exam_date is None or minutes is None or exam_date <= moment.day or not self._wanted:
            return None
        if self._share is None or self._share.day != moment.day:
            from quizapp.learning.planned_queue import planned_queue  # noqa: PLC0415 - loads numpy

            done = tally.tally_of(connection, self._course.learner.id, moment.day)
            self._share = planned_queue(
                connection,
                self._course.learner,
                today=moment.day,
                exam_date=exam_date,
                seconds=self._seconds_left(done),
                done=done,
                topic=self._topic,
                kind=self._kind,
            )
        return self._share

    def left(self, connection: Connection, moment: Moment, done: Tally) -> tuple[int, int] | None:
        """Return how many due and new cards are left of today's share, None without a plan."""
        share = self.share(connection, moment)
        if share is None:
            return None
        return (0, 0) if self._seconds_left(done) <= 0 else share.left()

    def drop(self, card_id: int) -> None:
        """Take a card out that was answered or put aside."""
        if self._share is not None:
            self._share.drop(card_id)

    def put_back(self, card: StoredCard) -> None:
        """Take a card in that was taken back, if its turn was today."""
        if self._share is not None:
            self._share.put_back(card)

    def _seconds_left(self, done: Tally) -> float:
        if self._minutes is not None:
            return 60 * self._minutes
        minutes = self._course.settings.minutes_per_day or 0
        return 60 * minutes - done.milliseconds / 1000
