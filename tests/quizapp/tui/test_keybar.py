"""The line of keys never grows wider than the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.tui.widgets.keybar import Hint, fitting, width

HINTS = st.lists(
    st.builds(
        Hint,
        shown=st.sampled_from(["Enter", "F1", "1-4", "^p"]),
        does=st.text("選ぶ解答ヘルプab", max_size=8),
        key=st.just("enter"),
        always=st.booleans(),
    ),
    max_size=8,
)


@given(HINTS, st.integers(min_value=2, max_value=100))
def test_what_is_kept_fits_and_keeps_its_order(hints: list[Hint], room: int) -> None:
    kept = fitting(hints, room)
    assert width(kept) <= room
    order = iter(hints)
    assert all(hint in order for hint in kept)


@given(HINTS)
def test_all_is_kept_where_there_is_room(hints: list[Hint]) -> None:
    assert fitting(hints, width(hints)) == hints


def test_the_necessary_keys_stay_longest() -> None:
    hints = [
        Hint("Enter", "解答", "enter", always=True),
        Hint("u", "取消", "u"),
        Hint("F1", "ヘルプ", "f1", always=True),
        Hint("^p", "コマンド", "ctrl+p"),
    ]
    assert [hint.shown for hint in fitting(hints, 25)] == ["Enter", "F1"]
    assert [hint.shown for hint in fitting(hints, 15)] == ["Enter"]


def test_width_counts_cells() -> None:
    assert width([Hint("F1", "ヘルプ", "f1")]) == 2 + cell_len("F1 ヘルプ")
