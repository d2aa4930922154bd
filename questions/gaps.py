"""The gaps of a passage: `[[ア]]` as an author writes it, （ア） as a learner sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from losses.text import Language

_MARK = re.compile(r"\[\[(\w{1,8})\]\]")


def gap_names(text: str) -> tuple[str, ...]:
    """Return the names of the gaps of a text in the order of their first appearance."""
    return tuple(dict.fromkeys(_MARK.findall(text)))


def mark(name: str) -> str:
    """Return a gap as an author writes it."""
    return f"[[{name}]]"


def shown_gap(name: str, language: Language) -> str:
    """Return a gap as a learner sees it."""
    return f"（{name}）" if language == "ja" else f"({name})"


def with_gaps(text: str, names: Iterable[str], language: Language) -> str:
    """Return a text with these gaps as a learner sees them; other brackets stay as they are."""
    known = frozenset(names)
    return _MARK.sub(
        lambda found: shown_gap(found[1], language) if found[1] in known else found[0], text
    )
