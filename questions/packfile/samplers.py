"""What can be wrong with the way a given is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from math import prod

from losses.text import Text
from losses.worked.step import Value
from questions.model import (
    Boxes,
    Choice,
    ClassIndex,
    Fixed,
    Grid,
    Input,
    Integer,
    Logits,
    Masks,
    OneHot,
    Phrases,
    Probs,
    Sampler,
    Uniform,
)
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted
from questions.packfile.translate import close_to, one_of
from questions.sampling import floor_units, near_of, numbers_of, places, unit_range

MOST_NUMBERS = 200  # of one given; a stem with more cannot be read
MOST_PLACES = 12  # decimals of a number in a stem
LARGEST = 1e12

_EMPTY = Text(
    "この範囲には、示した桁数で書ける数がない。",
    "No number with these decimals lies in the range.",
)


def sampler_complaints(sampler: Sampler) -> Iterator[Complaint]:
    """Yield everything that keeps a sampler from giving numbers that can be shown."""
    if not isinstance(sampler, Fixed | Phrases) and sampler.size is not None:
        sizes = sampler.size if isinstance(sampler.size, tuple) else (sampler.size,)
        if min(sizes) < 1:
            yield Complaint(("size",), Text("sizeは1以上にする。", "A size must be at least 1."))
            return
        yield from _count("size", prod(sizes) * _numbers_each(sampler))
    match sampler:
        case Uniform():
            yield from _range(sampler)
        case Integer():
            if sampler.high < sampler.low:
                yield Complaint(("high",), _EMPTY, Text("low ≤ high とする。", "Make low ≤ high."))
            yield from _digits("low", [sampler.low])
            yield from _digits("high", [sampler.high])
        case Grid():
            yield from _grid(sampler)
        case Choice():
            yield from _count("among", len(sampler.among))
            yield from _digits("among", sampler.among)
        case ClassIndex():
            yield from _digits("classes", [sampler.classes])
        case Probs():
            yield from _probabilities(sampler)
        case OneHot():
            if sampler.size is None:
                yield from _count("classes", sampler.classes)
        case Logits():
            yield from _range(sampler, needs=_row(sampler.size))
        case Boxes():
            yield from _range(sampler, needs=2)
        case Masks():
            if sampler.size in (1, (1, 1)):
                yield Complaint(
                    ("size",),
                    Text("0と1の両方が現れるには2個以上要る。", "0 and 1 need two pixels or more."),
                )
        case Phrases():
            yield from _phrases(sampler)
        case Fixed():
            yield from _fixed(sampler)


def neighbour_complaints(given: Mapping[str, Sampler]) -> Iterator[Complaint]:
    """Yield what keeps a given from lying near another one; the paths begin with its name."""
    for name, sampler in given.items():
        other = near_of(sampler)
        if other is None or not isinstance(sampler, Boxes):
            continue
        boxes = [
            key
            for key, each in given.items()
            if key != name and isinstance(each, Boxes) and each.near is None
        ]
        beside = given.get(other)
        if other not in boxes or not isinstance(beside, Boxes):
            yield Complaint(
                (name, "near"),
                Text(
                    f"「{quoted(other)}」はnearのない別のboxesの名前でない。",
                    f"'{quoted(other)}' is no other given with boxes (without near itself).",
                ),
                close_to(other, boxes) or (one_of(boxes) if boxes else None),
            )
            continue
        if (sampler.size, sampler.decimals) != (beside.size, beside.decimals):
            yield Complaint(
                (name, "near"),
                Text(
                    f"「{other}」とsizeかdecimalsが違う。",
                    f"Its size or decimals are not those of '{other}'.",
                ),
                Text("同じにする。", "Make them the same."),
            )
        elif sampler.low > beside.low or sampler.high < beside.high:
            yield Complaint(
                (name, "near"),
                Text(
                    f"lowからhighまでが「{other}」の範囲より狭く、重ならないことがある。",
                    f"Its range is narrower than that of '{other}': they may not meet.",
                ),
                Text("範囲を同じにする。", "Give both the same range."),
            )


def _numbers_each(sampler: Sampler) -> int:
    """Return how many numbers each item of a sampler's size has."""
    match sampler:
        case OneHot():
            return sampler.classes
        case Boxes():
            return 4
        case _:
            return 1


def _row(size: int | tuple[int, int]) -> int:
    return size if isinstance(size, int) else size[1]


def _range(sampler: Uniform | Logits | Boxes, *, needs: int = 1) -> Iterator[Complaint]:
    """Complain of a range with fewer than `needs` different numbers."""
    low, high = unit_range(sampler)
    if high < low:
        yield Complaint(
            ("high",),
            _EMPTY,
            Text("low ≤ high とし、decimalsを確かめる。", "Make low ≤ high; check decimals."),
        )
    elif high - low + 1 < needs:
        yield Complaint(
            ("high",),
            Text(
                f"この範囲には、示した桁数で書ける数が{high - low + 1}個しかない（{needs}個必要）。",
                f"Only {high - low + 1} numbers with these decimals lie in the range "
                f"({needs} are needed).",
            ),
            Text("範囲を広げるか、decimalsを増やす。", "Widen the range or raise decimals."),
        )
    yield from _digits("low", [sampler.low])
    yield from _digits("high", [sampler.high])


def _grid(sampler: Grid) -> Iterator[Complaint]:
    if sampler.high < sampler.low:
        yield Complaint(("high",), _EMPTY, Text("low ≤ high とする。", "Make low ≤ high."))
    for field in ("low", "high", "step"):
        yield from _digits(field, [getattr(sampler, field)])


def _phrases(sampler: Phrases) -> Iterator[Complaint]:
    first: dict[str, int] = {}
    for place, phrase in enumerate(sampler.among):
        if phrase.text in first:
            yield Complaint(
                ("among", place, "text"),
                Text(
                    f"among[{first[phrase.text]}]と同じ文である。",
                    f"The text is that of among[{first[phrase.text]}].",
                ),
                Text("互いに異なるものにする。", "They must differ."),
            )
        first.setdefault(phrase.text, place)
        if _form(phrase.value) != _form(sampler.among[0].value):
            yield Complaint(
                ("among", place) if phrase.value is None else ("among", place, "value"),
                Text(
                    "valueの有無か形がamong[0]と違う。",
                    "It has a value where among[0] has none or the reverse, or of another shape.",
                ),
                Text("すべてに同じ形のvalueを書くか、どれにも書かない。", "Give all one, or none."),
            )
        if phrase.value is not None:
            yield from _digits("among", numbers_of(phrase.value))


def _form(value: Value | None) -> tuple[int, ...] | None:
    """Return the lengths of the rows of a value, None for none."""
    if value is None:
        return None
    if not isinstance(value, tuple):
        return ()
    return tuple(len(row) if isinstance(row, tuple) else 1 for row in value)


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
