"""Item response curves against published ones, and against truth that was made up."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.learning.item_calibration import calibrate
from quizapp.learning.topic_model import Floats, logistic

LSAT6 = Path(__file__).parents[2] / "data" / "lsat6_patterns.csv"

# Bock & Lieberman (1970), Bock & Aitkin (1981); three decimals.
SLOPE_1PL = 0.755
DIFFICULTIES_1PL = (-3.615, -1.322, -0.318, -1.730, -2.780)
SLOPES_2PL = (0.826, 0.723, 0.891, 0.688, 0.657)
LOG_LIKELIHOOD = {"1pl": -2466.94, "2pl": -2466.65}


@pytest.fixture(scope="module")
def lsat6() -> tuple[Floats, Floats]:
    with LSAT6.open(encoding="utf-8") as file:
        rows = np.array([list(map(float, row)) for row in list(csv.reader(file))[1:]])
    return rows[:, :-1], rows[:, -1]


def test_one_slope_on_lsat6(lsat6: tuple[Floats, Floats]) -> None:
    found = calibrate(*lsat6, curve="1pl")
    assert found.slopes == pytest.approx((SLOPE_1PL,) * 5, abs=0.005)
    assert found.difficulties == pytest.approx(DIFFICULTIES_1PL, abs=0.005)
    assert found.log_likelihood == pytest.approx(LOG_LIKELIHOOD["1pl"], abs=0.005)


def test_a_slope_each_on_lsat6(lsat6: tuple[Floats, Floats]) -> None:
    found = calibrate(*lsat6, curve="2pl")
    assert found.slopes == pytest.approx(SLOPES_2PL, abs=0.005)
    assert found.log_likelihood == pytest.approx(LOG_LIKELIHOOD["2pl"], abs=0.005)


def test_who_was_asked_what_does_not_bend_the_curves() -> None:
    """Who did well in the middle three is asked the hard item, who did badly the easy one."""
    chance = np.random.default_rng(5)
    ability = chance.normal(size=6000)
    difficulty = np.array([-1.5, -0.5, 0.0, 0.5, 1.5])
    complete = (chance.random((6000, 5)) < logistic(ability[:, None] - difficulty)).astype(float)
    answers = complete.copy()
    well = complete[:, 1:4].sum(axis=1) >= 2
    answers[well, 0] = np.nan
    answers[~well, 4] = np.nan
    assert np.nanmean(answers[:, 4]) > complete[:, 4].mean() + 0.05  # looks easier than it is
    found = calibrate(answers, np.ones(6000), curve="1pl")
    assert found.difficulties == pytest.approx(difficulty, abs=0.2)


@settings(max_examples=15)
@given(st.permutations(range(5)), st.integers(2, 9))
def test_neither_order_nor_size_matter(order: list[int], times: int) -> None:
    with LSAT6.open(encoding="utf-8") as file:
        rows = np.array([list(map(float, row)) for row in list(csv.reader(file))[1:]])
    patterns, counts = rows[:, :-1], rows[:, -1]
    one = calibrate(patterns, counts, curve="1pl")
    other = calibrate(patterns[::-1][:, order], times * counts[::-1], curve="1pl")
    assert other.slopes[0] == pytest.approx(one.slopes[0], abs=1e-3)
    assert other.difficulties == pytest.approx([one.difficulties[i] for i in order], abs=5e-3)
    assert other.log_likelihood == pytest.approx(times * one.log_likelihood, rel=1e-6)


@pytest.mark.parametrize("patterns", [[[1, 0], [1, 1]], [[np.nan, 0], [np.nan, 1]]])
def test_what_cannot_be_estimated_is_refused(patterns: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="right and wrong"):
        calibrate(np.array(patterns), np.ones(2))
