"""Putting cards aside: until tomorrow (bury), or until the learner wants them back (suspend)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from quizapp.history import actions, cards
from quizapp.history.actions import Action
from quizapp.history.cards import StoredCard
from quizapp.history.holds import FREE, Hold
from quizapp.history.places import first_place_of
from quizapp.learning.course import Course, Moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

Holding = Literal["bury", "suspend", "resume"]


def held(connection: Connection, course: Course, card: StoredCard, hold: Hold) -> StoredCard:
    """Store what keeps a card from being asked."""
    return cards.store(connection, card, card.memory, learner=course.learner, hold=hold)


def put_aside(
    connection: Connection, course: Course, card: StoredCard, kind: Holding, *, moment: Moment
) -> None:
    """Bury a card until the next study day, suspend it or resume it: a step to be taken back."""
    tomorrow = moment.day.fromordinal(moment.day.toordinal() + 1)
    match kind:
        case "bury":
            hold = replace(card.hold, buried_until=tomorrow)
        case "suspend":
            hold = replace(card.hold, suspended_at=moment.now)
        case "resume":
            hold = replace(card.hold, suspended_at=None)
    held(connection, course, card, hold)
    actions.append(
        connection,
        Action(
            id=course.ids.next(moment.now),
            learner_id=course.learner.id,
            kind=kind,
            card_id=card.id,
            until=tomorrow if kind == "bury" else None,
        ),
    )


def put_off(
    connection: Connection, course: Course, question_ids: Sequence[str], until: date
) -> tuple[int, ...]:
    """Bury the cards of some questions that would come before a study day; return their ids."""
    buried = []
    for card in cards.of_questions(connection, course.learner, question_ids):
        due = card.queue == "review" and card.place < first_place_of(until)
        if (due or card.queue == "new") and card.hold == FREE:
            held(connection, course, card, replace(card.hold, buried_until=until))
            buried.append(card.id)
    return tuple(buried)


def wake(connection: Connection, course: Course, day: date) -> None:
    """Let the cards come back that were put off to a study day which has come."""
    for card in cards.rested(connection, course.learner, day):
        held(connection, course, card, replace(card.hold, buried_until=None))
