"""A sentence in the two languages the program speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in Japanese and in English."""

    ja: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.ja if language == "ja" else self.en


# An author's words, in the language of the pack, or the program's own.
Words = str | Text


def in_language(words: Words, language: Language) -> str:
    """Return words in `language`; an author's stay as they are."""
    return words if isinstance(words, str) else words.in_language(language)
