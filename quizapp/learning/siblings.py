"""Which questions ask for the same fact, so that one would answer the other."""

from __future__ import annotations

from questions.model import REVERSE


def siblings(question_id: str, kind: str) -> tuple[str, ...]:
    """Return the ids of the questions of the same fact, whether they exist or not.

    These are the two directions of a flashcard. The parts of a case are none: they share a
    passage, and whoever has read it goes on with it. Nor are two questions on one loss: what they
    ask differs, and the order of teaching and the shuffle of a day keep them apart.
    """
    if kind != "card":
        return ()
    front = question_id.removesuffix(f"/{REVERSE}")
    return (f"{front}/{REVERSE}",) if front == question_id else (front,)
