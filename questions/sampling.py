"""Draw the givens of a numeric question.

Every number is drawn as a whole number of units of its last shown place. The text and the value
come from the same whole number, so what is computed with is exactly what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import cast

from losses.worked.step import Value
from questions.model import (
    Boxes,
    Choice,
    ClassIndex,
    Fixed,
    Integer,
    Labels,
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


def sample(sampler: Sampler, source: RandomSource) -> Drawn:
    """Draw one given. Raises ValueError where the sampler cannot give any number."""
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
        case Probs():
            return Drawn(_probabilities(sampler, source), sampler.decimals)
        case Labels():
            return Drawn(_labels(sampler, source), 0)
        case ClassIndex():
            return Drawn(_filled(sampler.size, lambda: source.below(sampler.classes)), 0)
        case Boxes():
            return Drawn(_boxes(sampler, source), 0)
        case Fixed():
            shown = sampler.decimals
            if shown is None:
                shown = max(places(number) for number in numbers_of(sampler.value))
            return Drawn(_fixed_units(sampler.value, shown), shown)


def unit_range(sampler: Uniform) -> tuple[int, int]:
    """Return the range of a uniform sampler in units of its last place; high < low if empty."""
    low = _scaled(sampler.low, sampler.decimals).to_integral_value(ROUND_CEILING)
    high = _scaled(sampler.high, sampler.decimals).to_integral_value(ROUND_FLOOR)
    return int(low), int(high)


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


def _labels(sampler: Labels, source: RandomSource) -> Units:
    off = 0 if sampler.sample == "labels01" else -1
    count = 1
    if isinstance(sampler.size, int):
        count = sampler.size
    elif sampler.size is not None:
        count = sampler.size[0] * sampler.size[1]
    # The bits of a number that is neither 00…0 nor 11…1: with two or more, both labels appear.
    bits = source.between(1, (1 << count) - 2) if count > 1 else source.below(2)
    drawn = iter([1 if bits >> place & 1 else off for place in range(count)])
    return _filled(sampler.size, lambda: next(drawn))


def _boxes(sampler: Boxes, source: RandomSource) -> Units:
    def side() -> tuple[int, int]:
        one = source.between(sampler.low, sampler.high)
        other = source.between(sampler.low, sampler.high - 1)
        other += other >= one  # any but the first, each equally likely
        return min(one, other), max(one, other)

    def box() -> tuple[int, ...]:
        (left, right), (top, bottom) = side(), side()
        return left, top, right, bottom

    return box() if sampler.size is None else tuple(box() for _ in range(sampler.size))


def _fixed_units(value: Value, decimals: int) -> Units:
    return cast("Units", _each(value, lambda number: units_of(number, decimals)))


def _each(value: Value | Units, convert: Callable[..., float]) -> Value | Units:
    if isinstance(value, tuple):
        return cast("Value", tuple(_each(item, convert) for item in value))
    return convert(value)
