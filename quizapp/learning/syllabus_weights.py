"""How much of the exam rests on each topic.

JDLA publishes no weights. These are the numbers of questions that the blueprint of the loss bank
gives to each item of the syllabus (190 in all); an item that stands for two topics is halved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SYLLABUS_WEIGHTS: Final[Mapping[str, float]] = {
    "13a": 15,
    "13b": 24,
    "13c": 27,
    "13d": 15,
    "13e": 21,
    "7": 8,
    "10": 12,
    "12": 8,
    "14": 6,
    "15": 3,
    "16": 3,
    "24": 6,
    "26": 8,
    "27": 2.5,
    "28": 2.5,
    "29": 4,
    "30": 8,
    "31": 2.5,
    "32": 2.5,
    "34": 2,
    "37": 10,
    # The exam does not ask for it: whoever has the time comes to it last.
    "beyond": 1,
}
OTHER_TOPIC: Final = 4.0  # a topic that is not listed counts as a small item
