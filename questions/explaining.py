"""Which mistakes may explain a wrong number, and how sure that is.

A number typed with three decimals agrees by chance with something if enough is tried. So every
attempt at an explanation has a price, the chance that a random number would fit it, and together
they may cost no more than `BUDGET`. The simplest explanations are tried first; a number typed
with more decimals leaves room for more of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questions.answer import Reading
from questions.decimal_places import cut_off, rounded
from questions.evaluation import Evaluation, MistakeValue
from questions.model import Tolerance
from questions.slips import negative_of, says, shifted
from questions.tolerance import allowed, places_needed
from questions.verdict import Recognised

BUDGET = 0.008  # of random numbers over the plausible range; under the 1 % that is promised

_EXACT = 1e-9  # relative: what a calculation in floats may be off
_MOST_PLACES = 15  # that a float can hold


def explanations(
    reading: Reading, evaluation: Evaluation, tolerance: Tolerance, *, percent: bool = False
) -> tuple[Recognised, ...]:
    """Return the mistakes that lead to the number typed: several explain it equally well.

    The simplest explanation wins: a mistake that the numbers were chosen to show, then any other
    single one, then a slip that can happen with any number, then two mistakes one after the
    other. Only then a mistake of the first kind may lie a little beside the number, as it does
    when it was worked with rounded numbers.
    """
    width = plausible_width(evaluation)
    price = _price(reading, width)
    purse = BUDGET - price * len(evaluation.mistakes)
    if found := _fitting(reading, evaluation.mistakes, tolerance):
        return found
    affordable = []
    for mistake in evaluation.further:
        purse -= price
        if purse >= 0:
            affordable.append(mistake)
    if found := _fitting(reading, [each for each in affordable if each.count == 1], tolerance):
        return found
    last_step = evaluation.steps[-1].id if evaluation.steps else ""
    if slip := shifted(reading, evaluation.value, tolerance, last_step=last_step, percent=percent):
        return (slip,)
    twofold = [each for each in affordable if each.count > 1]
    negated = [negative_of(each, last_step) for each in evaluation.mistakes]
    twofold += [each for each in negated if (purse := purse - price) >= 0]
    if found := _fitting(reading, twofold, tolerance):
        return found
    loose = sum(2 * allowed(tolerance, each.value) for each in evaluation.mistakes)
    if loose <= BUDGET * width:
        return _recognised(
            each for each in evaluation.mistakes if says(reading, each.value, tolerance)
        )
    return ()


def plausible_width(evaluation: Evaluation) -> float:
    """Return the width of the range in which a wrong number may lie by chance.

    It reaches from the smallest to the largest of 0, the right value taken twice, and the values
    of the mistakes that the numbers were chosen to show.
    """
    landmarks = [0.0, 2 * evaluation.value, *(each.value for each in evaluation.mistakes)]
    return max(landmarks) - min(landmarks)


def fits(reading: Reading, value: float, tolerance: Tolerance) -> bool:
    """Return whether someone who arrived at exactly `value` would have typed this.

    With as many places as are asked for it must lie within the tolerance; with more of them it
    must agree in all, rounded or cut off; with fewer it must be the value itself (0.33 where
    three places are asked for and the value is 0.33).
    """
    places = reading.places
    if places is None or places > _MOST_PLACES:
        return abs(reading.value - value) <= _EXACT * abs(value)
    if places <= places_needed(tolerance, value):
        return says(reading, value, tolerance)
    typed = rounded(reading.value, places)
    return typed in (rounded(value, places), cut_off(value, places))


def _price(reading: Reading, width: float) -> float:
    """Return the chance that a random number with so many places fits a given value."""
    if reading.places is None or width <= 0:
        return 0.0
    return 1.5 * 10.0**-reading.places / width  # rounded, or cut off, which is often the same


def _fitting(
    reading: Reading, mistakes: Sequence[MistakeValue], tolerance: Tolerance
) -> tuple[Recognised, ...]:
    return _recognised(each for each in mistakes if fits(reading, each.value, tolerance))


def _recognised(mistakes: Iterator[MistakeValue]) -> tuple[Recognised, ...]:
    return tuple(
        Recognised(mistake.id, mistake.says, mistake.remedy, mistake.departs_at)
        for mistake in mistakes
    )
