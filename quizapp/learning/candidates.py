"""Which cards may come now, in order. Another order is another class with these three methods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from quizapp.history import tally
from quizapp.history.cards import CardQueues, StoredCard
from quizapp.history.places import EVERY_PLACE, Queue, first_place_of, place_at
from quizapp.learning.course import Moment
from quizapp.learning.mixing import new_comes_next
from quizapp.learning.planned_day import PlannedDay
from quizapp.learning.serving import Counts

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEARN_AHEAD: Final = timedelta(minutes=20)

_WINDOW: Final = 20  # cards looked at for one that can be shown without PyTorch
_QUEUES: Final[tuple[Queue, ...]] = ("learning", "review", "new")


class Candidates(Protocol):
    """An order of cards. The session shows the first one that can be shown."""

    def now(
        self, connection: Connection, moment: Moment, counts: Counts, *, computing_ready: bool
    ) -> Iterator[StoredCard]:
        """Yield the cards that may come now; each query is made when it is needed."""

    def soon(self, connection: Connection, moment: Moment) -> Iterator[StoredCard]:
        """Yield the cards that may come before their time, when nothing else is left."""

    def computed(
        self, connection: Connection, moment: Moment, *, limit: int
    ) -> Iterator[StoredCard]:
        """Yield cards that come next and whose numbers can be found in advance."""


class QueueCandidates:
    """The daily order: learning whose time has come, then due cards with new ones among them.

    With a plan for an exam, today's share of it takes the place of due and new cards.
    """

    def __init__(
        self, queues: CardQueues, *, learner_id: int, planned: PlannedDay | None = None
    ) -> None:
        self._queues = queues
        self._learner_id = learner_id
        self._planned = planned

    def now(
        self, connection: Connection, moment: Moment, counts: Counts, *, computing_ready: bool
    ) -> Iterator[StoredCard]:
        """Yield the cards that may come now; each query is made when it is needed."""
        come = place_at(moment.now) + 1
        yield from self._first(connection, "learning", come, computing_ready)
        planned = self._planned.share(connection, moment) if self._planned else None
        if planned is not None:
            if counts.due or counts.new:
                yield from planned.candidates(connection, computing_ready=computing_ready)
            return
        due = first_place_of(moment.day + timedelta(days=1))
        # What cannot be shown without PyTorch lets the other queue go first.
        for queue in self._main(connection, moment, counts):
            before = due if queue == "review" else EVERY_PLACE
            yield from self._first(connection, queue, before, computing_ready)

    def _main(self, connection: Connection, moment: Moment, counts: Counts) -> tuple[Queue, ...]:
        """Return the queues of due and of new cards that have some left, the next one first."""
        if not counts.due or not counts.new:
            return ("review",) if counts.due else ("new",) if counts.new else ()
        done = tally.tally_of(connection, self._learner_id, moment.day)
        new_first = new_comes_next(
            reviewed=done.reviewed, introduced=done.introduced, due=counts.due, new=counts.new
        )
        return ("new", "review") if new_first else ("review", "new")

    def soon(self, connection: Connection, moment: Moment) -> Iterator[StoredCard]:
        """Yield the cards in learning that come within 20 minutes."""
        soon = place_at(moment.now + LEARN_AHEAD) + 1
        return self._first(connection, "learning", soon, computing_ready=True)

    def computed(
        self, connection: Connection, moment: Moment, *, limit: int
    ) -> Iterator[StoredCard]:
        """Yield the first numeric cards of today's plan and of each queue."""
        planned = self._planned.share(connection, moment) if self._planned else None
        if planned is not None:
            yield from planned.computed()[:limit]
        for queue in _QUEUES:
            yield from self._queues.first(
                connection, queue, before=EVERY_PLACE, limit=limit, computed=True
            )

    def _first(
        self, connection: Connection, queue: Queue, before: int, computing_ready: bool
    ) -> Iterator[StoredCard]:
        """Yield the cards of a queue, each batch asked for when the one before was in vain.

        Without PyTorch the first few are tried, then the first that never needs it.
        """
        tried, limit = 0, 1 if computing_ready else _WINDOW
        while True:
            found = self._queues.first(connection, queue, before=before, limit=limit)
            yield from found[tried:]
            if len(found) < limit:
                return
            if not computing_ready:
                break
            tried, limit = limit, limit * 4
        yield from self._queues.first(connection, queue, before=before, limit=1, computed=False)
