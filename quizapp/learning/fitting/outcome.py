"""What a fit came to, on both sides of the pipe. No torch here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypedDict

from quizapp.learning.fitting.scores import Scores
from quizapp.learning.scheduler import Weights

LEAST: Final = 400  # long-term answers; with fewer, fitting made predictions worse


class TooFew(ValueError):
    """Fewer long-term answers than a fit needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Fitted weights, and how three sets of weights predict the newest answers.

    Those answers the trial had not seen; the current weights may have.
    """

    long_term: int  # answers
    published: Scores
    current: Scores
    fitted: Scores
    adopted: bool
    weights: Weights  # adopted: fitted to all answers; else to the older ones


class ScoresJson(TypedDict):
    """Scores on the pipe."""

    n: int
    log_loss: float
    rmse_bins: float
    auc: float


class TrialJson(TypedDict):
    """A Trial on the pipe."""

    long_term: int
    published: ScoresJson
    current: ScoresJson
    fitted: ScoresJson
    adopted: bool
    weights: list[float]


class TrialPayload(TypedDict):
    """Answers as columns, and the weights in use."""

    cards: list[int]
    elapsed: list[int]
    ratings: list[int]
    current: list[float]


def read_trial(stored: TrialJson) -> Trial:
    """Return the Trial that came over the pipe; floats survive exactly."""
    return Trial(
        long_term=stored["long_term"],
        published=Scores(**stored["published"]),
        current=Scores(**stored["current"]),
        fitted=Scores(**stored["fitted"]),
        adopted=stored["adopted"],
        weights=tuple(stored["weights"]),
    )
