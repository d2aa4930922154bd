"""What is left today, what was done, and when the next card comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from quizapp.history import tally
from quizapp.history.cards import CardQueues
from quizapp.history.places import EVERY_PLACE, Queue, day_at, first_place_of, place_at
from quizapp.learning.course import Course, Moment
from quizapp.learning.planned_day import PlannedDay
from quizapp.learning.serving import Counts

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_LEARNING: Final = 999  # counted
_TOMORROW: Final[tuple[Queue, ...]] = ("new", "buried")  # what comes tomorrow at the earliest


def counted(
    connection: Connection,
    course: Course,
    queues: CardQueues,
    moment: Moment,
    *,
    planned: PlannedDay | None = None,
) -> Counts:
    """Return what is left of the queues today, within the daily limits, and what was done.

    With a plan for an exam, what is left of today's share.
    """
    done = tally.tally_of(connection, course.learner.id, moment.day)
    learning, due, new = queues.count(
        connection,
        learning=(place_at(moment.tomorrow), _MOST_LEARNING),
        review=(
            first_place_of(moment.day + timedelta(days=1)),
            max(0, course.settings.reviews_per_day - done.reviewed),
        ),
        new=(EVERY_PLACE, max(0, course.settings.new_per_day - done.introduced)),
    )
    left = planned.left(connection, moment, done) if planned is not None else None
    if left is not None:
        due, new = left
    return Counts(learning, due, new, done.answered, done.right)


def next_due(
    connection: Connection,
    course: Course,
    queues: CardQueues,
    moment: Moment,
    counts: Counts,
    *,
    planned: PlannedDay | None = None,
) -> date | datetime | None:
    """Return when the next card comes: today's day while one is left, None if none ever comes."""
    if counts.due or counts.new:
        return moment.day  # the session ended before they did
    tomorrow = moment.day + timedelta(days=1)
    coming: list[tuple[datetime, date | datetime]] = []
    if (place := queues.next_place(connection, "learning", place=0)) is not None:
        at = datetime.fromtimestamp(place / 1000, UTC)
        coming.append((at, at))
    days = [
        # What today's limits left over comes tomorrow.
        max(tomorrow, day_at(place))
        for place in [queues.next_place(connection, "review", place=0)]
        if place is not None
    ]
    # A plan may bring any card tomorrow.
    by_plan = planned is not None and planned.share(connection, moment) is not None and days
    if by_plan or any(
        queues.next_place(connection, queue, place=0) is not None for queue in _TOMORROW
    ):
        days.append(tomorrow)
    coming += [(course.calendar.begins(day), day) for day in days]
    return min(coming, key=lambda pair: pair[0])[1] if coming else None
