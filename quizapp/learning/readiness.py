"""How an exam would go today: a score with its interval, and the chance to pass.

Only answers to questions that had never been seen speak here (`quizapp.learning.evidence`). An
answer counts half as much every 30 days. What nobody has tried in a topic stays unknown: the model
falls back on what the other topics say, and the interval stays wide.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from quizapp.learning.topic_model import (
    Floats,
    Posterior,
    TopicAnswers,
    TopicModel,
    posterior,
    right_on_average,
)

FEW = 20  # with fewer answers no chance is named, the interval alone
MODEL = "topics-1"  # stored with every forecast: changes whenever the numbers would
HALF_LIFE = 30  # days until an answer counts half as much
LOW, HIGH = 0.05, 0.95  # what the interval reaches from and to

_DRAWS = 2000
_SEED = 20241


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a question that had never been seen before, given without help."""

    topic: str
    difficulty: float  # as stated, in logits: 0 is that of an average question
    guess: float  # chance to be right without knowing anything
    right: bool
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The exam that is forecast: so many new questions, by the weights of the topics."""

    name: str
    questions: int
    weights: Mapping[str, float]  # of topics, summing to 1
    mark: float = 0.70  # a rule of thumb: JDLA publishes none; share of right answers to be reached
    guess: float = 0.25

    def __post_init__(self) -> None:
        if self.questions < 1 or not 0 < self.mark <= 1 or not 0 <= self.guess < 1:
            raise ValueError("an exam has questions, a mark in (0, 1] and a chance in [0, 1)")
        if any(weight < 0 for weight in self.weights.values()) or not math.isclose(
            sum(self.weights.values()), 1, abs_tol=1e-9
        ):
            raise ValueError("the weights of the topics must sum to 1")

    @property
    def needed(self) -> int:
        """The least number of right answers that reaches the mark."""
        # 0.7 of 10 is 7, whatever 0.7 × 10 is in binary.
        return math.ceil(self.mark * self.questions - 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicForecast:
    """What is expected of one topic: the share of new questions that would be right."""

    topic: str
    weight: float  # in the exam
    answers: int  # that speak of it
    expected: float
    low: float
    high: float

    @property
    def unknown(self) -> bool:
        """Whether nothing but the other topics speaks of it."""
        return self.answers == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Scores are shares of right answers; the interval reaches from 5 % to 95 %."""

    target: Target
    answers: int  # to topics of the exam and to others: all that spoke
    expected: float
    low: float
    high: float
    pass_probability: float
    topics: tuple[TopicForecast, ...] = field(default=())
    model: str = MODEL

    @property
    def few(self) -> bool:
        """Whether there are too few answers to name a chance."""
        return self.wanting > 0

    @property
    def wanting(self) -> int:
        """How many more answers are needed to name one."""
        return max(0, FEW - self.answers)


def forecast(
    answers: Sequence[Answer],
    target: Target,
    *,
    today: date,
    model: TopicModel | None = None,
    draws: int = _DRAWS,
    seed: int | Sequence[int] = _SEED,
) -> Forecast:
    """Return how the exam would go today. The same arguments always give the same forecast.

    Abilities are drawn from the posterior; the noise of the questions is then added exactly: with
    the abilities given, every question of the exam is right with the same chance, so that the
    score is binomial.
    """
    model = model or TopicModel()
    topics = [*target.weights, *sorted({each.topic for each in answers} - set(target.weights))]
    believed = posterior(model, _by_topic(answers, topics, today=today))
    weights = np.array([target.weights.get(topic, 0.0) for topic in topics])
    shares = right_on_average(model, believed.draw(draws, seed=seed), guess=target.guess) @ weights
    scores = _mixed_binomial(shares, target.questions)
    low, high = _interval(scores)
    return Forecast(
        target=target,
        answers=len(answers),
        expected=float(scores @ np.arange(target.questions + 1)) / target.questions,
        low=low / target.questions,
        high=high / target.questions,
        pass_probability=min(1.0, float(scores[target.needed :].sum())),
        topics=_topic_forecasts(answers, target, topics, believed),
    )


def _by_topic(
    answers: Sequence[Answer], topics: Sequence[str], *, today: date
) -> list[TopicAnswers]:
    of_topic: dict[str, list[Answer]] = {topic: [] for topic in topics}
    for answer in answers:
        of_topic[answer.topic].append(answer)
    return [
        TopicAnswers(
            difficulty=np.array([each.difficulty for each in given], dtype=float),
            guess=np.array([each.guess for each in given], dtype=float),
            right=np.array([each.right for each in given], dtype=bool),
            weight=np.array([weight(each.day, today=today) for each in given], dtype=float),
        )
        for given in of_topic.values()
    ]


def weight(day: date, *, today: date) -> float:
    """Return how much an answer of a day counts: half as much every 30 days."""
    return float(0.5 ** (max(0, (today - day).days) / HALF_LIFE))


def _mixed_binomial(shares: Floats, questions: int) -> Floats:
    """Return the probabilities of 0 … `questions` right answers, over all drawn shares."""
    sure = np.clip(shares, 1e-12, 1 - 1e-12)[:, None]
    right = np.arange(questions + 1)
    ways = np.array(
        [
            math.lgamma(questions + 1) - math.lgamma(k + 1) - math.lgamma(questions - k + 1)
            for k in range(questions + 1)
        ]
    )
    chances = np.exp(ways + right * np.log(sure) + (questions - right) * np.log1p(-sure))
    mixed = chances.mean(axis=0)
    scores: Floats = mixed / mixed.sum()
    return scores


def _interval(probabilities: Floats) -> tuple[int, int]:
    """Return the least scores whose cumulated probability reaches 5 % and 95 %."""
    cumulated = np.cumsum(probabilities)
    return int(np.searchsorted(cumulated, LOW)), min(
        int(np.searchsorted(cumulated, HIGH)), len(probabilities) - 1
    )


def _topic_forecasts(
    answers: Sequence[Answer], target: Target, topics: Sequence[str], believed: Posterior
) -> tuple[TopicForecast, ...]:
    counts = dict.fromkeys(topics, 0)
    for answer in answers:
        counts[answer.topic] += 1
    shares = right_on_average(believed.model, believed.ability, guess=target.guess)
    found = []
    for topic, chances in zip(topics, believed.of_topics(), strict=True):
        # Half of a point's probability lies below it.
        below = np.cumsum(chances) - 0.5 * chances
        found.append(
            TopicForecast(
                topic=topic,
                weight=target.weights.get(topic, 0.0),
                answers=counts[topic],
                expected=float(chances @ shares),
                low=float(np.interp(LOW, below, shares)),
                high=float(np.interp(HIGH, below, shares)),
            )
        )
    return tuple(found)
