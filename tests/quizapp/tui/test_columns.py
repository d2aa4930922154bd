"""Tables keep their columns whatever the cells hold and however narrow the page is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from quizapp.tui.columns import TableRow, column_widths, natural_widths


@given(st.lists(st.integers(1, 200), min_size=1, max_size=6), st.integers(1, 250))
def test_columns_share_the_room(natural: list[int], room: int) -> None:
    widths = column_widths(natural, room)
    gaps = 3 * (len(natural) - 1)
    assert all(width <= wish for width, wish in zip(widths, natural, strict=True))
    if sum(natural) + gaps <= room:
        assert list(widths) == natural
    if 8 * len(natural) + gaps <= room:
        assert sum(widths) + gaps <= room
    # A narrower column never has less than a wider one: only the widest give way.
    for one, mine in zip(natural, widths, strict=True):
        for other, its in zip(natural, widths, strict=True):
            assert one > other or mine <= its


@pytest.mark.parametrize(
    ("natural", "room", "widths"),
    [
        ((10, 10), 23, (10, 10)),
        ((10, 30), 33, (10, 20)),
        ((40, 30), 43, (20, 20)),
        ((4, 100), 20, (4, 13)),
        ((50, 50), 5, (8, 8)),
        ((), 10, ()),
    ],
)
def test_the_widest_give_way(natural: tuple[int, ...], room: int, widths: tuple[int, ...]) -> None:
    assert column_widths(natural, room) == widths


cells = st.text(alphabet="aあ漢、。 ｶ1(", min_size=1, max_size=30).filter(str.strip)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=4), st.integers(24, 90))
def test_the_second_column_begins_in_the_same_cell_in_every_row(
    table: list[tuple[str, str]], width: int
) -> None:
    widths = natural_widths(table)
    at = 4 + column_widths(widths, width - 4)[0] + 3
    for row in table:
        marked = (row[0], "|" + "x" * (cell_len(row[1]) - 1))
        drawn = TableRow(
            Content(""),
            Content("> 1 "),
            cells=tuple(Content(cell) for cell in marked),
            widths=widths,
        ).lines(width)
        first = drawn[0].plain
        assert first.startswith("> 1 ")
        assert cell_len(first[: first.rindex("|")]) == at
        assert all(cell_len(line.plain) <= width for line in drawn)
