"""Taking steps back and doing them again: answers, amendments, cards put aside.

The latest step is taken back first, the one taken back last is done again first. So every step
finds its card as it left it, and both together change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from questions.bank.settled_seeds import forget_seed, remember_seed
from questions.kinds import COMPUTED_KINDS
from quizapp.history import actions, cards, log
from quizapp.history.actions import Action
from quizapp.history.cards import CardChanged, StoredCard
from quizapp.history.log import LoggedReview
from quizapp.history.memory import Memory
from quizapp.learning.answering import count, seed_key, uncount
from quizapp.learning.course import Course
from quizapp.learning.holding import held

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was taken back or done again, the card as it is now, and the review it is about.

    `review`: of an answer taken back, the one that no longer counts; otherwise the one that does.
    """

    action: Action
    card: StoredCard
    review: LoggedReview | None


def taken_back(connection: Connection, course: Course, *, now: datetime) -> Step | None:
    """Take the learner's latest step back; None if there is none.

    Raises CardChanged if another program did so at the same moment.
    """
    action = actions.latest_done(connection, course.learner.id)
    if action is None:
        return None
    card = cards.card(connection, action.card_id)
    match action.kind:
        case "answer":
            step = _answer_back(connection, course, action, card, now=now)
        case "amend":
            step = _amendment_back(connection, course, action, card, now=now)
        case "bury":
            hold = replace(card.hold, buried_until=None)
            step = Step(action, held(connection, course, card, hold), None)
        case "suspend":
            hold = replace(card.hold, suspended_at=None)
            step = Step(action, held(connection, course, card, hold), None)
        case "resume":
            hold = replace(card.hold, suspended_at=now)
            step = Step(action, held(connection, course, card, hold), None)
    _mark(connection, step, undone=True, review_id=step.action.review_id)
    return step


def done_again(connection: Connection, course: Course, *, now: datetime) -> Step | None:
    """Do the step again that was taken back last; None if there is none.

    Raises CardChanged if another program did so at the same moment.
    """
    action = actions.earliest_undone(connection, course.learner.id)
    if action is None:
        return None
    card = cards.card(connection, action.card_id)
    match action.kind:
        case "answer":
            step = _answer_again(connection, course, action, card, now=now)
        case "amend":
            step = _amendment_again(connection, course, action, card, now=now)
        case "bury":
            hold = replace(card.hold, buried_until=action.until)
            step = Step(action, held(connection, course, card, hold), None)
        case "suspend":
            hold = replace(card.hold, suspended_at=now)
            step = Step(action, held(connection, course, card, hold), None)
        case "resume":
            hold = replace(card.hold, suspended_at=None)
            step = Step(action, held(connection, course, card, hold), None)
    _mark(connection, step, undone=False, review_id=None)
    return step


def _mark(connection: Connection, step: Step, *, undone: bool, review_id: str | None) -> None:
    if not actions.mark(connection, step.action, undone=undone, review_id=review_id):
        raise CardChanged(step.card.question_id)


def _answer_back(
    connection: Connection, course: Course, action: Action, card: StoredCard, *, now: datetime
) -> Step:
    review = log.latest_of_card(connection, card.id)
    if review is None:
        return Step(action, card, None)
    log.retract(connection, review.id, reason="undo", now=now)
    uncount(connection, review)
    if card.kind in COMPUTED_KINDS:
        remember_seed(connection, seed_key(review), attempt=review.attempt)
    for other in _others(connection, action):
        if other.hold.buried_until is not None:
            held(connection, course, other, replace(other.hold, buried_until=None))
    card = _moved(connection, course, card, frm=review.after, to=review.before)
    return Step(replace(action, review_id=review.id), card, review)


def _answer_again(
    connection: Connection, course: Course, action: Action, card: StoredCard, *, now: datetime
) -> Step:
    if action.review_id is None:
        return Step(action, card, None)
    old = log.retracted_or_not(connection, action.review_id)
    review = replace(old, id=course.ids.next(now))
    log.append(connection, review)
    count(connection, review)
    if card.kind in COMPUTED_KINDS:
        forget_seed(connection, seed_key(review))
    for other in _others(connection, action):
        held(connection, course, other, replace(other.hold, buried_until=action.until))
    card = _moved(connection, course, card, frm=review.before, to=review.after)
    return Step(action, card, review)


def _amendment_back(
    connection: Connection, course: Course, action: Action, card: StoredCard, *, now: datetime
) -> Step:
    new = log.latest_of_card(connection, card.id)
    if new is None or action.replaced_id is None:
        return Step(action, card, new)
    old = log.retracted_or_not(connection, action.replaced_id)
    review = replace(old, id=course.ids.next(now))
    log.retract(connection, new.id, reason="undo", now=now)
    log.append(connection, review)
    card = _moved(connection, course, card, frm=new.after, to=review.after)
    return Step(replace(action, review_id=new.id), card, review)


def _amendment_again(
    connection: Connection, course: Course, action: Action, card: StoredCard, *, now: datetime
) -> Step:
    old = log.latest_of_card(connection, card.id)
    if old is None or action.review_id is None:
        return Step(action, card, old)
    review = replace(log.retracted_or_not(connection, action.review_id), id=course.ids.next(now))
    log.retract(connection, old.id, reason="amend", now=now)
    log.append(connection, review)
    card = _moved(connection, course, card, frm=old.after, to=review.after)
    return Step(action, card, review)


def _moved(
    connection: Connection, course: Course, card: StoredCard, *, frm: Memory, to: Memory
) -> StoredCard:
    """Give a card another memory; one that began anew since (another content) stays as it is."""
    memory = to if card.memory == frm else card.memory
    return cards.store(connection, card, memory, learner=course.learner)


def _others(connection: Connection, action: Action) -> tuple[StoredCard, ...]:
    return tuple(cards.card(connection, each) for each in action.put_off)
