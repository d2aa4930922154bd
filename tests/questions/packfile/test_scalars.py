"""Plain words mean what YAML 1.2's core schema says, not what YAML 1.1 said."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.packfile.scalars import resolve, tagged

READ = {
    # floats, with and without a point
    "1e-3": 0.001,
    "1E3": 1000.0,
    ".5": 0.5,
    "-.5": -0.5,
    "+.5": 0.5,
    "1.": 1.0,
    "1.10": 1.1,
    "12e03": 12000.0,
    "-0.0": -0.0,
    ".inf": math.inf,
    "-.INF": -math.inf,
    # whole numbers
    "0": 0,
    "010": 10,
    "-7": -7,
    "+7": 7,
    "0o17": 15,
    "0xFF": 255,
    # truth and nothing
    "true": True,
    "True": True,
    "FALSE": False,
    "null": None,
    "~": None,
    "": None,
    "NULL": None,
    # everything else is text
    "no": "no",
    "Yes": "Yes",
    "on": "on",
    "OFF": "OFF",
    "y": "y",
    "12:30": "12:30",
    "1:2:3": "1:2:3",
    "2026-11-21": "2026-11-21",
    "1_000": "1_000",
    "0b101": "0b101",
    "1.2.3": "1.2.3",
    ".": ".",
    "e5": "e5",
    "0x": "0x",
    "-0x1": "-0x1",
    "tRUE": "tRUE",
    "nan": "nan",
    "inf": "inf",
    "１２": "１２",
    "٣": "٣",
    "<<": "<<",
    "=": "=",
    "1 ": "1 ",
}


@pytest.mark.parametrize("text", READ)
def test_a_plain_word(text: str) -> None:
    value = resolve(text)
    assert value == READ[text]
    assert type(value) is type(READ[text])


def test_not_a_number_is_a_number_to_yaml() -> None:
    value = resolve(".nan")
    assert isinstance(value, float)
    assert math.isnan(value)


def test_thousands_of_digits_are_text() -> None:
    assert resolve("9" * 5000) == "9" * 5000  # int() would refuse them


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_that_python_writes_is_read_back(value: float) -> None:
    assert resolve(repr(value)) == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [("1", "str", "1"), ("1", "float", 1.0), ("1.5", "float", 1.5), ("7", "int", 7)],
)
def test_a_tag_decides(text: str, kind: str, value: object) -> None:
    read = tagged(text, kind)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(("text", "kind"), [("x", "int"), ("1.5", "int"), ("yes", "bool")])
def test_a_tag_that_does_not_fit_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ValueError, match=text):
        tagged(text, kind)
