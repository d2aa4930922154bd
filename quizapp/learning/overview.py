"""What the home screen says: today, and how far the learner has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

from quizapp.history import tally
from quizapp.history.learners import LearnerInfo
from quizapp.history.tables import Card
from quizapp.learning.serving import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Where the learner stands."""

    counts: Counts
    total: int  # questions in use
    seen: int  # of them, answered at least once
    streak_days: int  # study days in a row up to today, or to yesterday while today is young
    reviewed_today: int  # answers today
    next_due: date | datetime | None  # None while something is left today, or if nothing comes


def overview(
    engine: Engine,
    learner: LearnerInfo,
    *,
    today: date,
    counts: Counts,
    next_due: date | datetime | None,
) -> Overview:
    """Add to what a session counts what only the home screen asks for."""
    in_use = (
        select(func.count())
        .select_from(Card)
        .where(Card.learner_id == learner.id, Card.queue.in_(("new", "learning", "review")))
    )
    with engine.connect() as connection:
        total = connection.scalar(in_use) or 0
        new = connection.scalar(in_use.where(Card.queue == "new")) or 0
        streak_days = _streak(connection, learner, today)
    return Overview(
        counts=counts,
        total=total,
        seen=total - new,
        streak_days=streak_days,
        reviewed_today=counts.answered,
        next_due=next_due,
    )


def _streak(connection: Connection, learner: LearnerInfo, today: date) -> int:
    streak = 0
    expected = today
    for day in tally.days_studied(connection, learner.id):
        if day > today:
            continue  # studied further east, where this day had already begun
        if streak == 0 and day == today - timedelta(days=1):
            expected = day
        if day != expected:
            break
        streak += 1
        expected = day - timedelta(days=1)
    return streak
