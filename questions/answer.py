"""What a person typed -> a number, or why it cannot be read.

A small grammar of its own (no eval): numbers in every notation learners use, fractions, percent,
powers, roots and logarithms. What has two readings is asked about, never guessed: being asked
costs no attempt, a wrong guess would.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from losses.text import Text
from questions import notation
from questions.notation import Fault, Token

LONGEST = 200  # characters
_DEEPEST = 40  # nested parentheses, powers and signs


@dataclass(frozen=True, slots=True)
class Reading:
    """The number that was read, and how: "0,25 → 0.25".

    `places`: how many decimals were typed (0.250 has three, 2.5e-3 four), None for the result of
    a calculation, which is as exact as a float.
    """

    value: float
    echo: str
    places: int | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why the text is not one number, and what to type instead."""

    message: Text


def read_number(
    text: str, *, percent: bool = False, longest: int = LONGEST
) -> Reading | Unreadable:
    """Read one number. Never raises; the work is bounded by the length of the text.

    With `percent` the question asks for a percentage: 25% is 25, otherwise 0.25. `log` is the
    natural logarithm, as in PyTorch.
    """
    try:
        if len(text) > longest:
            raise Fault(_TOO_LONG)
        quantity = _Parser(notation.tokens(text), percent=percent).quantity()
    except Fault as fault:
        return Unreadable(fault.text)
    except ZeroDivisionError:
        return Unreadable(_BY_ZERO)
    except OverflowError:
        return Unreadable(notation.TOO_LARGE)
    except ValueError:
        return Unreadable(_UNDEFINED)
    typed, meant = notation.cleaned(text), _written(quantity)
    plainly = typed.isascii() and typed.lstrip("-").replace(".", "", 1).isdigit()
    echo = typed if plainly and not typed.startswith(".") else f"{typed} → {meant}"
    return Reading(quantity.value, echo, quantity.places)


_TOO_LONG = Text(
    f"長すぎて読めない。{LONGEST}文字以内で入力する。",
    f"Too long to read: use at most {LONGEST} characters.",
)
_UNBALANCED = Text(
    "括弧の数が合わない。開いた括弧をすべて閉じる。",
    "The parentheses do not match: close every one that is opened.",
)
_UNFINISHED = Text(
    "式が途中で終わっている。続きを入力する。", "The expression is not finished: type the rest."
)
_TOO_DEEP = Text(
    "式の入れ子が深すぎる。計算した数を入力する。",
    "The expression is nested too deeply: type the number it gives.",
)
_BY_ZERO = Text("0で割っている。式を確かめる。", "The expression divides by zero: check it.")
_UNDEFINED = Text(
    "実数にならない（負の数の対数や平方根など）。式を確かめる。",
    "This is not a real number (the logarithm or root of a negative number, say): check it.",
)
_E_OR_EXPONENT = Text(
    "eの意味がわからない。2×eなら 2*e、指数なら 2e-3 のように入力する。",
    "The meaning of e is unclear: type 2*e for a product, 2e-3 for an exponent.",
)
_HOW_FAR = Text(
    "どこまでが関数や分母の中かわからない。括弧を付ける: ln(2)/3、1/(2π)。",
    "It is unclear what belongs to the function or denominator: add parentheses, ln(2)/3, 1/(2π).",
)
_PERCENT = Text(
    "%は数の直後に一度だけ使う。計算した結果を 25% か 0.25 のように入力する。",
    "Use % once, right after a number: type the result as 25% or 0.25.",
)
_LOG_COMMA = Text(
    "logの中の「,」は小数点とも底の区切りとも読める。小数点には「.」を、底が2なら log2(8) を使う。",
    "A ',' inside log may be a decimal comma or name a base: use '.', or log2(8) for base 2.",
)


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A value; of a number as it is typed also its digits, and whether it is a power of ten."""

    value: float
    digits: str | None = None
    exponent: int = 0
    is_open: bool = False  # ends in a function without parentheses: nothing may be attached
    power_of_ten: int | None = None

    @property
    def places(self) -> int | None:
        if self.digits is None:
            return None
        return max(0, len(self.digits.partition(".")[2]) - self.exponent)


def _number(digits: str, exponent: int) -> _Quantity:
    # Read as a whole: 2.5×10⁻³ is the float 0.0025, and 33.3% is 0.333.
    value = float(f"{digits}e{exponent}")
    if value == 0 and digits.strip("-0."):
        raise Fault(notation.TOO_SMALL)
    return _Quantity(_finite(value), digits, exponent)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise OverflowError
    return value + 0.0  # −0 is 0


def _power(base: _Quantity, exponent: _Quantity) -> _Quantity:
    if base.value == 0 and exponent.value < 0:
        raise ZeroDivisionError
    value = _finite(math.pow(base.value, exponent.value))
    if value == 0 and base.value != 0:
        raise Fault(notation.TOO_SMALL)
    is_ten = base.digits == "10" and base.exponent == 0 and exponent.digits is not None
    whole = is_ten and exponent.value.is_integer()
    return _Quantity(value, power_of_ten=int(exponent.value) if whole else None)


def _product(left: _Quantity, right: _Quantity) -> _Quantity:
    if left.digits is not None and right.power_of_ten is not None:
        return _number(left.digits, left.exponent + right.power_of_ten)
    return _Quantity(_finite(left.value * right.value), is_open=right.is_open)


def _negative(quantity: _Quantity) -> _Quantity:
    if quantity.digits is None:
        return _Quantity(_finite(-quantity.value), is_open=quantity.is_open)
    digits = quantity.digits
    flipped = digits[1:] if digits.startswith("-") else f"-{digits}"
    return _number(flipped, quantity.exponent)


def _written(quantity: _Quantity) -> str:
    if quantity.digits is None:
        return f"{quantity.value:.10g}"
    shortest = repr(quantity.value).removesuffix(".0")
    if "e" in shortest and 1e-12 < abs(quantity.value) < 1e20:
        shortest = f"{quantity.value:.{quantity.places or 0}f}"
    return shortest


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

    def __init__(self, tokens: list[Token], *, percent: bool) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._percent = percent

    def quantity(self) -> _Quantity:
        """Read all the tokens as one quantity. Raises Fault and the errors of arithmetic."""
        result = self._sum()
        if self._next.text == "%":
            self._take()
            result = self._hundredth(result)
            if self._next.kind != "end":
                raise Fault(_PERCENT)
        if self._next.kind == "end":
            return result
        raise Fault(_UNBALANCED if self._next.text == ")" else notation.SEVERAL)

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._next
        self._place += 1
        return token

    def _hundredth(self, quantity: _Quantity) -> _Quantity:
        typed_alone = quantity.digits is not None or (self._place <= 4 and self._is_fraction())
        if not typed_alone:
            raise Fault(_PERCENT)
        if self._percent:
            return quantity
        if quantity.digits is None:
            return _Quantity(quantity.value / 100)
        return _number(quantity.digits, quantity.exponent - 2)

    def _is_fraction(self) -> bool:
        """Whether all that was read is a sign, a whole number and a fraction such as ½."""
        read = self._tokens[: self._place - 1]
        return all(
            token.kind in ("number", "fraction") or token.text in ("+", "-") for token in read
        )

    def _sum(self) -> _Quantity:
        result = self._product()
        while self._next.text in ("+", "-"):
            sign = self._take().text
            term = self._product()
            value = result.value + term.value if sign == "+" else result.value - term.value
            result = _Quantity(_finite(value), is_open=term.is_open)
        return result

    def _product(self) -> _Quantity:
        result = self._signed()
        divided = False
        while True:
            following = self._next
            attached = following.kind in ("constant", "function") or following.text in ("(", "√")
            if following.text not in ("*", "/") and not attached:
                return result
            if result.is_open or (attached and divided):
                raise Fault(_HOW_FAR)
            if following.text == "*":
                self._take()
                result = _product(result, self._signed())
            elif following.text == "/":
                self._take()
                divided = True
                result = _Quantity(_finite(result.value / self._signed().value))
            else:  # 2π, 2√2, 3(1+2)
                if following.text == "e" and self._tokens[self._place - 1].kind == "number":
                    raise Fault(_E_OR_EXPONENT)
                result = _product(result, self._powered())

    def _signed(self) -> _Quantity:
        negative = False
        while self._next.text in ("+", "-"):
            negative ^= self._take().text == "-"
        result = self._powered()
        return _negative(result) if negative else result

    def _powered(self) -> _Quantity:
        base = self._atom()
        if self._next.text != "^":
            return base
        if base.is_open:
            raise Fault(_HOW_FAR)
        self._take()
        self._deeper()
        exponent = self._signed()
        self._depth -= 1
        return _power(base, exponent)

    def _atom(self) -> _Quantity:
        token = self._take()
        match token.kind:
            case "number":
                if self._next.kind == "fraction" and token.digits.isdigit() and not token.exponent:
                    fraction = self._take()
                    return _Quantity(int(token.digits) + fraction.top / fraction.bottom)  # 1½
                return _number(token.digits, token.exponent)
            case "fraction":
                return _Quantity(token.top / token.bottom)
            case "constant":
                return _Quantity(_CONSTANTS[token.text])
            case "function":
                return self._application(token)
            case "end":
                raise Fault(_UNFINISHED)
        if token.text == "(":
            return self._group()
        if token.text == "√":
            self._deeper()
            root = math.sqrt(self._atom().value)
            self._depth -= 1
            return _Quantity(root)
        raise Fault(_UNBALANCED if token.text == ")" else _UNFINISHED)

    def _group(self) -> _Quantity:
        """Read what stands in parentheses, the opening one already taken."""
        self._deeper()
        result = self._sum()
        if self._next.text != ")":
            unclosed = self._next.kind == "end"
            raise Fault(_UNBALANCED if unclosed else notation.SEVERAL)
        self._take()
        self._depth -= 1
        return _Quantity(result.value, result.digits, result.exponent)

    def _application(self, function: Token) -> _Quantity:
        name, begin = function.text, self._place
        self._deeper()
        if self._next.text == "(":
            self._take()
            argument = self._group()
            inside = self._tokens[begin : self._place]
            if name.startswith("log") and any("," in token.text for token in inside):
                raise Fault(_LOG_COMMA)
            result = _Quantity(_finite(_FUNCTIONS[name](argument.value)))
        else:
            if name in ("log2", "log10") and self._next.kind in ("end", "sign"):
                raise Fault(notation.LOG_NEEDS_PARENTHESES)
            argument = self._signed()
            if argument.is_open:
                raise Fault(_HOW_FAR)
            result = _Quantity(_finite(_FUNCTIONS[name](argument.value)), is_open=True)
        self._depth -= 1
        return result

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Fault(_TOO_DEEP)
