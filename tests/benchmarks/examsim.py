"""EXAMSIM-1: learners who remember otherwise than the plan believes, and an exam on day T.

Each learner forgets by FSRS-6 with weights and first stabilities of their own, which no policy
knows; all policies share every card's luck. `python -m tests.benchmarks.examsim` prints the table.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

import numpy as np
from fsrs.scheduler import (
    DEFAULT_PARAMETERS,
    LOWER_BOUNDS_PARAMETERS,
    UPPER_BOUNDS_PARAMETERS,
)

from quizapp.learning.exam_plan import Cards
from quizapp.learning.memory_kernel import MemoryModel
from quizapp.learning.study_simulation import Learner, Luck, Policy, simulate
from tests.benchmarks.policies import Calendar, Greedy, Planned, Sm2

OURS = "newfirst .85"
PLAIN = "fsrs .90"
DENSE = "fsrs .95"

_OTHERS = (
    (
        *(0.1683, 0.7683, 2.2073, 5.4237, 6.5689, 0.5514, 3.275, 0.029, 1.7138, 0.3069, 0.6614),
        *(1.5947, 0.0118, 0.4161, 1.8018, 0.6016, 1.8729, 0.8052, 0.0579, 0.1226, 0.2271),
    ),
    (
        *(0.4815, 1.7964, 4.4852, 9.7791, 6.2897, 1.0302, 3.056, 0.1513, 1.4191, 0.0, 0.3221),
        *(1.3894, 0.0628, 0.2748, 1.6133, 0.6045, 1.8729, 0.9733, 0.017, 0.0333, 0.1),
    ),
)
_BASES = (tuple(DEFAULT_PARAMETERS), *_OTHERS)
_ANSWERS = 120  # of one card, for which there is luck


@dataclass(frozen=True, slots=True)
class Cell:
    """One setting of the simulation."""

    cards: int
    days: int
    share: float  # of the minutes that plain FSRS takes without limit
    steep: bool = False  # everybody forgets faster than believed
    skipping: bool = False  # a fifth of the days, at random

    def __str__(self) -> str:
        more = (", steep" if self.steep else "") + (", days skipped" if self.skipping else "")
        return f"{self.cards} cards, {self.days} days, {100 * self.share:.0f} %{more}"


@dataclass(frozen=True, slots=True)
class Person:
    """A learner drawn for a cell, and the luck of every answer."""

    learner: Learner
    luck: Luck
    days: tuple[int, ...]  # on which they study


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one learner ends under one policy."""

    recall: float  # mean true recall on the exam day
    believed: float  # what the plan predicts
    known: float  # share of cards of at least 0.9
    unseen: float
    minutes: float  # a day


def person(number: int, cell: Cell) -> Person:
    """Draw a learner: the same one for every policy."""
    chance = np.random.default_rng([number, cell.cards, cell.days])
    base = np.asarray(_BASES[number % len(_BASES)])
    if cell.steep:
        base[20] = 0.5
    weights = np.clip(
        base * np.exp(chance.normal(0, 0.1, 21)), LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
    )
    ease = np.exp(chance.normal(0, 0.4, cell.cards))
    luck = chance.random((cell.cards, _ANSWERS, 2))
    days = np.arange(cell.days)
    if cell.skipping:
        skips = np.random.default_rng([99, number, cell.days]).random(cell.days) < 0.2
        days = days[~skips]
    memory = MemoryModel(tuple(map(float, weights)))
    return Person(Learner(memory=memory, ease=ease), luck, tuple(map(int, days)))


def policies(cell: Cell) -> Mapping[str, Callable[[], Policy]]:
    """Return the policies of a cell by name; each is made anew for each learner."""
    count, exam = cell.cards, cell.days
    new = max(20, math.ceil(count / (0.6 * exam)))
    return {
        "sm2": lambda: Sm2(count, new),
        PLAIN: lambda: Calendar(exam, count, new),
        "cap": lambda: Calendar(exam, count, new, capped=True),
        "fnew .9": lambda: Calendar(exam, count, new, new_first=True),
        "fnew .8": lambda: Calendar(exam, count, new, new_first=True, retention=0.8),
        "greedy": lambda: Greedy(exam),
        OURS: lambda: Planned(exam),
    }


def dense(cell: Cell) -> Policy:
    """Return plain FSRS at a higher retention, which takes more minutes."""
    new = max(20, math.ceil(cell.cards / (0.6 * cell.days)))
    return Calendar(cell.days, cell.cards, new, retention=0.95)


def run(policy: Policy, someone: Person, cell: Cell, *, seconds: float | None) -> Outcome:
    """Let one learner study by one policy."""
    count = cell.cards
    cards = Cards(
        stability=np.ones(count),
        difficulty=np.ones(count),
        last_day=np.zeros(count, dtype=np.int64),
        unseen=np.ones(count, dtype=np.bool_),
        weight=np.ones(count),
    )
    belief = MemoryModel()
    studied = simulate(
        policy,
        cards,
        learner=someone.learner,
        belief=belief,
        days=someone.days,
        seconds=None if seconds is None else [seconds] * len(someone.days),
        luck=someone.luck,
        exam_day=cell.days,
    )
    return Outcome(
        recall=float(studied.recall.mean()),
        believed=studied.cards.expected_score(belief, cell.days),
        known=float((studied.recall >= 0.9).mean()),
        unseen=float(studied.cards.unseen.mean()),
        minutes=float(studied.seconds.sum()) / 60 / cell.days,
    )


@dataclass(frozen=True, slots=True)
class Results:
    """The outcomes of a cell: policy -> one for each learner, the same learners in each."""

    cell: Cell
    of: Mapping[str, Sequence[Outcome]]

    def mean(self, policy: str, figure: str) -> float:
        """Return the mean of one figure of an Outcome."""
        return fmean(getattr(outcome, figure) for outcome in self.of[policy])

    def gain(self, policy: str, over: str) -> tuple[float, float]:
        """Return the mean difference in recall, learner by learner, and half its 95 % interval."""
        pairs = zip(self.of[policy], self.of[over], strict=True)
        differences = [mine.recall - other.recall for mine, other in pairs]
        half = NormalDist().inv_cdf(0.975) * stdev(differences) / math.sqrt(len(differences))
        return fmean(differences), half

    def best_other(self) -> str:
        """Return the best of the calendar-based policies."""
        others = ("sm2", PLAIN, "cap", "fnew .9", "fnew .8")
        return max(others, key=lambda name: self.mean(name, "recall"))


def results(cell: Cell, *, learners: int) -> Results:
    """Let learners 0, 1, ... study by every policy, in the minutes that plain FSRS would take."""
    of: dict[str, list[Outcome]] = {}
    for number in range(learners):
        someone = person(number, cell)
        made = policies(cell)
        free = run(made[PLAIN](), someone, cell, seconds=None)
        seconds = free.minutes * 60 * cell.share
        for name, make in made.items():
            of.setdefault(name, []).append(run(make(), someone, cell, seconds=seconds))
        of.setdefault(DENSE, []).append(run(dense(cell), someone, cell, seconds=None))
    return Results(cell, of)


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table of goals."""

    name: str
    what: str
    figure: float
    threshold: float
    most: bool = False  # the figure may be at most the threshold, not at least
    sure: bool = True  # the 95 % interval, where one is asked for, lies on the right side

    @property
    def reached(self) -> bool:
        """Whether it is."""
        within = self.figure <= self.threshold if self.most else self.figure >= self.threshold
        return within and self.sure

    def __str__(self) -> str:
        sign = "<=" if self.most else ">="
        return (
            f"{self.name}  {self.what:<62} {self.figure:+.4f} {sign} {self.threshold:+.4f}  "
            f"{'reached' if self.reached else 'MISSED'}"
        )


AMPLE = (Cell(300, 60, 1.0), Cell(400, 21, 1.0))
SCARCE = (Cell(300, 60, 0.6), Cell(400, 21, 0.6))
ROBUST = (
    Cell(300, 60, 1.0, steep=True),
    Cell(300, 60, 1.0, skipping=True),
    Cell(400, 21, 1.0, skipping=True),
)


def goals(found: Mapping[Cell, Results]) -> Iterator[Goal]:
    """Yield goals E1 to E5, as far as their cells were run."""
    for cell, least in zip(AMPLE, (0.025, 0.012), strict=True):
        if cell in found:
            gain, half = found[cell].gain(OURS, PLAIN)
            what = f"{cell}: over {PLAIN} (+-{half:.4f})"
            yield Goal("E1", what, gain, least, sure=gain > half)
    for cell, least in zip(SCARCE, (0.010, 0.0), strict=True):
        if cell in found:
            best = found[cell].best_other()
            gain, half = found[cell].gain(OURS, best)
            yield Goal("E2", f"{cell}: over the best, {best} (+-{half:.4f})", gain, least)
            yield Goal("E2", f"{cell}: unseen", found[cell].mean(OURS, "unseen"), 0.0, most=True)
    if (first := AMPLE[0]) in found:
        of = found[first]
        ratio = of.mean(OURS, "minutes") / of.mean(DENSE, "minutes")
        gain, _half = of.gain(OURS, DENSE)
        what = f"{first}: minutes over those of {DENSE} (recall {gain:+.4f})"
        yield Goal("E3", what, ratio, 0.75, most=True, sure=gain >= -0.001)
    for cell in ROBUST:
        if cell in found:
            gain, half = found[cell].gain(OURS, PLAIN)
            yield Goal("E4", f"{cell}: over {PLAIN} (+-{half:.4f})", gain, 0.02)
    for cell, most in ((AMPLE[0], 0.02), (AMPLE[1], 0.02), (SCARCE[0], 0.03), (SCARCE[1], 0.03)):
        if cell in found:
            of = found[cell]
            error = abs(of.mean(OURS, "believed") - of.mean(OURS, "recall"))
            yield Goal("E5", f"{cell}: forecast against truth", error, most, most=True)


def lines(of: Results) -> Iterator[str]:
    """Yield the table of one cell."""
    yield f"{of.cell}; {len(of.of[OURS])} learners"
    yield "  policy        recall   over fsrs .90     >= .9   unseen  min/day  forecast"
    for name in of.of:
        gain, half = of.gain(name, PLAIN)
        yield (
            f"  {name:<13} {of.mean(name, 'recall'):.4f}  {gain:+.4f} +-{half:.4f}   "
            f"{of.mean(name, 'known'):.3f}    {of.mean(name, 'unseen'):.3f}   "
            f"{of.mean(name, 'minutes'):6.1f}    {of.mean(name, 'believed'):.4f}"
        )


def main() -> None:
    """Print every cell and every goal. `python -m tests.benchmarks.examsim [LEARNERS]`."""
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    found: dict[Cell, Results] = {}
    for cell in (*AMPLE, *SCARCE, *ROBUST):
        found[cell] = results(cell, learners=learners)
        sys.stdout.write("\n".join(lines(found[cell])) + "\n\n")
        sys.stdout.flush()
    sys.stdout.write("\n".join(map(str, goals(found))) + "\n")


if __name__ == "__main__":
    main()
