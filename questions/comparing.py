"""Comparisons: which side is right, in which order the sides are shown, and why each is right.

The sides are known by their place in the author's order; the place after the last stands for the
option that all values are the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from losses.text import Text
from questions.model import CompareQuestion, Tolerance
from questions.random_source import RandomSource
from questions.tolerance import as_written, too_close

EQUAL = Text("等しい", "They are equal")
_SAME = 1e-12  # relative: values that differ by less are the same number


def decided(question: CompareQuestion, values: Sequence[float]) -> int | Text:
    """Return which side is right, or what keeps these values from deciding it."""
    if not all(map(math.isfinite, values)):
        return Text("値が有限の数にならない。", "A value is not finite.")
    if all(math.isclose(values[0], value, rel_tol=_SAME) for value in values):
        if question.equal:
            return len(values)
        return Text("値がすべて等しい。", "The values are all the same.")
    best = max(values) if question.ask == "larger" else min(values)
    key = values.index(best)
    for place, value in enumerate(values):
        if place != key and not _apart(question, best, value):
            return Text(
                f"{key + 1}番目と{place + 1}番目の値の差が小さすぎる。",
                f"The values of sides {key + 1} and {place + 1} differ too little.",
            )
    return key


def wishes(question: CompareQuestion, seed: int) -> tuple[int, ...]:
    """Return the sides in the order in which the seed wishes them to be right."""
    count = len(question.sides) + question.equal
    return RandomSource.named("key", question.id, seed).shuffled(range(count))


def shown_order(question: CompareQuestion, seed: int, attempt: int) -> tuple[int, ...]:
    """Return the sides as they are shown; that all are the same comes last."""
    source = RandomSource.named("options", question.id, seed, attempt)
    sides = source.shuffled(range(len(question.sides)))
    return (*sides, len(sides)) if question.equal else sides


def reason(question: CompareQuestion, values: Sequence[float], place: int, key: int) -> Text:
    """Return why a side, or that all are the same, is right or wrong, with the values."""
    larger = question.ask == "larger"
    written = [as_written(value, _tolerance(question)) for value in values]
    if key == len(values):
        chain = " = ".join(written)
        if place == key:
            return Text(f"値はすべて同じである（{chain}）。", f"All values are the same ({chain}).")
        return Text(f"値はほかと同じである（{chain}）。", f"The others have its value ({chain}).")
    if place == len(values):
        other = next(each for each in written if each != written[key])
        return Text(
            f"値は等しくない（{written[key]} ≠ {other}）。",
            f"The values differ ({written[key]} ≠ {other}).",
        )
    if place == key:
        chain = _chain(question, values, written)
        return Text(
            f"値は{written[key]}で、{'最も大きい' if larger else '最も小さい'}（{chain}）。",
            f"Its value {written[key]} is the {'largest' if larger else 'smallest'} ({chain}).",
        )
    sign = "<" if larger else ">"
    return Text(
        f"値は{written[place]}で、正解の{written[key]}より{'小さい' if larger else '大きい'}"
        f"（{written[place]} {sign} {written[key]}）。",
        f"Its value {written[place]} is {'less' if larger else 'more'} than {written[key]}, "
        f"the right one ({written[place]} {sign} {written[key]}).",
    )


def _chain(question: CompareQuestion, values: Sequence[float], written: Sequence[str]) -> str:
    """Write all values from the right one on: `1.386 > 0.250 = 0.250`."""
    larger = question.ask == "larger"
    order = sorted(range(len(values)), key=lambda place: values[place], reverse=larger)
    parts = [written[order[0]]]
    for before, place in pairwise(order):
        sign = "=" if written[before] == written[place] else ">" if larger else "<"
        parts.append(f"{sign} {written[place]}")
    return " ".join(parts)


def _apart(question: CompareQuestion, value: float, other: float) -> bool:
    least = question.margin * max(abs(value), abs(other))
    return abs(value - other) >= least and not too_close(value, other, _tolerance(question))


def _tolerance(question: CompareQuestion) -> Tolerance:
    return Tolerance(decimals=question.decimals)
