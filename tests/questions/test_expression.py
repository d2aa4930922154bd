"""Expressions over named values: the grammar of typed answers, with names."""

from __future__ import annotations

import math

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from questions.expression import (
    NotComputable,
    fault_in,
    is_name,
    names_in,
    substituted,
    value_of,
)

VALUES = {"a": 0.5, "b": -2.0, "Loss": 4.0}

COMPUTED = [
    ("a / b", -0.25),
    ("a ÷ b", -0.25),
    ("a - b", 2.5),
    ("a − b", 2.5),
    ("-b", 2.0),
    ("b^2", 4.0),
    ("(a + b) / 2", -0.75),
    ("100 * (a - b) / a", 500.0),
    ("2a", 1.0),
    ("a b", -1.0),
    ("Loss a", 2.0),
    ("sqrt(Loss)", 2.0),
    ("√Loss", 2.0),
    ("ln(a) + e", math.log(0.5) + math.e),
    ("log2(Loss)", 2.0),
    ("exp(b) + pi", math.exp(-2) + math.pi),
    ("2e-1 * Loss", 0.8),
]


@pytest.mark.parametrize(("expression", "value"), COMPUTED)
def test_expressions(expression: str, value: float) -> None:
    assert value_of(expression, VALUES) == pytest.approx(value, rel=1e-15)
    assert fault_in(expression) is None


@pytest.mark.parametrize(
    "expression",
    ["a / 0", "1 / (a - a)", "ln(b)", "sqrt(b)", "c", "a +", "(a", "a; b", "a.b", "a(", "__a__"],
)
def test_what_has_no_value_says_why(expression: str) -> None:
    with pytest.raises(NotComputable) as raised:
        value_of(expression, VALUES)
    assert raised.value.text.ja
    assert raised.value.text.en


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_not_computed_with(value: float) -> None:
    with pytest.raises(NotComputable):
        value_of("a", {"a": value})


@hypothesis_given(
    st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False, width=64).filter(
        lambda value: value == 0 or 1e-300 < abs(value) < 1e150
    ),
    st.floats(1e-100, 1e100),
)
def test_values_are_put_in_exactly(a: float, b: float) -> None:
    assert value_of("a", {"a": a}) == a
    assert value_of("a / b", {"a": a, "b": b}) == a / b
    assert value_of("a - b", {"a": a, "b": b}) == a - b


@hypothesis_given(st.text(max_size=40))
def test_any_text_is_computed_or_refused(text: str) -> None:
    try:
        value = value_of(text, VALUES)
    except NotComputable:
        return
    assert math.isfinite(value)


def test_an_author_may_fault_the_grammar_but_not_the_values() -> None:
    assert fault_in("a /") is not None
    assert fault_in("a b)") is not None
    assert fault_in("ln(a - b)") is None  # with some values it is defined
    assert fault_in("sqrt(a - b - c)") is None


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("a", True),
        ("Loss", True),
        ("e", False),
        ("E", False),
        ("x", False),
        ("pi", False),
        ("log", False),
        ("sqrt", False),
        ("a1", False),
        ("a_b", False),
        ("損失", False),
        ("", False),
        ("a" * 13, False),
    ],
)
def test_names(name: str, good: bool) -> None:
    assert is_name(name) is good


def test_names_are_found_once_in_order() -> None:
    assert names_in("b / (a + b) + e^2 + ln(2)") == ("b", "a")


def test_values_are_shown_as_on_paper() -> None:
    assert substituted("a / b", {"a": 1 / 3, "b": -2.0}) == "0.333333 / (−2)"
