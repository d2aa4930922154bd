"""Log loss, RMSE(bins) and AUC, against scikit-learn and by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss, roc_auc_score

from quizapp.learning.answers import gathered
from quizapp.learning.fitting.scores import cells_of, outcomes, scores

ANY = (0, 0, 0)
pairs = st.lists(
    st.tuples(st.sampled_from([0.05, 0.3, 0.5, 0.7, 0.92, 0.99]), st.booleans()),
    min_size=2,
    max_size=50,
).filter(lambda each: len({well for _chance, well in each}) == 2)


@given(pairs)
def test_log_loss_and_auc_are_the_usual_ones(answered: list[tuple[float, bool]]) -> None:
    chances = [chance for chance, _well in answered]
    wells = [well for _chance, well in answered]
    found = scores(chances, wells, [ANY] * len(wells))
    assert found.n == len(wells)
    assert found.log_loss == pytest.approx(log_loss(wells, chances))
    assert found.auc == pytest.approx(roc_auc_score(wells, chances))


def test_without_both_outcomes_the_auc_is_chance() -> None:
    assert scores([0.2, 0.9], [True, True], [ANY] * 2).auc == 0.5
    assert math.isfinite(scores([1.0, 0.0], [False, True], [ANY] * 2).log_loss)
    with pytest.raises(ValueError, match="nothing"):
        scores([], [], [])


def test_rmse_compares_means_within_cells() -> None:
    one, other = (0, 1, 0), (3, 1, 0)
    found = scores([0.9, 0.7, 0.5, 0.1], [True, False, True, False], [one, one, other, other])
    # Mean prediction and share: 0.8 and 0.5 in the one cell, 0.3 and 0.5 in the other.
    assert found.rmse_bins == pytest.approx(math.sqrt((2 * 0.3**2 + 2 * 0.2**2) / 4))


def test_cells_of_interval_number_and_lapses() -> None:
    answers = gathered(
        [
            (1, None, "again"),  # a first answer is no lapse
            (1, 1, "good"),
            (2, None, "good"),
            (1, 4, "again"),
            (1, 0, "good"),
            (1, 14, "good"),
            (2, 1, "hard"),
        ]
    )
    assert outcomes(answers) == (True, False, True, True)
    # Steps of 3.62, 1.89 and 1.73; the first long-term answer counts as number two.
    assert cells_of(answers) == ((0, 1, -1), (1, 1, -1), (2, 2, 0), (0, 1, -1))
