"""Typed text -> the tokens of a calculation, whatever keyboard or input method it came from.

Nothing is guessed here: characters and separators with two meanings are asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from losses.text import Text

Kind = Literal["number", "fraction", "constant", "function", "sign", "end"]


class Fault(Exception):
    """The text cannot be read as one number; `text` says what to type instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a calculation.

    A number is `digits` (decimal point, no separators) times ten to the `exponent`.
    """

    kind: Kind
    text: str  # as in the ASCII form; functions and constants in lower case
    spaced: bool = False  # white space stands before it
    digits: str = ""
    exponent: int = 0
    top: int = 0  # of a fraction such as ½
    bottom: int = 1


END = Token("end", "")

_MINUS = (
    "-\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2796\ufe58\ufe63\uff0d\u30fc\uff70"
)
_SAME: Mapping[str, str] = {
    **dict.fromkeys(_MINUS, "-"),  # ー and ─ are what an input method gives for the minus key
    **dict.fromkeys("×✕✖⨯·⋅∙•∗", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("。｡", "."),  # an input method gives these for the point and the comma
    **dict.fromkeys("、､", ","),
    **dict.fromkeys("≈≒", "="),
    "√": "√",
    "π": "π",
    "ℯ": "e",
    "㏑": "ln",
    "㏒": "log",
}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPT_RUN = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOG_BASE = re.compile("(?:log|㏒)(₂|₁₀|ₑ)", re.IGNORECASE)
_BASES = {"₂": "log_2 ", "₁₀": "log_10 ", "ₑ": "ln "}

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(
    r"(?P<digits>(?:[0-9]|[.,](?=[0-9]))[0-9.,]*)(?:[eE](?P<exponent>[+-]?[0-9]+)(?![0-9.,]))?"
)
_FRACTION = re.compile(r"⟨([0-9]+)/([0-9]+)⟩")
_LETTERS = re.compile(r"[^\W\d_A-Za-z]+")  # of other scripts
_WORD = re.compile(r"[A-Za-z]+")
_LOG_SUFFIX = re.compile(r"_?(2|10)(?![0-9.,])")
_SIGN = re.compile(r"\*\*|[-+*/^()%√]")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")

_CONSTANTS = ("pi", "e")
_FUNCTIONS = ("ln", "log", "exp", "sqrt")
_NOT_FINITE = ("nan", "inf", "infinity")

_LARGEST_EXPONENT = 400  # beyond every float, whatever the digits


def tokens(text: str) -> list[Token]:
    """Split typed text into tokens, the last one END.

    Raises Fault for what has no meaning, or more than one.
    """
    text = _ascii(text)
    if text.startswith("="):
        text = text[1:]  # "= 0.25" and "≈ 0.25": what follows is meant
    found = list(_scanned(text))
    if not found:
        raise Fault(EMPTY)
    return [*found, END]


def cleaned(text: str) -> str:
    """Return typed text for an echo: on one line, without invisible characters."""
    return " ".join("".join(c for c in text if not _is_invisible(c)).split())


def _ascii(text: str) -> str:
    """Return the text in ASCII (and √, π) where it has such a meaning.

    Superscripts and fractions come first: NFKC would make 22 of 2² and 11⁄2 of 1½.
    """
    text = cleaned(text).removesuffix("。")
    text = _LOG_BASE.sub(lambda found: _BASES[found[1]], text)
    text = _SUPERSCRIPT_RUN.sub(lambda found: f"^({found[0].translate(_SUPERSCRIPTS)})", text)
    return "".join(_meant(character, text, place) for place, character in enumerate(text)).strip()


def _meant(character: str, text: str, place: int) -> str:
    if character.isascii():
        return character
    if character in _SAME:
        return _SAME[character]
    if character in "・･":
        raise Fault(MIDDLE_DOT)
    decomposition = unicodedata.decomposition(character)
    if decomposition.startswith("<fraction>"):
        return _vulgar(character)
    folded = unicodedata.normalize("NFKC", character)
    # ① and ₂ are not the number 1 or 2; most of what folds to several characters is a unit.
    if len(folded) == 1 and not decomposition.startswith(("<circle>", "<sub>", "<super>")):
        return folded if folded.isascii() or folded == "π" else _foreign(text, place)
    return _foreign(text, place)


def _foreign(text: str, place: int) -> str:
    word = _LETTERS.match(text, place)
    raise Fault(not_a_number(word[0] if word else text[place]))


def _vulgar(character: str) -> str:
    """½ as ⟨1/2⟩: brackets of its own, because 1½ adds where 1(1/2) would multiply."""
    top, _, bottom = unicodedata.normalize("NFKC", character).partition("\u2044")
    if not (top.isdigit() and bottom.isdigit()):
        raise Fault(not_a_number(character))  # ⅟ has no denominator
    return f"⟨{top}/{bottom}⟩"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _scanned(text: str) -> Iterator[Token]:
    place, spaced = 0, False
    previous = END
    while place < len(text):
        if space := _SPACE.match(text, place):
            place, spaced = space.end(), True
            continue
        token, place = _token(text, place, previous, spaced=spaced)
        yield token
        previous, spaced = token, False


def _token(text: str, place: int, previous: Token, *, spaced: bool) -> tuple[Token, int]:
    if found := _NUMBER.match(text, place):
        return _number(found, spaced=spaced), found.end()
    if found := _FRACTION.match(text, place):
        top, bottom = int(found[1]), int(found[2])
        return Token("fraction", found[0], spaced, top=top, bottom=bottom), found.end()
    if found := _SIGN.match(text, place):
        sign = "^" if found[0] == "**" else found[0]
        return Token("sign", sign, spaced), found.end()
    if text[place] == "π":
        return Token("constant", "pi", spaced), place + 1
    if found := _WORD.match(text, place):
        return _word(text, found, previous, spaced=spaced)
    raise Fault(UNDERSCORE if text[place] == "_" else not_a_number(text[place]))


def _number(found: re.Match[str], *, spaced: bool) -> Token:
    exponent = found["exponent"] or "0"
    if len(exponent.lstrip("+-0")) > 4 or abs(int(exponent)) > _LARGEST_EXPONENT:
        raise Fault(TOO_SMALL if exponent.startswith("-") else TOO_LARGE)
    return Token(
        "number", found[0], spaced, digits=_decimal(found["digits"]), exponent=int(exponent)
    )


def _word(text: str, found: re.Match[str], previous: Token, *, spaced: bool) -> tuple[Token, int]:
    word, end = found[0].lower(), found.end()
    if word == "log":
        if base := _LOG_SUFFIX.match(text, end):
            return Token("function", f"log{base[1]}", spaced), base.end()
        if text[end : end + 1].isdigit() or text[end : end + 1] in (".", ","):
            raise Fault(LOG_NEEDS_PARENTHESES)
    if word in _FUNCTIONS:
        return Token("function", word, spaced), end
    if word in _CONSTANTS:
        return Token("constant", word, spaced), end
    if word[0] == "x" and previous.text.startswith("0") and previous.text.isdigit() and not spaced:
        raise Fault(HEXADECIMAL)
    if word == "x" and (previous.kind in ("number", "fraction") or previous.text == ")"):
        return Token("sign", "*", spaced), end
    if word in _NOT_FINITE:
        raise Fault(NOT_FINITE)
    raise Fault(not_a_number(found[0]))


def _decimal(text: str) -> str:
    """Return digits and separators as digits with a decimal point, or ask what is meant."""
    points, commas = text.count("."), text.count(",")
    if commas == 0 and points <= 1:
        return text
    if text.endswith((",", ".")):
        raise Fault(SEPARATORS)
    if points and commas:
        # Both: the one that comes last is the decimal separator, the other groups thousands.
        last = "." if text.rfind(".") > text.rfind(",") else ","
        whole, _, fraction = text.rpartition(last)
        if last in whole or not _GROUPED.fullmatch(whole):
            raise Fault(SEPARATORS)
        return f"{whole.replace('.', '').replace(',', '')}.{fraction}"
    if points + commas > 1:
        if not _GROUPED.fullmatch(text):
            raise Fault(SEVERAL if commas else SEPARATORS)
        return text.replace(".", "").replace(",", "")
    if _GROUPED.fullmatch(text):
        raise Fault(_two_readings(text))
    return text.replace(",", ".")


EMPTY = Text("答えが空である。数を入力する。", "The answer is empty: type a number.")
SEVERAL = Text(
    "数が2つ以上ある。数は1つだけ、桁の間に空白を入れずに入力する。",
    "There are several numbers: type only one, without spaces between its digits.",
)
SEPARATORS = Text(
    "桁区切りの位置を読み取れない。小数点に「.」だけを使い、桁区切りなしで入力する。",
    "The separators cannot be read: use '.' for decimals and nothing between thousands.",
)
MIDDLE_DOT = Text(
    "「・」は割り算とも掛け算とも読める。「/」か「*」を使う（日本語入力を切ると入力できる）。",
    "'・' may mean division or multiplication: type '/' or '*'.",
)
UNDERSCORE = Text(
    "「_」は数に使えない。区切りなしで入力する。",
    "'_' cannot be part of a number: leave it out.",
)
HEXADECIMAL = Text(
    "16進数は読めない。10進数で入力する。", "Hexadecimal is not read: type a decimal number."
)
NOT_FINITE = Text("有限の数を入力する。", "Type a finite number.")
TOO_LARGE = Text(
    "値が大きすぎて有限の数にならない。式を確かめる。",
    "The value is too large: check the expression.",
)
TOO_SMALL = Text(
    "0と区別できないほど小さい。0なら0と入力する。",
    "This is too small to tell from 0: type 0 if that is meant.",
)
LOG_NEEDS_PARENTHESES = Text(
    "logの底と真数の境がわからない。自然対数は log(2)、底が2なら log2(8) のように括弧を付ける。",
    "Base and argument of log cannot be told apart: write log(2) for the natural logarithm, "
    "log2(8) for base 2.",
)


def not_a_number(text: str) -> Text:
    """Say that this part of the text has no meaning in a number."""
    shown = text if text.isprintable() and text else f"U+{ord(text[0]):04X}"
    if len(shown) > 20:
        shown = shown[:19] + "…"
    return Text(
        f"「{shown}」は数として読めない。0.25、1/3、2.5e-3、ln 2 のように入力する。",
        f"'{shown}' is not part of a number. Type for example 0.25, 1/3, 2.5e-3 or ln 2.",
    )


def _two_readings(text: str) -> Text:
    whole, decimal = text.replace(",", ""), text.replace(",", ".")
    return Text(
        f"「{text}」は{whole}とも{decimal}とも読める。意味するほうを「,」なしで入力する。",
        f"'{text}' may mean {whole} or {decimal}: type the one you mean, without the comma.",
    )
