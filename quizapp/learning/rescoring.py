"""After a key was mended: what it says of the answers that were given before, and setting it right.

Looking changes nothing. Applying retracts each answer whose verdict differs and puts the corrected
one in its place, with an id just behind the old one: the order of ids stays the order of answers.
What the card's memory was before and after follows from the answers, so the later ones of the same
card are replaced as well, with the memory that is theirs now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from questions.bank import Bank, StoredQuestion
from questions.bank.tables import QuestionRow
from questions.bank.versions import earlier_version
from questions.examiner import Examiner
from questions.model import Question
from questions.rejudging import Answer, Obstacle, PresentKey, judged_again
from questions.verdict import RIGHT, Verdict
from quizapp.history import cards, fits, log, shares, tally
from quizapp.history.cards import CardChanged
from quizapp.history.learners import LearnerInfo, everybody
from quizapp.history.log import LoggedReview
from quizapp.history.memory import Grade, Memory
from quizapp.history.uuid7 import between
from quizapp.learning.scheduler import PUBLISHED, Scheduler, Weights

# "score": right before and after, or neither, but worth more or less; "diagnosis": only what went
# wrong is called otherwise.
Change = Literal["to_right", "to_wrong", "score", "diagnosis"]
CHANGES: tuple[Change, ...] = ("to_right", "to_wrong", "score", "diagnosis")

Progress = Callable[[int], None]  # answers looked at


class ChangedMeanwhile(Exception):
    """Between looking and writing a key or an answer has changed; nothing was written."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer as it counts and as the present key judges it; the memories are still the old."""

    old: LoggedReview
    new: LoggedReview

    @property
    def change(self) -> Change:
        """What is different."""
        was, now = self.old.outcome in RIGHT, self.new.outcome in RIGHT
        if was != now:
            return "to_right" if now else "to_wrong"
        return "diagnosis" if self.old.score == self.new.score else "score"


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """An answer that cannot be judged again, and why."""

    review_id: str
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class QuestionRescoring:
    """What the present key says of the answers to one question that another key judged."""

    question_id: str
    content_hash: str  # whose key it is
    answers: int
    corrections: tuple[Correction, ...]
    left_alone: tuple[LeftAlone, ...]

    def count(self, change: Change) -> int:
        """Return how many answers change in this way."""
        return sum(each.change == change for each in self.corrections)

    @property
    def unchanged(self) -> int:
        """How many answers are judged as before."""
        return self.answers - len(self.corrections) - len(self.left_alone)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, in numbers of rows."""

    corrected: int = 0
    moved: int = 0  # later answers of the same cards, whose memory is another one now
    cards: int = 0
    gone: int = 0  # answers that were taken back or changed since they were looked at


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What rescoring a pack would change. Questions without such answers are not in it."""

    pack_id: str
    questions: tuple[QuestionRescoring, ...]

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """All that would be written."""
        return tuple(each for question in self.questions for each in question.corrections)

    @property
    def learners(self) -> int:
        """How many learners it concerns."""
        return len({each.old.learner_id for each in self.corrections})

    def count(self, change: Change) -> int:
        """Return how many answers change in this way."""
        return sum(question.count(change) for question in self.questions)


def rescoring(
    engine: Engine,
    bank: Bank,
    examiner: Examiner,
    *,
    pack_id: str,
    question_id: str | None = None,
    reworded: bool = False,
    progress: Progress = lambda done: None,
) -> Rescoring:
    """Judge the answers of all learners by the present keys of a pack. Nothing is written.

    `question_id`: of this question alone. `reworded`: the author vouches that questions whose stem
    reads otherwise ask the same. Raises ComputeUnavailable.
    """
    found: list[QuestionRescoring] = []
    done = 0
    with engine.connect() as connection:
        reviews = log.judged_by_another_key(connection, pack_id)
        for name, given in groupby(reviews, key=lambda review: review.question_id):
            if question_id not in (None, name):
                continue
            stored = bank.question(name)
            judge = _Judge(connection, examiner, stored, reworded=reworded)
            corrections: list[Correction] = []
            left_alone: list[LeftAlone] = []
            answers = 0
            for review in given:
                answers += 1
                done += 1
                progress(done)
                match judge.judged(review):
                    case Correction() as correction:
                        corrections.append(correction)
                    case LeftAlone() as alone:
                        left_alone.append(alone)
            found.append(
                QuestionRescoring(
                    name, stored.content_hash, answers, tuple(corrections), tuple(left_alone)
                )
            )
    return Rescoring(pack_id, tuple(found))


@dataclass
class _Judge:
    """Judges the answers to one question; remembers its earlier contents."""

    connection: Connection
    examiner: Examiner
    stored: StoredQuestion
    reworded: bool
    _asked: dict[str, Question | None] = field(default_factory=dict)

    def judged(self, review: LoggedReview) -> Correction | LeftAlone | None:
        """Return what becomes of an answer; None where the verdict stands."""
        said = judged_again(
            self.examiner,
            Answer(
                question_id=review.question_id,
                content_hash=review.content_hash,
                seed=review.seed,
                attempt=review.attempt,
                raw=review.raw,
                hints=review.hints,
                score=review.score if review.judged_by is None else None,
            ),
            asked=self._content(review.content_hash),
            key=PresentKey(
                question=self.stored.question,
                content_hash=self.stored.content_hash,
                language=self.stored.pack.language,
                reworded=self.reworded,
            ),
        )
        if isinstance(said, Obstacle):
            return LeftAlone(review.id, said)
        corrected = _corrected(review, said, content_hash=self.stored.content_hash)
        same = (
            (corrected.outcome, corrected.score, corrected.mistakes)
            == (review.outcome, review.score, review.mistakes)
        )  # fmt: skip
        return None if same else Correction(review, corrected)

    def _content(self, content_hash: str) -> Question | None:
        if content_hash == self.stored.content_hash:
            return self.stored.question
        if content_hash not in self._asked:
            self._asked[content_hash] = earlier_version(
                self.connection, self.stored.id, content_hash=content_hash
            )
        return self._asked[content_hash]


def _corrected(review: LoggedReview, verdict: Verdict, *, content_hash: str) -> LoggedReview:
    """Return an answer with another verdict. What was asked and typed stays what it was."""
    return replace(
        review,
        value=verdict.value,
        outcome=verdict.outcome,
        score=verdict.score,
        mistakes=tuple(mistake.id for mistake in verdict.mistakes),
        torch_version=verdict.torch_version,
        dtype=verdict.dtype,
        grade=_grade(review, verdict),
        judged_by=None if content_hash == review.content_hash else content_hash,
    )


def _grade(review: LoggedReview, verdict: Verdict) -> Grade:
    """Return how a corrected answer is scheduled.

    As before where it is right or wrong as before: the learner may have called it hard or easy.
    Who needed a hint did not know it, whatever the key says.
    """
    if review.hints or (review.outcome in RIGHT) == verdict.right:
        return review.grade
    return "good" if verdict.right else "again"


def apply(engine: Engine, found: Rescoring, *, now: datetime) -> Written:
    """Write what was found, in one transaction.

    An answer that was taken back or changed since then is passed over. Raises ChangedMeanwhile
    where a key has changed, or somebody answers one of the questions at this very moment.
    """
    try:
        return _applied(engine, found, now=now)
    except (CardChanged, IntegrityError) as error:
        raise ChangedMeanwhile(found.pack_id) from error


def _applied(engine: Engine, found: Rescoring, *, now: datetime) -> Written:
    corrections: dict[int, dict[str, Correction]] = {}
    for each in found.corrections:
        corrections.setdefault(each.old.card_id, {})[each.old.id] = each
    learners = {who.id: who for who in everybody(engine)}
    written = Written()
    with engine.execution_options(writes=True).begin() as connection:
        _refuse_other_keys(connection, found)
        for card_id, of_card in sorted(corrections.items()):
            any_one = next(iter(of_card.values()))
            one = _rewrite(
                connection, card_id, of_card, learner=learners[any_one.old.learner_id], now=now
            )
            written = Written(
                written.corrected + one.corrected,
                written.moved + one.moved,
                written.cards + one.cards,
                written.gone + one.gone,
            )
    return written


def _refuse_other_keys(connection: Connection, found: Rescoring) -> None:
    present = {
        row.id: row.content_hash
        for row in connection.execute(
            select(QuestionRow.id, QuestionRow.content_hash).where(
                QuestionRow.pack_id == found.pack_id
            )
        )
    }
    if any(present.get(each.question_id) != each.content_hash for each in found.questions):
        raise ChangedMeanwhile(found.pack_id)


def _rewrite(
    connection: Connection,
    card_id: int,
    corrections: Mapping[str, Correction],
    *,
    learner: LearnerInfo,
    now: datetime,
) -> Written:
    """Correct the answers of one card and let everything follow from them."""
    card = cards.card(connection, card_id)
    reviews = log.of_card(connection, card_id)
    counting = {
        review.id: corrections[review.id].new
        for review in reviews
        if review.id in corrections and corrections[review.id].old == review
    }
    moved = 0
    latest = card.memory
    key = learner.card_key(card.question_id)
    weights = fits.weights_of(connection, learner.id)
    for old, new in rechained(reviews, counting, card_key=key, weights=weights):
        place = between(old.id, log.following_id(connection, old))
        log.retract(connection, old.id, reason="rescore", now=now)
        log.append(connection, replace(new, id=place))
        if (change := _one(new) + -_one(old)) != tally.Tally():
            tally.add(connection, learner.id, old.study_day, change)
        if (was := shares.of_review(old)) != (now_is := shares.of_review(new)):
            shares.add(connection, learner.id, old.study_day, shares.negative(was))
            shares.add(connection, learner.id, old.study_day, now_is)
        moved += old.id not in counting
        if old.id == reviews[-1].id:
            latest = new.after
    # A card that began anew since its latest answer stays as it is.
    if reviews and card.memory == reviews[-1].after and latest != card.memory:
        cards.store(connection, card, latest, learner=learner)
    return Written(len(counting), moved, int(bool(counting)), len(corrections) - len(counting))


def rechained(
    reviews: Sequence[LoggedReview],
    corrected: Mapping[str, LoggedReview],
    *,
    card_key: str,
    weights: Mapping[str, Weights] = MappingProxyType({}),
) -> Iterator[tuple[LoggedReview, LoggedReview]]:
    """Yield the answers of a card that change when some are corrected, as (old, new).

    `reviews`: all that count, the earliest first. `corrected`: by id. An answer to a card that had
    begun anew begins anew here too; one that was only recorded moves nothing. Where neither the
    grade nor the memory before it differ, the memory after it is kept, not computed again.
    `weights`: those of the learner's fits, by id.
    """
    memory: Memory | None = None  # after the answer before this one, where that changed
    for old in reviews:
        new = corrected.get(old.id, old)
        before = old.before
        if memory is not None and before.reviews:
            before = memory
        after = old.after
        if not _scheduled(old):
            after = before
        elif before != old.before or new.grade != old.grade:
            after = _scheduler(old, weights).review(
                before, new.grade, now=old.answered_at, day=old.study_day, card_key=card_key
            )
        new = replace(new, before=before, after=after)
        memory = after if after != old.after else None
        if new != old:
            yield old, new


def _scheduler(review: LoggedReview, weights: Mapping[str, Weights]) -> Scheduler:
    """Return what scheduled the card after an answer."""
    return Scheduler(
        desired_retention=review.desired_retention,
        weights=PUBLISHED if review.fit_id is None else weights[review.fit_id],
    )


def _scheduled(review: LoggedReview) -> bool:
    """Return whether an answer moved its card: some are recorded only."""
    return review.after.reviews > review.before.reviews


def _one(review: LoggedReview) -> tally.Tally:
    """Return what an answer adds to its day; one that was only recorded uses up no limit."""
    one = tally.one_answer(
        right=review.outcome in RIGHT,
        state_before=review.before.state,
        milliseconds=review.milliseconds,
    )
    return one if _scheduled(review) else replace(one, introduced=0, reviewed=0)
