"""Rounding and cutting off decimal numbers as they are taught in school, for any size of float."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

# Enough for every float (309 places before the point) with every number of places typed.
_PRECISION = 2000

# A computed 0.0625 may be 0.06249999999999999: the last digits of a float are its own rounding.
_SIGNIFICANT = 15


def rounded(value: float, places: int) -> Decimal:
    """Round to `places` after the point, halves away from zero."""
    return _quantized(value, places, ROUND_HALF_UP)


def cut_off(value: float, places: int) -> Decimal:
    """Drop everything behind `places` after the point."""
    return _quantized(value, places, ROUND_DOWN)


def digits(value: float, places: int) -> int:
    """Return how many significant digits are left when `places` after the point are written."""
    return len(str(abs(int(rounded(value, places).scaleb(places))))) if value else 0


def plain(number: Decimal) -> str:
    """Write a number without an exponent, and 0 without a sign."""
    return f"{abs(number) if number == 0 else number:f}"


def _quantized(value: float, places: int, rounding: str) -> Decimal:
    with localcontext(prec=_PRECISION):
        number = Decimal(f"{value:.{_SIGNIFICANT}g}")
        return number.quantize(Decimal(1).scaleb(-places), rounding=rounding)
