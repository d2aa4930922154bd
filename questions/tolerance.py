"""How far a typed number may lie from the right value."""

from __future__ import annotations

import math
from decimal import Decimal

from questions.decimal_places import plain, rounded
from questions.model import Tolerance

# Half a unit of the last place, and a little for the reader's own half-up or half-even rule.
_HALF_UNIT = 0.51

_MOST_PLACES = 15


def by_places(tolerance: Tolerance) -> bool:
    """Return whether the question asks for a number of decimals, not for a margin."""
    return tolerance.atol is None and tolerance.rtol is None


def allowed(tolerance: Tolerance, expected: float) -> float:
    """Return the largest accepted distance from `expected`: 0.51·10^(−d), or atol + rtol·|t|."""
    if by_places(tolerance):
        return float(_HALF_UNIT * 10.0**-tolerance.decimals)
    return (tolerance.atol or 0.0) + (tolerance.rtol or 0.0) * abs(expected)


def within(value: float, expected: float, tolerance: Tolerance) -> bool:
    """Return whether `value` counts as `expected`.

    A number exactly on the edge passes although binary floats put it outside: 46.0 is
    0.20000000000000284 away from 45.8, and 45.8 ± 0.2 must accept it.
    """
    guard = 4e-16 * max(abs(value), abs(expected), 1.0)
    return abs(value - expected) <= allowed(tolerance, expected) + guard


def too_close(value: float, other: float, tolerance: Tolerance) -> bool:
    """Return whether two values are no more than twice the allowed distance apart."""
    margin = max(allowed(tolerance, value), allowed(tolerance, other))
    return abs(value - other) <= 2 * margin


def places_needed(tolerance: Tolerance, expected: float) -> int:
    """Return how many decimals must be written for rounding to stay within the tolerance."""
    if by_places(tolerance):
        return tolerance.decimals
    margin = allowed(tolerance, expected)
    if margin <= 0:
        return _MOST_PLACES
    return min(max(0, math.ceil(-math.log10(2 * margin) - 1e-9)), _MOST_PLACES)


def as_written(value: float, tolerance: Tolerance) -> str:
    """Write a value as the question asks for it: with its places, or six significant digits."""
    if by_places(tolerance):
        return plain(rounded(value, tolerance.decimals))
    return plain(Decimal(f"{value:.6g}"))
