"""Slips that can happen with any number: they need no knowledge of the loss."""

from __future__ import annotations

from losses.text import Text
from questions.answer import Reading
from questions.decimal_places import digits, rounded
from questions.evaluation import MistakeValue
from questions.model import Tolerance
from questions.tolerance import places_needed, within
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
_FRACTION = (
    "fraction_for_percent",
    Text("百分率ではなく、割合で答えている。", "The answer was given as a fraction."),
    Text("100を掛け、百分率で答える。", "Multiply by 100 and answer in percent."),
)
_POWER = (
    "order_of_magnitude",
    Text("小数点の位置がずれている。", "The decimal point is in the wrong place."),
    Text(
        "数字の並びは合っている。桁を数え直す。",
        "The digits are right: count the places again.",
    ),
)
_POWERS = (0.1, 10.0, 0.01)
_EXACT = 1e-9  # relative: what a float calculation may be off
_FEWEST_DIGITS = 3  # fewer agree by chance with something ten times larger


def says(reading: Reading, value: float, tolerance: Tolerance) -> bool:
    """Return whether someone who arrived at `value` would have typed this.

    A number with enough places must lie within the tolerance. A coarser one must be the value
    itself (0.33 where three places are asked for and the value is 0.33): rounded, it would
    agree with too much by chance.
    """
    if reading.places is None or reading.places >= places_needed(tolerance, value):
        return within(reading.value, value, tolerance)
    return abs(reading.value - value) <= _EXACT * abs(value)


def negative_of(mistake: MistakeValue, last_step: str) -> MistakeValue:
    """Return a mistake with a wrong sign at the end."""
    slip_id, says_so, remedy = _SIGN
    return MistakeValue(
        f"{mistake.id}+{slip_id}",
        -mistake.value,
        Text(f"{mistake.says.ja}さらに、{says_so.ja}", f"{mistake.says.en} Then: {says_so.en}"),
        Text(f"{mistake.remedy.ja}{remedy.ja}", f"{mistake.remedy.en} {remedy.en}"),
        mistake.departs_at or last_step,
        mistake.count + 1,
    )


def shifted(
    reading: Reading, expected: float, tolerance: Tolerance, *, last_step: str, percent: bool
) -> Recognised | None:
    """Return the slip that turns `expected` into the number typed, None if there is none.

    `percent`: whether `expected` is a percentage.
    """
    if says(reading, -expected, tolerance):
        return Recognised(*_SIGN, last_step)
    if percent and _is_shifted(reading, expected / 100):
        return Recognised(*_FRACTION, last_step)
    if not percent and _is_shifted(reading, expected * 100):
        return Recognised(*_PERCENT, last_step)
    if any(_is_shifted(reading, expected * power) for power in _POWERS):
        return Recognised(*_POWER, last_step)
    return None


def _is_shifted(reading: Reading, shifted: float) -> bool:
    """Whether the number is `shifted`, exactly or rounded to the places typed.

    Not within a tolerance: one of a thousandth would explain every tenth number of the size of
    the shifted one by chance.
    """
    if abs(reading.value - shifted) <= _EXACT * abs(shifted):
        return True
    if reading.places is None:
        return False
    typed = rounded(reading.value, reading.places)
    enough = digits(reading.value, reading.places) >= _FEWEST_DIGITS
    return enough and typed == rounded(shifted, reading.places)
