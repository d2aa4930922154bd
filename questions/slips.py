"""Slips that can happen with any number: they need no knowledge of the loss."""

from __future__ import annotations

from losses.text import Text
from questions.decimal_places import rounded, written
from questions.model import Tolerance
from questions.tolerance import within
from questions.verdict import Recognised

_SIGN = (
    "sign_flipped",
    Text("符号が逆になっている。", "The sign is the wrong way round."),
    Text(
        "大きさは合っている。引き算の向きと、対数の前の負号を確かめる。",
        "The size is right: check the direction of the subtraction and the minus before a log.",
    ),
)
_PERCENT = (
    "percent_for_fraction",
    Text("百分率で答えている。", "The answer was given in percent."),
    Text("100で割り、割合のまま答える。", "Divide by 100 and answer with the fraction."),
)
_POWER = (
    "order_of_magnitude",
    Text("小数点の位置がずれている。", "The decimal point is in the wrong place."),
    Text(
        "数字の並びは合っている。桁を数え直す。",
        "The digits are right: count the places again.",
    ),
)
_POWERS = (0.1, 10.0, 0.01, 0.001, 1000.0)


def slip(
    value: float, expected: float, tolerance: Tolerance, *, last_step: str
) -> Recognised | None:
    """Return the slip that turns `expected` into `value`, None if there is none."""
    if within(-value, expected, tolerance):
        return Recognised(*_SIGN, last_step)
    if _rounds_to(value, expected * 100):
        return Recognised(*_PERCENT, last_step)
    if any(_rounds_to(value, expected * power) for power in _POWERS):
        return Recognised(*_POWER, last_step)
    return None


def _rounds_to(value: float, shifted: float) -> bool:
    """Whether `value` is `shifted` rounded to the places typed, with two digits or more.

    Exact agreement, not a tolerance: a tolerance of a thousandth would explain every tenth number
    of the size of the shifted one by chance.
    """
    typed = written(value)
    return typed.digits >= 2 and typed.exact == rounded(shifted, typed.places)
