"""The kernel is the package `fsrs`, for many cards at once."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import fsrs
import numpy as np
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learning.memory_kernel import Histories, MemoryModel, Strength, replay

GAPS = (0, 1, 2, 5, 13, 40)
EXACT = 1e-9

History = list[tuple[int, int]]  # (day, grade)


def of_the_package(history: History, weights: tuple[float, ...]) -> fsrs.Card:
    scheduler = fsrs.Scheduler(parameters=weights, enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    for nth, (day, grade) in enumerate(history):
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, seconds=nth)
        card, _log = scheduler.review_card(card, fsrs.Rating(grade), now)
    return card


def random_histories(count: int, *, seed: int) -> list[History]:
    chance = random.Random(seed)
    histories = []
    for _ in range(count):
        day, history = 0, []
        for _answer in range(chance.randint(1, 12)):
            history.append((day, chance.randint(1, 4)))
            day += chance.choice(GAPS)
        histories.append(history)
    return histories


def assert_like_the_package(histories: list[History], weights: tuple[float, ...]) -> None:
    model = MemoryModel(weights)
    ours = replay(model, Histories.of(histories))
    theirs = [of_the_package(history, weights) for history in histories]
    assert ours.stability == pytest.approx([card.stability for card in theirs], rel=EXACT, abs=0)
    assert ours.difficulty == pytest.approx([card.difficulty for card in theirs], rel=EXACT, abs=0)


def test_two_thousand_random_histories_end_as_in_the_package() -> None:
    """Goal S1."""
    assert_like_the_package(random_histories(2000, seed=1), DEFAULT_PARAMETERS)


@st.composite
def _weights(draw: st.DrawFn) -> tuple[float, ...]:
    """Weights between the published ones and any corner of what the package allows."""
    share = draw(st.floats(0, 0.9))
    return tuple(
        default + share * ((high if draw(st.booleans()) else low) - default)
        for default, low, high in zip(
            DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True
        )
    )


_HISTORY = st.lists(
    st.tuples(st.sampled_from((0, 0, 1, 2, 9, 60, 400)), st.integers(1, 4)), min_size=1, max_size=8
).map(
    lambda steps: [
        (sum(gap for gap, _grade in steps[:nth]), grade) for nth, (_gap, grade) in enumerate(steps)
    ]
)


@given(st.lists(_HISTORY, min_size=1, max_size=5), _weights())
def test_with_any_weights(histories: list[History], weights: tuple[float, ...]) -> None:
    assert_like_the_package(histories, weights)


@given(
    stability=st.floats(0.001, 5000),
    days=st.integers(-3, 4000),
    retention=st.sampled_from((0.7, 0.8, 0.9, 0.95, 0.97)),
)
def test_recall_and_interval(stability: float, days: int, retention: float) -> None:
    scheduler = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    card = fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        step=None,
        stability=stability,
        difficulty=5.0,
        last_review=now,
    )
    model = MemoryModel()
    recalled = model.recall(np.asarray([stability]), np.asarray([days]))
    theirs = scheduler.get_card_retrievability(card, now + timedelta(days=days))
    assert recalled == pytest.approx([theirs], rel=EXACT)
    wait = scheduler._next_interval(stability=stability)
    assert model.interval(np.asarray([stability]), retention=retention).tolist() == [wait]


def test_the_arrays_that_went_in_stay_as_they_were() -> None:
    before = Strength(np.asarray([3.0, 4.0]), np.asarray([5.0, 6.0]))
    MemoryModel().next(before, np.asarray([0, 9]), np.asarray([1, 4]))
    assert (before.stability.tolist(), before.difficulty.tolist()) == ([3.0, 4.0], [5.0, 6.0])


def test_no_cards_at_all() -> None:
    nothing = replay(MemoryModel(), Histories.of([]))
    assert (len(nothing.stability), len(nothing.difficulty)) == (0, 0)


@pytest.mark.parametrize(
    "weights", [DEFAULT_PARAMETERS[:20], (-1.0, *DEFAULT_PARAMETERS[1:]), ()], ids=str
)
def test_wrong_weights_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="weight"):
        MemoryModel(tuple(weights))


def test_histories_must_add_up() -> None:
    one = np.asarray([1])
    with pytest.raises(ValueError, match="add up"):
        Histories(np.asarray([2]), one, one)
    with pytest.raises(ValueError, match="without answers"):
        Histories(np.asarray([0, 1]), one, one)
