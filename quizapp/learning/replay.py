"""The log is the truth: what it makes of a card."""

from __future__ import annotations

from quizapp.history.log import LoggedReview
from quizapp.history.memory import Memory
from quizapp.learning.scheduler import Scheduler


def replayed(reviews: tuple[LoggedReview, ...], *, card_key: str) -> Memory:
    """Return what a card's reviews, the earliest first, make of a new card."""
    memory = Memory()
    for review in reviews:
        scheduler = Scheduler(desired_retention=review.desired_retention)
        memory = scheduler.review(
            memory,
            review.grade,
            now=review.answered_at,
            day=review.study_day,
            card_key=card_key,
        )
    return memory
