"""A study session: what comes next, what an answer does, what taking it back undoes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from questions.bank import Bank
from questions.compute.client import ComputeUnavailable
from questions.examiner import Examiner
from questions.hints import after_hints
from questions.variant import Variant
from quizapp.history import cards, fits
from quizapp.history.cards import CardChanged, CardQueues, StoredCard
from quizapp.history.learners import LearnerInfo
from quizapp.history.places import Queue
from quizapp.history.uuid7 import Uuid7
from quizapp.language import say
from quizapp.learning.answering import amended, last_id, recorded
from quizapp.learning.asking import Asking
from quizapp.learning.candidates import QueueCandidates
from quizapp.learning.counting import counted, next_due
from quizapp.learning.course import Course, Moment
from quizapp.learning.day import Calendar, Clock
from quizapp.learning.holding import Holding, put_aside, wake
from quizapp.learning.leeches import worth_saying
from quizapp.learning.planned_day import PlannedDay
from quizapp.learning.scheduler import PUBLISHED, Scheduler
from quizapp.learning.serving import (
    Answered,
    Confidence,
    Counts,
    Finished,
    Held,
    Redone,
    Served,
    Standing,
    Undone,
    Waiting,
    Why,
)
from quizapp.learning.steps import Step, done_again, taken_back
from quizapp.problem import Problem
from quizapp.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_WHY: Final[dict[Queue, Why]] = {"learning": "learning", "review": "due", "new": "new"}


class NotComputed(Problem):
    """Only questions are left whose numbers cannot be computed."""


@dataclass(frozen=True, slots=True)
class _Again:
    """A card that is asked once more because its answer was taken back."""

    card_id: int
    version: int  # that taking it back has left
    hints: int  # that were shown before


class StudySession:
    """One learner studying. Methods block; call them from one thread at a time.

    `settle_ahead` and `prepare` are the exceptions: they may run beside the others.

    Order: cards in learning whose time has come; due cards, the longest overdue first, shuffled
    within a day, with the day's new ones spread evenly among them by teaching order; and when
    nothing else is left, cards in learning that come within 20 minutes. Until PyTorch is ready, questions that need it are passed over
    unless their numbers were found before.

    Limits: a card's first answer ever uses up one of `new_per_day`, the answer to a due card one
    of `reviews_per_day`; repetitions while learning use up nothing. An answer taken back is given
    back. With an exam date and minutes a day set, today's share of the plan takes the place of due
    and new cards and of their limits (`planned_day`). An answer that needed a hint is scheduled like a wrong one, so that it comes again today.
    `limit` is the number of answers in this session, `minutes` the time after which no further
    question is served.

    Two directions of a flashcard never come on the same day: the answer to one puts the other off
    until tomorrow, as burying does. A new study day, whenever it begins, brings them back.
    """

    def __init__(
        self,
        engine: Engine,
        bank: Bank,
        examiner: Examiner,
        learner: LearnerInfo,
        *,
        clock: Clock,
        calendar: Calendar,
        settings: Settings,
        topic: str | None = None,
        kind: str | None = None,
        pack: str | None = None,
        limit: int | None = None,
        minutes: float | None = None,
    ) -> None:
        with engine.connect() as connection:
            ids = Uuid7(after=last_id(connection, learner.id))
            fit = fits.in_use(connection, learner.id)
        self._course = Course(
            engine=engine,
            bank=bank,
            examiner=examiner,
            learner=learner,
            clock=clock,
            calendar=calendar,
            settings=settings,
            scheduler=Scheduler(
                desired_retention=settings.desired_retention,
                weights=fit.weights if fit else PUBLISHED,
            ),
            fit_id=fit.id if fit else None,
            ids=ids,
        )
        # What there is in the learner's language is met first.
        self._queues = CardQueues(
            learner, topic=topic, kind=kind, pack=pack, foremost=bank.translated()
        )
        self._planned = PlannedDay(self._course, topic=topic, kind=kind, pack=pack, minutes=minutes)
        self._candidates = QueueCandidates(
            self._queues, learner_id=learner.id, planned=self._planned
        )
        self._asking = Asking(self._course)
        self._limit = limit
        begun = self._course.moment()
        self._ends = None if minutes is None else begun.now + timedelta(minutes=minutes)
        self._woken: date | None = None  # the study day whose cards have come back
        self._given = 0  # answers in this session, less those taken back
        self._shown: Served | None = None
        # Cards whose answer was taken back, the latest last.
        self._again: list[_Again] = []

    # Serving

    def counts(self) -> Counts:
        """Return what is left today and what was done."""
        moment = self._wake()
        with self._course.engine.connect() as connection:
            return self._counted(connection, moment)

    def next_due(self) -> date | datetime | None:
        """Return when the next card comes: today's day while one is left, None if there is none."""
        moment = self._wake()
        with self._course.engine.connect() as connection:
            return self._finished(connection, moment).next_due

    def next(self, *, computing_ready: bool) -> Served | Waiting | Finished:
        """Return the question to be shown now; the same one until it is answered.

        Raises NotComputed when only questions are left whose numbers cannot be computed.
        """
        try:
            return self._next(computing_ready=computing_ready)
        except ComputeUnavailable as error:
            following = self._next(computing_ready=False)
            if isinstance(following, Waiting):
                raise NotComputed(say(error.text)) from error
            return following

    def _next(self, *, computing_ready: bool) -> Served | Waiting | Finished:
        moment = self._wake()
        with self._course.engine.connect() as connection:
            if self._over(moment):
                return self._finished(connection, moment)
            counts = self._counted(connection, moment)
            if self._shown is not None:
                card = cards.card(connection, self._shown.card_id)
                if card.version == self._shown.version:
                    return replace(self._shown, counts=counts)
            for come in (
                self._come(connection, moment, counts, computing_ready),
                self._candidates.soon(connection, moment),
            ):
                passed_over = False
                for card in come:
                    variant = self._asking.variant(
                        connection, card, computing_ready=computing_ready
                    )
                    if variant is not None:
                        return self._show(card, variant, counts)
                    passed_over |= not self._asking.refuses(card)
                if passed_over:
                    return Waiting(counts)
            return self._finished(connection, moment)

    def _come(
        self, connection: Connection, moment: Moment, counts: Counts, computing_ready: bool
    ) -> Iterator[StoredCard]:
        """Yield the cards that may come now: those taken back first."""
        for again in reversed(self._again):
            card = cards.card(connection, again.card_id)
            if card.version == again.version and card.queue in _WHY:
                yield card
        yield from self._candidates.now(connection, moment, counts, computing_ready=computing_ready)

    def _show(self, card: StoredCard, variant: Variant, counts: Counts) -> Served:
        this = (card.id, card.version)
        known = (each.hints for each in self._again if (each.card_id, each.version) == this)
        self._shown = Served(
            card.id,
            card.version,
            _WHY[card.queue],
            variant,
            counts,
            hints=min(next(known, 0), len(variant.hints)),
        )
        return self._shown

    def hint(self, served: Served) -> Served:
        """Return the question with one more of its hints shown; the same where there is none.

        The answer that follows is scheduled like a wrong one, and its score is lowered.
        """
        hinted = replace(served, hints=min(served.hints + 1, len(served.variant.hints)))
        if self._shown is not None and self._shown.card_id == served.card_id:
            self._shown = replace(self._shown, hints=hinted.hints)
        return hinted

    def prepare(self, served: Served) -> None:
        """Compute a question's answer while the learner reads. Raises ComputeUnavailable."""
        self._course.examiner.prepare(served.variant)

    def settle_ahead(self) -> int:
        """Find the numbers of the numeric questions that come next; return how many were found.

        They can then be shown at once, even before PyTorch is ready. Raises ComputeUnavailable.
        """
        return self._asking.settle_ahead(self._candidates)

    def _over(self, moment: Moment) -> bool:
        """Whether the session has reached the end it was given."""
        if self._limit is not None and self._given >= self._limit:
            return True
        return self._ends is not None and moment.now >= self._ends

    # Answering

    def answer(
        self,
        served: Served,
        raw: str,
        *,
        milliseconds: int,
        confidence: Confidence | None = None,
    ) -> Answered:
        """Judge an answer and record it, in one commit.

        `confidence`: how sure the learner was before the verdict; a right guess counts as hard.
        What cannot be read is not recorded. Raises ComputeUnavailable or ComputeRefused when a
        number cannot be checked and CardChanged when the card is no longer the one shown; then
        nothing is recorded either.
        """
        verdict = self._course.examiner.judge(served.variant, raw)
        if not verdict.graded:
            return Answered(served, verdict, None, None, None, self.counts())
        verdict = after_hints(verdict, used=served.hints, of=len(served.variant.hints))
        moment = self._course.moment()
        try:
            with self._course.writing.begin() as connection:
                review = recorded(
                    connection,
                    self._course,
                    served,
                    verdict,
                    moment=moment,
                    milliseconds=milliseconds,
                    confidence=confidence,
                )
                self._planned.drop(served.card_id)
                counts = self._counted(connection, moment)
        except CardChanged:
            self._shown = None
            raise
        self._shown = None
        self._given += 1
        self._again = [again for again in self._again if again.card_id != served.card_id]
        lapses = review.after.lapses
        forgotten = lapses > review.before.lapses and worth_saying(lapses)
        return Answered(
            served,
            verdict,
            review.id,
            review.grade,
            review.after.due,
            counts,
            lapses=lapses if forgotten else 0,
        )

    def amend(self, answered: Answered, grade: Literal["hard", "easy"]) -> Answered:
        """Give the latest answer of a card, a right one, another grade.

        Raises ValueError for an answer that is not `amendable`, CardChanged if the card was
        answered since.
        """
        if answered.review_id is None or not answered.amendable:
            raise ValueError("only a right answer without hints can be hard or easy")
        served = answered.served
        now = self._course.now()
        with self._course.writing.begin() as connection:
            card = cards.card(connection, served.card_id)
            if card.version != served.version + 1:
                raise CardChanged(card.question_id)
            new = amended(
                connection,
                self._course,
                card=card,
                review_id=answered.review_id,
                grade=grade,
                now=now,
            )
        return replace(
            answered,
            served=replace(served, version=served.version + 1),
            review_id=new.id,
            grade=grade,
            next_due=new.after.due,
            counts=self.counts(),
        )

    # Putting aside

    def bury(self, served: Served) -> Held:
        """Put a question off until tomorrow. Raises CardChanged as `answer` does."""
        return self._put_aside(served, "bury")

    def suspend(self, served: Served) -> Held:
        """Ask a question no more until it is resumed. Raises CardChanged as `answer` does."""
        return self._put_aside(served, "suspend")

    def _put_aside(self, served: Served, kind: Holding) -> Held:
        moment = self._course.moment()
        self._shown = None
        with self._course.writing.begin() as connection:
            card = cards.card(connection, served.card_id)
            if card.version != served.version:
                raise CardChanged(card.question_id)
            put_aside(connection, self._course, card, kind, moment=moment)
            self._planned.drop(card.id)
            counts = self._counted(connection, moment)
        return Held(kind, card.question_id, counts)

    def suspended(self) -> tuple[str, ...]:
        """Return the ids of the questions that are suspended."""
        with self._course.engine.connect() as connection:
            held = cards.suspended(connection, self._course.learner)
        return tuple(card.question_id for card in held)

    def resume(self, question_id: str) -> Held | None:
        """Ask a suspended question again; None if it is not suspended."""
        moment = self._course.moment()
        with self._course.writing.begin() as connection:
            for card in cards.of_questions(connection, self._course.learner, (question_id,)):
                if card.hold.suspended_at is not None:
                    put_aside(connection, self._course, card, "resume", moment=moment)
                    return Held("resume", question_id, self._counted(connection, moment))
        return None

    def _wake(self) -> Moment:
        """Let what was put off come back on its day; return the time it is."""
        moment = self._course.moment()
        if self._woken != moment.day:
            with self._course.engine.connect() as connection:
                rested = cards.rested(connection, self._course.learner, moment.day)
            if rested:
                with self._course.writing.begin() as connection:
                    wake(connection, self._course, moment.day)
            self._woken = moment.day
        return moment

    # Taking back

    def undo(self) -> Undone | None:
        """Take the latest step back, of whatever day; None when there is nothing left.

        The card of an answer is served next, with the same numbers. So is one that was put aside.
        """
        with self._course.writing.begin() as connection:
            step = taken_back(connection, self._course, now=self._course.now())
        if step is None:
            return None
        kind, review = step.action.kind, step.review
        self._shown = None
        if kind == "answer":
            self._given = max(0, self._given - 1)
        if kind in ("answer", "bury", "suspend"):
            self._planned.put_back(step.card)
            hints = review.hints if review is not None else 0
            self._again.append(_Again(step.card.id, step.card.version, hints))
        return Undone(
            kind,
            step.card.question_id,
            review.raw if review is not None and kind == "answer" else "",
            self.counts(),
            standing=_standing(step),
        )

    def redo(self) -> Redone | None:
        """Do the step again that was taken back last; None when there is none.

        Whatever else is done after taking back, there is nothing to be done again.
        """
        with self._course.writing.begin() as connection:
            step = done_again(connection, self._course, now=self._course.now())
        if step is None:
            return None
        self._shown = None
        if step.action.kind == "answer":
            self._given += 1
        self._again = [again for again in self._again if again.card_id != step.card.id]
        if step.action.kind in ("answer", "bury", "suspend"):
            self._planned.drop(step.card.id)
        return Redone(
            step.action.kind, step.card.question_id, self.counts(), standing=_standing(step)
        )

    # Counting

    def _counted(self, connection: Connection, moment: Moment) -> Counts:
        return counted(connection, self._course, self._queues, moment, planned=self._planned)

    def _finished(self, connection: Connection, moment: Moment) -> Finished:
        counts = self._counted(connection, moment)
        return Finished(
            counts,
            next_due(connection, self._course, self._queues, moment, counts, planned=self._planned),
        )


def _standing(step: Step) -> Standing | None:
    """Return what stands of an answer whose amendment was taken back or done again."""
    if step.action.kind != "amend" or step.review is None:
        return None
    review = step.review
    return Standing(review.id, step.card.version, review.grade, review.after.due)
