"""How much of the exam rests on each topic.

JDLA publishes no weights. These are the numbers of questions that the blueprint of the loss bank
gives to each item of the syllabus 2024 (v1.4), 190 in all; an item that stands for two topics is
halved. What the exam does not ask for weighs nothing in a forecast (`weight_of`); a plan, which
must put everything in some order, has `SYLLABUS_WEIGHTS` and `OTHER_TOPIC`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

QUESTIONS_BY_TOPIC: Final[Mapping[str, float]] = {
    "13a": 15,
    "13b": 24,
    "13c": 27,
    "13d": 15,
    "13e": 21,
    "7": 8,
    "10": 12,
    "12": 8,
    "14": 6,
    "15": 3,  # 15 and 16: 6
    "16": 3,
    "24": 6,
    "26": 8,
    "27": 2.5,  # 27 and 28: 5
    "28": 2.5,
    "29": 4,
    "30": 8,
    "31": 2.5,  # 31 and 32: 5
    "32": 2.5,
    "34": 2,
    "37": 10,
}
# The exam does not ask for `beyond`: whoever has the time comes to it last.
SYLLABUS_WEIGHTS: Final[Mapping[str, float]] = {**QUESTIONS_BY_TOPIC, "beyond": 1}
OTHER_TOPIC: Final = 4.0  # a topic that is not listed counts as a small item

_TOTAL: Final = sum(QUESTIONS_BY_TOPIC.values())


def weight_of(topic: str) -> float:
    """Return a topic's share of the exam, 0 … 1.

    A topic that is not asked in the exam weighs nothing; answers to it still say something of the
    learner.
    """
    return QUESTIONS_BY_TOPIC.get(topic, 0.0) / _TOTAL


def weights_of(topics: Iterable[str]) -> dict[str, float]:
    """Return the weights of some topics, scaled to sum to 1; all equal where none is asked."""
    weights = {topic: weight_of(topic) for topic in topics}
    total = sum(weights.values())
    if total == 0:
        return dict.fromkeys(weights, 1 / len(weights)) if weights else {}
    return {topic: weight / total for topic, weight in weights.items()}
