"""Whether the right option can be guessed from its length."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from statistics import mean

from losses.text import Text
from questions.model import ChoiceQuestion, MultipleQuestion, Question
from questions.packfile.complaint import Complaint

_RATIO = 1.6  # of the key to the mean of the others
_LEAST_CELLS = 24  # a shorter key is a term: its length is no choice of the author's


def length_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint where the only right option is by far the longest."""
    if not isinstance(question, ChoiceQuestion | MultipleQuestion):
        return
    lengths = [_cells(option.text) for option in question.options]
    right = [place for place, option in enumerate(question.options) if option.right]
    wrong = [length for place, length in enumerate(lengths) if place not in right]
    if not wrong or min(lengths[place] for place in right) <= max(wrong):
        return
    key = mean(lengths[place] for place in right)
    ratio = key / max(mean(wrong), 1)
    if ratio > _RATIO and key >= _LEAST_CELLS:
        yield Complaint(
            ("options", right[0], "text"),
            Text(
                f"正解が最も長く、ほかの平均の{ratio:.1f}倍ある。",
                f"The key is the longest option: {ratio:.1f} times the mean of the others.",
            ),
            Text(
                f"正解を短くするか、ほかを同じくらい詳しく書く（{_RATIO}倍以下）。",
                f"Shorten it, or write the others in as much detail (at most {_RATIO} times).",
            ),
            code="Q102",
        )


def _cells(text: str) -> int:
    """Return how wide a text looks: Japanese characters count two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
