"""A worked step laid out in rows and columns: beside each calculation what comes out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from losses.worked.step import Step, number

_NUMBER = re.compile(r"−?[0-9.]+(?:e[+−]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a vector or matrix: the calculation and its value, as written.

    `worked` is empty where the calculations of a step do not match its values one by one.
    """

    worked: str
    value: str


def step_cells(step: Step) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a step whose value is a vector (one entry a row) or a matrix, else ()."""
    if not isinstance(step.value, tuple):
        return ()
    values = [
        [number(entry) for entry in (row if isinstance(row, tuple) else (row,))]
        for row in step.value
    ]
    if sum(map(len, values)) < 2:
        return ()
    worked = [_cells(row) for row in _rows(step.substitution)]
    entries = [entry for row in worked for entry in row]
    # Bare numbers that became others were not calculated but ranked or sorted, as a whole.
    if len(entries) != sum(map(len, values)) or all(map(_NUMBER.fullmatch, entries)):
        return tuple(tuple(Cell("", value) for value in row) for row in values)
    taken = iter(entries)
    return tuple(tuple(_cell(next(taken), value) for value in row) for row in values)


def _cell(worked: str, value: str) -> Cell:
    """`0.1` is not worked to 0.1, and `P = 2` is P, which is 2."""
    name, _, rest = worked.rpartition("=")
    return Cell(name.strip(), value) if rest.strip() == value else Cell(worked, value)


def calculation(step: Step) -> str:
    """Return the calculations of a step where they stand apart from its values, else nothing."""
    cells = step_cells(step)
    if any(cell.worked for row in cells for cell in row):
        return ""
    said = " ".join(cell.value for row in cells for cell in row)
    return "" if _bare(step.substitution) == said else step.substitution


def _bare(text: str) -> str:
    return " ".join(text.translate(str.maketrans("[],;", "    ")).split())


def _rows(text: str) -> Iterator[str]:
    """Yield what stands between semicolons, each without the brackets around it."""
    for part in _split(text, ";"):
        yield part[1:-1] if part.startswith("[") and part.endswith("]") else part


def _cells(row: str) -> list[str]:
    """Split at commas, and a pair `(a, b)` into its two entries."""
    cells = []
    for part in _split(row, ","):
        inner = _split(part[1:-1], ",") if part.startswith("(") and part.endswith(")") else [part]
        cells += inner if len(inner) > 1 else [part]
    return cells


def _split(text: str, separator: str) -> list[str]:
    """Split at a separator that stands in no brackets."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == separator and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    parts.append(text[start:].strip())
    return parts
