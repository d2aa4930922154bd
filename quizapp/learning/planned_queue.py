"""Today's share of a plan for an exam date, as a queue that a session serves from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
from sqlalchemy import Connection

from questions.kinds import COMPUTED_KINDS
from questions.model import REVERSE
from quizapp.history import cards
from quizapp.history.cards import StoredCard
from quizapp.history.learners import LearnerInfo
from quizapp.history.tally import Tally
from quizapp.learning.exam_cards import ExamCards, exam_cards
from quizapp.learning.exam_plan import plan_day
from quizapp.learning.memory_kernel import Integers, MemoryModel

_AT_ONCE: Final = 200  # cards read in one query
_WITHOUT_PYTORCH: Final = 20  # cards tried that may need it, before only others are


class PlannedQueue:
    """Cards of today in order. Those that are no longer as they were planned are passed over."""

    def __init__(self, day: date, share: list[StoredCard]) -> None:
        self.day = day
        self._share = {card.id: card for card in share}

    def candidates(self, connection: Connection, *, computing_ready: bool) -> Iterator[StoredCard]:
        """Yield what is left of the share, in order, as it is in the database."""
        for tried, planned in enumerate(list(self._share.values())):
            if not computing_ready and tried >= _WITHOUT_PYTORCH and planned.kind in COMPUTED_KINDS:
                continue
            card = cards.card(connection, planned.id)
            if (card.version, card.queue) == (planned.version, planned.queue):
                yield card
            else:
                self.drop(card.id)

    def computed(self) -> list[StoredCard]:
        """Return those left, as they were planned, whose question needs PyTorch."""
        return [card for card in list(self._share.values()) if card.kind in COMPUTED_KINDS]

    def left(self) -> tuple[int, int]:
        """Return how many due and how many new cards are left of the share."""
        new = sum(card.queue == "new" for card in self._share.values())
        return len(self._share) - new, new

    def drop(self, card_id: int) -> None:
        """Take a card out: it was answered."""
        self._share.pop(card_id, None)

    def put_back(self, card: StoredCard) -> None:
        """Take a card in whose answer was taken back."""
        if card.queue in ("new", "review"):
            self._share[card.id] = card


def planned_queue(
    connection: Connection,
    learner: LearnerInfo,
    *,
    today: date,
    exam_date: date,
    seconds: float,
    done: Tally,
    topic: str | None = None,
    kind: str | None = None,
) -> PlannedQueue:
    """Plan today: as many cards as are expected to take `seconds` from now on.

    `done`: what was done today before. Of the two directions of a flashcard one comes a day.
    Raises ValueError when the exam date is not to come.
    """
    known = exam_cards(connection, learner, topic=topic, kind=kind)
    plan = plan_day(
        known.cards,
        today=today.toordinal(),
        exam_day=exam_date.toordinal(),
        model=MemoryModel(),
        seconds=known.seconds,
        met_today=done.introduced,
    )
    servable = ~known.in_learning[plan.order]
    order, each = plan.order[servable], plan.seconds[servable]
    facts = _met_today(connection, known, today)
    share: list[StoredCard] = []
    for start in range(0, len(order), _AT_ONCE):
        batch = order[start : start + _AT_ONCE]
        stored = _by_id(connection, known.ids[batch])
        for index, takes in zip(batch, each[start : start + _AT_ONCE], strict=True):
            if seconds <= 0:
                return PlannedQueue(today, share)
            card = stored.get(int(known.ids[index]))
            if card is None or (fact := _fact(card.question_id)) in facts:
                continue
            facts.add(fact)
            share.append(card)
            seconds -= float(takes)
    return PlannedQueue(today, share)


def _met_today(connection: Connection, known: ExamCards, today: date) -> set[str]:
    answered = known.ids[np.flatnonzero(known.cards.last_day == today.toordinal())]
    facts: set[str] = set()
    for start in range(0, len(answered), _AT_ONCE):
        found = _by_id(connection, answered[start : start + _AT_ONCE])
        facts.update(_fact(card.question_id) for card in found.values())
    return facts


def _by_id(connection: Connection, ids: Integers) -> dict[int, StoredCard]:
    return {card.id: card for card in cards.some_cards(connection, ids.tolist())}


def _fact(question_id: str) -> str:
    """Return what the two directions of a flashcard share."""
    return question_id.removesuffix(f"/{REVERSE}")
