"""What an answer does: a row in the log, the card's next time, one more on the day's tally."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from questions.bank.settled_seeds import SeedKey, forget_seed
from questions.kinds import COMPUTED_KINDS
from questions.verdict import RIGHT, Verdict
from quizapp.history import actions, cards, log, shares, tally
from quizapp.history.actions import Action
from quizapp.history.cards import CardChanged, StoredCard
from quizapp.history.log import LoggedReview
from quizapp.history.vocabulary import Origin
from quizapp.learning.course import Course, Moment
from quizapp.learning.holding import put_off
from quizapp.learning.serving import Confidence, Grade, Served
from quizapp.learning.siblings import siblings

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def grade_of(verdict: Verdict, confidence: Confidence | None = None) -> Grade:
    """Return how an answer is scheduled; the time it took sets no grade.

    Wrong is again, however near; so is an answer with a hint: who needed one does not know it yet.
    Right is good, or hard where the learner said beforehand that it was a guess.
    """
    if verdict.hints_used:
        return "again"
    if verdict.self_grade:
        return verdict.self_grade
    if not verdict.right:
        return "again"
    return "hard" if confidence == "guess" else "good"


def recorded(
    connection: Connection,
    course: Course,
    served: Served,
    verdict: Verdict,
    *,
    moment: Moment,
    milliseconds: int,
    confidence: Confidence | None = None,
    origin: Origin = "study",
    scheduling: bool = True,
) -> LoggedReview:
    """Record a graded answer, a step that can be taken back. Raises CardChanged when the card is no longer the one shown."""
    card = cards.card(connection, served.card_id)
    if card.version != served.version:
        raise CardChanged(card.question_id)
    review = _review(
        course,
        card,
        served=served,
        verdict=verdict,
        moment=moment,
        milliseconds=milliseconds,
        confidence=confidence,
        origin=origin,
        scheduling=scheduling,
    )
    log.append(connection, review)
    cards.store(connection, card, review.after, learner=course.learner)
    until = moment.day + timedelta(days=1)
    same_fact = siblings(card.question_id, card.kind) if scheduling else ()
    actions.append(
        connection,
        Action(
            id=review.id,
            learner_id=course.learner.id,
            kind="answer",
            card_id=card.id,
            until=until,
            put_off=put_off(connection, course, same_fact, until) if same_fact else (),
        ),
    )
    count(connection, review)
    if card.kind in COMPUTED_KINDS:
        forget_seed(connection, seed_key(review))
    return review


def amended(
    connection: Connection,
    course: Course,
    *,
    card: StoredCard,
    review_id: str,
    grade: Literal["hard", "easy"],
    now: datetime,
) -> LoggedReview:
    """Give a card's latest review another grade. Raises CardChanged if it does not count."""
    old = log.review(connection, review_id)
    if old is None:
        raise CardChanged(card.question_id)
    after = course.scheduler.review(
        old.before,
        grade,
        now=old.answered_at,
        day=old.study_day,
        card_key=course.learner.card_key(card.question_id),
    )
    new = replace(
        old,
        id=course.ids.next(now),
        grade=grade,
        desired_retention=course.settings.desired_retention,
        fit_id=course.fit_id,
        after=after,
    )
    log.retract(connection, old.id, reason="amend", now=now)
    log.append(connection, new)
    actions.append(
        connection,
        Action(
            id=new.id,
            learner_id=course.learner.id,
            kind="amend",
            card_id=card.id,
            replaced_id=old.id,
        ),
    )
    cards.store(connection, card, after, learner=course.learner)
    return new


def last_id(connection: Connection, learner_id: int) -> str | None:
    """Return the latest id that a review or a step of the learner has."""
    ids = (log.last_id(connection, learner_id), actions.last_id(connection, learner_id))
    return max((each for each in ids if each is not None), default=None)


def count(connection: Connection, review: LoggedReview) -> None:
    """Add a review to what is counted of its day."""
    day = review.study_day
    tally.add(connection, review.learner_id, day, one_answer(review))
    shares.add(connection, review.learner_id, day, shares.of_review(review))


def uncount(connection: Connection, review: LoggedReview) -> None:
    """Take a review away from what is counted of its day."""
    day = review.study_day
    tally.add(connection, review.learner_id, day, -one_answer(review))
    shares.add(connection, review.learner_id, day, shares.negative(shares.of_review(review)))


def one_answer(review: LoggedReview) -> tally.Tally:
    """Return what a review adds to its day."""
    return tally.one_answer(
        right=review.outcome in RIGHT,
        state_before=review.before.state,
        milliseconds=review.milliseconds,
        scheduled=review.scheduled,
    )


def seed_key(review: LoggedReview) -> SeedKey:
    """Return what the numbers of a review were drawn from."""
    return SeedKey(review.question_id, review.content_hash, review.seed)


def _review(
    course: Course,
    card: StoredCard,
    *,
    served: Served,
    verdict: Verdict,
    moment: Moment,
    milliseconds: int,
    confidence: Confidence | None,
    origin: Origin,
    scheduling: bool,
) -> LoggedReview:
    variant = served.variant
    grade = grade_of(verdict, confidence)
    after = course.scheduler.review(
        card.memory,
        grade,
        now=moment.now,
        day=moment.day,
        card_key=course.learner.card_key(card.question_id),
    )
    return LoggedReview(
        id=course.ids.next(moment.now),
        learner_id=course.learner.id,
        card_id=card.id,
        question_id=variant.question_id,
        content_hash=variant.content_hash,
        seed=variant.seed,
        attempt=variant.attempt,
        raw=verdict.raw,
        value=verdict.value,
        outcome=verdict.outcome,
        score=verdict.score,
        mistakes=tuple(mistake.id for mistake in verdict.mistakes),
        grade=grade,
        milliseconds=milliseconds,
        hints=verdict.hints_used,
        torch_version=verdict.torch_version,
        dtype=verdict.dtype,
        answered_at=moment.now,
        study_day=moment.day,
        zone_offset=course.calendar.offset(moment.now),
        desired_retention=course.settings.desired_retention,
        fit_id=course.fit_id,
        before=card.memory,
        after=after if scheduling else card.memory,
        confidence=confidence,
        origin=origin,
        topic=card.topic,
    )
