"""In which order questions that were never seen are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from questions.expansion import parts
from questions.model import CaseQuestion, WrittenQuestion

_RANK = {"basic": 0, "standard": 1, "advanced": 2}
_SPREAD = 1_000_000_000


def teaching_order(
    questions: Sequence[WrittenQuestion], *, supplement: bool = False
) -> tuple[int, ...]:
    """Return the place of each question that can be asked: easier ones first, the kinds mixed.

    Within a difficulty the n questions of a kind stand at (i + ½)/n of the way, in the order of
    the pack; so 10 choice and 5 numeric questions come as two, one, two, one …, and two packs
    studied side by side mix in the same way. The parts of a case follow each other, at the place
    that the first one has. The other direction of a flashcard comes one difficulty later, so that
    the two do not answer each other. The questions of a supplement come after those of all packs
    that are none.
    """
    groups = Counter(map(_group, questions))
    met: Counter[tuple[str, str]] = Counter()
    places: list[int] = []
    for question in questions:
        group = difficulty, _kind = _group(question)
        share = (2 * met[group] + 1) * _SPREAD // (2 * groups[group])
        rank = _RANK[difficulty] + (len(_RANK) + 1 if supplement else 0)
        met[group] += 1
        together = isinstance(question, CaseQuestion)
        places += (
            rank * _SPREAD + share + nth * (1 if together else _SPREAD)
            for nth, _part in enumerate(parts(question))
        )
    return tuple(places)


def _group(question: WrittenQuestion) -> tuple[str, str]:
    first = question.questions[0] if isinstance(question, CaseQuestion) else question
    return first.difficulty, question.kind
