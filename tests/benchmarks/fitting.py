"""How well and how fast a schedule is fitted, on log A: goals S2, S4, S5 and S6.

`python -m tests.benchmarks.fitting` prints each figure next to its goal.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from statistics import fmean

import torch

from quizapp.learning.answers import Answers
from quizapp.learning.fitting.outcome import TooFew
from quizapp.learning.fitting.scores import cells_of, outcomes, scores
from quizapp.learning.fitting.trial import cross_validated, trial
from quizapp.learning.fitting.weights import fitted, predicted
from quizapp.learning.scheduler import PUBLISHED, Weights
from tests.data import log_a

TRAINED_ON = 0.6  # of a subset learner's long-term answers; the rest is predicted


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A figure next to its goal."""

    what: str
    figure: float
    at_most: float | None = None
    at_least: float | None = None
    detail: str = ""

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return (self.at_most is None or self.figure <= self.at_most) and (
            self.at_least is None or self.figure >= self.at_least
        )

    def __str__(self) -> str:
        goal = f"<= {self.at_most:g}" if self.at_least is None else f">= {self.at_least:g}"
        if self.at_most == self.at_least:
            goal = f"= {self.at_most:g}"
        return (
            f"{self.what:<62} {self.figure:10.4f}   goal {goal:<10} "
            f"{'met' if self.met else 'MISSED'}   {self.detail}"
        )


def table(*, draws: int) -> Iterator[Goal]:
    """Measure everything, one line after the other."""
    torch.set_num_threads(1)
    yield from days()
    yield from folds()
    for size, most in ((60, 0.001), (150, 0.001), (400, 0.001), (1000, 0.0)):
        yield never_worse(size, draws=draws, at_most=most)
    yield from speed()


def days() -> Iterator[Goal]:
    """S2: what counts as a day."""
    counted = len(log_a.by_study_day().long_term)
    yield Goal(
        what="S2 long-term answers by study day", figure=counted, at_most=6372, at_least=6372
    )
    counted = len(log_a.by_24_hours().long_term)
    yield Goal(what="S2 ... by whole 24 hours", figure=counted, at_most=5329, at_least=5329)


def folds() -> Iterator[Goal]:
    """S4: five folds in time, each predicted from all that came before it."""
    answers = log_a.by_study_day()
    plain = cross_validated(answers, weights=PUBLISHED)
    ours = cross_validated(answers)
    detail = f"{ours.n} answers; published weights "
    yield Goal(
        what="S4 log loss, five folds",
        figure=ours.log_loss,
        at_most=0.4377,
        detail=f"{detail}{plain.log_loss:.4f}",
    )
    yield Goal(
        what="S4 RMSE(bins), five folds",
        figure=ours.rmse_bins,
        at_most=0.040,
        detail=f"{detail}{plain.rmse_bins:.4f}",
    )
    yield Goal(
        what="S4 AUC, five folds",
        figure=ours.auc,
        at_least=0.675,
        detail=f"{detail}{plain.auc:.4f}",
    )


def never_worse(size: int, *, draws: int, at_most: float) -> Goal:
    """S5: held-out log loss with our guard less that of the published weights."""
    changes = [change(size, seed=seed) for seed in range(draws)]
    return Goal(
        what=f"S5 change of held-out log loss, {size} training answers, mean",
        figure=fmean(changes),
        at_most=at_most,
        detail=f"{draws} draws, {min(changes):+.4f} to {max(changes):+.4f}, "
        f"unchanged in {changes.count(0.0)}",
    )


def change(size: int, *, seed: int) -> float:
    """Return what the guarded fit changes for one learner with some cards of log A."""
    answers = _subset(log_a.by_study_day(), size, seed=seed)
    long_term = answers.long_term
    cut = int(TRAINED_ON * len(long_term))
    weights = _guarded(answers.first(long_term[cut]))
    if weights == PUBLISHED:
        return 0.0
    cells, recalled = cells_of(answers), outcomes(answers)
    ours, theirs = (
        scores(predicted(answers, each)[cut:], recalled[cut:], cells[cut:]).log_loss
        for each in (weights, PUBLISHED)
    )
    return ours - theirs


def speed() -> Iterator[Goal]:
    """S6: one fit of the whole log, twice."""
    answers = log_a.by_study_day()
    clock, busy = time.perf_counter(), time.process_time()
    first = fitted(answers)
    taken, busy = time.perf_counter() - clock, time.process_time() - busy
    yield Goal(
        what=f"S6 seconds for a fit of {len(answers)} answers",
        figure=taken,
        at_most=15,
        detail=f"{busy:.1f} s of one processor; load {os.getloadavg()[0]:.1f}",
    )
    differing = sum(one != other for one, other in zip(first, fitted(answers), strict=True))
    yield Goal(what="S6 weights that differ in a second run", figure=differing, at_most=0)


def _subset(answers: Answers, size: int, *, seed: int) -> Answers:
    """Return the answers to random cards, so many that `size` long-term ones are trained on."""
    order = sorted(set(answers.cards))
    random.Random(seed).shuffle(order)
    counts = dict.fromkeys(order, 0)
    for place in answers.long_term:
        counts[answers.cards[place]] += 1
    kept, found = set(), 0
    for card in order:
        if int(TRAINED_ON * found) >= size:
            break
        kept.add(card)
        found += counts[card]
    return log_a.of_cards(answers, frozenset(kept))


def _guarded(answers: Answers) -> Weights:
    with suppress(TooFew):
        tried = trial(answers)
        if tried.adopted:
            return tried.weights
    return PUBLISHED


def main() -> None:
    """Measure and print."""
    for row in table(draws=12):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
