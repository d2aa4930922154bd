"""Draw the givens of a question.

Every number is drawn as a whole number of units of its last shown place. The text and the value
come from the same whole number, so what is computed with is exactly what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import cast

from losses.worked.step import Value
from questions.model import (
    Boxes,
    Choice,
    ClassIndex,
    Fixed,
    Grid,
    Integer,
    Labels,
    Logits,
    Masks,
    OneHot,
    Permutation,
    Phrases,
    Probs,
    Sampler,
    Uniform,
)
from questions.random_source import RandomSource

Units = int | tuple[int, ...] | tuple[tuple[int, ...], ...]
Size = int | tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A given: whole numbers of units of 10^(−decimals), in the shape of the value."""

    units: Units
    decimals: int

    @property
    def value(self) -> Value:
        """The numbers, each the float nearest to its text; whole numbers without decimals."""
        if self.decimals == 0:
            return self.units
        scale = 10**self.decimals
        # True division of whole numbers is correctly rounded: 7 / 10 is the float 0.7.
        return cast("Value", _each(self.units, lambda unit: unit / scale))

    @property
    def text(self) -> str:
        """The numbers on one line: `0.5`, `[0.5, 1.2]`, `[[0.5, 1.2], [0.3, 0.4]]`."""
        if isinstance(self.units, int):
            return written(self.units, self.decimals)
        return "[" + ", ".join(self.rows) + "]"

    @property
    def rows(self) -> tuple[str, ...]:
        """The text of each element of a vector, of each row of a matrix; one for a number."""
        if isinstance(self.units, int):
            return (written(self.units, self.decimals),)
        return tuple(Drawn(row, self.decimals).text for row in self.units)

    @property
    def is_matrix(self) -> bool:
        """Whether the value has rows and columns."""
        return isinstance(self.units, tuple) and any(isinstance(row, tuple) for row in self.units)


@dataclass(frozen=True, slots=True)
class Said:
    """A given in words, and the number or numbers they stand for, None where for none."""

    text: str
    value: Value | None
    is_matrix = False

    @property
    def rows(self) -> tuple[str, ...]:
        """The words, which are never broken into rows."""
        return (self.text,)


def drawn_givens(
    given: Mapping[str, Sampler], sources: Callable[[str], RandomSource]
) -> dict[str, Drawn | Said]:
    """Draw all givens; `sources` has a source for each name.

    Raises ValueError where a sampler cannot give any number, and KeyError where one refers to a
    given that is not there, which reading a pack has checked.
    """
    drawn: dict[str, Drawn | Said] = {}
    # Those that lie near another one after those that do not.
    for name in sorted(given, key=lambda name: near_of(given[name]) is not None):
        other = near_of(given[name])
        near = None if other is None else drawn[other]
        drawn[name] = sample(
            given[name], sources(name), near=near if isinstance(near, Drawn) else None
        )
    return {name: drawn[name] for name in given}


def near_of(sampler: Sampler) -> str | None:
    """Return the name of the given that a sampler lies near to, None for most samplers."""
    return sampler.near if isinstance(sampler, Boxes) else None


def sample(sampler: Sampler, source: RandomSource, *, near: Drawn | None = None) -> Drawn | Said:
    """Draw one given; `near`: what boxes share an area with.

    Raises ValueError where the sampler cannot give any number.
    """
    match sampler:
        case Phrases():
            phrase = sampler.among[source.below(len(sampler.among))]
            return Said(phrase.text, phrase.value)
        case Boxes():
            return Drawn(_boxes(sampler, source, near), sampler.decimals)
        case _:
            return numbers(sampler, source)


def numbers(sampler: Sampler, source: RandomSource) -> Drawn:
    """Draw a given that consists of numbers and refers to no other one.

    Raises ValueError where the sampler cannot give any number, TypeError for another sampler.
    """
    match sampler:
        case Uniform():
            low, high = unit_range(sampler)
            return Drawn(_filled(sampler.size, lambda: source.between(low, high)), sampler.decimals)
        case Integer():
            return Drawn(
                _filled(sampler.size, lambda: source.between(sampler.low, sampler.high)), 0
            )
        case Choice():
            decimals = max(places(number) for number in sampler.among)
            units = [units_of(number, decimals) for number in sampler.among]
            return Drawn(_filled(sampler.size, lambda: units[source.below(len(units))]), decimals)
        case Grid():
            low, step, steps, decimals = grid_units(sampler)
            return Drawn(
                _filled(sampler.size, lambda: low + step * source.between(0, steps)), decimals
            )
        case Logits():
            return Drawn(_logits(sampler, source), sampler.decimals)
        case OneHot():
            return Drawn(_one_hot(sampler, source), 0)
        case Permutation():
            last = sampler.first + sampler.size
            return Drawn(source.shuffled(range(sampler.first, last)), 0)
        case Masks():
            return Drawn(_both_of(sampler.size, 0, source), 0)
        case Probs():
            return Drawn(_probabilities(sampler, source), sampler.decimals)
        case Labels():
            off = 0 if sampler.sample == "labels01" else -1
            return Drawn(_both_of(sampler.size, off, source), 0)
        case ClassIndex():
            return Drawn(_filled(sampler.size, lambda: source.below(sampler.classes)), 0)
        case Fixed():
            shown = sampler.decimals
            if shown is None:
                shown = max(places(number) for number in numbers_of(sampler.value))
            return Drawn(_fixed_units(sampler.value, shown), shown)
        case _:
            raise TypeError(f"{sampler.sample} gives no numbers by itself")


def unit_range(sampler: Uniform | Logits | Boxes) -> tuple[int, int]:
    """Return the range of a sampler in units of its last place; high < low if it is empty."""
    low = _scaled(sampler.low, sampler.decimals).to_integral_value(ROUND_CEILING)
    high = _scaled(sampler.high, sampler.decimals).to_integral_value(ROUND_FLOOR)
    return int(low), int(high)


def grid_units(sampler: Grid) -> tuple[int, int, int, int]:
    """Return low, step and the number of steps of a grid, and its decimals.

    Low and step are in units of the last place; fewer than 0 steps: the grid is empty.
    """
    decimals = max(places(sampler.low), places(sampler.step))
    low, step = units_of(sampler.low, decimals), units_of(sampler.step, decimals)
    high = int(_scaled(sampler.high, decimals).to_integral_value(ROUND_FLOOR))
    return low, step, (high - low) // step, decimals


def floor_units(sampler: Probs) -> int:
    """Return the smallest probability that may appear, in units of the last place."""
    return int(_scaled(sampler.floor, sampler.decimals).to_integral_value(ROUND_CEILING))


def units_of(number: float, decimals: int) -> int:
    """Return a number in units of 10^(−decimals), the nearest one."""
    return int(_scaled(number, decimals).to_integral_value(ROUND_HALF_EVEN))


def places(number: float) -> int:
    """Return how many decimals a number needs to be written in full."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def written(units: int, decimals: int) -> str:
    """Write a number of units of 10^(−decimals) with all its decimals."""
    if decimals == 0:
        return str(units)
    digits = f"{abs(units):0{decimals + 1}d}"
    return f"{'-' if units < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def numbers_of(value: Value) -> Iterator[float]:
    """Yield the numbers of a value, row by row."""
    if isinstance(value, tuple):
        for item in value:
            yield from numbers_of(item)
    else:
        yield value


@lru_cache(maxsize=1024)  # the same few limits for every draw
def _scaled(number: float, decimals: int) -> Decimal:
    # repr: the decimal that the author wrote, not the binary number nearest to it.
    return Decimal(repr(number)).scaleb(decimals)


def _filled(size: Size, one: Callable[[], int]) -> Units:
    if size is None:
        return one()
    if isinstance(size, int):
        return tuple(one() for _ in range(size))
    rows, columns = size
    return tuple(tuple(one() for _ in range(columns)) for _ in range(rows))


def _probabilities(sampler: Probs, source: RandomSource) -> Units:
    floor = floor_units(sampler)

    def row(classes: int) -> tuple[int, ...]:
        free = 10**sampler.decimals - classes * floor
        return tuple(floor + part for part in source.composition(free, classes))

    if isinstance(sampler.size, int):
        return row(sampler.size)
    rows, classes = sampler.size
    return tuple(row(classes) for _ in range(rows))


def _both_of(size: Size, off: int, source: RandomSource) -> Units:
    """Draw numbers that are 1 or `off`; with two or more of them both appear."""
    count = 1
    if isinstance(size, int):
        count = size
    elif size is not None:
        count = size[0] * size[1]
    # The bits of a number that is neither 00…0 nor 11…1: with two or more, both appear.
    bits = source.between(1, (1 << count) - 2) if count > 1 else source.below(2)
    drawn = iter([1 if bits >> place & 1 else off for place in range(count)])
    return _filled(size, lambda: next(drawn))


def _logits(sampler: Logits, source: RandomSource) -> Units:
    low, high = unit_range(sampler)

    def row(classes: int) -> tuple[int, ...]:
        if high - low + 1 < classes:
            raise ValueError(f"fewer than {classes} different logits from {low} to {high}")
        chosen: list[int] = []
        while len(chosen) < classes:
            unit = source.between(low, high)
            if unit not in chosen:
                chosen.append(unit)
        return tuple(chosen)

    if isinstance(sampler.size, int):
        return row(sampler.size)
    rows, classes = sampler.size
    return tuple(row(classes) for _ in range(rows))


def _one_hot(sampler: OneHot, source: RandomSource) -> Units:
    def row() -> tuple[int, ...]:
        hot = source.below(sampler.classes)
        return tuple(int(place == hot) for place in range(sampler.classes))

    return row() if sampler.size is None else tuple(row() for _ in range(sampler.size))


def _boxes(sampler: Boxes, source: RandomSource, near: Drawn | None) -> Units:
    low, high = unit_range(sampler)

    def box(other: tuple[int, ...] | None) -> tuple[int, ...]:
        across = (None, None) if other is None else ((other[0], other[2]), (other[1], other[3]))
        (x1, x2), (y1, y2) = (_side(low, high, source, across=side) for side in across)
        return x1, y1, x2, y2

    beside = None if near is None else cast("tuple[tuple[int, ...], ...]", near.units)
    if sampler.size is None:
        return box(cast("tuple[int, ...] | None", beside))
    return tuple(box(None if beside is None else beside[place]) for place in range(sampler.size))


def _side(
    low: int, high: int, source: RandomSource, *, across: tuple[int, int] | None = None
) -> tuple[int, int]:
    """Draw start < end from `low` to `high`; `across`: a stretch to share more than an edge with.

    Raises ValueError where there is none.
    """
    if across is None:
        first = source.between(low, high)
        second = source.between(low, high - 1)
        second += second >= first
        return min(first, second), max(first, second)
    start, end = across
    begin = source.between(low, min(end, high) - 1)
    return begin, source.between(max(begin, start) + 1, high)


def _fixed_units(value: Value, decimals: int) -> Units:
    return cast("Units", _each(value, lambda number: units_of(number, decimals)))


def _each(value: Value | Units, convert: Callable[..., float]) -> Value | Units:
    if isinstance(value, tuple):
        return cast("Value", tuple(_each(item, convert) for item in value))
    return convert(value)
