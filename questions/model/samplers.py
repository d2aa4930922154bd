"""How the numbers and the words of a stem are drawn."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from questions.model.base import Frozen, Prose


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


class Grid(_Sampler):
    """Numbers low, low + step, low + 2·step, … up to `high`."""

    sample: Literal["grid"]
    low: float
    high: float
    step: float = Field(gt=0)


class OneHot(Frozen):
    """A vector of `classes` numbers of which one is 1 and the others 0; `size` of them as rows."""

    sample: Literal["one_hot"]
    classes: int = Field(ge=2)
    size: int | None = None


class Logits(_Sampler):
    """Logits: like `uniform`, but no two of a row are equal, so that one class leads."""

    sample: Literal["logits"]
    size: int | tuple[int, int]
    low: float = -3.0
    high: float = 3.0
    decimals: int = Field(default=1, ge=0, le=6)


class Permutation(Frozen):
    """The numbers 1 … size in random order, or 0 … size−1 with `first: 0`."""

    sample: Literal["permutation"]
    size: int = Field(ge=2)
    first: Literal[0, 1] = 1


class Boxes(Frozen):
    """Boxes [x1, y1, x2, y2] with x1 < x2 and y1 < y2, coordinates between low and high.

    One box, or `size` of them as rows. With `near`, each shares an area with the box of the same
    place in the given of that name.
    """

    sample: Literal["boxes"]
    size: int | None = None
    low: float = 0.0
    high: float = 10.0
    decimals: int = Field(default=0, ge=0, le=6)
    near: str | None = None


class Masks(_Sampler):
    """Pixels 0 or 1, as a vector or a matrix, at least one of each."""

    sample: Literal["masks"]
    size: int | tuple[int, int]


class Phrase(Frozen):
    """Words for a stem, and what they stand for in a calculation."""

    text: Prose
    value: float | tuple[float, ...] | tuple[tuple[float, ...], ...] | None = None


class Phrases(Frozen):
    """One of these phrases. Their values can be computed with: all have one, or none has."""

    sample: Literal["text"]
    among: tuple[Phrase, ...] = Field(min_length=1)


class Fixed(Frozen):
    """The same in every variant."""

    sample: Literal["fixed"]
    value: float | tuple[float, ...] | tuple[tuple[float, ...], ...]
    decimals: int | None = None


Sampler = Annotated[
    Uniform
    | Integer
    | Grid
    | Choice
    | Probs
    | Labels
    | ClassIndex
    | OneHot
    | Logits
    | Permutation
    | Boxes
    | Masks
    | Phrases
    | Fixed,
    Field(discriminator="sample"),
]
