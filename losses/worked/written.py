"""Read the written form of a step again: `(0.64 + 4 + 0.25) / 3`, `−ln 0.952574, −ln 0.0474259`.

`Step.substitution` is arithmetic with the numbers of a calculation. Reading it gives the step's
values as a function of those numbers, so that other numbers can take their place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# A number of the written form is looked up by its text and place among the numbers.
Numbers = Callable[[int, str], float]
Entry = Callable[[Numbers], float]

_TOKEN = re.compile(
    r"\s*(?:(?P<name>log₂|log|ln|exp|max|min|cosh|sigmoid|σ|π|e(?=\^))"
    r"|(?P<label>[A-Za-z] =|\d+:\(\d+,\d+\):)"  # "P = 2": it says nothing about the value
    r"|(?P<number>\d+(?:\.\d+)?(?:e[+−]?\d+)?)"
    r"|(?P<sign>[-+−·/^√|()\[\],;½²³]))"
)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "ln": math.log,
    "log": math.log,
    "exp": math.exp,
    "σ": _sigmoid,
    "sigmoid": _sigmoid,
    "log₂": math.log2,
    "√": math.sqrt,
    "cosh": math.cosh,
}
_CHOICES: Mapping[str, Callable[..., float]] = {"max": max, "min": min}
_CONSTANTS = {"e": math.e, "π": math.pi}
_POWERS = {"²": 2.0, "³": 3.0}
_DEEPEST = 8


class Illegible(Exception):
    """A written form with signs that are not understood here."""


@dataclass(frozen=True, slots=True)
class Written:
    """The entries of a step as functions of the numbers in it, and those numbers as written."""

    entries: tuple[Entry, ...]
    numbers: tuple[str, ...]


def read(substitution: str) -> Written:
    """Read a written form, its entries row by row. Raises Illegible."""
    reader = _Reader(_tokens(substitution))
    entries = reader.listing(until="")
    return Written(tuple(entries), tuple(reader.numbers))


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Illegible(text[at:])
        if match["label"] is None:
            found.append(match.group().strip())
        at = match.end()
    return found


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self.numbers: list[str] = []

    def listing(self, *, until: str) -> list[Entry]:
        """Entries separated by commas and semicolons, lists within lists laid out flat."""
        entries = self._item()
        while self._next in (",", ";"):
            self._at += 1
            entries += self._item()
        self._expect(until)
        return entries

    @property
    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _expect(self, token: str) -> None:
        if self._next != token:
            raise Illegible(self._next)
        self._at += 1

    def _item(self) -> list[Entry]:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Illegible("too deep")
        try:
            if self._next == "[":
                self._at += 1
                return self.listing(until="]")
            start, seen = self._at, len(self.numbers)
            if self._next == "(":  # a pair, unless it is a single value
                self._at += 1
                inner = self.listing(until=")")
                if len(inner) > 1 and self._next in (",", ";", "", "]", ")"):
                    return inner
                self._at = start
                del self.numbers[seen:]
            return [self._sum()]
        finally:
            self._depth -= 1

    def _sum(self) -> Entry:
        value = self._product()
        while self._next in ("+", "−", "-"):
            sign = -1.0 if self._tokens[self._at] != "+" else 1.0
            self._at += 1
            value = _added(value, self._product(), sign)
        return value

    def _product(self) -> Entry:
        if self._next in ("−", "-"):
            self._at += 1
            return _times(_constant(-1.0), self._product())
        value = self._power()
        while self._next in ("·", "/"):
            operator = self._next
            self._at += 1
            factor = self._product() if self._next in ("−", "-") else self._power()
            value = (_times if operator == "·" else _over)(value, factor)
        return value

    def _power(self) -> Entry:
        base = self._primary()
        while self._next in (*_POWERS, "^"):
            power = self._tokens[self._at]
            self._at += 1
            base = _raised(base, _constant(_POWERS[power]) if power in _POWERS else self._signed())
        return base

    def _signed(self) -> Entry:
        if self._next in ("−", "-"):
            self._at += 1
            return _times(_constant(-1.0), self._primary())
        return self._primary()

    def _primary(self) -> Entry:
        sign = self._next
        self._at += 1
        if sign == "(":
            value = self._sum()
            self._expect(")")
            return value
        if sign == "|":
            value = self._sum()
            self._expect("|")
            return _applied(abs, value)
        if sign in _FUNCTIONS:
            return _applied(_FUNCTIONS[sign], self._power())
        if sign in _CHOICES:
            self._expect("(")
            return _chosen(_CHOICES[sign], self.listing(until=")"))
        if sign == "½":
            self._implied_sign()
            return _constant(0.5)
        if sign in _CONSTANTS:
            return _constant(_CONSTANTS[sign])
        if sign[:1].isdigit():
            self.numbers.append(sign)
            self._implied_sign()
            return _number(len(self.numbers) - 1, sign)
        raise Illegible(sign)

    def _implied_sign(self) -> None:
        """½(a + b) is ½·(a + b), 2π is 2·π."""
        if self._next in ("(", "π", "ln"):
            self._tokens.insert(self._at, "·")


def _number(place: int, text: str) -> Entry:
    return lambda numbers: numbers(place, text)


def _constant(value: float) -> Entry:
    return lambda _: value


def _added(one: Entry, other: Entry, sign: float) -> Entry:
    return lambda numbers: one(numbers) + sign * other(numbers)


def _times(one: Entry, other: Entry) -> Entry:
    return lambda numbers: one(numbers) * other(numbers)


def _over(one: Entry, other: Entry) -> Entry:
    return lambda numbers: one(numbers) / other(numbers)


def _raised(one: Entry, other: Entry) -> Entry:
    return lambda numbers: float(math.pow(one(numbers), other(numbers)))


def _applied(function: Callable[[float], float], entry: Entry) -> Entry:
    return lambda numbers: function(entry(numbers))


def _chosen(function: Callable[..., float], entries: list[Entry]) -> Entry:
    return lambda numbers: function([entry(numbers) for entry in entries])
