"""Whether fitted weights are to be adopted: only if they predict newer answers better."""

from __future__ import annotations

from typing import Final

from quizapp.learning.answers import Answers
from quizapp.learning.fitting.outcome import LEAST, TooFew, Trial
from quizapp.learning.fitting.scores import Cell, Scores, cells_of, outcomes, scores
from quizapp.learning.fitting.weights import fitted, predicted
from quizapp.learning.scheduler import PUBLISHED, Weights

_OLDER: Final = 0.8  # share that is fitted to in the trial; the newer rest is predicted
FOLDS: Final = 5


def trial(answers: Answers, *, current: Weights = PUBLISHED) -> Trial:
    """Fit to the oldest 80 % and predict the rest; where that wins, fit to all.

    It wins when its log loss is below that of the current and of the published weights. Raises
    TooFew below 400 long-term answers.
    """
    long_term = answers.long_term
    if len(long_term) < LEAST:
        raise TooFew(f"{len(long_term)} long-term answers of {LEAST}")
    cut = int(_OLDER * len(long_term))
    cells, recalled = cells_of(answers), outcomes(answers)
    older = fitted(answers.first(long_term[cut]))
    of_published, of_current, of_older = (
        scores(predicted(answers, weights)[cut:], recalled[cut:], cells[cut:])
        for weights in (PUBLISHED, current, older)
    )
    wins = of_older.log_loss < min(of_published.log_loss, of_current.log_loss)
    return Trial(
        long_term=len(long_term),
        published=of_published,
        current=of_current,
        fitted=of_older,
        adopted=wins,
        weights=fitted(answers) if wins else older,
    )


def cross_validated(answers: Answers, *, weights: Weights | None = None) -> Scores:
    """Score each of the last five sixths with weights fitted to all that came before it.

    `weights`: score these instead. The predictions of the five folds are pooled. Raises
    ValueError for fewer long-term answers than sixths.
    """
    long_term = answers.long_term
    size = len(long_term) // (FOLDS + 1)
    if not size:
        raise ValueError("too few long-term answers for the folds")
    cells, recalled = cells_of(answers), outcomes(answers)
    chances: list[float] = []
    shown: list[bool] = []
    held: list[Cell] = []
    for fold in range(FOLDS):
        start = len(long_term) - (FOLDS - fold) * size
        learnt = weights or fitted(answers.first(long_term[start]))
        chances += predicted(answers, learnt)[start : start + size]
        shown += recalled[start : start + size]
        held += cells[start : start + size]
    return scores(chances, shown, held)
