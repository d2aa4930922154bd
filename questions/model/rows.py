"""Kinds with several places to be filled, each with one of several options."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from questions.model.base import Frozen, Prose, QuestionBase
from questions.model.options import Option


class OrderItem(Frozen):
    """One of the things to be put in order, and why it comes where it does."""

    text: Prose
    reason: Prose


class OrderQuestion(QuestionBase):
    """Things to be put in order: the author writes them in the right one.

    They are shown in another order, which the seed draws. Score: 1 − m / (n − 1), where m of the
    n things have to be moved to get the right order (the others are a longest common subsequence
    of both orders): 1 for the right order, 0 for the reverse one alone.
    """

    kind: Literal["order"]
    items: tuple[OrderItem, ...] = Field(min_length=3, max_length=9)


class Pair(Frozen):
    """A left side, the right side that belongs to it, and why."""

    left: Prose
    right: Prose
    reason: Prose


class Decoy(Frozen):
    """A right side that belongs to no left side, and why not."""

    text: Prose
    reason: Prose


class MatchQuestion(QuestionBase):
    """Left sides, to each of which a right side is to be found.

    A right side can be used once, or with `reuse` for several left sides. Right sides with the
    same text are the same answer: with `reuse` the text is shown once, otherwise each may stand
    for the other. Score: the share of left sides with a right answer; nothing is taken off for
    wrong ones.
    """

    kind: Literal["match"]
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=8)
    extra: tuple[Decoy, ...] = ()
    reuse: bool = False


class Gap(Frozen):
    """The options of one gap."""

    options: tuple[Option, ...] = Field(min_length=2, max_length=9)

    @model_validator(mode="after")
    def _one_right(self) -> Gap:
        right = sum(option.right for option in self.options)
        if right != 1:
            raise PydanticCustomError(
                "one_right_option",
                "exactly one option must be right, not {right}",
                {"right": right},
            )
        return self


class Combination(Frozen):
    """One value for every gap, and why they are right or wrong together."""

    values: dict[str, Prose]
    reason: Prose
    right: bool = False


class BlankQuestion(QuestionBase):
    """A passage, which is the stem, with gaps written as `[[ア]]`.

    Either every gap has options of its own (`gaps`), or one of several `combinations` fills all
    gaps at once and is chosen like an option. Score: the share of gaps that are filled rightly,
    nothing taken off for wrong ones; of combinations, 1 or 0.
    """

    kind: Literal["blank"]
    gaps: dict[str, Gap] = Field(default={}, max_length=9)
    combinations: tuple[Combination, ...] = Field(default=(), max_length=9)

    @model_validator(mode="after")
    def _one_way_to_fill(self) -> BlankQuestion:
        if bool(self.gaps) == bool(self.combinations):
            raise PydanticCustomError(
                "gaps_or_combinations", "either gaps or combinations must be given", {}
            )
        right = sum(combination.right for combination in self.combinations)
        if self.combinations and (right != 1 or len(self.combinations) < 2):
            raise PydanticCustomError(
                "one_right_combination",
                "exactly one combination must be right, not {right}, and one wrong",
                {"right": right},
            )
        return self


# The questions with rows to be filled; a blank with combinations has options instead.
RowQuestion = OrderQuestion | MatchQuestion | BlankQuestion
