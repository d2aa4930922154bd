"""The study day: it ends at 04:00 on the learner's clock, not at midnight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Clock = Callable[[], datetime]  # aware


def utc_now() -> datetime:
    """Return the time of the machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns moments into study days. `zone`: None is the zone of the machine, as it is then.

    The clock on the wall decides: a day of 23 or 25 hours is still one day, and whoever travels
    takes the rollover along.
    """

    zone: tzinfo | None = None
    rollover_hour: int = 4

    def day(self, now: datetime) -> date:
        """Return the study day of a moment."""
        local = now.astimezone(self.zone)
        if local.hour >= self.rollover_hour:
            return local.date()
        return local.date() - timedelta(days=1)

    def begins(self, day: date) -> datetime:
        """Return the first moment of a study day, in UTC."""
        start = datetime.combine(day, time(self.rollover_hour), tzinfo=self.zone)
        return start.astimezone(UTC)

    def offset(self, now: datetime) -> int:
        """Return the seconds east of UTC that the learner's clock shows."""
        offset = now.astimezone(self.zone).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0
