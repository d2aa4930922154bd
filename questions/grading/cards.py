"""Flashcards: the learner says how well the back was remembered."""

from __future__ import annotations

import unicodedata

from losses.text import Text
from questions.grading.unreadable import unreadable
from questions.model import CardQuestion
from questions.variant import Variant
from questions.verdict import Grade, Verdict

GRADES: dict[str, Grade] = {"1": "again", "2": "hard", "3": "good", "4": "easy"}

_UNCLEAR = Text(
    "1（思い出せなかった）から4（易しかった）で答える。",
    "Answer from 1 (not remembered) to 4 (easily remembered).",
)
_SAYS: dict[Grade, Text] = {
    "again": Text("思い出せなかった。", "Not remembered."),
    "hard": Text("思い出すのが難しかった。", "Remembered, but it was hard."),
    "good": Text("思い出せた。", "Remembered."),
    "easy": Text("すぐに思い出せた。", "Remembered at once."),
}


def grade_card(variant: Variant, raw: str) -> Verdict:
    """Take the learner's own grade, 1 to 4 in any width; anything else is unreadable.

    From 2 on it counts as right. Raises TypeError when the variant is not one of a flashcard.
    """
    if not isinstance(variant.question, CardQuestion):
        raise TypeError(f"{variant.question_id} is not a flashcard")
    grade = GRADES.get(unicodedata.normalize("NFKC", raw).strip())
    if grade is None:
        return unreadable(raw, _UNCLEAR)
    remembered = grade != "again"
    return Verdict(
        outcome="correct" if remembered else "wrong",
        score=1.0 if remembered else 0.0,
        raw=raw,
        message=_SAYS[grade],
        expected=variant.back,
        self_grade=grade,
        explanation=variant.explanation,
        source=variant.question.source,
    )
