"""The model that is fitted is the model that schedules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.history.memory import Grade, Memory
from quizapp.learning.answers import gathered
from quizapp.learning.fitting.weights import predicted
from quizapp.learning.scheduler import PUBLISHED, Scheduler, Weights

DAY = date(2026, 1, 1)
OTHERS: Weights = (
    0.1683, 0.7683, 2.2073, 5.4237, 6.5689, 0.5514, 3.275, 0.029, 1.7138, 0.3069, 0.6614,
    1.5947, 0.0118, 0.4161, 1.8018, 0.6016, 1.8729, 0.8052, 0.0579, 0.1226, 0.2271,
)  # fmt: skip

histories = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from([0, 0, 1, 2, 5, 13, 40, 400]),
            st.sampled_from(["again", "hard", "good", "good", "easy"]),
        ),
        min_size=1,
        max_size=12,
    ),
    min_size=1,
    max_size=6,
)


@given(histories, st.sampled_from([PUBLISHED, OTHERS]))
@settings(max_examples=100)
def test_it_predicts_what_the_scheduler_predicts(
    cards: list[list[tuple[int, Grade]]], weights: Weights
) -> None:
    scheduler = Scheduler(weights=weights)
    rows: list[tuple[int, int | None, Grade]] = []
    expected: list[float] = []
    for card, history in enumerate(cards):
        memory, day = Memory(), DAY
        for number, (wait, grade) in enumerate(history):
            if number:
                day += timedelta(days=wait)
                if wait:
                    expected.append(scheduler.recall(memory, day))
            rows.append((card, wait if number else None, grade))
            now = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
            memory = scheduler.review(memory, grade, now=now, day=day, card_key="k")
    answers = gathered(rows)
    if not expected:
        with pytest.raises(ValueError, match="day or more"):
            predicted(answers, weights)
        return
    assert predicted(answers, weights) == pytest.approx(expected, rel=1e-9)
