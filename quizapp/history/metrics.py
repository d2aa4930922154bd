"""How well weights predict, as JSON keeps it."""

from __future__ import annotations

from typing import TypedDict


class ScoresJson(TypedDict):
    """One set of weights on the same answers."""

    log_loss: float
    rmse_bins: float
    auc: float


class MetricsJson(TypedDict):
    """The newest answers, which the fit had not seen, predicted in three ways."""

    held_out: int  # answers
    published: ScoresJson
    before: ScoresJson  # the weights in use until then
    after: ScoresJson  # the fitted ones
