"""Keys mean the same with an input method left on."""

from __future__ import annotations

import pytest
from textual.events import Key

from quizapp.tui.typed import character_of, ordinary_key


@pytest.mark.parametrize(
    ("key", "character", "meant", "simulated"),
    [
        ("1", "1", "1", None),
        ("fullwidth_digit_one", "１", "1", "1"),
        ("fullwidth_latin_small_letter_a", "ａ", "a", "a"),
        ("fullwidth_latin_capital_letter_b", "Ｂ", "b", "b"),
        ("ideographic_space", "\u3000", " ", "space"),
        ("fullwidth_question_mark", "？", "?", "question_mark"),
        ("hiragana_letter_a", "あ", "a", "a"),
        ("hiragana_letter_u", "う", "u", "u"),
        ("hiragana_letter_ka", "か", "か", None),
        ("A", "A", "a", None),
        ("enter", None, None, None),
        ("enter", "\r", "\r", None),
        ("square_kilo", "㌔", None, None),
    ],
)
def test_examples(
    key: str, character: str | None, meant: str | None, simulated: str | None
) -> None:
    event = Key(key, character)
    assert character_of(event) == meant
    assert ordinary_key(event) == simulated
