"""The log is the truth: what it makes of every card and every day, and what differs from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from quizapp.history import cards, fits, log, shares, tally
from quizapp.history.cards import StoredCard
from quizapp.history.holds import standing_queue
from quizapp.history.learners import LearnerInfo, deal
from quizapp.history.log import LoggedReview
from quizapp.history.memory import Memory
from quizapp.history.places import place_of
from quizapp.history.tally import Tally
from quizapp.learning.answering import one_answer
from quizapp.learning.scheduler import PUBLISHED, Scheduler, Weights

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not what the log tells."""

    learner: str
    what: str  # the id of a question, or a study day
    field: str
    stored: object
    replayed: object


@dataclass(frozen=True, slots=True)
class Replay:
    """What was compared, and what differed."""

    learners: int
    cards: int
    reviews: int
    days: int
    differences: tuple[Difference, ...]


def replayed(
    reviews: tuple[LoggedReview, ...],
    *,
    card_key: str,
    reset_at: datetime | None = None,
    weights: Mapping[str, Weights] = MappingProxyType({}),
) -> Memory:
    """Return what a card's reviews, the earliest first, make of a new card.

    `reset_at`: the question asks something else since then, and the card began anew. Reviews that
    were recorded only change nothing. `weights`: those of the learner's fits, by id. Raises
    KeyError for a fit that is not there.
    """
    memory = Memory()
    for review in reviews:
        if not review.scheduled:
            continue
        if reset_at is not None and review.before.reviews == 0:
            memory = Memory()
        memory = _scheduler(
            review.desired_retention,
            PUBLISHED if review.fit_id is None else weights[review.fit_id],
        ).review(
            memory,
            review.grade,
            now=review.answered_at,
            day=review.study_day,
            card_key=card_key,
        )
    if reset_at is not None and memory.last_at is not None and memory.last_at < reset_at:
        return Memory()
    return memory


@lru_cache(maxsize=32)
def _scheduler(desired_retention: float, weights: Weights) -> Scheduler:
    return Scheduler(desired_retention=desired_retention, weights=weights)


def replay(engine: Engine, learners: tuple[LearnerInfo, ...], *, repair: bool) -> Replay:
    """Compare what is stored of some learners with what their logs tell.

    `repair`: also store what the logs tell, all of it in one transaction per learner.
    """
    found: list[Difference] = []
    number_of_cards = number_of_reviews = number_of_days = 0
    for learner in learners:
        deal(engine, learner)
        counted: dict[date, Tally] = {}
        shared: Counter[tuple[date, shares.Key, int]] = Counter()
        with engine.execution_options(writes=repair).begin() as connection:
            for card, expected, reviews in _told(connection, learner):
                number_of_cards += 1
                number_of_reviews += len(reviews)
                for review in reviews:
                    day = review.study_day
                    counted[day] = counted.get(day, Tally()) + one_answer(review)
                    for key, (answers, right) in shares.of_review(review).items():
                        shared[day, key, 0] += answers
                        shared[day, key, 1] += right
                different = tuple(_of_card(learner, card, expected))
                found += different
                if repair and different:
                    cards.store(connection, card, expected, learner=learner)
            stored = tally.tallies(connection, learner.id)
            for day in sorted({*stored, *counted}):
                number_of_days += 1
                was, told = stored.get(day, Tally()), counted.get(day, Tally())
                found += _of_day(learner, day, was, told)
                if repair and was != told:
                    tally.add(connection, learner.id, day, told + -was)
            held = shares.since(connection, learner.id, date.min)
            for day, key in sorted({*held, *((day, key) for day, key, _which in shared)}):
                had, tells = (
                    held.get((day, key), (0, 0)),
                    (shared[day, key, 0], shared[day, key, 1]),
                )
                if had != tells:
                    what = f"{day.isoformat()} {key[0]} {key[1]}"
                    found.append(Difference(learner.name, what, "share", had, tells))
                    if repair:
                        more = (tells[0] - had[0], tells[1] - had[1])
                        shares.add(connection, learner.id, day, {key: more})
    return Replay(len(learners), number_of_cards, number_of_reviews, number_of_days, tuple(found))


def _told(
    connection: Connection, learner: LearnerInfo
) -> Iterator[tuple[StoredCard, Memory, tuple[LoggedReview, ...]]]:
    """Yield each card, what its reviews make of it, and the reviews."""
    reset = cards.resets(connection, learner)
    weights = fits.weights_of(connection, learner.id)
    by_card = {
        card_id: tuple(reviews)
        for card_id, reviews in groupby(
            log.by_card(connection, learner.id), key=lambda review: review.card_id
        )
    }
    for card in cards.every(connection, learner):
        reviews = by_card.get(card.id, ())
        memory = replayed(
            reviews,
            card_key=learner.card_key(card.question_id),
            reset_at=reset.get(card.question_id),
            weights=weights,
        )
        yield card, memory, reviews


def _of_card(learner: LearnerInfo, card: StoredCard, expected: Memory) -> Iterator[Difference]:
    for each in fields(Memory):
        stored, told = getattr(card.memory, each.name), getattr(expected, each.name)
        if stored != told:
            yield Difference(learner.name, card.question_id, each.name, stored, told)
    queue = "retired" if card.queue == "retired" else standing_queue(expected, card.hold)
    if card.queue != queue:
        yield Difference(learner.name, card.question_id, "queue", card.queue, queue)
    place = place_of(
        expected,
        card_key=learner.card_key(card.question_id),
        teaching_order=card.teaching_order,
    )
    if card.place != place:
        yield Difference(learner.name, card.question_id, "place", card.place, place)


def _of_day(learner: LearnerInfo, day: date, stored: Tally, told: Tally) -> Iterator[Difference]:
    expected = asdict(told)
    for name, value in asdict(stored).items():
        if value != expected[name]:
            yield Difference(learner.name, day.isoformat(), name, value, expected[name])
