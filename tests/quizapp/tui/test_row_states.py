"""Orders being made and places being filled: nothing is lost, nothing is there twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.tui.forms.arrangement import Arrangement
from quizapp.tui.forms.filling import Filling
from quizapp.tui.forms.labels import label_of

LABELS = ("1", "2", "3", "4", "5")
steps = st.one_of(
    st.tuples(st.just("turn"), st.sampled_from(LABELS), st.just(0)),
    st.tuples(st.just("move"), st.integers(-2, 6), st.sampled_from([-1, 1])),
)


@given(st.lists(steps, max_size=20))
def test_an_arrangement_always_has_every_item_once(done: list[tuple[str, object, int]]) -> None:
    arrangement = Arrangement.of(LABELS)
    for what, which, by in done:
        if what == "turn":
            arrangement = arrangement.turned(str(which))
        else:
            arrangement = arrangement.moved(int(str(which)), by)
        assert sorted(arrangement.shown) == list(LABELS)
        assert list(arrangement.waiting) == sorted(arrangement.waiting)
        assert arrangement.complete == (len(arrangement.placed) == len(LABELS))


@given(st.permutations(LABELS))
def test_numbers_in_sequence_are_the_order(order: list[str]) -> None:
    arrangement = Arrangement.of(LABELS)
    for label in order:
        assert not arrangement.complete
        arrangement = arrangement.turned(label)
    assert arrangement == Arrangement(tuple(order), ())
    assert arrangement == Arrangement.of(LABELS, order)


def test_a_number_again_takes_its_place_away() -> None:
    arrangement = Arrangement(("3", "1", "4"), ("2", "5")).turned("1")
    assert arrangement == Arrangement(("3", "4"), ("1", "2", "5"))


@pytest.mark.parametrize(
    ("place", "by", "order"),
    [
        (0, 1, "13245"),
        (4, -1, "31254"),
        (3, -1, "31425"),
    ],
)
def test_moving_places_everything_as_it_stands(place: int, by: int, order: str) -> None:
    arrangement = Arrangement(("3", "1"), ("2", "4", "5"))
    assert arrangement.moved(place, by) == Arrangement(tuple(order), ())


@pytest.mark.parametrize(("place", "by"), [(0, -1), (4, 1), (5, -1), (-1, 1)])
def test_nothing_moves_beyond_the_ends(place: int, by: int) -> None:
    arrangement = Arrangement(("3", "1"), ("2", "4", "5"))
    assert arrangement.moved(place, by) is arrangement


def open_places(*, once: bool) -> Filling:
    return Filling.of([LABELS[:4]] * 3, once=once)


fills = st.one_of(
    st.tuples(st.just("put"), st.integers(0, 2), st.sampled_from([*LABELS[:4], None])),
    st.tuples(st.just("turn"), st.integers(0, 2), st.sampled_from([-1, 1])),
)


@given(st.lists(fills, max_size=20), st.booleans())
def test_what_is_used_once_is_never_there_twice(
    done: list[tuple[str, int, object]], once: bool
) -> None:
    filling = open_places(once=once)
    for what, place, which in done:
        before = filling
        if what == "put":
            filling = filling.put(place, None if which is None else str(which))
            assert filling.chosen[place] == which
        else:
            filling = filling.turned(place, int(str(which)))
            assert filling.chosen[place] != before.chosen[place]
            others = [n for n in range(3) if n != place]
            assert all(filling.chosen[n] == before.chosen[n] for n in others)
        used = [label for label in filling.chosen if label is not None]
        assert not once or len(set(used)) == len(used)
        assert filling.complete == (len(used) == 3)


def test_a_label_put_elsewhere_leaves_what_was_there_behind() -> None:
    filling = open_places(once=True).put(0, "1").put(1, "2").put(0, "2")
    assert filling.chosen == ("2", "1", None)
    assert filling.put(2, "2").chosen == (None, "1", "2")
    again = open_places(once=False).put(0, "1").put(1, "2").put(0, "2")
    assert again.chosen == ("2", "2", None)


def test_turning_goes_through_what_is_free() -> None:
    filling = open_places(once=True).put(1, "2")
    seen = []
    for _ in range(4):
        filling = filling.turned(0, 1)
        seen.append(filling.chosen[0])
    assert seen == ["1", "3", "4", "1"]
    assert filling.turned(2, -1).chosen[2] == "4"
    full = Filling.of([("1",), ("1",)], once=True).put(0, "1")
    assert full.turned(1, 1) is full


@pytest.mark.parametrize(
    ("chosen", "place", "following"),
    [
        ((None, None, None), 0, 1),
        ((None, "1", "2"), 0, 0),
        ((None, "1", "2"), 2, 0),
        (("3", "1", None), 0, 2),
        (("3", "1", "2"), 0, None),
    ],
)
def test_the_next_open_place(
    chosen: tuple[str | None, ...], place: int, following: int | None
) -> None:
    filling = open_places(once=True)
    for at, label in enumerate(chosen):
        filling = filling.put(at, label)
    assert filling.next_open(place) == following


@pytest.mark.parametrize(
    ("key", "label"),
    [("1", "1"), ("9", "9"), ("a", "1"), ("i", "9"), ("0", None), ("j", None), ("", None)],
)
def test_keys_of_labels(key: str, label: str | None) -> None:
    assert label_of(key) == label
