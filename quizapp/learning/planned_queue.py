"""Today's share of a plan for an exam date, as a queue that a session serves from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Connection

from questions.kinds import COMPUTED_KINDS
from questions.model import REVERSE
from quizapp.history import cards
from quizapp.history.cards import CardQueues, StoredCard
from quizapp.history.learners import LearnerInfo
from quizapp.history.tally import Tally
from quizapp.learning.exam_cards import ExamCards, exam_cards, memory_model
from quizapp.learning.exam_plan import plan_day
from quizapp.learning.memory_kernel import Flags, Integers

EVERY_PLACE: Final = 2**62  # lies behind every card
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
        model=memory_model(connection, learner),
        seconds=known.seconds,
        met_today=done.introduced,
    )
    stored = _Stored(connection, learner, known, kind=kind, seconds=seconds)
    facts = stored.facts_of(known.cards.last_day == today.toordinal())
    share: list[StoredCard] = []
    for place, index in enumerate(plan.order):
        if seconds <= 0:
            break
        if known.in_learning[index]:
            continue
        stored.read_ahead(plan.order[place : place + _AT_ONCE])
        card = stored.card(int(index))
        if card is None or (fact := _fact(card.question_id)) in facts:
            continue
        facts.add(fact)
        share.append(card)
        seconds -= float(plan.seconds[place])
    return PlannedQueue(today, share)


class _Stored:
    """The cards of a plan as they are in the database, read many at a time."""

    def __init__(
        self,
        connection: Connection,
        learner: LearnerInfo,
        known: ExamCards,
        *,
        kind: str | None,
        seconds: float,
    ) -> None:
        self._connection = connection
        self._known = known
        self._seen: dict[int, StoredCard | None] = {}  # by place in the plan's arrays
        # New ones beyond these cannot be begun; some are passed over for their other direction.
        most = 50 + 2 * int(max(0.0, seconds) / min(known.seconds.first))
        self._new = self._by_topic(learner, kind, most)

    def card(self, index: int) -> StoredCard | None:
        """Return a card, None where it is not there any more."""
        return next(self._new, None) if index < self._known.unseen else self._seen.get(index)

    def read_ahead(self, indices: Integers) -> None:
        """Read cards that come next, if the first of them was not read yet."""
        first = int(indices[0])
        if first < self._known.unseen or first in self._seen:
            return
        seen = indices[indices >= self._known.unseen]
        ids = self._known.seen_ids[seen - self._known.unseen].tolist()
        found = {card.id: card for card in cards.some_cards(self._connection, ids)}
        self._seen |= {
            index: found.get(card_id) for index, card_id in zip(seen.tolist(), ids, strict=True)
        }

    def facts_of(self, which: Flags) -> set[str]:
        """Return what is asked by cards that were seen."""
        ids = self._known.seen_ids[which[self._known.unseen :]]
        facts: set[str] = set()
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE].tolist()
            facts |= {_fact(card.question_id) for card in cards.some_cards(self._connection, some)}
        return facts

    def _by_topic(self, learner: LearnerInfo, kind: str | None, most: int) -> Iterator[StoredCard]:
        """Yield the new cards in the order of the plan; each topic is read when it is needed."""
        for topic, _count in self._known.new_topics:
            queues = CardQueues(learner, topic=topic, kind=kind)
            yield from queues.first(self._connection, "new", before=EVERY_PLACE, limit=most)


def _fact(question_id: str) -> str:
    """Return what the two directions of a flashcard share."""
    return question_id.removesuffix(f"/{REVERSE}")
