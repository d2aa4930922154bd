"""Kinds whose key PyTorch computes on the numbers shown."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from questions.model.base import Frozen, QuestionBase
from questions.model.samplers import Sampler

# "$pred" stands for the given of that name; anything else is taken literally.
Input = float | int | bool | str | tuple[float, ...] | tuple[tuple[float, ...], ...]


class Computation(Frozen):
    """What is computed: a loss of the catalogue on givens and constants."""

    loss: str
    inputs: dict[str, Input]


class Tolerance(Frozen):
    """When a typed number counts as the right one.

    By default |s − t| ≤ 0.51·10^(−decimals); with `atol` or `rtol`, |s − t| ≤ atol + rtol·|t|.
    """

    decimals: int = Field(default=3, ge=0, le=8)
    atol: float | None = Field(default=None, ge=0)
    rtol: float | None = Field(default=None, ge=0)


class _Computed(QuestionBase):
    """What every question has whose key is what a loss returns on the numbers shown.

    With `percent` the value is asked for in percent: 25 and 25% are read as 25, and the tolerance
    is one of percentage points.
    """

    given: dict[str, Sampler]
    compute: Computation
    tolerance: Tolerance = Tolerance()
    percent: bool = False
    mistakes: tuple[str, ...] | None = None  # None: all that the catalogue knows of the loss


class NumericQuestion(_Computed):
    """A number to be computed and typed."""

    kind: Literal["numeric"]


class CalculatedChoiceQuestion(_Computed):
    """A number to be computed and found among four: the right one and three of known mistakes.

    All are shown with the decimals of the tolerance. `mistakes` are those that may be used; which
    three are, and the order of the options, comes from the seed.
    """

    kind: Literal["calculated_choice"]


# The questions whose key is computed.
ComputedQuestion = NumericQuestion | CalculatedChoiceQuestion
