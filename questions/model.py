"""The kinds of question, as an author writes them."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Difficulty = Literal["basic", "standard", "advanced"]
Level = Literal["recall", "understand", "apply", "analyse"]
Scope = Literal["exam", "beyond"]


class Frozen(BaseModel):
    """A value of a pack: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class _Sampler(Frozen):
    """How one given of a stem is drawn. `size`: none for a number, n, or [rows, columns]."""

    size: int | tuple[int, int] | None = None


class Uniform(_Sampler):
    """Numbers in [low, high], rounded to `decimals` places."""

    sample: Literal["uniform"]
    low: float
    high: float
    decimals: int = Field(default=1, ge=0, le=6)


class Integer(_Sampler):
    """Whole numbers in [low, high]."""

    sample: Literal["integer"]
    low: int
    high: int


class Choice(_Sampler):
    """One of these numbers."""

    sample: Literal["choice"]
    among: tuple[float, ...] = Field(min_length=1)


class Probs(_Sampler):
    """A probability vector (or one a row) that adds up to 1 exactly as shown."""

    sample: Literal["probs"]
    size: int | tuple[int, int]
    decimals: int = Field(default=2, ge=1, le=4)
    floor: float = 0.0  # the smallest probability that may appear


class Labels(_Sampler):
    """Labels 0/1 or −1/+1; with two or more of them both values appear."""

    sample: Literal["labels01", "labels_pm1"]


class ClassIndex(_Sampler):
    """Class numbers 0 .. classes−1."""

    sample: Literal["class_index"]
    classes: int = Field(ge=2)


class Fixed(Frozen):
    """The same in every variant."""

    sample: Literal["fixed"]
    value: float | tuple[float, ...] | tuple[tuple[float, ...], ...]
    decimals: int | None = None


Sampler = Annotated[
    Uniform | Integer | Choice | Probs | Labels | ClassIndex | Fixed,
    Field(discriminator="sample"),
]

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


class _Question(Frozen):
    """What every kind of question has."""

    id: Slug
    topic: str  # a key of `questions.topics.TOPICS`
    scope: Scope = "exam"
    difficulty: Difficulty = "standard"
    level: Level = "understand"
    stem: Prose
    explanation: Prose
    source: Prose
    hints: tuple[Prose, ...] = ()
    tags: tuple[str, ...] = ()


class Option(Frozen):
    """One option of a choice question, and why it is right or wrong."""

    text: Prose
    reason: Prose
    right: bool = False


class ChoiceQuestion(_Question):
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


class _Computed(_Question):
    """What every question has whose key is what a loss returns on the numbers shown."""

    given: dict[str, Sampler]
    compute: Computation
    tolerance: Tolerance = Tolerance()
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

Question = Annotated[ChoiceQuestion | ComputedQuestion, Field(discriminator="kind")]


class Pack(Frozen):
    """A pack of questions and what is known of the pack."""

    id: Slug
    title: Prose
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    language: Literal["ja", "en"] = "ja"
    licence: Prose
    authors: tuple[str, ...] = Field(min_length=1)
    syllabus: Prose
    description: Prose
    questions: tuple[Question, ...] = Field(min_length=1)


def content_hash(question: Question) -> str:
    """Return the SHA-256 (hex) of a question's canonical JSON: same content, same hash."""
    canonical = json.dumps(
        question.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
