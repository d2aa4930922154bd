"""Weights are fitted the same way every time, and adopted only when they win."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from quizapp.learning.answers import Answers, gathered
from quizapp.learning.fitting.outcome import LEAST, TooFew
from quizapp.learning.fitting.recall import histories
from quizapp.learning.fitting.scores import cells_of, outcomes, scores
from quizapp.learning.fitting.trial import cross_validated, trial
from quizapp.learning.fitting.weights import MOST_OF_A_CARD, fitted, predicted
from quizapp.learning.scheduler import PUBLISHED, Scheduler
from tests.benchmarks.fitting import change
from tests.data import log_a
from tests.quizapp.learning.fitting.learners import changed, forgetful


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """As in the fitting process."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_a_learner_who_forgets_more_gets_shorter_intervals() -> None:
    tried = trial(gathered(forgetful(long_term=LEAST)))
    assert tried.adopted
    assert tried.long_term == LEAST
    assert tried.fitted.n == LEAST // 5
    assert tried.current == tried.published
    assert tried.fitted.log_loss < tried.published.log_loss
    assert Scheduler(weights=tried.weights).intervals(3) < Scheduler().intervals(3)
    for low, weight, high in zip(
        LOWER_BOUNDS_PARAMETERS, tried.weights, UPPER_BOUNDS_PARAMETERS, strict=True
    ):
        assert low <= weight <= high


def test_what_does_not_win_is_not_adopted() -> None:
    tried = trial(gathered(changed(long_term=LEAST)))
    assert not tried.adopted
    assert tried.fitted.log_loss > tried.published.log_loss
    assert len(tried.weights) == len(PUBLISHED)


def test_both_the_current_and_the_published_weights_must_be_beaten() -> None:
    answers = gathered(forgetful(long_term=LEAST))
    best = fitted(answers)  # has seen the newest answers: hard to beat
    tried = trial(answers, current=best)
    assert tried.current.log_loss < tried.fitted.log_loss < tried.published.log_loss
    assert not tried.adopted


@pytest.mark.parametrize("long_term", [0, 1, LEAST - 1])
def test_with_few_answers_nothing_is_fitted(long_term: int) -> None:
    with pytest.raises(TooFew):
        trial(gathered(forgetful(long_term=long_term)))


def test_two_fits_are_alike_to_the_last_bit() -> None:
    """S6, on a part of log A."""
    answers = log_a.by_study_day().first(600)
    assert fitted(answers) == fitted(answers)


def test_of_a_card_only_the_first_answers_count() -> None:
    rows = [(card, 1 if n else None, "good") for n in range(MOST_OF_A_CARD + 6) for card in (0, 1)]
    answers = gathered(rows)  # type: ignore[arg-type]  # one of the grades
    assert len(histories(answers, at_most=MOST_OF_A_CARD).sizes) == MOST_OF_A_CARD - 1
    assert len(histories(answers).sizes) == MOST_OF_A_CARD + 5


def test_the_figures_of_log_a() -> None:
    """S4 where it is quick: the published weights in five folds, one fit on the older 80 %."""
    answers = log_a.by_study_day()
    folds = cross_validated(answers, weights=PUBLISHED)
    assert (folds.n, round(folds.log_loss, 4), round(folds.rmse_bins, 4)) == (5310, 0.4417, 0.0625)
    cut = int(0.8 * len(answers.long_term))
    weights = fitted(answers.first(answers.long_term[cut]))
    held = scores(
        predicted(answers, weights)[cut:], outcomes(answers)[cut:], cells_of(answers)[cut:]
    )
    assert (held.n, round(held.log_loss, 4), round(held.auc, 3)) == (1275, 0.4481, 0.666)


@pytest.mark.parametrize("size", [60, 150])
def test_learners_with_few_answers_keep_the_published_weights(size: int) -> None:
    """S5 where it is exact; 400 and 1,000 answers are in the benchmarks."""
    assert [change(size, seed=seed) for seed in range(3)] == [0.0] * 3


def test_folds_need_answers() -> None:
    with pytest.raises(ValueError, match="folds"):
        cross_validated(Answers())
