"""Who learns, and a card for every question of the bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import (
    Connection,
    Engine,
    and_,
    case,
    exists,
    false,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from questions.bank.tables import BankState, QuestionRow
from questions.bank.translations import ASKED_BY_ITSELF
from quizapp.history.memory import Memory
from quizapp.history.tables import Card, Learner
from quizapp.history.uuid7 import Uuid7

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class LearnerInfo:
    """A learner. Numbers are drawn from `key`, so that no two learners get the same ones."""

    id: int
    name: str
    key: str

    def card_key(self, question_id: str) -> str:
        """Return the name of the learner's card of a question, the same in every database."""
        return f"{self.key}/{question_id}"


def learner(engine: Engine, *, now: datetime, name: str = DEFAULT) -> LearnerInfo:
    """Return the learner of that name, new if there was none."""
    wanted = select(Learner.id, Learner.name, Learner.key).where(Learner.name == name)
    with engine.connect() as connection:
        known = connection.execute(wanted).one_or_none()
    if known is None:
        try:
            with engine.execution_options(writes=True).begin() as connection:
                connection.execute(
                    insert(Learner).values(
                        name=name, key=Uuid7().next(now), created_at=now, dealt=0
                    )
                )
        except IntegrityError:
            pass  # another process was faster
        with engine.connect() as connection:
            known = connection.execute(wanted).one()
    return LearnerInfo(id=known.id, name=known.name, key=known.key)


def everybody(engine: Engine) -> tuple[LearnerInfo, ...]:
    """Return all learners of a database."""
    wanted = select(Learner.id, Learner.name, Learner.key).order_by(Learner.id)
    with engine.connect() as connection:
        return tuple(
            LearnerInfo(id=known.id, name=known.name, key=known.key)
            for known in connection.execute(wanted)
        )


def deal(engine: Engine, who: LearnerInfo) -> None:
    """Give the learner a card for every question that is new, and move those that changed.

    A translation gets none: its original has one (`questions.bank.translations`).
    Looks at the questions that changed since the last time only, and writes nothing if none did.
    """
    behind = (
        select(Learner.dealt, BankState.generation)
        .select_from(Learner)
        .join(BankState, literal(True))
        .where(Learner.id == who.id)
    )
    with engine.connect() as connection:
        dealt, generation = connection.execute(behind).one()
    if dealt == generation:
        return
    with engine.execution_options(writes=True).begin() as connection:
        # Locks the learner: two processes that start at once do not deal twice.
        connection.execute(update(Learner).where(Learner.id == who.id).values(dealt=Learner.dealt))
        dealt, generation = connection.execute(behind).one()
        _move_changed(connection, who, dealt)
        _add_missing(connection, who, dealt)
        connection.execute(update(Learner).where(Learner.id == who.id).values(dealt=generation))


def _move_changed(connection: Connection, who: LearnerInfo, dealt: int) -> None:
    """Let the learner's cards follow their questions: topic, order, retired or back in use.

    Cards of questions that ask something else since the last answer begin anew.
    """
    learnt_before = and_(QuestionRow.reset_at.is_not(None), Card.last_at < QuestionRow.reset_at)
    changed = connection.execute(
        select(
            Card.id,
            QuestionRow.topic,
            QuestionRow.kind,
            QuestionRow.teaching_order,
            case(
                (QuestionRow.retired, "retired"),
                (Card.suspended_at.is_not(None), "suspended"),
                (Card.buried_until.is_not(None), "buried"),
                (Card.state == "relearning", "learning"),
                else_=Card.state,
            ).label("queue"),
            case((Card.state == "new", QuestionRow.teaching_order), else_=Card.place).label(
                "place"
            ),
            func.coalesce(learnt_before, false()).label("anew"),
        )
        .join(QuestionRow, QuestionRow.id == Card.question_id)
        .where(Card.learner_id == who.id, QuestionRow.generation > dealt)
    ).all()
    for row in changed:
        connection.execute(
            update(Card)
            .where(Card.id == row.id)
            .values(
                topic=row.topic,
                kind=row.kind,
                teaching_order=row.teaching_order,
                queue="new" if row.anew and row.queue in _ASKED else row.queue,
                place=row.teaching_order if row.anew else row.place,
                version=Card.version + 1,
                **(_ANEW if row.anew else {}),
            )
        )


_ASKED = ("new", "learning", "review")
_NEW = Memory()
# The columns of a card's memory, as they are before the first answer.
_ANEW: Mapping[str, object] = {each.name: getattr(_NEW, each.name) for each in fields(_NEW)}


def _add_missing(connection: Connection, who: LearnerInfo, dealt: int) -> None:
    columns = {
        "learner_id": literal(who.id),
        "question_id": QuestionRow.id,
        "version": literal(0),
        "queue": literal("new"),
        "place": QuestionRow.teaching_order,
        "topic": QuestionRow.topic,
        "kind": QuestionRow.kind,
        "teaching_order": QuestionRow.teaching_order,
        "state": literal(_NEW.state),
        "reviews": literal(_NEW.reviews),
        "lapses": literal(_NEW.lapses),
    }
    has_card = exists().where(Card.learner_id == who.id, Card.question_id == QuestionRow.id)
    wanted = (
        select(*columns.values())
        .where(QuestionRow.generation > dealt, ~QuestionRow.retired, ~has_card, ASKED_BY_ITSELF)
        # In teaching order, so that neighbours in a queue are neighbours on disk.
        .order_by(QuestionRow.teaching_order, QuestionRow.id)
    )
    connection.execute(insert(Card).from_select(list(columns), wanted))
