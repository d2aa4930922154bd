"""What can be wrong with the way a given is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from math import prod

from losses.text import Text
from questions.model import Choice, ClassIndex, Fixed, Input, Integer, Probs, Sampler, Uniform
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted
from questions.sampling import floor_units, numbers_of, places, unit_range

MOST_NUMBERS = 200  # of one given; a stem with more cannot be read
MOST_PLACES = 12  # decimals of a number in a stem
LARGEST = 1e12

_EMPTY = Text(
    "この範囲には、示した桁数で書ける数がない。",
    "No number with these decimals lies in the range.",
)


def sampler_complaints(sampler: Sampler) -> Iterator[Complaint]:
    """Yield everything that keeps a sampler from giving numbers that can be shown."""
    if not isinstance(sampler, Fixed) and sampler.size is not None:
        sizes = sampler.size if isinstance(sampler.size, tuple) else (sampler.size,)
        if min(sizes) < 1:
            yield Complaint(("size",), Text("sizeは1以上にする。", "A size must be at least 1."))
            return
        yield from _count("size", prod(sizes))
    match sampler:
        case Uniform():
            low, high = unit_range(sampler)
            if high < low:
                yield Complaint(
                    ("high",),
                    _EMPTY,
                    Text(
                        "low ≤ high とし、decimalsを確かめる。", "Make low ≤ high; check decimals."
                    ),
                )
            yield from _digits("low", [sampler.low])
            yield from _digits("high", [sampler.high])
        case Integer():
            if sampler.high < sampler.low:
                yield Complaint(("high",), _EMPTY, Text("low ≤ high とする。", "Make low ≤ high."))
            yield from _digits("low", [sampler.low])
            yield from _digits("high", [sampler.high])
        case Choice():
            yield from _count("among", len(sampler.among))
            yield from _digits("among", sampler.among)
        case ClassIndex():
            yield from _digits("classes", [sampler.classes])
        case Probs():
            yield from _probabilities(sampler)
        case Fixed():
            yield from _fixed(sampler)


def _probabilities(sampler: Probs) -> Iterator[Complaint]:
    classes = sampler.size if isinstance(sampler.size, int) else sampler.size[1]
    if sampler.floor < 0:
        yield Complaint(("floor",), Text("floorが負である。", "floor is negative."), None)
    elif classes * floor_units(sampler) > 10**sampler.decimals:
        yield Complaint(
            ("floor",),
            Text("合計が1になるように確率を分けられない。", "No such probabilities add up to 1."),
            Text("floorを小さくするか、decimalsを増やす。", "Lower floor or raise decimals."),
        )


def _fixed(sampler: Fixed) -> Iterator[Complaint]:
    value = sampler.value
    numbers = list(numbers_of(value))
    rows = {len(row) for row in value if isinstance(row, tuple)} if isinstance(value, tuple) else ()
    if not numbers or len(rows) > 1:
        yield Complaint(
            ("value",),
            Text(
                "数がないか、行の長さがそろっていない。",
                "There are no numbers, or the rows differ in length.",
            ),
        )
        return
    yield from _count("value", len(numbers))
    yield from _digits("value", numbers)
    if sampler.decimals is None:
        return
    if not 0 <= sampler.decimals <= MOST_PLACES:
        yield Complaint(
            ("decimals",),
            Text(
                f"decimalsは0から{MOST_PLACES}までにする。", f"decimals must be 0 to {MOST_PLACES}."
            ),
        )
    elif max(places(number) for number in numbers) > sampler.decimals:
        yield Complaint(
            ("decimals",),
            Text("valueをこの桁数では書き表せない。", "The value needs more decimals than these."),
            Text("decimalsを増やすか、valueを丸める。", "Raise decimals or round the value."),
        )


def constant_complaints(inputs: Mapping[str, Input]) -> Iterator[Complaint]:
    """Yield what is wrong with the numbers that a computation is given as they are."""
    for name, value in inputs.items():
        if isinstance(value, str | bool):
            continue
        numbers = list(numbers_of(value))
        for complaint in chain(_count(name, len(numbers)), _digits(name, numbers)):
            yield complaint
            break


def _short(number: float) -> str:
    """Write a number for a message; a whole one may be larger than any float."""
    return quoted(str(number)) if isinstance(number, int) else f"{number:.6g}"


def _count(field: str, count: int) -> Iterator[Complaint]:
    if count > MOST_NUMBERS:
        yield Complaint(
            (field,),
            Text(
                f"数が多すぎる（{MOST_NUMBERS}個まで）。",
                f"Too many numbers (at most {MOST_NUMBERS}).",
            ),
        )


def _digits(field: str, numbers: Iterable[float]) -> Iterator[Complaint]:
    for number in numbers:
        if abs(number) > LARGEST or places(number) > MOST_PLACES:
            yield Complaint(
                (field,),
                Text(
                    f"{_short(number)} は桁が多すぎる（±10¹²まで、小数{MOST_PLACES}桁まで）。",
                    f"{_short(number)} has too many digits (up to ±10¹², {MOST_PLACES} decimals).",
                ),
            )
            return
