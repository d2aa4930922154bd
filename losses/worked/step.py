"""One line of a calculation on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from losses.reduction import Reduction
from losses.text import Text

# A number, a vector or a matrix, as plain Python.
Value = float | tuple[float, ...] | tuple[tuple[float, ...], ...]
Vector = Sequence[float]
Matrix = Sequence[Sequence[float]]
Nested = float | Sequence["Nested"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is computed, by which formula, with which numbers, and what comes out.

    `substitution` is the formula with this calculation's numbers, shown rounded (`number`);
    `value` is exact.
    """

    id: str
    label: Text
    formula: str
    substitution: str
    value: Value


def number(value: float) -> str:
    """Write a number as on paper: up to six significant digits, a true minus sign.

    >>> number(-0.5), number(1 / 3), number(3.0)
    ('−0.5', '0.333333', '3')
    """
    return f"{value:.6g}".replace("-", "−")


def bracketed(value: float) -> str:
    """Write a number so that it can follow an operator: negative ones in parentheses."""
    return f"({number(value)})" if value < 0 else number(value)


def listed(values: Vector) -> str:
    """Write a vector: `[1, −0.5, 2]`."""
    return "[" + ", ".join(number(value) for value in values) + "]"


def rows(values: Matrix | Vector) -> list[list[float]]:
    """One vector per row; a lone vector is one row.

    >>> rows([1.0, 2.0]), rows([[1.0], [2.0]])
    ([[1.0, 2.0]], [[1.0], [2.0]])
    """
    lone: list[float] = []
    several: list[list[float]] = []
    for value in values:
        if isinstance(value, Sequence):
            several.append(list(value))
        else:
            lone.append(value)
    return several or [lone]


def shaped(row_values: Sequence[Sequence[float]], like: Matrix | Vector) -> Value:
    """Write rows in the form of the input they came from: a lone vector stays a vector.

    >>> shaped([[1.0, 2.0]], [5.0, 6.0]), shaped([[1.0, 2.0]], [[5.0, 6.0]])
    ((1.0, 2.0), ((1.0, 2.0),))
    """
    if like and isinstance(like[0], Sequence):
        return tuple(tuple(row) for row in row_values)
    return tuple(row_values[0])


def written(entries: Sequence[Sequence[str]]) -> str:
    """Join what is written for every row; brackets only where there are several.

    >>> written([["a", "b"]]), written([["a"], ["b"]])
    ('a, b', '[a]; [b]')
    """
    joined = [", ".join(row) for row in entries]
    return joined[0] if len(joined) == 1 else "; ".join(f"[{row}]" for row in joined)


def flat(values: Nested) -> list[float]:
    """All numbers of an input of any shape, in order.

    >>> flat(2.0), flat([[1.0, 2.0], [3.0, 4.0]])
    ([2.0], [1.0, 2.0, 3.0, 4.0])
    """
    if isinstance(values, Sequence):
        return [number for part in values for number in flat(part)]
    return [values]


def quotient(terms: Vector, count: int) -> str:
    """Write a sum divided by a count; a lone term needs no parentheses.

    >>> quotient([1.0, -0.5], 2), quotient([-0.5], 1)
    ('(1 + (−0.5)) / 2', '−0.5 / 1')
    """
    if len(terms) == 1:
        return f"{number(terms[0])} / {count}"
    return f"({' + '.join(bracketed(term) for term in terms) or '0'}) / {count}"


def reduced(terms: Vector, reduction: Reduction) -> Step:
    """The last step: mean or sum of the terms. Raises ValueError for another reduction."""
    total = sum(terms)
    added = " + ".join(bracketed(term) for term in terms)
    if reduction == "sum":
        return Step("sum", Text("合計する", "Sum"), "Σ lᵢ", added, total)
    if reduction != "mean":
        raise ValueError(f"steps are written for reduction 'mean' or 'sum', not {reduction!r}")
    return Step(
        "mean",
        Text("平均する", "Mean"),
        "(1/n) Σ lᵢ",
        quotient(terms, len(terms)),
        total / len(terms) if terms else math.nan,
    )
