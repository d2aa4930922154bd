"""What keeps a card from being asked although its turn has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from quizapp.history.memory import Memory
from quizapp.history.places import Queue, queue_of


@dataclass(frozen=True, slots=True)
class Hold:
    """Put aside until a study day (buried), or until the learner wants it back (suspended)."""

    suspended_at: datetime | None = None
    buried_until: date | None = None


FREE = Hold()


def standing_queue(memory: Memory, hold: Hold) -> Queue:
    """Return the queue of a card whose question is in use. Suspended beats buried."""
    if hold.suspended_at is not None:
        return "suspended"
    if hold.buried_until is not None:
        return "buried"
    return queue_of(memory)
