"""How the numbers of a stem are drawn."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from questions.model.base import Frozen


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


class Boxes(_Sampler):
    """Boxes (x1, y1, x2, y2) with whole corners in [low, high] and sides of at least 1.

    `size`: none for one box, n for n of them, one a row.
    """

    sample: Literal["boxes"]
    size: int | None = None
    low: int
    high: int


class Fixed(Frozen):
    """The same in every variant."""

    sample: Literal["fixed"]
    value: float | tuple[float, ...] | tuple[tuple[float, ...], ...]
    decimals: int | None = None


Sampler = Annotated[
    Uniform | Integer | Choice | Probs | Labels | ClassIndex | Boxes | Fixed,
    Field(discriminator="sample"),
]
