"""Follow a worked calculation again, with intermediate values rounded as people round them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from losses.worked.step import Step, flat, number
from losses.worked.written import Illegible, Written, read

# How far a step read again may be off: its numbers are written with six significant digits.
_CLOSE = 1e-4
_MOST_STEPS = 5  # rounded in every combination; with more of them each alone, and all together
_UNREADABLE = (Illegible, ValueError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Route:
    """What comes out when the values of some steps are rounded before they are used."""

    rounded: tuple[str, ...]  # ids of steps
    value: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A step, its values, and how they follow from earlier values.

    `origins` says for each number of the written form which value of which earlier step it is,
    None for a number that is given. Without `written` the values stay as they are.
    """

    step: Step
    values: tuple[float, ...]
    written: Written | None
    origins: tuple[tuple[int, int] | None, ...]


def routes(steps: Sequence[Step], places: int) -> Iterator[Route]:
    """Yield what comes out when one or more intermediate results are rounded to `places`.

    Those with fewer rounded steps come first. A step whose written form cannot be read again, or
    does not give its value, is taken as it is; no route leads through it.
    """
    lines = _lines(tuple(steps))
    if not lines or lines[-1].written is None or len(lines[-1].values) != 1:
        return
    unrounded = _followed(lines, frozenset(), places)
    if unrounded is None or abs(unrounded - lines[-1].values[0]) > 0.05 * 10.0**-places:
        return  # six significant digits are too few to see anything
    used = {origin[0] for line in lines for origin in line.origins if origin is not None}
    changing = [place for place in sorted(used) if _changes(lines[place].values, places)]
    sizes = range(1, len(changing) + 1)
    if len(changing) > _MOST_STEPS:
        sizes = range(1, len(changing) + 1, len(changing) - 1)
    for size in sizes:
        for chosen in combinations(changing, size):
            value = _followed(lines, frozenset(chosen), places)
            if value is not None and math.isfinite(value):
                yield Route(tuple(lines[place].step.id for place in chosen), value)


@lru_cache(maxsize=8)  # several rounding habits are tried on the same steps
def _lines(steps: tuple[Step, ...]) -> tuple[_Line, ...]:
    lines: list[_Line] = []
    for step in steps:
        values = tuple(flat(step.value))
        line = _Line(step, values, None, ())
        try:
            written = read(step.substitution)
            again = [entry(lambda _, text: _as_float(text)) for entry in written.entries]
        except _UNREADABLE:
            again = []
        if len(again) == len(values) and all(map(_close, again, values)):
            origins = tuple(_origin(text, lines) for text in written.numbers)
            line = _Line(step, values, written, _in_order(origins, written, lines))
        lines.append(line)
    return tuple(lines)


def _origin(text: str, lines: Sequence[_Line]) -> tuple[int, int] | None:
    """Return the latest value that is written like this."""
    for place in range(len(lines) - 1, -1, -1):
        for index, value in enumerate(lines[place].values):
            if number(abs(value)) == text:
                return place, index
    return None


def _in_order(
    origins: Sequence[tuple[int, int] | None], written: Written, lines: Sequence[_Line]
) -> tuple[tuple[int, int] | None, ...]:
    """Give equal numbers of one step to its values in their order."""
    seen: dict[tuple[int, str], int] = {}
    ordered: list[tuple[int, int] | None] = []
    for origin, text in zip(origins, written.numbers, strict=True):
        if origin is None:
            ordered.append(None)
            continue
        place = origin[0]
        alike = [i for i, value in enumerate(lines[place].values) if number(abs(value)) == text]
        turn = seen.get((place, text), 0)
        seen[place, text] = turn + 1
        ordered.append((place, alike[min(turn, len(alike) - 1)]))
    return tuple(ordered)


def _followed(lines: Sequence[_Line], rounded: frozenset[int], places: int) -> float | None:
    """Return the last value when these lines are rounded; None where it has no value."""
    now: list[tuple[float, ...]] = []
    for place, line in enumerate(lines):
        values = line.values
        if line.written is not None:
            try:
                values = _again(line, line.written, lines, now)
            except _UNREADABLE:
                return None
        if place in rounded:
            values = tuple(_round(value, places) for value in values)
        now.append(values)
    return now[-1][0]


def _again(
    line: _Line, written: Written, lines: Sequence[_Line], now: Sequence[tuple[float, ...]]
) -> tuple[float, ...]:
    """Compute a line anew where a number in it has changed."""

    def looked_up(index: int, text: str) -> float:
        origin = line.origins[index]
        if origin is None:
            return _as_float(text)
        place, entry = origin
        # The written number has no sign of its own: the sign stands before it.
        return abs(now[place][entry]) if lines[place].values[entry] < 0 else now[place][entry]

    return tuple(entry(looked_up) for entry in written.entries)


def _as_float(text: str) -> float:
    return float(text.replace("−", "-"))


def _close(value: float, other: float) -> bool:
    return math.isclose(value, other, rel_tol=_CLOSE, abs_tol=_CLOSE / 10)


def _changes(values: Sequence[float], places: int) -> bool:
    return any(abs(_round(value, places) - value) > 1e-9 * max(1.0, abs(value)) for value in values)


def _round(value: float, places: int) -> float:
    """Round halves away from zero, as taught in school."""
    scaled = abs(value) * 10.0**places
    return math.copysign(math.floor(scaled + 0.5 + 1e-9) / 10.0**places, value)
