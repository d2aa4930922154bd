"""Whether the right option can be guessed from its length, in one question or over a pack."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from statistics import mean

from losses.text import Text
from questions.guessing import alone_at_an_end
from questions.lint.rule import Item
from questions.model import ChoiceQuestion, MultipleQuestion, Question
from questions.packfile.complaint import Complaint

_RATIO = 1.6  # of the key to the mean of the others
_LEAST_CELLS = 24  # a shorter key is a term: its length is no choice of the author's

# Of a pack: with four options 8 % and 45 % instead of 25 %; the same times for any number.
_LEAST_TIMES_FAIR = 0.32
_MOST_TIMES_FAIR = 1.8
_FEWEST = 30  # choice questions; of fewer, the share says nothing


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


def length_rank_complaints(items: Sequence[Item]) -> Iterator[Complaint]:
    """Yield a complaint where the keys of a pack avoid or seek the longest or shortest option.

    An author who fears long keys makes the longest option one to be crossed out unread.
    """
    asked = [item.question for item in items if isinstance(item.question, ChoiceQuestion)]
    if len(asked) < _FEWEST:
        return
    fair = mean(1 / len(question.options) for question in asked)
    ends = (("長い", "longest"), ("短い", "shortest"))
    for (ja, en), (right, count) in zip(ends, alone_at_an_end(asked, length=_cells), strict=True):
        if count == 0:
            continue
        share = right / count
        chance = 2 * math.sqrt(fair * (1 - fair) / count)  # as far as chance may well lead
        if share < min(_LEAST_TIMES_FAIR * fair, fair - chance):
            ja_hint = f"正解が最も{ja}問題も混ぜ、{fair:.0%}に近づける。"
            en_hint = f"Let the key be the {en} in some, until about {fair:.0%} are."
        elif share > max(_MOST_TIMES_FAIR * fair, fair + chance):
            ja_hint = f"誤りの選択肢が最も{ja}問題も混ぜ、{fair:.0%}に近づける。"
            en_hint = f"Let a wrong option be the {en} in some, until about {fair:.0%} are."
        else:
            continue
        yield Complaint(
            ("questions",),
            Text(
                f"最も{ja}選択肢が1つに決まる{count}問のうち、それが正解なのは{right}問（{share:.0%}）である。",
                f"Of {count} questions in which one option is the {en}, it is the key in {right}"
                f" ({share:.0%}).",
            ),
            Text(ja_hint, en_hint),
            at_key=True,
            code="Q108",
        )


def _cells(text: str) -> int:
    """Return how wide a text looks: Japanese characters count two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
