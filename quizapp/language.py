"""The language the program speaks: `_` for its own sentences, `say` for those of the storeys below.

Message ids are the English sentences; `locale/ja` holds the Japanese ones. Nothing is read before
the first sentence is asked for, and Japanese is spoken unless `use` says otherwise.
"""

from __future__ import annotations

import gettext
import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from quizapp.problem import Problem

if TYPE_CHECKING:
    from losses.text import Words

Language = Literal["ja", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "ja"
CATALOGUES = Path(__file__).with_name("locale")

_spoken: list[Language] = [DEFAULT]  # a cell: `use` may be called from anywhere


class LanguageProblem(Problem):
    """A language that the program cannot speak; the message is one line in both languages."""


def use(name: str) -> Language:
    """Speak a language from now on: `ja`, `en`, or a locale name such as `en_GB.UTF-8`.

    Raises LanguageProblem for any other language and for a catalogue that is missing or broken.
    """
    language = _named(name)
    _catalogue(language)
    _spoken[0] = language
    return language


def current() -> Language:
    """Return the language that is spoken."""
    return _spoken[0]


def _(message: str) -> str:
    """Return a sentence of the program in the spoken language; `message` is the English one."""
    return _catalogue(current()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return a sentence about `n` things in the spoken language."""
    return _catalogue(current()).ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a sentence for translation where it is named; `_` translates it where it is shown."""
    return message


def say(words: Words) -> str:
    """Return a bilingual sentence in the spoken language; an author's words stay as they are."""
    return words if isinstance(words, str) else words.in_language(current())


def _named(name: str) -> Language:
    code = name.strip().replace("-", "_").partition("_")[0].partition(".")[0].lower()
    for language in LANGUAGES:
        if code == language:
            return language
    known = ", ".join(LANGUAGES)
    raise LanguageProblem(
        f"言語「{name}」には対応していない(使えるのは {known}) / "
        f"the language {name!r} is not supported (choose from {known})"
    )


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    path = CATALOGUES / language / "LC_MESSAGES" / "quizapp.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error) as error:
        raise LanguageProblem(
            f"言語ファイルを読めない: {path} / the language file cannot be read: {path} ({error})"
        ) from error
