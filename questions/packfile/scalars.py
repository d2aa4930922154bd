"""What a plain word of YAML means, by the core schema of YAML 1.2.

PyYAML resolves by YAML 1.1: `1e-3` is text, `no` is False, `12:30` is 750 and `010` is 8 there.
"""

from __future__ import annotations

import re

Scalar = None | bool | int | float | str

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})
_FIRST = "+-.0123456789"  # how a number begins
_MOST_DIGITS = 400  # more do not fit a float; Python refuses to read thousands of them


def resolve(text: str) -> Scalar:
    """Return the value of a plain scalar; whatever is nothing else is text.

    >>> resolve("1e-3"), resolve("no"), resolve("12:30"), resolve("010"), resolve("~")
    (0.001, 'no', '12:30', 10, None)
    """
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    return _number(text)


def tagged(text: str, kind: str) -> Scalar:
    """Return the value of a scalar with an explicit core tag: `!!str 1` is the text 1.

    Raises ValueError for a value that does not fit the tag.
    """
    if kind == "str":
        return text
    value = resolve(text)
    fits = {
        "null": value is None,
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, int | float) and not isinstance(value, bool),
    }
    if not fits.get(kind, False):
        raise ValueError(text)
    return float(value) if kind == "float" and isinstance(value, int) else value


def _number(text: str) -> int | float | str:
    if text[0] not in _FIRST or len(text) > _MOST_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _INFINITE.fullmatch(text):
        return float("-inf" if text.startswith("-") else "inf")
    if text in _NOT_A_NUMBER:
        return float("nan")
    return text
