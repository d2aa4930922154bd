"""The learner's cards: which comes next, how many are left, and storing what a review made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    func,
    literal,
    select,
    update,
)

from losses.text import Text
from questions.bank.tables import QuestionRow
from questions.kinds import COMPUTED_KINDS
from quizapp.history.holds import FREE, Hold, standing_queue
from quizapp.history.learners import LearnerInfo
from quizapp.history.memory import Memory, State
from quizapp.history.places import Queue, place_of
from quizapp.history.tables import Card
from quizapp.language import say
from quizapp.problem import Problem

_COLUMNS = (
    Card.id,
    Card.version,
    Card.question_id,
    Card.topic,
    Card.kind,
    Card.queue,
    Card.place,
    Card.teaching_order,
    Card.state,
    Card.step,
    Card.stability,
    Card.difficulty,
    Card.due_on,
    Card.due_at,
    Card.last_on,
    Card.last_at,
    Card.reviews,
    Card.lapses,
    Card.suspended_at,
    Card.buried_until,
)


class CardChanged(Problem):
    """The card is no longer what was shown: it was answered elsewhere, or twice."""

    def __init__(self, question_id: str) -> None:
        self.text = Text(
            f"この問題は表示された後に別の所で変わったため、解答を記録しなかった: {question_id}",
            f"this question changed elsewhere after it was shown; the answer was not "
            f"recorded: {question_id}",
        )
        super().__init__(say(self.text))


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card as it stands in the database."""

    id: int
    version: int
    question_id: str
    topic: str
    kind: str
    queue: Queue
    place: int
    teaching_order: int
    memory: Memory
    hold: Hold = FREE


class CardQueues:
    """The queues of one learner, all of them or those of one topic, kind and pack.

    Every query walks an index from the queue's first card and stops at the number asked for.
    `foremost`: questions whose cards come before all others while they are new.
    """

    def __init__(
        self,
        learner: LearnerInfo,
        *,
        topic: str | None = None,
        kind: str | None = None,
        pack: str | None = None,
        foremost: Collection[str] = (),
    ) -> None:
        self._filters: list[ColumnElement[bool]] = [Card.learner_id == learner.id]
        if topic is not None:
            self._filters.append(Card.topic == topic)
        if kind is not None:
            self._filters.append(Card.kind == kind)
        if pack is not None:
            self._filters.append(Card.question_id.startswith(f"{pack}/", autoescape=True))
        self._first = (
            select(*_COLUMNS)
            .where(*self._filters, Card.queue == bindparam("queue"))
            .where(Card.place < bindparam("before"))
            .order_by(Card.place, Card.id)
            .limit(bindparam("limit"))
        )
        self._foremost = Card.question_id.in_(sorted(foremost)) if foremost else None
        self._next_place = (
            select(Card.place)
            .where(*self._filters, Card.queue == bindparam("queue"))
            .where(Card.place >= bindparam("place"))
            .order_by(Card.place)
            .limit(1)
        )
        self._counts = select(
            *(
                select(func.count())
                .select_from(
                    select(literal(1).label("one"))
                    .where(*self._filters, Card.queue == queue)
                    .where(Card.place < bindparam(f"{queue}_before"))
                    .limit(bindparam(f"{queue}_limit"))
                    .subquery()
                )
                .scalar_subquery()
                for queue in ("learning", "review", "new")
            )
        )

    def first(
        self,
        connection: Connection,
        queue: Queue,
        *,
        before: int,
        limit: int,
        computed: bool | None = None,
    ) -> list[StoredCard]:
        """Return the first cards of a queue whose place is below `before`.

        `computed`: only those whose question needs PyTorch (True) or does not (False).
        """
        wanted = self._first
        if computed is not None:
            is_computed = Card.kind.in_(COMPUTED_KINDS)
            wanted = wanted.where(is_computed if computed else ~is_computed)
        statements = [wanted]
        if self._foremost is not None and queue == "new":
            statements = [wanted.where(self._foremost), wanted.where(~self._foremost)]
        found: list[StoredCard] = []
        for statement in statements:
            left = {"queue": queue, "before": before, "limit": limit - len(found)}
            if left["limit"]:
                found += (stored_card(row) for row in connection.execute(statement, left))
        return found

    def count(
        self,
        connection: Connection,
        *,
        learning: tuple[int, int],
        review: tuple[int, int],
        new: tuple[int, int],
    ) -> tuple[int, int, int]:
        """Count the cards of each queue below a place, up to a limit: pairs (place, limit)."""
        row = connection.execute(
            self._counts,
            {
                "learning_before": learning[0],
                "learning_limit": learning[1],
                "review_before": review[0],
                "review_limit": review[1],
                "new_before": new[0],
                "new_limit": new[1],
            },
        ).one()
        return row[0], row[1], row[2]

    def next_place(self, connection: Connection, queue: Queue, *, place: int) -> int | None:
        """Return the first place of a queue from `place` on that holds a card."""
        return connection.scalar(self._next_place, {"queue": queue, "place": place})


_ONE_CARD = select(*_COLUMNS).where(Card.id == bindparam("the_card"))
_OF_QUESTIONS = select(*_COLUMNS).where(
    Card.learner_id == bindparam("the_learner"),
    Card.question_id.in_(bindparam("the_questions", expanding=True)),
)
_ALL = select(*_COLUMNS).where(Card.learner_id == bindparam("the_learner"))
_STORE = update(Card).where(
    Card.id == bindparam("the_card"), Card.version == bindparam("the_version")
)


def card(connection: Connection, card_id: int) -> StoredCard:
    """Return a card by its id. Raises sqlalchemy.exc.NoResultFound."""
    return stored_card(connection.execute(_ONE_CARD, {"the_card": card_id}).one())


def some_cards(connection: Connection, card_ids: Sequence[int]) -> list[StoredCard]:
    """Return cards by their ids, in no particular order; what is not there is left out."""
    rows = connection.execute(select(*_COLUMNS).where(Card.id.in_(card_ids)))
    return [stored_card(row) for row in rows]


def store(
    connection: Connection,
    before: StoredCard,
    memory: Memory,
    *,
    learner: LearnerInfo,
    hold: Hold | None = None,
) -> StoredCard:
    """Store what became of a card. Raises CardChanged if it is not `before` any more.

    `hold`: what keeps it from being asked; as before where none is given.
    """
    hold = before.hold if hold is None else hold
    queue: Queue = "retired" if before.queue == "retired" else standing_queue(memory, hold)
    place = place_of(
        memory,
        card_key=learner.card_key(before.question_id),
        teaching_order=before.teaching_order,
    )
    changed = connection.execute(
        _STORE,
        {
            "the_card": before.id,
            "the_version": before.version,
            "version": before.version + 1,
            "queue": queue,
            "place": place,
            "state": memory.state,
            "step": memory.step,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "due_on": memory.due_on,
            "due_at": memory.due_at,
            "last_on": memory.last_on,
            "last_at": memory.last_at,
            "reviews": memory.reviews,
            "lapses": memory.lapses,
            "suspended_at": hold.suspended_at,
            "buried_until": hold.buried_until,
        },
    )
    if changed.rowcount != 1:
        raise CardChanged(before.question_id)
    return StoredCard(
        id=before.id,
        version=before.version + 1,
        question_id=before.question_id,
        topic=before.topic,
        kind=before.kind,
        queue=queue,
        place=place,
        teaching_order=before.teaching_order,
        memory=memory,
        hold=hold,
    )


def of_questions(
    connection: Connection, learner: LearnerInfo, question_ids: Sequence[str]
) -> tuple[StoredCard, ...]:
    """Return the learner's cards of some questions, those that there are."""
    rows = connection.execute(
        _OF_QUESTIONS, {"the_learner": learner.id, "the_questions": question_ids}
    )
    return tuple(stored_card(row) for row in rows)


def every(connection: Connection, learner: LearnerInfo) -> list[StoredCard]:
    """Return all cards of a learner."""
    rows = connection.execute(_ALL.order_by(Card.id), {"the_learner": learner.id})
    return [stored_card(row) for row in rows]


def resets(connection: Connection, learner: LearnerInfo) -> dict[str, datetime]:
    """Return since when questions of a learner's cards ask something else, where they do."""
    rows = connection.execute(
        select(QuestionRow.id, QuestionRow.reset_at)
        .join(Card, Card.question_id == QuestionRow.id)
        .where(Card.learner_id == learner.id, QuestionRow.reset_at.is_not(None))
    )
    return {question_id: at for question_id, at in rows if at is not None}


def suspended(connection: Connection, learner: LearnerInfo) -> tuple[StoredCard, ...]:
    """Return the cards that the learner has suspended, in the order of the questions' ids."""
    rows = connection.execute(_ALL.where(Card.queue == "suspended"), {"the_learner": learner.id})
    return tuple(sorted(map(stored_card, rows), key=lambda card: card.question_id))


def rested(connection: Connection, learner: LearnerInfo, day: date) -> tuple[StoredCard, ...]:
    """Return the cards that were put off to a study day which has come."""
    rows = connection.execute(
        _ALL.where(Card.queue == "buried", Card.buried_until <= day), {"the_learner": learner.id}
    )
    return tuple(stored_card(row) for row in rows)


def stored_card(row: Row[*tuple[object, ...]]) -> StoredCard:
    """Return the card of a row that has all its columns."""
    return StoredCard(
        id=row.id,
        version=row.version,
        question_id=row.question_id,
        topic=row.topic,
        kind=row.kind,
        queue=cast("Queue", row.queue),
        place=row.place,
        teaching_order=row.teaching_order,
        memory=Memory(
            state=cast("State", row.state),
            step=row.step,
            stability=row.stability,
            difficulty=row.difficulty,
            due_on=row.due_on,
            due_at=row.due_at,
            last_on=row.last_on,
            last_at=row.last_at,
            reviews=row.reviews,
            lapses=row.lapses,
        ),
        hold=Hold(row.suspended_at, row.buried_until),
    )
