"""Rounding and cutting off decimal numbers as they are written, for any size of float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

# Enough for every float: 309 places before the point and 324 (and 17 digits) after it.
_PRECISION = 700


@dataclass(frozen=True, slots=True)
class Written:
    """A number as a person would write it: its places after the point and significant digits."""

    exact: Decimal
    places: int
    digits: int


def written(value: float) -> Written:
    """Return the shortest decimal that is this float."""
    with localcontext(prec=_PRECISION):
        exact = Decimal(repr(value)).normalize()
    parts = exact.as_tuple()
    return Written(exact, max(0, -int(parts.exponent)), len(parts.digits))


def rounded(value: float, places: int) -> Decimal:
    """Round to `places` after the point, halves away from zero as taught in school."""
    return _quantized(value, places, ROUND_HALF_UP)


def cut_off(value: float, places: int) -> Decimal:
    """Drop everything behind `places` after the point."""
    return _quantized(value, places, ROUND_DOWN)


def _quantized(value: float, places: int, rounding: str) -> Decimal:
    with localcontext(prec=_PRECISION):
        return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=rounding)
