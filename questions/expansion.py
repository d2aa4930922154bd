"""What a pack comes to once it is installed: every question that can be asked on its own.

A case comes to its parts, each of which carries the passage; a flashcard with both directions
comes to two cards. What an author wrote as one thing stays together in the order of the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from questions.model import REVERSE, CardQuestion, CaseQuestion, Question, WrittenQuestion


@dataclass(frozen=True, slots=True)
class AskableQuestion:
    """A question as it is stored. Its id in the bank is "pack/" and the path."""

    path: str  # "question", "case/part", "card/back"
    question: Question


def askable(written: Iterable[WrittenQuestion]) -> Iterator[AskableQuestion]:
    """Yield the questions that can be asked, in the order of the pack."""
    for each in written:
        yield from parts(each)


def parts(written: WrittenQuestion) -> tuple[AskableQuestion, ...]:
    """Return what one entry of a pack comes to; most come to themselves."""
    match written:
        case CaseQuestion():
            return tuple(
                AskableQuestion(f"{written.id}/{part.path}", part.question)
                for question in written.questions
                for part in parts(question.model_copy(update={"passage": written.passage}))
            )
        case CardQuestion(both=True):
            front = written.model_copy(update={"both": False})
            # Hints are about the back: they would be the answer here.
            back = front.model_copy(
                update={"stem": written.back, "back": written.stem, "hints": ()}
            )
            return (
                AskableQuestion(written.id, front),
                AskableQuestion(f"{written.id}/{REVERSE}", back),
            )
        case _:
            return (AskableQuestion(written.id, written),)
