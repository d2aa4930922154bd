"""The readiness forecast is honest for simulated learners (READYSIM-1, a small one).

The full size with the exact thresholds: `python -m tests.benchmarks.readysim`.
"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from quizapp.learning.topic_model import TopicModel
from tests.benchmarks.readysim import MODEL, simulate

LEARNERS = 250
# How far a share of 250 learners may lie from the threshold by chance: three standard deviations.
SLACK = 3 * math.sqrt(0.09 / LEARNERS)


@pytest.mark.parametrize(("n", "brier"), [(20, 0.135), (60, 0.100)])
def test_forecasts_hold(n: int, brier: float) -> None:
    found = simulate(n, learners=LEARNERS)
    assert 0.87 - SLACK <= found.coverage <= min(0.99, 0.94 + SLACK)
    assert found.calibration_error <= 0.035 + 0.04
    assert found.brier <= brier + 0.02
    assert abs(found.bias) <= 0.03
    if n == 20:
        assert found.brier < found.naive_brier


def test_more_answers_narrow_the_interval() -> None:
    widths = [simulate(n, learners=40).width for n in (5, 20, 60, 200)]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("mean", [0.0, 0.8])
def test_the_app_takes_nobody_for_much_better_or_worse(mean: float) -> None:
    truth = replace(MODEL, mean=mean)
    found = simulate(20, learners=LEARNERS, truth=truth, believed=TopicModel())
    assert abs(found.bias) <= 0.03 + 0.02
    assert found.coverage >= 0.87 - SLACK


def test_repeats_do_no_harm_because_they_do_not_count() -> None:
    found = simulate(200, learners=LEARNERS, repeats=0.5)
    assert found.coverage >= 0.87 - SLACK
    assert abs(found.bias) <= 0.01 + 3 * 0.08 / math.sqrt(LEARNERS)
    assert found.brier < found.naive_brier - 0.05


def test_the_same_learners_are_forecast_the_same() -> None:
    one, two = (simulate(20, learners=5) for _time in range(2))
    assert (one.pass_probability == two.pass_probability).all()
