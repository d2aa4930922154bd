"""A learner's cards as a plan sees them: how well each is known and what it weighs in the exam."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from quizapp.history.answer_times import answer_times
from quizapp.history.card_arrays import CardArrays, card_arrays
from quizapp.history.learners import LearnerInfo
from quizapp.history.memory import State
from quizapp.learning.answering_habits import TYPICAL_SECONDS, ByGrade, Seconds
from quizapp.learning.exam_plan import Cards
from quizapp.learning.memory_kernel import Flags, Integers
from quizapp.learning.syllabus_weights import OTHER_TOPIC, SYLLABUS_WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamCards:
    """Cards for a plan, and which cards of the database they are."""

    cards: Cards
    ids: Integers
    in_learning: Flags  # these come at their moment, not by the plan
    seconds: Seconds  # how long this learner's answers take


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
    """Put the new cards in front, those that weigh most first, then by teaching order."""
    topics = np.concatenate([arrays.new_topics, arrays.seen_topics])
    by_topic = card_weights(arrays.topics, np.bincount(topics, minlength=len(arrays.topics)))
    new = np.lexsort((arrays.new_ids, arrays.new_places, -by_topic[arrays.new_topics]))
    unseen, seen = len(new), len(arrays.seen_ids)
    return ExamCards(
        cards=Cards(
            stability=np.concatenate([np.ones(unseen), arrays.stability]),
            difficulty=np.concatenate([np.ones(unseen), arrays.difficulty]),
            last_day=np.concatenate([np.zeros(unseen, dtype=np.int64), arrays.last_day]),
            unseen=np.arange(unseen + seen) < unseen,
            weight=by_topic[np.concatenate([arrays.new_topics[new], arrays.seen_topics])],
        ),
        ids=np.concatenate([arrays.new_ids[new], arrays.seen_ids]),
        in_learning=np.concatenate([np.zeros(unseen, dtype=np.bool_), arrays.in_learning]),
        seconds=seconds,
    )


def card_weights(
    topics: Sequence[str], cards: Integers
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what one card of each topic weighs: the topic's weight, shared among its cards."""
    weights = np.asarray([SYLLABUS_WEIGHTS.get(topic, OTHER_TOPIC) for topic in topics])
    shared: np.ndarray[tuple[int], np.dtype[np.float64]] = weights / np.maximum(cards, 1)
    return shared


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
