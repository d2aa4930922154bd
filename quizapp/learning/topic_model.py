"""How able a learner is in each topic: a hierarchical item response model, solved on a grid.

The logit of a right answer is ability − difficulty, above what guessing gives:

    P(right) = c + (1 − c) σ(a_topic − b),   a_topic = θ + δ_topic,   θ ~ N(mean, spread²),
    δ_topic ~ N(0, topic_spread²),           b ~ N(stated difficulty, difficulty_error²)

The posterior is exact but for the grid: given θ the topics are independent, so that every topic is
one sum over its own grid (Birnbaum, 1968, for the curve with guessing; Fox & Glas, 2001, for the
two levels).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_GENERAL_POINTS, _GENERAL_REACH = 69, 4.5  # grid of θ, in standard deviations to either side
_TOPIC_POINTS, _TOPIC_REACH = 81, 5.5  # grid of a, likewise
_CURVE = np.linspace(-20.0, 20.0, 4001)
_NODES = 41


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicModel:
    """What is believed before the first answer; all in logits.

    The mean lies between learners who have studied for a while (0.8) and those who begin (0): with
    20 answers the forecast is at most two points too low for the ones and too high for the others
    (`tests/benchmarks/readysim.py`).
    """

    mean: float = 0.4
    spread: float = 1.0
    topic_spread: float = 0.5
    difficulty_error: float = 0.4  # of a stated difficulty
    exam_mean: float = 0.0  # difficulties of questions that nobody has seen yet
    exam_spread: float = 1.0


@dataclass(frozen=True, slots=True)
class TopicAnswers:
    """The answers to one topic, one entry each: what they were, and how much they count."""

    difficulty: Floats  # stated, logits
    guess: Floats  # chance of a right answer without knowing anything, 0 … 1
    right: NDArray[np.bool_]
    weight: Floats  # 0 … 1


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is believed after the answers: weights on the grids.

    With T topics, G points for the general ability, A for that in a topic:
    """

    model: TopicModel
    general: Floats  # (G,) probabilities of θ
    ability: Floats  # (A,) points of a
    given_general: Floats  # (T, G, A): probabilities of a in a topic, given θ

    def of_topics(self) -> Floats:
        """Return the probabilities (T, A) of each topic's ability."""
        mixed: Floats = np.einsum("g,tga->ta", self.general, self.given_general)
        return mixed

    def draw(self, draws: int, *, seed: int | Sequence[int]) -> Floats:
        """Return abilities (draws, T) in all topics together; the same seed draws the same ones."""
        chance = np.random.default_rng(seed)
        levels = _places(np.cumsum(self.general), chance.random(draws))
        cumulated = np.cumsum(self.given_general, axis=2)[:, levels, :]  # (T, draws, A)
        wanted = chance.random((draws, cumulated.shape[0])).T[:, :, None]
        places = (cumulated < wanted * cumulated[:, :, -1:]).sum(axis=2)
        drawn: Floats = self.ability[np.minimum(places, len(self.ability) - 1)].T
        return drawn


def posterior(model: TopicModel, topics: Sequence[TopicAnswers]) -> Posterior:
    """Return what the answers to each topic say; a topic without answers keeps the prior."""
    levels = np.linspace(-_GENERAL_REACH, _GENERAL_REACH, _GENERAL_POINTS) * model.spread
    whole = float(np.hypot(model.spread, model.topic_spread))
    ability = model.mean + np.linspace(-_TOPIC_REACH, _TOPIC_REACH, _TOPIC_POINTS) * whole
    # (G, A): the topic's ability given the general one.
    prior = _normal((ability[None, :] - model.mean - levels[:, None]) / model.topic_spread)
    prior /= prior.sum(axis=1, keepdims=True)
    fits = np.stack([_log_likelihood(model, ability, answers) for answers in topics])
    best = fits.max(axis=1, keepdims=True)
    joint = prior[None, :, :] * np.exp(fits - best)[:, None, :]  # (T, G, A)
    evidence = joint.sum(axis=2)  # (T, G)
    logs = np.log(np.maximum(evidence, 1e-300)).sum(axis=0) - 0.5 * (levels / model.spread) ** 2
    general = np.exp(logs - logs.max())
    return Posterior(
        model=model,
        general=general / general.sum(),
        ability=ability,
        given_general=joint / np.maximum(evidence, 1e-300)[:, :, None],
    )


def right_on_average(model: TopicModel, ability: Floats, *, guess: float) -> Floats:
    """Return the chance of a right answer to a question of the exam that was never seen.

    Its difficulty is not known: the mean over N(exam_mean, exam_spread²).
    """
    return guess + (1 - guess) * _smoothed(ability - model.exam_mean, model.exam_spread)


def _log_likelihood(model: TopicModel, ability: Floats, answers: TopicAnswers) -> Floats:
    if not len(answers.right):
        return np.zeros_like(ability)
    # (A, n)
    known = _smoothed(ability[:, None] - answers.difficulty, model.difficulty_error)
    right = answers.guess + (1 - answers.guess) * known
    chance = np.where(answers.right, right, 1 - right)
    logs: Floats = np.log(np.maximum(chance, 1e-300)) @ answers.weight
    return logs


def _smoothed(logit: Floats, deviation: float) -> Floats:
    """Return E σ(logit + deviation · z), z standard normal: a difficulty that is not certain."""
    return np.interp(logit, _CURVE, _curve(deviation))


@cache
def _curve(deviation: float) -> Floats:
    nodes, weights = standard_normal_nodes(_NODES)
    curve: Floats = logistic(_CURVE[:, None] + deviation * nodes) @ weights
    return curve


def standard_normal_nodes(count: int) -> tuple[Floats, Floats]:
    """Return Gauss–Hermite nodes and weights for the mean over a standard normal variable."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(count)
    return nodes, weights / weights.sum()


def logistic(logit: Floats) -> Floats:
    """Return σ(logit), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logit))


def _normal(z: Floats) -> Floats:
    density: Floats = np.exp(-0.5 * z * z)
    return density


def _places(cumulated: Floats, wanted: Floats) -> NDArray[np.intp]:
    found = np.searchsorted(cumulated, wanted * cumulated[-1], side="right")
    places: NDArray[np.intp] = np.minimum(found, len(cumulated) - 1)
    return places
