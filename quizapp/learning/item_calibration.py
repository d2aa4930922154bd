"""How hard and how telling questions are, from what many learners answered: item response curves.

    P(right) = σ(a (θ − b)),   θ ~ N(0, 1)

Marginal maximum likelihood by the EM algorithm (Bock & Aitkin, 1981). Where `quizapp pack stats`
counts, this separates the question from who happened to answer it. The curve has no guessing: with
the numbers of a class it could not be told from difficulty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from quizapp.learning.topic_model import Floats, logistic, standard_normal_nodes

Curve = Literal["1pl", "2pl"]

_NODES = 41
_ROUNDS = 5000
_SETTLED = 1e-9  # change of the log likelihood for each person, at which a fit ends
_STEEPEST = 6.0  # slopes beyond it mean that a few answers happen to agree


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCurves:
    """What was found of each item, in the order of the columns."""

    curve: Curve
    slopes: tuple[float, ...]  # a: all the same for 1pl
    difficulties: tuple[float, ...]  # b: the ability at which half are right
    log_likelihood: float
    rounds: int


def calibrate(patterns: Floats, counts: Floats, *, curve: Curve = "2pl") -> ItemCurves:
    """Return the curves of the items.

    `patterns`: (patterns, items) with 1 right, 0 wrong, NaN not asked; `counts`: (patterns,) how
    many learners answered like that. Raises ValueError where an item was answered by nobody, or
    by all alike: then its difficulty has no estimate.
    """
    asked = ~np.isnan(patterns)
    right = np.where(asked, patterns, 0.0)
    persons = counts @ asked
    hits = counts @ right
    if np.any(persons == 0) or np.any(hits == 0) or np.any(hits == persons):
        raise ValueError("every item needs right and wrong answers")
    theta, weights = standard_normal_nodes(_NODES)
    slopes = np.ones(patterns.shape[1])
    intercepts = np.log(hits / (persons - hits))
    before = -np.inf
    rounds = 0
    while True:
        chances = np.clip(logistic(slopes[:, None] * theta + intercepts[:, None]), 1e-12, 1 - 1e-12)
        logs = right @ np.log(chances) + (asked - right) @ np.log1p(-chances) + np.log(weights)
        top = logs.max(axis=1, keepdims=True)
        joint = np.exp(logs - top)
        sums = joint.sum(axis=1, keepdims=True)
        likelihood = float(counts @ (np.log(sums) + top)[:, 0])
        if likelihood - before <= _SETTLED * counts.sum() or rounds == _ROUNDS:
            return ItemCurves(
                curve=curve,
                slopes=tuple(map(float, slopes)),
                difficulties=tuple(map(float, -intercepts / slopes)),
                log_likelihood=likelihood,
                rounds=rounds,
            )
        before = likelihood
        rounds += 1
        # (patterns, nodes): how many learners with this pattern are thought to be at each node.
        people = counts[:, None] * joint / sums
        slopes, intercepts = _fitted(
            theta, asked.T @ people, right.T @ people, slopes, intercepts, shared=curve == "1pl"
        )


def _fitted(
    theta: Floats, people: Floats, hits: Floats, slopes: Floats, intercepts: Floats, *, shared: bool
) -> tuple[Floats, Floats]:
    """Take Newton steps of the logistic regressions on θ; `people`, `hits`: (items, nodes)."""
    for _step in range(3):
        chances = logistic(slopes[:, None] * theta + intercepts[:, None])
        residuals = hits - people * chances
        information = people * chances * (1 - chances)
        in_a, in_b = residuals @ theta, residuals.sum(axis=1)
        aa, ab, bb = information @ theta**2, information @ theta, information.sum(axis=1)
        if shared:
            # One slope: the intercepts are eliminated from the normal equations.
            by = np.full_like(slopes, (in_a - ab * in_b / bb).sum() / (aa - ab**2 / bb).sum())
        else:
            by = (in_a - ab * in_b / bb) / (aa - ab**2 / bb)
        slopes = np.clip(slopes + np.clip(by, -0.5, 0.5), 1e-3, _STEEPEST)
        intercepts = intercepts + np.clip((in_b - ab * by) / bb, -1.0, 1.0)
    return slopes, intercepts
