"""In which order questions that were never seen are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from questions.model import Question

_RANK = {"basic": 0, "standard": 1, "advanced": 2}
_SPREAD = 1_000_000_000


def teaching_order(questions: Sequence[Question]) -> tuple[int, ...]:
    """Return each question's place: easier ones first, the kinds evenly mixed.

    Within a difficulty the n questions of a kind stand at (i + ½)/n of the way, in the order of
    the pack; so 10 choice and 5 numeric questions come as two, one, two, one …, and two packs
    studied side by side mix in the same way.
    """
    groups = Counter((question.difficulty, question.kind) for question in questions)
    met: Counter[tuple[str, str]] = Counter()
    places = []
    for question in questions:
        group = (question.difficulty, question.kind)
        share = (2 * met[group] + 1) * _SPREAD // (2 * groups[group])
        places.append(_RANK[question.difficulty] * _SPREAD + share)
        met[group] += 1
    return tuple(places)
