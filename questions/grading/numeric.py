"""Typed numbers: the right one, one that was only rounded wrongly, or a known mistake."""

from __future__ import annotations

from losses.text import Text
from questions.answer import Reading, Unreadable, read_number
from questions.decimal_places import cut_off, digits, rounded
from questions.evaluation import Evaluation
from questions.explaining import explanations
from questions.grading.carried import carried_rounding
from questions.grading.unreadable import unreadable
from questions.model import NumericQuestion, Tolerance
from questions.tolerance import as_written, by_places, places_needed, within
from questions.variant import Variant
from questions.verdict import AGREES, DIFFERS, Outcome, Recognised, Verdict


def read_numeric(raw: str, *, percent: bool = False) -> Reading | Verdict:
    """Read a typed number; an unreadable one is already a verdict, for which nothing is computed.

    `percent`: whether a percentage is asked for (25% is then 25).
    """
    reading = read_number(raw, percent=percent)
    if isinstance(reading, Unreadable):
        return unreadable(raw, reading.message)
    return reading


def grade_numeric(variant: Variant, evaluation: Evaluation, raw: str) -> Verdict:
    """Grade a typed number against the value that the loss returned for the numbers shown.

    The score is 1 for the right number, 0.75 where only intermediate results were rounded, 0.5
    where the result was (too few places, or cut off), 0 otherwise.

    A number too coarse to tell the right value from a mistake's is unreadable: more places are
    asked for, and no attempt is lost. Raises TypeError when the variant is not one of a numeric
    question.
    """
    question = variant.question
    if not isinstance(question, NumericQuestion):
        raise TypeError(f"{variant.question_id} is not a numeric question")
    reading = read_numeric(raw, percent=question.percent)
    if isinstance(reading, Verdict):
        return reading
    tolerance, expected = question.tolerance, evaluation.value
    right = as_written(expected, tolerance)
    mistakes: tuple[Recognised, ...] = ()
    outcome: Outcome
    if within(reading.value, expected, tolerance):
        outcome, score, message = "correct", 1.0, AGREES
    elif (slipped := rounding_slip(reading, expected, tolerance)) is not None:
        if any(_coarsely(reading, mistake.value) for mistake in evaluation.mistakes):
            return _too_coarse(raw, reading, tolerance, expected)
        outcome, score, message = "rounding", 0.5, slipped
    elif (carried := carried_rounding(reading, evaluation, tolerance)) is not None:
        outcome, score, message = "rounding", 0.75, carried
    elif mistakes := explanations(reading, evaluation, tolerance, percent=question.percent):
        outcome, score, message = "mistake", 0.0, DIFFERS
    else:
        outcome, score, message = "wrong", 0.0, DIFFERS
    return Verdict(
        outcome=outcome,
        score=score,
        raw=raw,
        message=message,
        read=reading.echo,
        value=reading.value,
        expected=right,
        expected_value=expected,
        tolerance=tolerance,
        mistakes=mistakes,
        steps=evaluation.steps,
        explanation=variant.explanation,
        source=question.source,
        torch_version=evaluation.torch_version,
        dtype=evaluation.dtype,
    )


def rounding_slip(reading: Reading, expected: float, tolerance: Tolerance) -> Text | None:
    """Return what went wrong when only the rounding did, else None.

    Either too few places (of which one is missing, or two significant digits are left), or cut
    off instead of rounded. The result of a calculation is never rounded.
    """
    places, needed = reading.places, places_needed(tolerance, expected)
    if places is None or places > needed or reading.value == 0:
        return None
    if digits(reading.value, places) < 2 and places < needed - 1:
        return None
    typed = rounded(reading.value, places)
    right = as_written(expected, tolerance)
    if places < needed and typed == rounded(expected, places):
        return Text(
            f"計算は合っているが、桁数が足りない。{_asked(tolerance).ja}{right}。",
            f"The calculation is right but places are missing: {_asked(tolerance).en}{right}.",
        )
    if typed == cut_off(expected, places):
        return Text(
            f"計算は合っているが、四捨五入せずに切り捨てている。{_asked(tolerance).ja}{right}。",
            f"The calculation is right but cut off, not rounded: {_asked(tolerance).en}{right}.",
        )
    return None


def _asked(tolerance: Tolerance) -> Text:
    if by_places(tolerance):
        return Text(
            f"小数第{tolerance.decimals}位までの答えは", f"to {tolerance.decimals} decimals it is "
        )
    return Text("詳しい答えは", "more precisely it is ")


def _coarsely(reading: Reading, value: float) -> bool:
    """Whether `value` too would be typed like this with so few places."""
    places = reading.places or 0
    return rounded(reading.value, places) in (rounded(value, places), cut_off(value, places))


def _too_coarse(raw: str, reading: Reading, tolerance: Tolerance, expected: float) -> Verdict:
    needed = places_needed(tolerance, expected)
    return Verdict(
        outcome="unreadable",
        score=0.0,
        raw=raw,
        read=reading.echo,
        value=reading.value,
        message=Text(
            f"桁数が足りず、計算が正しいか判定できない。小数第{needed}位まで入力する。",
            f"With so few places the calculation cannot be checked: type {needed} decimals.",
        ),
    )
