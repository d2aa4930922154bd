"""A learner's cards as a plan sees them: how well each is known and what it weighs in the exam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from quizapp.history import fits
from quizapp.history.answer_times import answer_times
from quizapp.history.card_arrays import CardArrays, card_arrays
from quizapp.history.learners import LearnerInfo
from quizapp.history.memory import State
from quizapp.learning.answering_habits import TYPICAL_SECONDS, ByGrade, Seconds
from quizapp.learning.exam_plan import Cards
from quizapp.learning.memory_kernel import Flags, Integers, MemoryModel
from quizapp.learning.syllabus_weights import OTHER_TOPIC, SYLLABUS_WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamCards:
    """Cards for a plan, and which cards of the database they are.

    The new ones are in front: those of the first of `new_topics`, by teaching order, then those
    of the next.
    """

    cards: Cards
    new_topics: tuple[tuple[str, int], ...]  # topic, number of new cards
    seen_ids: Integers  # of the cards behind the new ones
    in_learning: Flags  # of all: these come at their moment, not by the plan
    seconds: Seconds  # how long this learner's answers take

    @property
    def unseen(self) -> int:
        """How many cards are new."""
        return len(self.cards) - len(self.seen_ids)


def exam_cards(
    connection: Connection,
    learner: LearnerInfo,
    *,
    topic: str | None = None,
    kind: str | None = None,
) -> ExamCards:
    """Read a learner's cards, all or those of a topic and kind."""
    arrays = card_arrays(connection, learner.id, topic=topic, kind=kind)
    times = answer_times(connection, learner.id)
    return _assembled(arrays, own_seconds(times))


def _assembled(arrays: CardArrays, seconds: Seconds) -> ExamCards:
    """Put the new cards in front, those first whose topic weighs most for each of its cards."""
    seen_of = np.bincount(arrays.topic, minlength=len(arrays.topics)).tolist()
    weights = card_weights(
        Counter(arrays.new) + Counter(dict(zip(arrays.topics, seen_of, strict=True)))
    )
    new = tuple(sorted(arrays.new.items(), key=lambda each: (-weights[each[0]], each[0])))
    unseen, seen = sum(arrays.new.values()), len(arrays.ids)
    weight_of_new = np.repeat(
        np.asarray([weights[topic] for topic, _count in new], dtype=np.float64),
        [count for _topic, count in new],
    )
    weight_of_seen = np.asarray([weights[topic] for topic in arrays.topics], dtype=np.float64)
    return ExamCards(
        cards=Cards(
            stability=np.concatenate([np.ones(unseen), arrays.stability]),
            difficulty=np.concatenate([np.ones(unseen), arrays.difficulty]),
            last_day=np.concatenate([np.zeros(unseen, dtype=np.int64), arrays.last_day]),
            unseen=np.arange(unseen + seen) < unseen,
            weight=np.concatenate([weight_of_new, weight_of_seen[arrays.topic]]),
        ),
        new_topics=new,
        seen_ids=arrays.ids,
        in_learning=np.concatenate([np.zeros(unseen, dtype=np.bool_), arrays.in_learning]),
        seconds=seconds,
    )


def memory_model(connection: Connection, learner: LearnerInfo) -> MemoryModel:
    """Return how the learner remembers: by the weights that schedule their cards."""
    fit = fits.in_use(connection, learner.id)
    return MemoryModel(fit.weights) if fit else MemoryModel()


def card_weights(cards: Mapping[str, int]) -> Mapping[str, float]:
    """Return what one card of each topic weighs: the topic's weight, shared among its cards."""
    return {
        topic: SYLLABUS_WEIGHTS.get(topic, OTHER_TOPIC) / count
        for topic, count in cards.items()
        if count
    }


def own_seconds(times: Mapping[tuple[State, bool], float]) -> Seconds:
    """Return how long a learner's answers take; typical times where there are too few."""

    def by_grade(state: State, typical: ByGrade) -> ByGrade:
        wrong = times.get((state, False), typical[0])
        right = times.get((state, True))
        return (wrong, *typical[1:]) if right is None else (wrong, right, right, right)

    return Seconds(
        first=by_grade("new", TYPICAL_SECONDS.first),
        review=by_grade("review", TYPICAL_SECONDS.review),
        again=by_grade("relearning", TYPICAL_SECONDS.again),
    )
