"""The keys that stand for the labels of options, and those that take something back."""

from __future__ import annotations

_NUMBERS, _LETTERS = "123456789", "abcdefghi"

BACK = ("backspace", "delete", "\x7f", "\x08")


def label_of(character: str) -> str | None:
    """Return the label that a number or letter stands for: "2" for `2` and `b`."""
    for keys in (_NUMBERS, _LETTERS):
        if character in tuple(keys):
            return str(keys.index(character) + 1)
    return None
