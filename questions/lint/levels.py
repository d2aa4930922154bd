"""How much of a pack only asks what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from losses.text import Text
from questions.lint.rule import Item
from questions.packfile.complaint import Complaint

_MOST = 0.3
_FEWEST = 10  # questions; of fewer, the share says nothing


def level_complaints(items: Sequence[Item]) -> Iterator[Complaint]:
    """Yield a complaint where more than three in ten questions are of level recall.

    Flashcards are not counted: they are there to be remembered.
    """
    items = [item for item in items if item.question.kind != "card"]
    recalled = [item for item in items if item.question.level == "recall"]
    share = len(recalled) / len(items) if items else 0.0
    if len(items) >= _FEWEST and share > _MOST:
        yield Complaint(
            ("questions",),
            Text(
                f"{len(items)}問のうち{len(recalled)}問（{share:.0%}）がlevel: recallである。",
                f"{len(recalled)} of {len(items)} questions ({share:.0%}) are of level recall.",
            ),
            Text(
                f"{_MOST:.0%}以下になるように、理解や応用を問う問題を加える。",
                f"Add questions that ask for understanding or use, until at most {_MOST:.0%} are.",
            ),
            at_key=True,
            code="Q401",
        )
