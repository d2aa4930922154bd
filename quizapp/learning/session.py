"""A study session: what comes next, what an answer does, what taking it back undoes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import Connection, Engine

from questions.bank import Bank
from questions.bank.settled_seeds import SeedKey, forget_seed, remember_seed, settled_attempt
from questions.compute.client import ComputeRefused, ComputeUnavailable
from questions.examiner import Examiner
from questions.hints import after_hints
from questions.kinds import COMPUTED_KINDS, COMPUTED_TO_BE_SHOWN
from questions.variant import Variant
from questions.verdict import RIGHT, Verdict
from quizapp.history import cards, fits, log, tally
from quizapp.history.cards import CardChanged, CardQueues, StoredCard
from quizapp.history.learners import LearnerInfo
from quizapp.history.log import LoggedReview
from quizapp.history.memory import Memory
from quizapp.history.places import Queue, day_at, first_place_of, hashed, place_at
from quizapp.history.uuid7 import Uuid7
from quizapp.language import say
from quizapp.learning.day import Calendar, Clock
from quizapp.learning.scheduler import PUBLISHED, Scheduler, Weights
from quizapp.learning.serving import Answered, Counts, Finished, Grade, Served, Undone, Waiting, Why
from quizapp.problem import Problem
from quizapp.settings import Settings

if TYPE_CHECKING:
    from quizapp.learning.planned_queue import PlannedQueue

LEARN_AHEAD: Final = timedelta(minutes=20)
SETTLED_AHEAD: Final = 2  # numeric questions of each queue whose numbers are found in advance

_EVERY_PLACE: Final = 2**62  # lies behind every card
_MOST_LEARNING: Final = 999  # counted
_WINDOW: Final = 20  # cards looked at for one that can be shown without PyTorch
_WHY: Final[dict[Queue, Why]] = {"learning": "learning", "review": "due", "new": "new"}


class NotComputed(Problem):
    """Only questions are left whose numbers cannot be computed."""


@dataclass(frozen=True, slots=True)
class _Again:
    """A card that is asked once more because its answer was taken back."""

    card_id: int
    version: int  # that taking it back has left
    hints: int  # that were shown before


@dataclass(frozen=True, slots=True)
class _Moment:
    """Now, and what follows from it."""

    now: datetime
    day: date
    tomorrow: datetime  # when the next study day begins


class StudySession:
    """One learner studying. Methods block; call them from one thread at a time.

    `settle_ahead` and `prepare` are the exceptions: they may run beside the others.

    Order: cards in learning whose time has come; due cards, the longest overdue first, shuffled
    within a day; new ones by teaching order; and when nothing else is left, cards in learning
    that come within 20 minutes. Until PyTorch is ready, questions that need it are passed over
    unless their numbers were found before.

    Limits: a card's first answer ever uses up one of `new_per_day`, the answer to a due card one
    of `reviews_per_day`; repetitions while learning use up nothing. An answer taken back is given
    back. With an exam date and minutes a day set, today's share of the plan takes the place of due
    and new cards and of their limits (`planned_queue`). An answer that needed a hint is scheduled like a wrong one, so that it comes again today. `limit` is the number of answers in this session, `minutes` the time after which no
    further question is served.
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
        limit: int | None = None,
        minutes: float | None = None,
    ) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._bank = bank
        self._examiner = examiner
        self._learner = learner
        self._clock = clock
        self._calendar = calendar
        self._settings = settings
        # What there is in the learner's language is met first.
        self._queues = CardQueues(learner, topic=topic, kind=kind, foremost=bank.translated())
        self._limit = limit
        begun = self._moment()
        self._ends = None if minutes is None else begun.now + timedelta(minutes=minutes)
        self._first_day = begun.day
        self._given = 0  # answers in this session, less those taken back
        self._shown: Served | None = None
        # Cards whose answer was taken back, the latest last.
        self._again: list[_Again] = []
        self._planned: PlannedQueue | None = None  # today's share, once it is asked for
        self._topic, self._kind, self._minutes = topic, kind, minutes
        self._refused: set[int] = set()  # cards whose numbers no draw makes computable
        with engine.connect() as connection:
            self._ids = Uuid7(after=log.last_id(connection, learner.id))
            fit = fits.in_use(connection, learner.id)
        self._fit_id = fit.id if fit else None
        self._scheduler = Scheduler(
            desired_retention=settings.desired_retention,
            weights=fit.weights if fit else PUBLISHED,
        )

    # Serving

    def counts(self) -> Counts:
        """Return what is left today and what was done."""
        with self._engine.connect() as connection:
            return self._counted(connection, self._moment())

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
        moment = self._moment()
        with self._engine.connect() as connection:
            counts = self._counted(connection, moment)
            if self._over(moment):
                return Finished(counts, self._next_due(connection, moment, counts))
            if self._shown is not None:
                card = cards.card(connection, self._shown.card_id)
                if card.version == self._shown.version:
                    return replace(self._shown, counts=counts)
            for come in (
                self._candidates(connection, moment, counts, computing_ready),
                self._soon(connection, moment),
            ):
                passed_over = False
                for card in come:
                    variant = self._variant(connection, card, computing_ready=computing_ready)
                    if variant is not None:
                        return self._show(card, variant, counts)
                    passed_over |= card.id not in self._refused
                if passed_over:
                    return Waiting(counts)
            return Finished(counts, self._next_due(connection, moment, counts))

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

    def _over(self, moment: _Moment) -> bool:
        """Whether the session has reached the end it was given."""
        if self._limit is not None and self._given >= self._limit:
            return True
        return self._ends is not None and moment.now >= self._ends

    def _candidates(
        self, connection: Connection, moment: _Moment, counts: Counts, computing_ready: bool
    ) -> Iterator[StoredCard]:
        """Yield the cards that may come now, in order; each query is made when it is needed."""
        for again in reversed(self._again):
            card = cards.card(connection, again.card_id)
            if card.version == again.version and card.queue in _WHY:
                yield card
        come = place_at(moment.now) + 1
        yield from self._first(connection, "learning", come, computing_ready)
        if (planned := self._plan(connection, moment)) is not None:
            if counts.due or counts.new:
                yield from planned.candidates(connection, computing_ready=computing_ready)
            return
        if counts.due:
            due = first_place_of(moment.day + timedelta(days=1))
            yield from self._first(connection, "review", due, computing_ready)
        if counts.new:
            yield from self._first(connection, "new", _EVERY_PLACE, computing_ready)

    def _soon(self, connection: Connection, moment: _Moment) -> Iterator[StoredCard]:
        """Yield the cards in learning that may come before their time."""
        soon = place_at(moment.now + LEARN_AHEAD) + 1
        return self._first(connection, "learning", soon, computing_ready=True)

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

    def _variant(
        self, connection: Connection, card: StoredCard, *, computing_ready: bool
    ) -> Variant | None:
        """Return what a card asks this time; None if that has to be computed and cannot be now.

        Raises ComputeUnavailable.
        """
        if card.id in self._refused:
            return None
        stored = self._bank.question(card.question_id)
        seed = self._seed(card)
        attempt = None
        if card.kind in COMPUTED_KINDS:
            key = SeedKey(stored.id, stored.content_hash, seed)
            attempt = settled_attempt(connection, key)
            shown_at_once = attempt is not None and card.kind not in COMPUTED_TO_BE_SHOWN
            if not (computing_ready or shown_at_once):
                return None
        try:
            return self._examiner.present(
                stored.question,
                question_id=stored.id,
                content_hash=stored.content_hash,
                seed=seed,
                attempt=attempt,
                language=stored.pack.language,
            )
        except ComputeRefused:
            pass
        # No draw shows every mistake, which an author should have been told. If the first one
        # can be computed, its answer can be judged; if not, nobody can answer the question.
        try:
            variant = self._examiner.present(
                stored.question,
                question_id=stored.id,
                content_hash=stored.content_hash,
                seed=seed,
                attempt=0,
                language=stored.pack.language,
            )
            self._examiner.prepare(variant)
        except ComputeRefused:
            self._refused.add(card.id)
            return None
        return variant

    def prepare(self, served: Served) -> None:
        """Compute a question's answer while the learner reads. Raises ComputeUnavailable."""
        self._examiner.prepare(served.variant)

    def settle_ahead(self) -> int:
        """Find the numbers of the numeric questions that come next; return how many were found.

        They can then be shown at once, even before PyTorch is ready. Raises ComputeUnavailable.
        """
        upcoming: list[StoredCard] = []
        with self._engine.connect() as connection:
            if (planned := self._plan(connection, self._moment())) is not None:
                upcoming += planned.computed()[:SETTLED_AHEAD]
            for queue in _WHY:
                upcoming += self._queues.first(
                    connection, queue, before=_EVERY_PLACE, limit=SETTLED_AHEAD, computed=True
                )
        found = 0
        for card in upcoming:
            stored = self._bank.question(card.question_id)
            key = SeedKey(stored.id, stored.content_hash, self._seed(card))
            with self._engine.connect() as connection:
                if settled_attempt(connection, key) is not None:
                    continue
            try:
                variant = self._examiner.present(
                    stored.question,
                    question_id=key.question_id,
                    content_hash=key.content_hash,
                    seed=key.seed,
                    language=stored.pack.language,
                )
            except ComputeRefused:
                continue
            with self._writing.begin() as connection:
                # Answered meanwhile, its next review has another seed.
                if cards.card(connection, card.id).version == card.version:
                    remember_seed(connection, key, attempt=variant.attempt)
                    found += 1
        return found

    def _seed(self, card: StoredCard) -> int:
        """Return the seed of a card's next review: another one each time, the same everywhere."""
        key = self._learner.card_key(card.question_id)
        return hashed("seed", key, card.memory.reviews, bits=63)

    # Answering

    def answer(self, served: Served, raw: str, *, milliseconds: int) -> Answered:
        """Judge an answer and record it, in one commit.

        What cannot be read is not recorded. Raises ComputeUnavailable or ComputeRefused when a
        number cannot be checked and CardChanged when the card is no longer the one shown; then
        nothing is recorded either.
        """
        verdict = self._examiner.judge(served.variant, raw)
        if not verdict.graded:
            return Answered(served, verdict, None, None, None, self.counts())
        verdict = after_hints(verdict, used=served.hints, of=len(served.variant.hints))
        grade = _grade(verdict)
        moment = self._moment()
        with self._writing.begin() as connection:
            card = cards.card(connection, served.card_id)
            if card.version != served.version:
                self._shown = None
                raise CardChanged(card.question_id)
            review = self._review(
                card,
                variant=served.variant,
                verdict=verdict,
                grade=grade,
                moment=moment,
                milliseconds=milliseconds,
            )
            log.append(connection, review)
            cards.store(connection, card, review.after, learner=self._learner)
            tally.add(connection, self._learner.id, moment.day, _one(review))
            if self._planned is not None:
                self._planned.drop(card.id)
            if card.kind in COMPUTED_KINDS:
                forget_seed(connection, _seed_key(review))
            counts = self._counted(connection, moment)
        self._shown = None
        self._given += 1
        self._again = [again for again in self._again if again.card_id != served.card_id]
        return Answered(served, verdict, review.id, grade, review.after.due, counts)

    def amend(self, answered: Answered, grade: Literal["hard", "easy"]) -> Answered:
        """Give the latest answer of a card, a right one, another grade.

        Raises ValueError for an answer that is not `amendable`, CardChanged if the card was
        answered since.
        """
        if answered.review_id is None or not answered.amendable:
            raise ValueError("only a right answer without hints can be hard or easy")
        served = answered.served
        now = self._clock().astimezone(UTC)
        with self._writing.begin() as connection:
            card = cards.card(connection, served.card_id)
            old = log.review(connection, answered.review_id)
            if old is None or card.version != served.version + 1:
                raise CardChanged(card.question_id)
            after = self._scheduler.review(
                old.before,
                grade,
                now=old.answered_at,
                day=old.study_day,
                card_key=self._learner.card_key(card.question_id),
            )
            new = replace(
                old,
                id=self._ids.next(now),
                grade=grade,
                desired_retention=self._settings.desired_retention,
                fit_id=self._fit_id,
                after=after,
            )
            log.retract(connection, old.id, reason="amend", now=now)
            log.append(connection, new)
            cards.store(connection, card, after, learner=self._learner)
        return replace(
            answered,
            served=replace(served, version=served.version + 1),
            review_id=new.id,
            grade=grade,
            next_due=after.due,
            counts=self.counts(),
        )

    def undo(self) -> Undone | None:
        """Take the latest answer back; its card is served next, with the same numbers.

        Reaches back to the first answer of the study day on which this session began, also
        across a restart. Returns None when there is nothing left to take back.
        """
        now = self._clock().astimezone(UTC)
        with self._writing.begin() as connection:
            review = log.latest(connection, self._learner.id, since=self._first_day)
            if review is None:
                return None
            card = cards.card(connection, review.card_id)
            log.retract(connection, review.id, reason="undo", now=now)
            # A card that began anew since then (another content) stays as it is.
            restored = cards.store(
                connection,
                card,
                review.before if card.memory == review.after else card.memory,
                learner=self._learner,
            )
            tally.add(connection, self._learner.id, review.study_day, -_one(review))
            if card.kind in COMPUTED_KINDS:
                remember_seed(connection, _seed_key(review), attempt=review.attempt)
        self._shown = None
        if self._planned is not None:
            self._planned.put_back(restored)
        self._given = max(0, self._given - 1)
        self._again.append(_Again(restored.id, restored.version, review.hints))
        return Undone(review.question_id, review.raw, self.counts())

    def _review(
        self,
        card: StoredCard,
        *,
        variant: Variant,
        verdict: Verdict,
        grade: Grade,
        moment: _Moment,
        milliseconds: int,
    ) -> LoggedReview:
        return LoggedReview(
            id=self._ids.next(moment.now),
            learner_id=self._learner.id,
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
            zone_offset=self._calendar.offset(moment.now),
            desired_retention=self._settings.desired_retention,
            fit_id=self._fit_id,
            before=card.memory,
            after=self._scheduler.review(
                card.memory,
                grade,
                now=moment.now,
                day=moment.day,
                card_key=self._learner.card_key(card.question_id),
            ),
        )

    # Counting

    def _moment(self) -> _Moment:
        now = self._clock().astimezone(UTC)
        day = self._calendar.day(now)
        return _Moment(now, day, self._calendar.begins(day + timedelta(days=1)))

    def _counted(self, connection: Connection, moment: _Moment) -> Counts:
        done = tally.tally_of(connection, self._learner.id, moment.day)
        learning, due, new = self._queues.count(
            connection,
            learning=(place_at(moment.tomorrow), _MOST_LEARNING),
            review=(
                first_place_of(moment.day + timedelta(days=1)),
                max(0, self._settings.reviews_per_day - done.reviewed),
            ),
            new=(_EVERY_PLACE, max(0, self._settings.new_per_day - done.introduced)),
        )
        if (planned := self._plan(connection, moment)) is not None:
            due, new = (0, 0) if self._seconds_left(done) <= 0 else planned.left()
        return Counts(learning, due, new, done.answered, done.right)

    def _plan(self, connection: Connection, moment: _Moment) -> PlannedQueue | None:
        """Return today's share of the plan for the exam, None without a plan."""
        exam_date, minutes = self._settings.exam_date, self._settings.minutes_per_day
        if exam_date is None or minutes is None or exam_date <= moment.day:
            return None
        if self._planned is None or self._planned.day != moment.day:
            from quizapp.learning.planned_queue import planned_queue  # noqa: PLC0415 - loads numpy

            done = tally.tally_of(connection, self._learner.id, moment.day)
            self._planned = planned_queue(
                connection,
                self._learner,
                today=moment.day,
                exam_date=exam_date,
                seconds=self._seconds_left(done),
                done=done,
                topic=self._topic,
                kind=self._kind,
            )
        return self._planned

    def _seconds_left(self, done: tally.Tally) -> float:
        """Return the seconds that are left of today's minutes; those of a session are its own."""
        if self._minutes is not None:
            return 60 * self._minutes
        return 60 * (self._settings.minutes_per_day or 0) - done.milliseconds / 1000

    def next_due(self) -> date | datetime | None:
        """Return when the next card comes: today's day while one is left, None if there is none."""
        moment = self._moment()
        with self._engine.connect() as connection:
            return self._next_due(connection, moment, self._counted(connection, moment))

    def _next_due(
        self, connection: Connection, moment: _Moment, counts: Counts
    ) -> date | datetime | None:
        """Return when the next card comes, None if there is none."""
        if counts.due or counts.new:
            return moment.day  # the session ended before they did
        tomorrow = moment.day + timedelta(days=1)
        coming: list[tuple[datetime, date | datetime]] = []
        if (place := self._queues.next_place(connection, "learning", place=0)) is not None:
            at = datetime.fromtimestamp(place / 1000, UTC)
            coming.append((at, at))
        days = [
            # What today's limits left over comes tomorrow.
            max(tomorrow, day_at(place))
            for place in [self._queues.next_place(connection, "review", place=0)]
            if place is not None
        ]
        planned = self._plan(connection, moment) is not None and days
        if planned or self._queues.next_place(connection, "new", place=0) is not None:
            days.append(tomorrow)
        coming += [(self._calendar.begins(day), day) for day in days]
        return min(coming, key=lambda pair: pair[0])[1] if coming else None


def _grade(verdict: Verdict) -> Grade:
    """Return how an answer is scheduled. Who needed a hint does not know it yet: again."""
    if verdict.hints_used:
        return "again"
    return verdict.self_grade or ("good" if verdict.right else "again")


def _one(review: LoggedReview) -> tally.Tally:
    """Return what a review adds to its day."""
    return tally.one_answer(
        right=review.outcome in RIGHT,
        state_before=review.before.state,
        milliseconds=review.milliseconds,
    )


def _seed_key(review: LoggedReview) -> SeedKey:
    return SeedKey(review.question_id, review.content_hash, review.seed)


def replayed(
    reviews: tuple[LoggedReview, ...],
    *,
    card_key: str,
    weights: Mapping[str, Weights] = MappingProxyType({}),
) -> Memory:
    """Return what a card's reviews, the earliest first, make of a new card.

    `weights`: those of the learner's fits, by id. Raises KeyError for a fit that is not there.
    """
    memory = Memory()
    for review in reviews:
        scheduler = Scheduler(
            desired_retention=review.desired_retention,
            weights=PUBLISHED if review.fit_id is None else weights[review.fit_id],
        )
        memory = scheduler.review(
            memory,
            review.grade,
            now=review.answered_at,
            day=review.study_day,
            card_key=card_key,
        )
    return memory
