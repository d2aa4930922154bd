"""Break Japanese text into lines, measured in terminal cells.

Textual breaks anywhere. Here a line ends where a reader expects it: between phrases (budoux), at
spaces, never before 。 or っ and never after 「, with words, numbers and formulas in one piece
as long as they fit.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from budoux.parser import Parser

# Line-start and line-end prohibitions (kinsoku), full-width and half-width forms alike.
NOT_AT_START = frozenset(
    "、。，．・：；？！,.:;?!)]}）］｝」』】〕〉》”’｠»›〗〙｣､｡･ﾞﾟ゛゜"
    "ーｰ々ゝゞヽヾ〻‐–—…‥〜～"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
    "%％‰℃°′″"
)
NOT_AT_END = frozenset("([{（［｛「『【〔〈《“‘｟«‹〖〘｢￥＄$＃#№")
_OPERATORS = frozenset("=<>≤≥≠≈≡≒+-±∓−×÷·∙⋅*/^→←↦∈∉⊂∝∑∏∫√|‖⊙⊗")
_OPENING = frozenset("([{（［｛")
_CLOSING = frozenset(")]}）］｝")

# With a good place this early in the line, a fair one further right reads better.
_LEAST_FILL = 1 / 3


class Break(IntEnum):
    """How good a place for the end of a line is."""

    LAST_RESORT = 1  # inside a word, or against kinsoku
    FAIR = 2  # between any two Japanese characters, inside a formula
    GOOD = 3  # between phrases, between words


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of `text`, each at most `width` cells wide, without the spaces at its end.

    Newlines of the text stay line ends. A character wider than `width` has a line of its own.
    """
    return [text[start:end].rstrip(" \n") for start, end in line_spans(text, width)]


@lru_cache(maxsize=512)
def line_spans(text: str, width: int) -> tuple[tuple[int, int], ...]:
    """Return where each line starts and ends; together the spans cover the whole text."""
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        ends = _line_ends(paragraph, width)
        starts = [0, *ends[:-1]]
        spans.extend((start + a, start + b) for a, b in zip(starts, ends, strict=True))
        if end < len(text):  # the newline belongs to the line it ends
            spans[-1] = (spans[-1][0], end + 1)
        start = end + 1
    return tuple(spans)


def _line_ends(paragraph: str, width: int) -> list[int]:
    if cell_len(paragraph) <= width:
        return [len(paragraph)]
    graphemes, _ = split_graphemes(paragraph)
    places = break_places(paragraph)
    ends: list[int] = []
    first = 0  # the grapheme that starts the line
    while first < len(graphemes):
        last = _end_of_line(paragraph, graphemes, places, first, width)
        ends.append(graphemes[last - 1][1])
        first = last
    return ends


def _end_of_line(
    text: str,
    graphemes: list[tuple[int, int, int]],
    places: tuple[Break, ...],
    first: int,
    width: int,
) -> int:
    """Return the index after the last grapheme of the line that starts at `first`."""
    best: dict[Break, tuple[int, int]] = {}  # place -> (grapheme index, cells of the line)
    cells = 0  # of the line so far
    seen = 0  # the same without the spaces at its end, which may hang over
    for index in range(first, len(graphemes)):
        start, end, size = graphemes[index]
        cells += size
        if text[start:end] != " ":
            seen = cells
        if seen > width and index > first:
            break
        following = index + 1
        if following == len(graphemes):
            return following
        best[places[following]] = (following, seen)
    good = best.get(Break.GOOD)
    fair = best.get(Break.FAIR)
    if good and fair and good[1] < width * _LEAST_FILL < fair[1]:
        good = None
    chosen = good or fair or best.get(Break.LAST_RESORT)
    return chosen[0] if chosen else first + 1


@lru_cache(maxsize=256)  # the same at every width
def break_places(text: str) -> tuple[Break, ...]:
    """Return for each grapheme how good a line end before it would be."""
    graphemes, _ = split_graphemes(text)
    phrases = _phrase_starts(text)
    places: list[Break] = []
    depth = 0  # of brackets
    previous = ""
    for start, end, _size in graphemes:
        here = text[start:end]
        phrase = start in phrases
        places.append(_place(text, start, previous=previous, here=here, phrase=phrase, depth=depth))
        if here in _OPENING:
            depth += 1
        elif here in _CLOSING:
            depth = max(0, depth - 1)
        previous = here
    return tuple(places)


def _place(text: str, at: int, *, previous: str, here: str, phrase: bool, depth: int) -> Break:
    if not previous or here == " ":
        return Break.LAST_RESORT
    if previous == " ":
        return Break.FAIR if _within_formula(text, at, depth) else Break.GOOD
    if here[0] in NOT_AT_START or previous[0] in NOT_AT_END:
        return Break.LAST_RESORT
    if not _is_japanese(previous[0]) and not _is_japanese(here[0]):
        return Break.LAST_RESORT
    if _is_kanji(previous[0]) and _is_kanji(here[0]):
        return Break.FAIR  # a compound such as 絶対値, whatever the phrase model makes of it
    return Break.GOOD if phrase else Break.FAIR


def _within_formula(text: str, at: int, depth: int) -> bool:
    """Whether the space before `at` stands beside an operator or between listed numbers."""
    before = at
    while before and text[before - 1] == " ":
        before -= 1
    left = text[text.rfind(" ", 0, before) + 1 : before]
    after = text.find(" ", at)
    right = text[at:] if after < 0 else text[at:after]
    if _OPERATORS.issuperset(left) or _OPERATORS.issuperset(right):
        return True
    return depth > 0 and left.endswith(",") and not left[0].isalpha()


def _is_japanese(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFH"


def _is_kanji(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


def _phrase_starts(text: str) -> frozenset[int]:
    if text.isascii():
        return frozenset()
    starts: list[int] = []
    position = 0
    for phrase in _parser().parse(text):
        starts.append(position)
        position += len(phrase)
    return frozenset(starts)


@cache
def _parser() -> Parser:
    import budoux  # noqa: PLC0415 - its model is read when the first long text is wrapped

    return budoux.load_default_japanese_parser()
