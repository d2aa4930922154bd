"""Questions that went wrong in a mock exam come into the schedule, where they come again today.

Nothing else of an exam touches the schedule.
"""

from __future__ import annotations

from datetime import UTC

from sqlalchemy import Engine, select

from quizapp.history import actions, cards, exams, fits, log
from quizapp.history.actions import Action
from quizapp.history.exam import Exam
from quizapp.history.learners import LearnerInfo, deal
from quizapp.history.log import LoggedReview
from quizapp.history.tables import Card
from quizapp.history.uuid7 import Uuid7
from quizapp.learning.answering import count, last_id
from quizapp.learning.day import Calendar, Clock
from quizapp.learning.scheduler import PUBLISHED, Scheduler


def bring_back(
    engine: Engine,
    learner: LearnerInfo,
    exam: Exam,
    *,
    clock: Clock,
    calendar: Calendar,
    desired_retention: float,
) -> tuple[Exam, int]:
    """Record "again" for the card of every question that was not answered right; say how many.

    Each is a review like any other, so it counts for the day, can be taken back and replayed; its
    origin says "exam". A question is brought back once, and not at all when it is out of use.
    Raises ValueError for an exam that is not over.
    """
    if not exam.over:
        raise ValueError("the exam is not over")
    deal(engine, learner)
    now = clock().astimezone(UTC)
    day = calendar.day(now)
    brought = 0
    with engine.execution_options(writes=True).begin() as connection:
        exams.refreshed(connection, exam)  # locks it: two windows do not do this twice
        exam = exams.exam(connection, exam.id)
        fit = fits.in_use(connection, learner.id)
        scheduler = Scheduler(desired_retention, fit.weights if fit else PUBLISHED)
        ids = Uuid7(after=last_id(connection, learner.id))
        for question in exam.questions:
            if question.right or question.review_id is not None:
                continue
            card_id = connection.scalar(
                select(Card.id).where(
                    Card.learner_id == learner.id,
                    Card.question_id == question.variant.question_id,
                    Card.queue != "retired",
                )
            )
            if card_id is None:
                continue
            card = cards.card(connection, card_id)
            after = scheduler.review(
                card.memory,
                "again",
                now=now,
                day=day,
                card_key=learner.card_key(card.question_id),
            )
            review = LoggedReview(
                id=ids.next(now),
                learner_id=learner.id,
                card_id=card.id,
                question_id=card.question_id,
                content_hash=question.variant.content_hash,
                seed=question.variant.seed,
                attempt=question.variant.attempt,
                raw=question.answer or "",
                value=None,
                outcome="wrong",
                score=0.0,
                mistakes=(),
                grade="again",
                milliseconds=question.milliseconds,
                torch_version=None,
                dtype=None,
                answered_at=now,
                study_day=day,
                zone_offset=calendar.offset(now),
                desired_retention=desired_retention,
                fit_id=fit.id if fit else None,
                before=card.memory,
                after=after,
                origin="exam",
                topic=card.topic,
            )
            log.append(connection, review)
            cards.store(connection, card, after, learner=learner)
            count(connection, review)
            step = Action(id=review.id, learner_id=learner.id, kind="answer", card_id=card.id)
            actions.append(connection, step)
            exams.link_review(connection, exam, question.position, review.id)
            brought += 1
        exam = exams.exam(connection, exam.id)
    return exam, brought
