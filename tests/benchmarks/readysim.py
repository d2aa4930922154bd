"""READYSIM-1 and R5: how honest the readiness forecast is, over simulated learners whose truth is known.

`python -m tests.benchmarks.readysim` prints every goal with its figure and its threshold (about
two minutes). A learner has an ability in each of ten topics, answers `n` questions of unknown
difficulty (stated with an error), and then sits an exam of 60 new questions; the forecast is made
by the function that the app uses. With repeats, half of the answers are to questions that were
seen before, which are known better than new ones.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

import numpy as np

from quizapp.learning.readiness import Answer, Target, forecast
from quizapp.learning.topic_model import Floats, TopicModel, logistic
from tests.benchmarks import lsat6

WEIGHTS = (0.18, 0.15, 0.13, 0.12, 0.10, 0.09, 0.08, 0.06, 0.05, 0.04)
TARGET = Target(
    name="readysim",
    questions=60,
    weights={f"topic {place}": weight for place, weight in enumerate(WEIGHTS)},
    mark=0.65,
    guess=0.25,
)
MODEL = TopicModel(mean=0.8, spread=1.0, topic_spread=0.5, difficulty_error=0.4)
TODAY = date(2026, 11, 21)
DRAWS = 400
KNOWN_AGAIN = 0.6  # of the repeated questions that were not known, how many are known by now
SIZES = (20, 60, 200, 600)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What was forecast for some learners and how their exams went, one entry each."""

    expected: Floats
    low: Floats
    high: Floats
    pass_probability: Floats
    naive: Floats  # the chance to pass if the share of right answers were the truth
    score: Floats

    @property
    def coverage(self) -> float:
        """Share of the exams within the 90 % interval."""
        return float(np.mean((self.low <= self.score) & (self.score <= self.high)))

    @property
    def width(self) -> float:
        """Mean width of the interval."""
        return float(np.mean(self.high - self.low))

    @property
    def bias(self) -> float:
        """Mean of the forecast score less the real one."""
        return float(np.mean(self.expected - self.score))

    @property
    def brier(self) -> float:
        """Mean squared error of the chance to pass (Brier, 1950)."""
        return _brier(self.pass_probability, self.score)

    @property
    def naive_brier(self) -> float:
        """The same for whoever takes the share of right answers for the truth."""
        return _brier(self.naive, self.score)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error of the chance to pass over ten bins of equal width."""
        bins = np.minimum((10 * self.pass_probability).astype(int), 9)
        passed = self.score >= TARGET.mark - 1e-9
        gaps = [
            abs(float(np.sum(self.pass_probability[bins == each] - passed[bins == each])))
            for each in range(10)
        ]
        return sum(gaps) / len(bins)


def simulate(
    n: int,
    *,
    learners: int,
    repeats: float = 0.0,
    truth: TopicModel = MODEL,
    believed: TopicModel = MODEL,
) -> Outcomes:
    """Return the outcomes of learners with `n` answers each, `repeats` of them to seen questions.

    Only first attempts reach the forecast; the naive one counts everything. `truth`: what the
    learners are drawn from; `believed`: what the forecast takes them to be drawn from.
    """
    chance = np.random.default_rng([0, n, round(100 * repeats)])
    rows = [
        _learner(chance, n, repeats, seed=place, truth=truth, believed=believed)
        for place in range(learners)
    ]
    return Outcomes(*np.array(rows).T)


def _learner(
    chance: np.random.Generator,
    n: int,
    repeats: float,
    *,
    seed: int,
    truth: TopicModel,
    believed: TopicModel,
) -> list[float]:
    ability = chance.normal(truth.mean, truth.spread) + chance.normal(0, truth.topic_spread, 10)
    fresh = round(n * (1 - repeats))
    topics, right, stated = _answers(chance, ability, fresh)
    # Repeats: questions answered before, known or guessed as then, or known by now.
    again = chance.integers(0, max(1, fresh), n - fresh)
    right_again = right[again] | (chance.random(n - fresh) < KNOWN_AGAIN)
    made = forecast(
        [
            Answer(
                topic=f"topic {topic}",
                difficulty=float(difficulty),
                guess=TARGET.guess,
                right=bool(was_right),
                day=TODAY,
            )
            for topic, difficulty, was_right in zip(topics, stated, right, strict=True)
        ],
        TARGET,
        today=TODAY,
        model=believed,
        draws=DRAWS,
        seed=seed,
    )
    _topics, exam, _stated = _answers(chance, ability, TARGET.questions)
    share = (right.sum() + right_again.sum()) / n
    return [
        made.expected,
        made.low,
        made.high,
        made.pass_probability,
        _at_least(TARGET.needed, TARGET.questions, float(share)),
        exam.mean(),
    ]


def _answers(
    chance: np.random.Generator, ability: Floats, count: int
) -> tuple[Sequence[int], np.ndarray, Floats]:
    """Answer new questions: their topics, whether the answer was right, stated difficulties."""
    topics = chance.choice(len(WEIGHTS), count, p=WEIGHTS)
    difficulty = chance.normal(0, 1, count)
    knows = logistic(ability[topics] - difficulty)
    right = chance.random(count) < TARGET.guess + (1 - TARGET.guess) * knows
    return topics, right, difficulty + chance.normal(0, MODEL.difficulty_error, count)


def _at_least(needed: int, count: int, share: float) -> float:
    return sum(
        math.comb(count, k) * share**k * (1 - share) ** (count - k)
        for k in range(needed, count + 1)
    )


def _brier(probability: Floats, score: Floats) -> float:
    return float(np.mean((probability - (score >= TARGET.mark - 1e-9)) ** 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A measured figure and the range it is to lie in."""

    name: str
    figure: float
    least: float = -math.inf
    most: float = math.inf
    detail: str = ""

    @property
    def reached(self) -> bool:
        """Whether the figure lies in the range."""
        return self.least <= self.figure <= self.most

    def __str__(self) -> str:
        limits = (f"≥ {self.least:.7g}", f"≤ {self.most:.7g}")
        shown = " and ".join(
            text
            for text, limit in zip(limits, (self.least, self.most), strict=True)
            if math.isfinite(limit)
        )
        verdict = "pass" if self.reached else "FAIL"
        return f"{self.name:<46} {self.figure:+.3f}   {shown:<26} {verdict}   {self.detail}"


def goals(*, learners: int, sizes: Sequence[int] = SIZES) -> Iterator[Goal]:
    """Measure R1 to R4."""
    for n in sizes:
        found = simulate(n, learners=learners)
        detail = f"width {found.width:.3f}, bias {found.bias:+.3f}"
        yield Goal(
            name=f"R1 n={n}: coverage of the 90 % interval",
            figure=found.coverage,
            least=0.87,
            most=0.94,
            detail=detail,
        )
        yield Goal(
            name=f"R2 n={n}: calibration error of the pass chance",
            figure=found.calibration_error,
            most=0.035,
        )
        if n in (20, 60):
            yield Goal(
                name=f"R3 n={n}: Brier score of the pass chance",
                figure=found.brier,
                most={20: 0.135, 60: 0.100}[n],
                detail=f"share of right answers taken as the truth: {found.naive_brier:.3f}",
            )
    repeated = simulate(200, learners=learners, repeats=0.5)
    detail = f"Brier {repeated.brier:.3f}; repeats counted naively: {repeated.naive_brier:.3f}"
    yield Goal(name="R4 half repeats: coverage", figure=repeated.coverage, least=0.87)
    yield Goal(
        name="R4 half repeats: bias",
        figure=repeated.bias,
        least=-0.01,
        most=0.01,
        detail=detail,
    )


def default_goals(*, learners: int) -> Iterator[Goal]:
    """Measure what the app's own prior does where the learners are others than it takes them for.

    Not among the published goals: R1 and R2 are for a prior that is right.
    """
    for mean, who in ((0.8, "advanced"), (0.0, "beginning")):
        for n in (20, 60):
            found = simulate(
                n, learners=learners, truth=replace(MODEL, mean=mean), believed=TopicModel()
            )
            yield Goal(
                name=f"app's prior, {who} learners, n={n}: bias",
                figure=found.bias,
                least=-0.03,
                most=0.03,
                detail=f"coverage {found.coverage:.3f}, calibration error "
                f"{found.calibration_error:.3f}, Brier {found.brier:.3f}",
            )


def lsat6_goals() -> Iterator[Goal]:
    """Measure R5."""
    for what, found, published in lsat6.figures():
        yield Goal(
            name=f"R5 LSAT-6 {what}",
            figure=found,
            least=published - lsat6.AGREES,
            most=published + lsat6.AGREES,
            detail=f"published {published:g}",
        )


if __name__ == "__main__":
    for goal in chain(goals(learners=1500), default_goals(learners=1500), lsat6_goals()):
        sys.stdout.write(f"{goal}\n")
        sys.stdout.flush()
