"""Kinds about words: a term to be typed, and a flashcard."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from questions.model.base import LONGEST_PATH, Frozen, Prose, QuestionBase

REVERSE = "back"  # of a card with both directions, the one that begins with the back


class TermAnswer(Frozen):
    """The terms that are right: those that the author lists, those of a loss, or both.

    The first of `accept` is the one that is shown as the answer; without any, the name of the loss
    in the language of the question.
    """

    loss: str | None = None  # an id of `losses.CATALOG`: its names, aliases and PyTorch's name
    accept: tuple[Prose, ...] = ()

    @model_validator(mode="after")
    def _some_answer(self) -> TermAnswer:
        if self.loss is None and not self.accept:
            raise PydanticCustomError("no_term", "either loss or accept is needed")
        return self


class RejectedTerm(Frozen):
    """A word that is often taken for the right term, and why it is not."""

    text: Prose
    reason: Prose


class TermQuestion(QuestionBase):
    """A term to be typed.

    Compared are normal forms (`questions.terms.normal`): width, case, kana, spaces, hyphens and
    long vowels make no difference. With a loss, the words that the catalogue rejects for it are
    rejected here too.
    """

    kind: Literal["term"]
    answer: TermAnswer
    rejected: tuple[RejectedTerm, ...] = ()


class CardQuestion(QuestionBase):
    """A flashcard: the stem is its front. The learner says how well the back was remembered.

    `both`: there are two cards, each with its own schedule; the other one begins with the back.
    """

    kind: Literal["card"]
    back: Prose
    both: bool = False
    explanation: str = Field(default="", max_length=20_000)

    @model_validator(mode="after")
    def _room_for_the_other(self) -> CardQuestion:
        most = LONGEST_PATH - len(REVERSE) - 1
        if self.both and len(self.id) > most:
            raise PydanticCustomError("id_too_long", "at most {most} characters", {"most": most})
        return self
