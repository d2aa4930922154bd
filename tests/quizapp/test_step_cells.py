"""Beside each calculation of a worked step stands what comes out of it."""

from __future__ import annotations

import pytest

import losses
from losses.text import Text
from losses.worked.step import Step, Value, flat, number
from quizapp.step_cells import calculation, step_cells
from tests.losses.cases import ALL_CASES
from tests.losses.cases.case import LossCase
from tests.losses.cases.inputs import drawn

# calculation, value -> rows of (calculation, value), and what stands above them
LAID_OUT: list[tuple[str, Value, list[list[tuple[str, str]]], str]] = [
    ("(1 + 3) / 2", 2.0, [], "(1 + 3) / 2"),
    ("1 + 3", (4.0,), [], "1 + 3"),
    ("0.5², (−1)²", (0.25, 1.0), [[("0.5²", "0.25")], [("(−1)²", "1")]], ""),
    (
        "max(0, 1 − 3), max(0, 1)",
        (0.0, 1.0),
        [[("max(0, 1 − 3)", "0")], [("max(0, 1)", "1")]],
        "",
    ),
    (
        "[e^0, e^1]; [e^2, e^(−1)]",
        ((1.0, 2.718281828), (7.389056, 0.3678794)),
        [[("e^0", "1"), ("e^1", "2.71828")], [("e^2", "7.38906"), ("e^(−1)", "0.367879")]],
        "",
    ),
    (
        "(ln 1, ln 2), (ln 2, ln 1)",
        ((0.0, 0.6931472), (0.6931472, 0.0)),
        [[("ln 1", "0"), ("ln 2", "0.693147")], [("ln 2", "0.693147"), ("ln 1", "0")]],
        "",
    ),
    ("[0.2, 0.8]", (0.2, 0.8), [[("", "0.2")], [("", "0.8")]], ""),  # nothing was calculated
    ("P = 2, T = 1 + 2", (2.0, 3.0), [[("P", "2")], [("T = 1 + 2", "3")]], ""),
    ("[0.3, 0.1]", (0.1, 0.3), [[("", "0.1")], [("", "0.3")]], "[0.3, 0.1]"),  # sorted
    ("∅ 1 ∅", (0.0, 1.0, 0.0), [[("", "0")], [("", "1")], [("", "0")]], "∅ 1 ∅"),
]


@pytest.mark.parametrize(("worked", "value", "rows", "above"), LAID_OUT)
def test_what_stands_where(
    worked: str, value: Value, rows: list[list[tuple[str, str]]], above: str
) -> None:
    step = Step("step", Text("歩", "step"), "f", worked, value)
    assert [[(cell.worked, cell.value) for cell in row] for row in step_cells(step)] == rows
    assert calculation(step) == above


@pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])
def test_every_value_of_every_step_is_there(case: LossCase) -> None:
    inputs = {
        name: value.tolist() if hasattr(value, "tolist") else value
        for name, value in drawn(case, 0).items()
    }
    for step in losses.worked.steps(case.id, **inputs):
        cells = [cell.value for row in step_cells(step) for cell in row]
        values = list(map(number, flat(step.value)))
        assert cells == (values if len(values) > 1 else [])
