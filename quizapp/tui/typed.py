"""Which character a key press stands for, with or without an input method left on."""

from __future__ import annotations

import unicodedata

from textual.events import Key

# What a romaji input method makes of the vowels among our letter keys.
_KANA = {"あ": "a", "い": "i", "う": "u", "え": "e", "お": "o"}

_NAMES = {" ": "space", "?": "question_mark"}


def character_of(event: Key) -> str | None:
    """Return the character in its ordinary form: `１` as `1`, `Ａ` as `a`, U+3000 as a space."""
    typed = event.character
    if not typed:
        return None
    ordinary = unicodedata.normalize("NFKC", _KANA.get(typed, typed)).lower()
    return ordinary if len(ordinary) == 1 else None


def ordinary_key(event: Key) -> str | None:
    """Return the name of the key that was meant, where an input method sent another one."""
    character = character_of(event)
    if character is None or event.character is None or event.character.isascii():
        return None
    return _NAMES.get(character, character) if character.isascii() else None
