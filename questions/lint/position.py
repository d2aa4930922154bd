"""Whether the place of the right answer can be guessed.

Options of choice, multiple and pick questions are shuffled by the seed, so their order in the file
gives nothing away and is not looked at. What is shown in a fixed order is: the two judgements of a
true/false question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from losses.text import Text
from questions.lint.rule import Item
from questions.model import TrueFalseQuestion
from questions.packfile.complaint import Complaint

# With four options, 30 % in one place instead of 25 %; the same 1.2 times for any number.
_MOST_TIMES_FAIR = 1.2
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
