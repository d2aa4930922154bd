"""Where a card stands among the others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizapp.history.memory import Memory
from quizapp.history.places import day_at, first_place_of, hashed, place_of

MOMENT = datetime(2026, 11, 21, 12, tzinfo=UTC)
days = st.dates(date(1990, 1, 1), date(2300, 1, 1))


def due(day: date, *, reviews: int = 1) -> Memory:
    return Memory(state="review", due_on=day, reviews=reviews)


@given(days, st.text(), st.integers(0, 1000))
def test_a_due_card_stands_within_its_day(day: date, key: str, reviews: int) -> None:
    place = place_of(due(day, reviews=reviews), card_key=key, teaching_order=5)
    assert first_place_of(day) <= place < first_place_of(day + timedelta(days=1))
    assert day_at(place) == day
    assert place < 2**63


def test_cards_of_one_day_are_shuffled() -> None:
    day = date(2026, 11, 21)
    keys = [f"me/pack/q{n:02}" for n in range(50)]
    order = sorted(keys, key=lambda key: place_of(due(day), card_key=key, teaching_order=0))
    again = sorted(
        keys, key=lambda key: place_of(due(day, reviews=2), card_key=key, teaching_order=0)
    )
    assert order != keys
    assert again not in (order, keys)


def test_cards_in_learning_stand_by_their_time() -> None:
    places = [
        place_of(
            Memory(state=state, due_at=MOMENT + timedelta(milliseconds=n)),
            card_key="k",
            teaching_order=0,
        )
        for n, state in enumerate(("learning", "relearning"))
    ]
    assert places[0] + 1 == places[1]


def test_new_cards_stand_in_teaching_order() -> None:
    assert place_of(Memory(), card_key="k", teaching_order=17) == 17


def test_hashes_are_the_same_on_every_machine() -> None:
    assert hashed("seed", "me/pack/q", 0, bits=63) == 1988371365961829600
    assert hashed("seed", "me/pack/q", 1, bits=63) == 4345214811327702354


@given(st.text(), st.integers(0, 10**9), st.integers(1, 64))
def test_hashes_have_the_bits_asked_for(key: str, reviews: int, bits: int) -> None:
    assert 0 <= hashed("x", key, reviews, bits=bits) < 2**bits
