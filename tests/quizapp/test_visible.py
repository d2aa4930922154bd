"""What a terminal would obey is taken out of texts; what can be seen stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.visible import visible, visible_line


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("損失 [b]x[/b]", "損失 [b]x[/b]"),
        ("\x1b[31m赤\x1b[0m", "赤"),
        ("\x1b]0;title\x07後", "後"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2J消えない", "消えない"),
        ("\x1bP1$q\x1b\\x", "x"),
        ("\x1b]no end of it\n次の行", "\n次の行"),
        ("\x1bc\x1b(B残る", "残る"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("a\tb", "a    b"),
        ("abc\u202edef\u2069", "abcdef"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\U000e0041tag", "tag"),
        ("lone \ud800", "lone \ufffd"),
        ("e\u0301", "e\u0301"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("葛\U000e0100城", "葛\U000e0100城"),
    ],
)
def test_examples(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_marks_piled_on_one_character_are_limited() -> None:
    assert visible("Z" + "\u0301" * 50 + "a") == "Z" + "\u0301" * 4 + "a"


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    seen = visible(text)
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs") and character != "\n" for character in seen
    )
    assert visible(seen) == seen
    seen.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=200))
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert len(visible_line(text).splitlines()) <= 1
