"""Kinds whose key PyTorch computes on the numbers shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from questions.model.base import Frozen, Prose, QuestionBase
from questions.model.samplers import Sampler

# "$pred" stands for the given of that name; anything else is taken literally.
Input = float | int | bool | str | tuple[float, ...] | tuple[tuple[float, ...], ...]


class Gradient(Frozen):
    """A component of the gradient of a loss.

    `of` is an argument of the loss, `at` the place in it, counted from 0: [1] in a vector, [0, 1]
    in a matrix, none in a lone number.
    """

    of: str
    at: tuple[Annotated[int, Field(ge=0)], ...] = ()


class Computation(Frozen):
    """What is computed: a loss of the catalogue on givens and constants, or its gradient."""

    loss: str
    inputs: dict[str, Input]
    gradient: Gradient | None = None


class Part(Computation):
    """A value of an expression; `name` is what the worked steps call it."""

    name: Prose | None = None


class Expression(Frozen):
    """What is computed from several values: "a / b", where a and b are names of `parts`.

    The grammar is that of typed answers (`questions.answer`).
    """

    expression: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)
    ]
    parts: dict[str, Part] = Field(min_length=1, max_length=6)


def _form(compute: object) -> str:
    written = compute if isinstance(compute, Mapping) else ()
    several = isinstance(compute, Expression) or "expression" in written or "parts" in written
    return "of several values" if several else "of one loss"


# The tags are no keys of a pack file: a path in a message skips them.
Compute = Annotated[
    Annotated[Computation, Tag("of one loss")] | Annotated[Expression, Tag("of several values")],
    Discriminator(_form),
]


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
    compute: Compute
    tolerance: Tolerance = Tolerance()
    percent: bool = False  # asked for in percent: the value of the loss times 100
    # Ids of `questions.known_mistakes`; None: all that are known of what is computed.
    mistakes: tuple[str, ...] | None = None


class NumericQuestion(_Computed):
    """A number to be computed and typed."""

    kind: Literal["numeric"]


class CalculatedChoiceQuestion(_Computed):
    """A number to be computed and found among four: the right one and three of known mistakes.

    All are shown with the decimals of the tolerance. `mistakes` are those that may be used; which
    three are, and the order of the options, comes from the seed.
    """

    kind: Literal["calculated_choice"]


class Side(Frozen):
    """One of the values that are compared: how it is offered, and what gives it."""

    text: Prose
    compute: Compute


class CompareQuestion(QuestionBase):
    """Which of several values is the larger (or smaller) one; PyTorch computes them.

    Numbers are drawn until the right side differs from every other one by `margin` of the larger
    of the two, and as they are written with `decimals`. With `equal` there is one more option,
    that all are the same, and draws on which they are have it as the key. Which side is right is
    what the seed wishes for, as far as the numbers allow.
    """

    kind: Literal["compare"]
    given: dict[str, Sampler]
    sides: tuple[Side, ...] = Field(min_length=2, max_length=4)
    ask: Literal["larger", "smaller"] = "larger"
    equal: bool = False
    margin: float = Field(default=0.05, gt=0, lt=1)
    decimals: int = Field(default=3, ge=0, le=8)


# The questions with one value as their key.
ValuedQuestion = NumericQuestion | CalculatedChoiceQuestion
# The questions whose key is computed.
ComputedQuestion = NumericQuestion | CalculatedChoiceQuestion | CompareQuestion
