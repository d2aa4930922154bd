"""Vectors and matrices stand in columns; what is too wide is laid out otherwise, never cut off."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

import losses
from losses.text import Text
from losses.worked.step import Step, flat, number
from questions.verdict import Recognised, Verdict
from quizapp.language import use
from quizapp.step_cells import Cell
from quizapp.tui.page import Page
from quizapp.tui.step_table import StepTable
from quizapp.tui.verdict_page import verdict_paragraphs
from tests.losses.cases import ALL_CASES
from tests.losses.cases.case import LossCase
from tests.losses.cases.inputs import drawn

VECTOR = [[Cell("1.5 − 4.5", "−3")], [Cell("10 − 1", "9")]]
MATRIX = [
    [Cell("e^0", "1"), Cell("e^1", "2.71828")],
    [Cell("e^(−0.5)", "0.606531"), Cell("e^0", "1")],
]
VALUES = [[Cell("", "0.5"), Cell("", "−12.25"), Cell("", "3")], [Cell("", "1")] * 3]


def shown(rows: list[list[Cell]], width: int) -> list[str]:
    return [line.plain for line in StepTable(rows, indent=2).lines(width)]


def test_columns_are_aligned() -> None:
    assert shown(VECTOR, 80) == [
        "  1   1.5 − 4.5 = −3",
        "  2   10 − 1    = 9",
    ]
    assert shown(MATRIX, 80) == [
        "  1   e^0      = 1          e^1 = 2.71828",
        "  2   e^(−0.5) = 0.606531   e^0 = 1",
    ]
    assert shown(VALUES, 80) == [
        "  1   0.5   −12.25   3",
        "  2   1     1        1",
    ]


def test_a_matrix_too_wide_becomes_a_list_of_its_entries() -> None:
    assert shown(MATRIX, 32) == [
        "  1,1   e^0      = 1",
        "  1,2   e^1      = 2.71828",
        "  2,1   e^(−0.5) = 0.606531",
        "  2,2   e^0      = 1",
    ]


def test_a_row_of_values_goes_on_below() -> None:
    assert shown(VALUES, 21) == [
        "  1   0.5      −12.25",
        "      3",
        "  2   1        1",
        "      1",
    ]


def test_a_calculation_too_long_is_wrapped() -> None:
    long = Cell(" + ".join(["0.25·ln 0.5"] * 6), "−1.03972")
    lines = shown([[long], [Cell("0", "0")]], 40)
    assert all(cell_len(line) <= 40 for line in lines)
    assert [line[:5] for line in lines] == ["  1  ", *["     "] * 3, "  2  "]


def test_wide_characters_count_two_cells() -> None:
    rows = [[Cell("重なり", "1")], [Cell("和", "2")]]
    first, second = shown(rows, 80)
    assert cell_len(first.partition("=")[0]) == cell_len(second.partition("=")[0])


def verdict(steps: tuple[Step, ...], departs_at: str) -> Verdict:
    mistake = Recognised("m", Text("誤った。", "Wrong."), Text("直す。", "Mend."), departs_at)
    return Verdict(
        outcome="mistake",
        score=0.0,
        raw="1",
        message=Text("一致しない。", "No."),
        steps=steps,
        mistakes=(mistake,),
    )


@pytest.mark.parametrize("width", [78, 40])
@pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])
def test_nothing_of_any_loss_runs_over(case: LossCase, width: int) -> None:
    use("ja")
    inputs = {
        name: value.tolist() if hasattr(value, "tolist") else value
        for name, value in drawn(case, 0).items()
    }
    steps = losses.worked.steps(case.id, **inputs)
    text = Page(verdict_paragraphs(verdict(steps, steps[-1].id))).at(width).plain
    assert [line for line in text.split("\n") if cell_len(line) > width] == []
    assert text.replace("\n", "").replace(" ", "").count("[ここで誤った]") == 1
    for value in map(number, flat(steps[-1].value)):
        assert value in text
