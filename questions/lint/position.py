"""Whether the place of the right answer can be guessed.

Options of choice, multiple and pick questions are shuffled by the seed, so their order in the file
gives nothing away and is not looked at. What has an order of its own is: the two judgements of a
true/false question, and the options of a calculated choice by their size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from losses.text import Text
from questions.lint.rule import Item
from questions.model import TrueFalseQuestion
from questions.packfile.complaint import Complaint

# With four options, 30 % in one place instead of 25 %; the same 1.2 times for any number.
_MOST_TIMES_FAIR = 1.2
_FEWEST_VARIANTS = 200  # of calculated choices; of fewer, 30 % is chance
_FEWEST = 12  # questions; fewer are unbalanced by chance


def position_complaints(items: Sequence[Item]) -> Iterator[Complaint]:
    """Yield a complaint where the keys of questions in a fixed order gather in one place."""
    judged = [item for item in items if isinstance(item.question, TrueFalseQuestion)]
    if len(judged) < _FEWEST:
        return
    for answer, ja, en in ((True, "正しい", "true"), (False, "誤り", "false")):
        these = [
            item
            for item in judged
            if isinstance(item.question, TrueFalseQuestion) and item.question.answer is answer
        ]
        share = len(these) / len(judged)
        if share > _MOST_TIMES_FAIR / 2:
            yield Complaint(
                (*these[0].base, "answer"),
                Text(
                    f"正誤問題{len(judged)}問のうち{len(these)}問（{share:.0%}）の正解が「{ja}」である。",
                    f"{len(these)} of {len(judged)} statements ({share:.0%}) are {en}.",
                ),
                Text(
                    f"「{ja}」が{_MOST_TIMES_FAIR / 2:.0%}以下になるように、文をいくつか書き換える。",
                    f"Turn some statements round until at most {_MOST_TIMES_FAIR / 2:.0%} are.",
                ),
                code="Q101",
            )


def rank_complaints(ranked: Sequence[tuple[Item, Sequence[int]]]) -> Iterator[Complaint]:
    """Yield a complaint where the keys of the calculated choices of a pack are of one rank.

    With each item: how often its key was the smallest option, the second smallest …
    """
    totals = [sum(counts) for counts in zip(*(ranks for _, ranks in ranked), strict=True)]
    variants = sum(totals)
    if variants < _FEWEST_VARIANTS:
        return
    most = max(totals)
    rank, share, limit = totals.index(most), most / variants, _MOST_TIMES_FAIR / len(totals)
    # The seeds are a sample: complain only of what another sample would show too.
    if share > limit + 2 * math.sqrt(limit * (1 - limit) / variants):
        worst = max(ranked, key=lambda each: each[1][rank])[0]
        yield Complaint(
            (
                *worst.base,
                "mistakes" if worst.question.model_fields_set >= {"mistakes"} else "kind",
            ),
            Text(
                f"計算選択問題の{share:.0%}で、正解が小さいほうから{rank + 1}番目の選択肢になる。",
                f"In {share:.0%} of the calculated choices the key is number {rank + 1} by size.",
            ),
            Text(
                f"正解より大きい値や小さい値になる誤りをmistakesに加え、{limit:.0%}以下にする。",
                f"Add mistakes that give larger or smaller values, until at most {limit:.0%} are.",
            ),
            code="Q101",
        )
