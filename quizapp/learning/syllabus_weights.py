"""How much each topic counts in a loss exam: its share of the questions.

JDLA publishes no weights. These are the numbers of questions by syllabus item of the blueprint of
a bank of 190 questions about losses, which follows the items of the syllabus 2024 (v1.4) that
losses touch. Items that the blueprint counts together share their number equally.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

QUESTIONS_BY_TOPIC: Mapping[str, float] = MappingProxyType(
    {
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
)


def weight_of(topic: str) -> float:
    """Return a topic's share of the exam, 0 … 1.

    A topic that is not in the table weighs nothing, such as `beyond`: what the syllabus does not
    name is not asked in the exam. Answers to it still say something of the learner.
    """
    return _SHARES.get(topic, 0.0)


def weights_of(topics: Iterable[str]) -> dict[str, float]:
    """Return the weights of some topics, scaled to sum to 1; all equal where none is asked."""
    weights = {topic: weight_of(topic) for topic in topics}
    total = sum(weights.values())
    if total == 0:
        return dict.fromkeys(weights, 1 / len(weights)) if weights else {}
    return {topic: weight / total for topic, weight in weights.items()}


_TOTAL = sum(QUESTIONS_BY_TOPIC.values())
_SHARES = {topic: number / _TOTAL for topic, number in QUESTIONS_BY_TOPIC.items()}
