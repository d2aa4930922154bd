"""Cards that are forgotten again and again: more repetition alone will not help."""

from __future__ import annotations

from typing import Final

from questions.model import (
    CalculatedChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    Computation,
    Expression,
    NumericQuestion,
    PickQuestion,
    Question,
)

LAPSES: Final = 8  # after which a card is a leech
_AGAIN: Final = LAPSES // 2  # further ones after which it is said again


def is_leech(lapses: int) -> bool:
    """Whether a card with so many lapses is a leech. It stays in use: what to do is suggested."""
    return lapses >= LAPSES


def worth_saying(lapses: int) -> bool:
    """Whether the latest of so many lapses is one to be told of: the 8th, 12th, 16th ..."""
    return is_leech(lapses) and (lapses - LAPSES) % _AGAIN == 0


def to_read(question: Question) -> str | None:
    """Return the id of the loss whose entry in the catalogue is worth reading; None for none.

    That is the loss that was to be computed, the first one of several, or the one to be picked.
    """
    match question:
        case PickQuestion(answer=loss):
            return loss
        case CompareQuestion(sides=(first, *_others)):
            return _computed(first.compute)
        case NumericQuestion() | CalculatedChoiceQuestion() | CodeQuestion():
            return _computed(question.compute)
        case _:
            return None


def _computed(compute: Computation | Expression) -> str:
    if isinstance(compute, Expression):
        return next(iter(compute.parts.values())).loss
    return compute.loss
