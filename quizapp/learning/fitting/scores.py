"""How well predicted recall agrees with what was recalled."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quizapp.learning.answers import AGAIN, Answers

_LEAST: Final = 1e-12  # a prediction of 0 or 1 that fails costs much, not everything
_INTERVAL_BASE, _COUNT_BASE, _LAPSES_BASE = 3.62, 1.89, 1.73

Cell = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Log loss and RMSE(bins): lower is better. AUC: higher is better, 0.5 is chance."""

    n: int
    log_loss: float
    rmse_bins: float
    auc: float


def scores(predicted: Sequence[float], recalled: Sequence[bool], cells: Sequence[Cell]) -> Scores:
    """Score predictions in [0, 1]. Raises ValueError where there are none."""
    if not predicted:
        raise ValueError("nothing to be scored")
    return Scores(
        n=len(predicted),
        log_loss=_log_loss(predicted, recalled),
        rmse_bins=_rmse_bins(predicted, recalled, cells),
        auc=_auc(predicted, recalled),
    )


def outcomes(answers: Answers) -> tuple[bool, ...]:
    """Return whether each long-term answer recalled its card."""
    return tuple(answers.ratings[place] != AGAIN for place in answers.long_term)


def cells_of(answers: Answers) -> tuple[Cell, ...]:
    """Return the cell of each long-term answer for RMSE(bins), as fsrs-rs forms them.

    Interval, long-term answers to the card and lapses before, each on a scale of powers.
    """
    counts: defaultdict[int, int] = defaultdict(lambda: 1)
    lapses: defaultdict[int, int] = defaultdict(int)
    cells: list[Cell] = []
    for place in answers.long_term:
        card = answers.cards[place]
        counts[card] += 1
        cells.append(
            (
                _step(answers.elapsed[place], _INTERVAL_BASE),
                _step(counts[card], _COUNT_BASE),
                _step(lapses[card], _LAPSES_BASE),
            )
        )
        lapses[card] += answers.ratings[place] == AGAIN
    return tuple(cells)


def _step(value: int, base: float) -> int:
    return math.floor(math.log(value) / math.log(base)) if value else -1


def _log_loss(predicted: Sequence[float], recalled: Sequence[bool]) -> float:
    return -math.fsum(
        math.log(max(_LEAST, chance if well else 1 - chance))
        for chance, well in zip(predicted, recalled, strict=True)
    ) / len(predicted)


def _rmse_bins(
    predicted: Sequence[float], recalled: Sequence[bool], cells: Sequence[Cell]
) -> float:
    """Return the root of the mean squared difference of mean prediction and share, by cells."""
    sizes: defaultdict[Cell, int] = defaultdict(int)
    excess: defaultdict[Cell, float] = defaultdict(float)
    for chance, well, cell in zip(predicted, recalled, cells, strict=True):
        sizes[cell] += 1
        excess[cell] += chance - well
    return math.sqrt(
        math.fsum(excess[cell] ** 2 / size for cell, size in sizes.items()) / len(predicted)
    )


def _auc(predicted: Sequence[float], recalled: Sequence[bool]) -> float:
    """Return the chance that a recalled answer was predicted higher than a forgotten one.

    A tie counts half. 0.5 where all were recalled, or none (Mann and Whitney, 1947).
    """
    right = sum(recalled)
    wrong = len(recalled) - right
    if not right or not wrong:
        return 0.5
    pairs = sorted(zip(predicted, recalled, strict=True))
    rank_sum = 0.0
    start = 0
    while start < len(pairs):
        end = start
        while end < len(pairs) and pairs[end][0] == pairs[start][0]:
            end += 1
        middle = (start + 1 + end) / 2  # the mean rank of those that are tied
        rank_sum += middle * sum(well for _chance, well in pairs[start:end])
        start = end
    return (rank_sum - right * (right + 1) / 2) / (right * wrong)
