"""Item response curves against published ones, and against truth that was made up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.learning.item_calibration import calibrate
from quizapp.learning.topic_model import logistic
from tests.benchmarks import lsat6


@pytest.mark.parametrize(("what", "found", "published"), lsat6.figures())
def test_the_published_figures_of_lsat6(what: str, found: float, published: float) -> None:
    assert found == pytest.approx(published, abs=lsat6.AGREES), what


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
    patterns, counts = lsat6.patterns()
    one = calibrate(patterns, counts, curve="1pl")
    other = calibrate(patterns[::-1][:, order], times * counts[::-1], curve="1pl")
    assert other.slopes[0] == pytest.approx(one.slopes[0], abs=1e-3)
    assert other.difficulties == pytest.approx([one.difficulties[i] for i in order], abs=5e-3)
    assert other.log_likelihood == pytest.approx(times * one.log_likelihood, rel=1e-6)


@pytest.mark.parametrize("patterns", [[[1, 0], [1, 1]], [[np.nan, 0], [np.nan, 1]]])
def test_what_cannot_be_estimated_is_refused(patterns: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="right and wrong"):
        calibrate(np.array(patterns), np.ones(2))
