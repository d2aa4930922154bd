"""Kinds with options to choose from, which the author or the catalogue gives."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from questions.model.base import Frozen, Prose, QuestionBase


class Option(Frozen):
    """One option of a choice question, and why it is right or wrong."""

    text: Prose
    reason: Prose
    right: bool = False


class ChoiceQuestion(QuestionBase):
    """One best answer among several options (`negative`: the least suitable one)."""

    kind: Literal["choice"]
    negative: bool = False
    options: tuple[Option, ...] = Field(min_length=2, max_length=9)

    @model_validator(mode="after")
    def _one_right(self) -> ChoiceQuestion:
        right = sum(option.right for option in self.options)
        if right != 1:
            raise PydanticCustomError(
                "one_right_option",
                "exactly one option must be right, not {right}",
                {"right": right},
            )
        return self


class MultipleQuestion(QuestionBase):
    """Several right answers among the options, all of which are to be found.

    Score: max(0, (right ones chosen − wrong ones chosen) / number of right ones).
    """

    kind: Literal["multiple"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=9)

    @model_validator(mode="after")
    def _several_right(self) -> MultipleQuestion:
        right = sum(option.right for option in self.options)
        if not 2 <= right < len(self.options):
            raise PydanticCustomError(
                "several_right_options",
                "at least two options must be right and one wrong, not {right} right",
                {"right": right},
            )
        return self


class TrueFalseQuestion(QuestionBase):
    """A statement, which is the stem, to be judged right or wrong."""

    kind: Literal["true_false"]
    answer: bool  # whether the statement is true
    right_reason: Prose  # shown with the judgement that is right
    wrong_reason: Prose  # shown with the other one: what misleads to it


class Distractor(Frozen):
    """A loss that does not fit the scenario of a pick question, and why not."""

    loss: str  # an id of `losses.CATALOG`
    reason: Prose


class PickQuestion(QuestionBase):
    """A scenario, for which one loss of the catalogue is picked out of four.

    Shown are the answer and three distractors: the author's, and, where these are fewer, some
    that are drawn from the neighbours of the answer in the catalogue, which then also gives the
    reasons. What `also_right` names would fit the scenario too and is never drawn.
    """

    kind: Literal["pick"]
    answer: str  # an id of `losses.CATALOG`, like the two below
    reason: Prose | None = None  # why the answer fits; None: what the catalogue says of its use
    also_right: tuple[str, ...] = ()
    distractors: tuple[Distractor, ...] = ()
