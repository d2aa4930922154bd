"""Expressions over named values: "a / b". Read with the grammar of typed answers; no eval."""

from __future__ import annotations

import re
from collections.abc import Mapping

from losses.text import Text
from losses.worked.step import bracketed
from questions.answer import Unreadable, read_number

_WORD = re.compile(r"[A-Za-z]+")
_NAME = re.compile(r"[A-Za-z]{1,12}")
# Words with a meaning of their own in the grammar; x multiplies.
_RESERVED = frozenset({"e", "pi", "ln", "log", "exp", "sqrt", "x", "nan", "inf", "infinity"})
_LONGEST = 20_000  # characters with the values written out; an author's expression is short

# Values to try an expression with: its grammar is sound when it can be computed with any of them.
_TRIALS = ((0.7, 1.3, 2.1, 0.4, 3.2, 1.9), (2.1, 0.7, 0.3, 1.8, 0.9, 1.1), (0.2, 0.9, 1.7, 3, 5, 8))


class NotComputable(ValueError):
    """An expression has no value with these numbers; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def value_of(expression: str, values: Mapping[str, float]) -> float:
    """Return the value of an expression. Raises NotComputable, a ValueError, where it has none."""
    # repr: the shortest text that reads back as the same float.
    filled = _WORD.sub(
        lambda word: f"({values[word[0]]!r})" if word[0] in values else word[0], expression
    )
    reading = read_number(filled, longest=_LONGEST)
    if isinstance(reading, Unreadable):
        raise NotComputable(reading.message)
    return reading.value


def substituted(expression: str, values: Mapping[str, float]) -> str:
    """Return the expression with the values in the place of their names, as on paper."""
    return _WORD.sub(
        lambda word: bracketed(values[word[0]]) if word[0] in values else word[0], expression
    )


def is_name(text: str) -> bool:
    """Whether a value of an expression can be called this."""
    return _NAME.fullmatch(text) is not None and text.lower() not in _RESERVED


def names_in(expression: str) -> tuple[str, ...]:
    """Return the words of an expression that mean nothing in the grammar, each once."""
    words = (word for word in _WORD.findall(expression) if word.lower() not in _RESERVED)
    return tuple(dict.fromkeys(words))


def fault_in(expression: str) -> Text | None:
    """Return what is wrong with an expression whatever its values are, None if nothing is."""
    fault = None
    for trial in _TRIALS:
        try:
            value_of(expression, dict(zip(names_in(expression), trial, strict=False)))
        except NotComputable as error:
            fault = error.text
        else:
            return None
    return fault
