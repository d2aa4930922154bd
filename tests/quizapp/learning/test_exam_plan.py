"""What is studied on a day before an exam, and in which order."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learning.exam_plan import Cards, DayPlan, Rules, plan_day
from quizapp.learning.memory_kernel import MemoryModel

MODEL = MemoryModel()
TODAY = 1000

Card = tuple[bool, float, float, int, float]  # unseen, stability, difficulty, days ago, weight

_CARD = st.tuples(
    st.booleans(),
    st.floats(0.01, 300),
    st.floats(1, 10),
    st.integers(0, 90),
    st.sampled_from((0.5, 1.0, 2.0)),
)
_CARDS = st.lists(_CARD, max_size=40)


def cards(some: list[Card]) -> Cards:
    return Cards(
        stability=np.asarray([1.0 if card[0] else card[1] for card in some]),
        difficulty=np.asarray([1.0 if card[0] else card[2] for card in some]),
        last_day=np.asarray([0 if card[0] else TODAY - card[3] for card in some], dtype=np.int64),
        unseen=np.asarray([card[0] for card in some], dtype=np.bool_),
        weight=np.asarray([card[4] for card in some]),
    )


def planned(some: list[Card], *, days_left: int = 30, met_today: int = 0) -> DayPlan:
    return plan_day(
        cards(some), today=TODAY, exam_day=TODAY + days_left, model=MODEL, met_today=met_today
    )


@given(_CARDS, st.integers(1, 400))
def test_every_card_comes_once_at_most_and_none_that_was_answered_today(
    some: list[Card], days_left: int
) -> None:
    order = planned(some, days_left=days_left).order.tolist()
    assert len(set(order)) == len(order)
    assert not [nth for nth in order if not some[nth][0] and some[nth][3] == 0]
    assert {nth for nth, card in enumerate(some) if card[0]} <= set(order)


@given(_CARDS, st.integers(1, 400), st.integers(0, 10))
def test_new_cards_at_a_pace_then_those_nearly_forgotten_then_the_rest(
    some: list[Card], days_left: int, met_today: int
) -> None:
    order = planned(some, days_left=days_left, met_today=met_today).order
    held = cards(some)
    recall = held.recall(MODEL, TODAY)
    unseen = int(held.unseen.sum())
    pace = math.ceil((unseen + met_today) / max(1.0, Rules().new_within * days_left))
    first = min(unseen, max(0, pace - met_today))
    urgent = (~held.unseen & (recall <= 0.85) & (held.last_day < TODAY)).sum()
    groups = [
        "new" if held.unseen[nth] else "urgent" if recall[nth] <= 0.85 else "other" for nth in order
    ]
    others = len(order) - unseen - urgent
    assert groups == (
        ["new"] * first + ["urgent"] * urgent + ["other"] * others + ["new"] * (unseen - first)
    )
    met = [nth for nth in order.tolist() if held.unseen[nth]]
    assert met == sorted(met)  # as the cards are given: by weight, then by teaching order


@given(_CARDS, st.integers(1, 60), st.floats(0, 3600))
def test_what_is_begun_within_a_time_begins_within_it(
    some: list[Card], days_left: int, seconds: float
) -> None:
    plan = planned(some, days_left=days_left)
    begun = plan.within(seconds)
    assert begun.tolist() == plan.order[: len(begun)].tolist()
    assert plan.seconds[: len(begun)][:-1].sum() < seconds or not len(begun)
    assert len(begun) == len(plan.order) or plan.seconds[: len(begun)].sum() >= seconds


def test_what_gains_more_recall_on_the_exam_day_comes_first() -> None:
    weak, firm = (False, 3.0, 5.0, 4, 1.0), (False, 300.0, 5.0, 4, 1.0)
    assert planned([firm, weak]).order.tolist() == [1, 0]
    # The same card counts more where more of the exam rests on it.
    heavy = (False, 3.0, 5.0, 4, 2.0)
    assert planned([weak, heavy]).order.tolist() == [1, 0]


def test_on_the_last_day_everything_unseen_comes_first() -> None:
    some = [(True, 1.0, 1.0, 0, 1.0)] * 5 + [(False, 2.0, 5.0, 9, 1.0)] * 3
    assert planned(some, days_left=1).order.tolist()[:5] == [0, 1, 2, 3, 4]


def test_after_missed_days_the_pace_is_that_of_the_days_that_are_left() -> None:
    some = [(True, 1.0, 1.0, 0, 1.0)] * 100 + [(False, 0.1, 5.0, 30, 1.0)]
    paces = {
        left: planned(some, days_left=left).order.tolist().index(100) for left in (40, 20, 10, 2)
    }
    assert paces == {40: 5, 20: 10, 10: 20, 2: 100}


def test_what_was_met_today_counts_to_the_pace() -> None:
    some = [(True, 1.0, 1.0, 0, 1.0)] * 96 + [(False, 0.1, 5.0, 30, 1.0)]
    assert planned(some, days_left=40, met_today=4).order.tolist().index(96) == 1
    assert planned(some, days_left=40, met_today=50).order.tolist().index(96) == 0


def test_equals_come_in_another_order_each_day_but_in_one_on_one_day() -> None:
    some: list[Card] = [(False, 5.0, 5.0, 4, 1.0)] * 30
    orders = [
        plan_day(cards(some), today=day, exam_day=TODAY + 30, model=MODEL).order.tolist()
        for day in (TODAY, TODAY, TODAY + 1)
    ]
    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != sorted(orders[0])


@given(_CARDS)
def test_the_expected_score_is_recall_by_weight(some: list[Card]) -> None:
    held = cards(some)
    score = held.expected_score(MODEL, TODAY + 10)
    total = sum(card[4] for card in some)
    by_hand = sum(
        card[4] * float(MODEL.recall(np.asarray([card[1]]), card[3] + 10)[0])
        for card in some
        if not card[0]
    )
    assert score == pytest.approx(by_hand / total if total else 0.0)


@pytest.mark.parametrize("days_left", [0, -1])
def test_there_is_no_plan_once_the_exam_has_come(days_left: int) -> None:
    with pytest.raises(ValueError, match="over"):
        planned([], days_left=days_left)
