"""`{name}` in a text stands for the given of that name, as it is shown.

Braces of LaTeX are not placeholders: those that follow a command, `^`, `_`, or another closed
group of such a command (`\\frac{a}{b}`, `x^{n}`). Inside such a group a placeholder is written
as usual: `\\frac{{a}}{2}`. Elsewhere `{{name}}` is the text `{name}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from questions.sampling import Drawn, Said

_NAMED = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")
_DOUBLED = re.compile(r"\{(\{[A-Za-z][A-Za-z0-9_]*\})\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)
_OPTIONAL = re.compile(r"\[[^\[\]\n]*\]")  # \sqrt[3]{x}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: as it is, or the name of a given. `start` counts characters."""

    kind: Literal["text", "name"]
    text: str
    start: int


@lru_cache(maxsize=512)  # a question's texts are filled again for every seed
def pieces(text: str) -> tuple[Piece, ...]:
    """Split a text into literal stretches and placeholders."""
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    literal_from = at = 0
    groups: list[bool] = []  # for every open brace: does it belong to a command?
    argument = False  # a brace here would be an argument of a command
    while at < len(text):
        character = text[at]
        if character == "\\" and (command := _COMMAND.match(text, at)):
            at = command.end()
            # \{ is a brace to be seen, \\ a new line: neither takes an argument.
            argument = command.group()[1:2].isalpha()
            if argument and (optional := _OPTIONAL.match(text, at)):
                at = optional.end()
            continue
        if character == "{" and not argument:
            found = _DOUBLED.match(text, at) or _NAMED.match(text, at)
            if found:
                if at > literal_from:
                    yield Piece("text", text[literal_from:at], literal_from)
                kind: Literal["text", "name"] = "text" if found.re is _DOUBLED else "name"
                yield Piece(kind, found.group(1), at)
                at = literal_from = found.end()
                argument = False
                continue
        if character == "{":
            groups.append(argument)
            argument = False
        elif character == "}":
            argument = bool(groups) and groups.pop()
        else:
            argument = character in "^_" and _in_mathematics(text, at)
        at += 1
    if literal_from < len(text):
        yield Piece("text", text[literal_from:], literal_from)


def names(text: str) -> tuple[str, ...]:
    """Return the names of the placeholders of a text, in order, each once."""
    found = (piece.text for piece in pieces(text) if piece.kind == "name")
    return tuple(dict.fromkeys(found))


def filled(text: str, given: Mapping[str, Drawn | Said]) -> str:
    """Return the text with the numbers and words in the place of the placeholders.

    A matrix whose placeholder stands alone on its line is written one row a line. A placeholder
    of an unknown name stays as it is.
    """
    parts: list[str] = []
    for piece in pieces(text):
        if piece.kind == "text":
            parts.append(piece.text)
        elif piece.text not in given:
            parts.append("{" + piece.text + "}")
        else:
            parts.append(_shown(given[piece.text], text, piece))
    return "".join(parts)


def _shown(drawn: Drawn | Said, text: str, piece: Piece) -> str:
    end = piece.start + len(piece.text) + 2
    before = text[text.rfind("\n", 0, piece.start) + 1 : piece.start]
    after = text[end : (text + "\n").index("\n", end)]
    if drawn.is_matrix and not before.strip() and not after.strip():
        return "[" + (",\n" + before + " ").join(drawn.rows) + "]"
    return drawn.text


def _in_mathematics(text: str, at: int) -> bool:
    """Whether the ^ or _ at this place has something to raise or lower: `x^{2}`, not ` ^{2}`."""
    return at > 0 and not text[at - 1].isspace()
