"""What a learner did on each study day, counted as it happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from quizapp.history.memory import State
from quizapp.history.tables import DayTally


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of answers. `introduced` and `reviewed` use up the limits of the day."""

    answered: int = 0
    right: int = 0
    introduced: int = 0
    reviewed: int = 0
    milliseconds: int = 0

    def __neg__(self) -> Tally:
        return Tally(
            -self.answered, -self.right, -self.introduced, -self.reviewed, -self.milliseconds
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.answered + other.answered,
            self.right + other.right,
            self.introduced + other.introduced,
            self.reviewed + other.reviewed,
            self.milliseconds + other.milliseconds,
        )


def one_answer(
    *, right: bool, state_before: State, milliseconds: int, scheduled: bool = True
) -> Tally:
    """Return what a single answer adds.

    A card's first answer ever counts as introduced; the answer to a card that had been learnt
    counts as reviewed; repetitions while learning, and answers that moved no card (`scheduled`),
    count as neither.
    """
    return Tally(
        answered=1,
        right=int(right),
        introduced=int(scheduled and state_before == "new"),
        reviewed=int(scheduled and state_before == "review"),
        milliseconds=milliseconds,
    )


_FIELDS = ("answered", "right", "introduced", "reviewed", "milliseconds")
_DAY = (
    DayTally.learner_id == bindparam("the_learner"),
    DayTally.study_day == bindparam("the_day"),
)
_FIND = select(*(getattr(DayTally, name) for name in _FIELDS)).where(*_DAY)
_ADD = (
    update(DayTally)
    .where(*_DAY)
    .values({name: getattr(DayTally, name) + bindparam(f"more_{name}") for name in _FIELDS})
)


def tally_of(connection: Connection, learner_id: int, day: date) -> Tally:
    """Return what was done on a day."""
    row = connection.execute(_FIND, {"the_learner": learner_id, "the_day": day}).one_or_none()
    return Tally() if row is None else Tally(*row)


def tallies(connection: Connection, learner_id: int) -> dict[date, Tally]:
    """Return what was done on each day on which something was."""
    rows = connection.execute(
        select(DayTally.study_day, *(getattr(DayTally, name) for name in _FIELDS)).where(
            DayTally.learner_id == learner_id
        )
    )
    return {day: Tally(*numbers) for day, *numbers in rows}


def add(connection: Connection, learner_id: int, day: date, change: Tally) -> None:
    """Add to a day, or take away from it (`-tally`)."""
    if _added(connection, learner_id, day, change):
        return
    try:
        with connection.begin_nested():
            connection.execute(
                insert(DayTally).values(learner_id=learner_id, study_day=day, **asdict(change))
            )
    except IntegrityError:
        # Another process opened the same day in between.
        _added(connection, learner_id, day, change)


def _added(connection: Connection, learner_id: int, day: date, change: Tally) -> bool:
    more = {f"more_{name}": value for name, value in asdict(change).items()}
    changed = connection.execute(_ADD, {"the_learner": learner_id, "the_day": day, **more})
    return changed.rowcount == 1


def days_studied(connection: Connection, learner_id: int) -> Iterator[date]:
    """Yield the days with an answer, the latest first."""
    yield from connection.scalars(
        select(DayTally.study_day)
        .where(DayTally.learner_id == learner_id, DayTally.answered > 0)
        .order_by(DayTally.study_day.desc())
        .execution_options(yield_per=50)
    )
