"""When a learner's schedule is fitted, and what is done with the result.

No due date is moved: new weights act at each card's next review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from quizapp.history import fits
from quizapp.history.fits import StoredFit
from quizapp.history.learners import LearnerInfo
from quizapp.history.metrics import MetricsJson, ScoresJson
from quizapp.history.uuid7 import Uuid7
from quizapp.learning.answers import gathered
from quizapp.learning.fitting.client import FittingWorker
from quizapp.learning.fitting.outcome import LEAST, Trial
from quizapp.learning.fitting.scores import Scores
from quizapp.learning.scheduler import MODEL, PUBLISHED, Weights

if TYPE_CHECKING:
    from sqlalchemy import Engine

_MORE: Final = 200  # long-term answers since the last fit, or
_MORE_SHARE: Final = 10  # one for so many of those that it learnt from


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimized:
    """What fitting came to. `trial`: None when there were too few long-term answers."""

    long_term: int
    used: StoredFit | None  # whose weights were in use; None: the published ones
    trial: Trial | None
    stored: StoredFit | None = None  # None also after a dry run

    @property
    def before(self) -> Weights:
        """The weights that were in use."""
        return self.used.weights if self.used else PUBLISHED

    @property
    def adopted(self) -> bool:
        """Whether the fitted weights won."""
        return self.trial is not None and self.trial.adopted

    @property
    def after(self) -> Weights:
        """The weights that schedule from now on, or would without the dry run."""
        return self.trial.weights if self.trial and self.trial.adopted else self.before


def fit_due(engine: Engine, learner: LearnerInfo) -> bool:
    """Say whether a fit is worth its time: enough answers, and enough since the last one.

    400 long-term answers for the first fit; then 200 more, or a tenth more if that is more.
    """
    with engine.connect() as connection:
        last = fits.latest(connection, learner.id)
        wanted = LEAST if last is None else max(_MORE, -(-last.long_term // _MORE_SHARE))
        found = fits.long_term_since(
            connection,
            learner.id,
            after=None if last is None else last.last_review_id,
            at_most=wanted,
        )
    return found >= wanted


def optimize(
    engine: Engine,
    learner: LearnerInfo,
    worker: FittingWorker,
    *,
    now: datetime,
    dry_run: bool = False,
) -> Optimized:
    """Fit the learner's weights and adopt them if they win. Blocks for seconds.

    Every fit is stored, adopted or not, unless it is a dry run. Raises ComputeUnavailable,
    ComputeRefused.
    """
    with engine.connect() as connection:
        logged = fits.logged(connection, learner.id)
        used = fits.in_use(connection, learner.id)
    answers = gathered(logged.rows)
    long_term = len(answers.long_term)
    if long_term < LEAST or logged.last_review_id is None or logged.last_answered_at is None:
        return Optimized(long_term=long_term, used=used, trial=None)
    tried = worker.trial(answers, current=used.weights if used else PUBLISHED)
    if dry_run:
        return Optimized(long_term=long_term, used=used, trial=tried)
    with engine.execution_options(writes=True).begin() as connection:
        last = fits.latest(connection, learner.id)
        stored = StoredFit(
            id=Uuid7(after=last.id if last else None).next(now),
            learner_id=learner.id,
            model=MODEL,
            weights=tried.weights,
            compared_with=used.id if used else None,
            last_review_id=logged.last_review_id,
            last_answered_at=logged.last_answered_at,
            long_term=long_term,
            metrics=_metrics(tried),
            adopted=tried.adopted,
            fitted_at=now,
        )
        fits.add(connection, stored)
    return Optimized(long_term=long_term, used=used, trial=tried, stored=stored)


def _metrics(tried: Trial) -> MetricsJson:
    return {
        "held_out": tried.fitted.n,
        "published": _scores(tried.published),
        "before": _scores(tried.current),
        "after": _scores(tried.fitted),
    }


def _scores(scores: Scores) -> ScoresJson:
    return {"log_loss": scores.log_loss, "rmse_bins": scores.rmse_bins, "auc": scores.auc}
