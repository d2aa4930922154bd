"""What a person typed -> a number, or why it cannot be read.

A small grammar of its own (no eval): numbers in every notation learners use, fractions, percent,
powers, roots and logarithms. Nothing is guessed: what has two readings is asked about.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from losses.text import Text

LONGEST = 200  # characters
_DEEPEST = 40  # nested parentheses, powers and signs


@dataclass(frozen=True, slots=True)
class Reading:
    """The number that was read, and how: "0,25 → 0.25"."""

    value: float
    echo: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why the text is not one number, and what to type instead."""

    message: Text


def read_number(text: str, *, percent: bool = False) -> Reading | Unreadable:
    """Read one number. Never raises; takes time proportional to the (limited) length.

    With `percent` the question asks for a percentage: 25% is 25, otherwise 0.25. `log` is the
    natural logarithm, as in PyTorch.
    """
    try:
        if len(text) > LONGEST:
            raise _Fault(_TOO_LONG)
        value = _Parser(_tokens(_plain(text)), percent=percent).value()
    except _Fault as fault:
        return Unreadable(fault.message)
    except ZeroDivisionError:
        return Unreadable(_BY_ZERO)
    except OverflowError:
        return Unreadable(_TOO_LARGE)
    except ValueError:
        return Unreadable(_UNDEFINED)
    if not math.isfinite(value):
        return Unreadable(_TOO_LARGE)
    value += 0.0  # −0 is 0
    canonical = f"{value:.15g}"
    typed = text.strip()
    return Reading(value, canonical if typed == canonical else f"{typed} → {canonical}")


class _Fault(Exception):
    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


_EMPTY = Text("数を入力する。", "Type a number.")
_TOO_LONG = Text(
    f"長すぎて読めない。{LONGEST}文字以内で入力する。",
    f"Too long to read: use at most {LONGEST} characters.",
)
_SEVERAL = Text("数が2つ以上ある。1つだけ入力する。", "There are several numbers: type one.")
_UNBALANCED = Text("括弧の対応が取れていない。", "The parentheses do not match.")
_UNFINISHED = Text("式が途中で終わっている。", "The expression is not finished.")
_TOO_DEEP = Text("式の入れ子が深すぎる。", "The expression is nested too deeply.")
_BY_ZERO = Text("0で割っている。", "That divides by zero.")
_TOO_LARGE = Text("有限の数にならない。", "The result is not a finite number.")
_UNDEFINED = Text(
    "実数にならない（負の数の対数や平方根など）。",
    "The result is not a real number (the logarithm or root of a negative number, say).",
)
_GROUPS = Text(
    "桁区切りの位置が読み取れない。小数点に「.」を使い、区切りなしで入力する。",
    "The separators cannot be read: use '.' for decimals and no thousands separator.",
)


def _ambiguous(text: str) -> Text:
    plain = text.replace(",", "")
    decimal = text.replace(",", ".")
    return Text(
        f"「{text}」は{plain}とも{decimal}とも読める。どちらかを区切りなしで入力する。",
        f"{text!r} may mean {plain} or {decimal}: type one of these.",
    )


def _word(text: str) -> Text:
    return Text(
        f"「{text}」は数として読めない。0.25、1/3、2.5e-3、ln 2 のように入力する。",
        f"{text!r} is not part of a number. Type for example 0.25, 1/3, 2.5e-3 or ln 2.",
    )


# Characters that people type for these, many of them with an input method left on.
_SAME: Mapping[str, str] = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0dー", "-"),
    **dict.fromkeys("×✕✖·⋅∙・∗＊", "*"),
    **dict.fromkeys("÷∕⁄／", "/"),
    "√": " sqrt ",
    "π": " pi ",
    "。": ".",
    "｡": ".",
    "、": ",",
    "､": ",",
    "٫": ".",
}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPT_RUN = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SUBSCRIPTED_LOG = re.compile("log(₂|₁₀)")


def _plain(text: str) -> str:
    """Return the text in ASCII where it has an ASCII meaning.

    Superscripts and vulgar fractions come first: NFKC would make 22 of 2² and 11/2 of 1½.
    """
    text = text.strip().removesuffix("。")
    text = _SUBSCRIPTED_LOG.sub(lambda found: "log2 " if found[1] == "₂" else "log10 ", text)
    text = _SUPERSCRIPT_RUN.sub(lambda found: f"^({found[0].translate(_SUPERSCRIPTS)})", text)
    pieces = []
    for character in text:
        if character in _SAME:
            pieces.append(_SAME[character])
        elif unicodedata.decomposition(character).startswith("<fraction>"):
            pieces.append(_vulgar(character))
        else:
            pieces.append(unicodedata.normalize("NFKC", character))
    return "".join(pieces).strip()


def _vulgar(character: str) -> str:
    """½ as ⟨1/2⟩: brackets of its own, because 1½ adds where 1(1/2) would multiply."""
    top, _, bottom = unicodedata.normalize("NFKC", character).partition("\u2044")
    if not (top.isascii() and bottom.isascii() and top.isdigit() and bottom.isdigit()):
        raise _Fault(_word(character))  # ⅟ has no denominator
    return f"⟨{top}/{bottom}⟩"


Kind = Literal["number", "vulgar", "name", "sign", "end"]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    text: str
    value: float = 0.0
    whole: bool = False  # a number of digits only
    spaced: bool = False  # white space stands before it


_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>(?:[0-9]|[.,](?=[0-9]))[0-9.,]*)(?P<exponent>[eE][+-]?[0-9]+(?![0-9.,]))?
      | ⟨(?P<top>[0-9]+)/(?P<bottom>[0-9]+)⟩
      | (?P<times>[xX](?=\s*10\s*(?:\^|\*\*)))
      | (?P<name>log10(?![0-9])|log2(?![0-9])|log|ln|exp|sqrt|pi|e(?![a-z]))
      | (?P<sign>\*\*|[-+*/^()%=≈])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place, spaced = 0, False
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            rest = re.match(r"[^\s0-9.,+\-*/^()%=]+|.", text[place:], re.DOTALL)
            raise _Fault(_word(rest[0] if rest else text[place:]))
        place = found.end()
        if found["space"]:
            spaced = True
            continue
        tokens.append(_token(found, spaced=spaced))
        spaced = False
    if not tokens:
        raise _Fault(_EMPTY)
    if tokens[0].text in ("=", "≈"):  # "= 0.25": what follows is meant
        del tokens[0]
    tokens.append(_Token("end", ""))
    return tokens


def _token(found: re.Match[str], *, spaced: bool) -> _Token:
    if found["number"]:
        digits = _decimal(found["number"])
        exponent = found["exponent"] or ""
        return _Token(
            "number",
            found[0],
            float(digits + exponent),
            whole=found["number"].isdigit() and not exponent,
            spaced=spaced,
        )
    if found["top"]:
        return _Token("vulgar", found[0], int(found["top"]) / int(found["bottom"]), spaced=spaced)
    if found["times"]:
        return _Token("sign", "*", spaced=spaced)
    if found["name"]:
        return _Token("name", found["name"].lower(), spaced=spaced)
    return _Token("sign", "^" if found[0] == "**" else found[0], spaced=spaced)


_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")


def _decimal(text: str) -> str:
    """Return digits with separators as digits with a decimal point, or ask."""
    points, commas = text.count("."), text.count(",")
    if points <= 1 and commas == 0:
        return text
    if points and commas:
        # Both: the one that comes last is the decimal separator, the other groups thousands.
        last = "." if text.rfind(".") > text.rfind(",") else ","
        whole, _, fraction = text.rpartition(last)
        if last in whole or not fraction.isdigit() or not _THOUSANDS.fullmatch(whole):
            raise _Fault(_GROUPS)
        return f"{whole.replace('.', '').replace(',', '')}.{fraction}"
    if points > 1 or commas > 1:
        if not _THOUSANDS.fullmatch(text) or text.startswith("0"):
            raise _Fault(_SEVERAL if commas > 1 else _GROUPS)
        return text.replace(".", "").replace(",", "")
    whole, _, fraction = text.partition(",")
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        raise _Fault(_ambiguous(text))
    return f"{whole}.{fraction}"


_CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "ln": math.log,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "exp": math.exp,
    "sqrt": math.sqrt,
}


class _Parser:
    """Recursive descent: sums of products of signed powers."""

    def __init__(self, tokens: list[_Token], *, percent: bool) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._percent = percent

    def value(self) -> float:
        result = self._sum()
        left = self._next
        if left.kind == "end":
            return result
        if left.text == ")":
            raise _Fault(_UNBALANCED)
        if left.kind in ("number", "vulgar"):
            raise _Fault(_SEVERAL)
        raise _Fault(_word(left.text))

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self._next
        self._place += 1
        return token

    def _sum(self) -> float:
        self._deeper()
        result = self._product()
        while self._next.text in ("+", "-"):
            if self._take().text == "+":
                result += self._product()
            else:
                result -= self._product()
        self._depth -= 1
        return result

    def _product(self) -> float:
        result = self._signed()
        while True:
            if self._next.text == "*":
                self._take()
                result *= self._signed()
            elif self._next.text == "/":
                self._take()
                result /= self._signed()
            elif self._next.kind == "name" or self._next.text == "(":
                if self._next.text == "e" and not self._next.spaced:
                    raise _Fault(_UNFINISHED)  # "1e" is half of 1e-3 rather than 1 times e
                result *= self._power()  # 2π, 2√2, 3(1+2)
            else:
                return result

    def _signed(self) -> float:
        if self._next.text in ("+", "-"):
            self._deeper()
            sign = -1.0 if self._take().text == "-" else 1.0
            result = sign * self._signed()
            self._depth -= 1
            return result
        return self._power()

    def _power(self) -> float:
        base = self._percentage()
        if self._next.text != "^":
            return base
        self._take()
        self._deeper()
        exponent = self._signed()
        self._depth -= 1
        return math.pow(base, exponent)

    def _percentage(self) -> float:
        result = self._atom()
        if self._next.text == "%":
            self._take()
            return result if self._percent else result / 100
        return result

    def _atom(self) -> float:
        token = self._take()
        if token.kind == "number":
            if self._next.kind == "vulgar" and token.whole:
                return token.value + self._take().value  # 1½
            return token.value
        if token.kind == "vulgar":
            return token.value
        if token.text == "(":
            result = self._sum()
            if self._take().text != ")":
                raise _Fault(_UNBALANCED)
            return result
        if token.text in _CONSTANTS:
            return _CONSTANTS[token.text]
        if token.text in _FUNCTIONS:
            self._deeper()
            argument = self._power() if self._next.text != "-" else self._signed()
            self._depth -= 1
            return _FUNCTIONS[token.text](argument)
        if token.kind == "end":
            raise _Fault(_UNFINISHED)
        raise _Fault(_UNBALANCED if token.text == ")" else _word(token.text))

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Fault(_TOO_DEEP)
