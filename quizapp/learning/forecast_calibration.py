"""Whether forecasts came true: each result held against what was said before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean

from quizapp.history.forecasts import KeptForecast

_EDGE = 1e-9  # a score on the edge lies within


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamResult:
    """How an exam went."""

    blueprint: str
    started_at: datetime
    right: int
    questions: int

    def __post_init__(self) -> None:
        if not 0 <= self.right <= self.questions or self.questions < 1:
            raise ValueError("a result has questions, and no more right answers than those")

    @property
    def score(self) -> float:
        """Share of right answers."""
        return self.right / self.questions


@dataclass(frozen=True, slots=True)
class Held:
    """A result and the forecast that it is held against."""

    result: ExamResult
    forecast: KeptForecast

    @property
    def within(self) -> bool:
        """Whether the score lies within the interval."""
        low, high = self.forecast.low, self.forecast.high
        return low - _EDGE <= self.result.score <= high + _EDGE

    @property
    def passed(self) -> bool:
        """Whether the mark of the forecast was reached."""
        return self.result.score >= self.forecast.mark - _EDGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Over all results: how good the forecasts were. One result alone says next to nothing."""

    results: int
    brier: float  # mean squared error of the chance to pass; 0 is perfect, saying 50 % gives 0.25
    coverage: float  # share of the scores within their interval: 0.9 if the forecasts are honest
    bias: float  # forecast score less the real one, on average: above 0 is too hopeful


def held_against(
    results: Iterable[ExamResult], forecasts: Sequence[KeptForecast]
) -> Iterator[Held]:
    """Yield each result with the latest forecast of its blueprint and length made before it.

    Results that nothing was said of before are left out.
    """
    for result in results:
        before = [
            each
            for each in forecasts
            if each.blueprint == result.blueprint
            and each.questions == result.questions
            and each.made_at <= result.started_at
        ]
        if before:
            yield Held(result, max(before, key=lambda each: each.made_at))


def calibration(held: Sequence[Held]) -> Calibration | None:
    """Return the measures (Brier, 1950), None while no exam was taken after a forecast."""
    if not held:
        return None
    return Calibration(
        results=len(held),
        brier=mean((each.forecast.pass_probability - each.passed) ** 2 for each in held),
        coverage=mean(float(each.within) for each in held),
        bias=mean(each.forecast.expected - each.result.score for each in held),
    )
