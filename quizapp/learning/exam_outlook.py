"""What so many minutes a day lead to on the day of the exam: the plan, simulated on the model.

The learner of the simulation forgets exactly as the model believes and answers right or wrong at
the learner's own pace. The luck is drawn from a fixed seed: the same cards give the same outlook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
from sqlalchemy import Engine

from quizapp.history import tally
from quizapp.history.learners import LearnerInfo
from quizapp.learning.answering_habits import RIGHT_OR_WRONG, Seconds
from quizapp.learning.exam_cards import exam_cards, memory_model
from quizapp.learning.exam_plan import Cards, plan_day
from quizapp.learning.memory_kernel import Integers, MemoryModel
from quizapp.learning.study_simulation import Learner, simulate

BUDGETS: Final = (15, 25, 40)  # minutes a day
_ANSWERS: Final = 16  # of one card, before its luck comes again


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What is left to be studied today."""

    new: int
    due: int
    minutes: float  # expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What a number of minutes a day leads to."""

    minutes_per_day: int
    recall: float  # expected share of the exam that is known, 0 to 1
    unseen: int  # questions that are never met
    minutes_needed: float  # mean of the minutes that are used of a day


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamOutlook:
    """Where the learner stands before an exam."""

    exam_date: date
    days_left: int  # study days, today included
    questions: int
    unseen: int  # now
    recall_without_study: float  # on the exam day, if nothing more is done
    minutes_per_day: int | None  # the setting, or what was asked for
    today: Share | None  # for those minutes
    prospects: tuple[Prospect, ...]  # by minutes


def exam_outlook(
    engine: Engine,
    learner: LearnerInfo,
    *,
    today: date,
    exam_date: date,
    minutes_per_day: int | None,
    budgets: Sequence[int] = BUDGETS,
) -> ExamOutlook:
    """Simulate the days up to an exam for several budgets and for the learner's own.

    Raises ValueError when the exam date is not to come.
    """
    with engine.connect() as connection:
        known = exam_cards(connection, learner)
        done = tally.tally_of(connection, learner.id, today)
        model = memory_model(connection, learner)
    cards = known.cards
    now, exam_day = today.toordinal(), exam_date.toordinal()
    if exam_day <= now:
        raise ValueError("the exam is over")
    wanted = sorted({*budgets, *([] if minutes_per_day is None else [minutes_per_day])})
    simulation = _Simulation(cards, now, exam_day, model, known.seconds, done)
    share = None
    if minutes_per_day is not None:
        share = _share(simulation, 60 * minutes_per_day - done.milliseconds / 1000)
    return ExamOutlook(
        exam_date=exam_date,
        days_left=exam_day - now,
        questions=len(cards),
        unseen=int(np.count_nonzero(cards.unseen)),
        recall_without_study=cards.expected_score(model, exam_day),
        minutes_per_day=minutes_per_day,
        today=share,
        prospects=tuple(simulation.prospect(minutes) for minutes in wanted),
    )


@dataclass(frozen=True)
class _Simulation:
    cards: Cards
    today: int
    exam_day: int
    model: MemoryModel
    seconds: Seconds
    done: tally.Tally
    luck: np.ndarray[tuple[int, int, int], np.dtype[np.float64]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        luck = np.random.default_rng(1).random((len(self.cards), _ANSWERS, 2))
        object.__setattr__(self, "luck", luck)

    def order(self, cards: Cards, day: int) -> Integers:
        """Return the plan of a day: exactly what a session serves."""
        plan = plan_day(
            cards,
            today=day,
            exam_day=self.exam_day,
            model=self.model,
            seconds=self.seconds,
            met_today=self.done.introduced if day == self.today else 0,
        )
        return plan.order

    def answered(self, cards: Cards, some: Integers, grades: Integers, day: int) -> None:
        """Keep nothing: a plan depends on the cards alone."""

    def prospect(self, minutes: int) -> Prospect:
        """Study so many minutes a day, today those that are left."""
        spent = self.done.milliseconds / 1000
        learner = Learner(memory=self.model, grades=RIGHT_OR_WRONG, seconds=self.seconds)
        days = range(self.today, self.exam_day)
        studied = simulate(
            self,
            self.cards,
            learner=learner,
            belief=self.model,
            days=days,
            seconds=[60 * minutes - (spent if day == self.today else 0) for day in days],
            luck=self.luck,
            exam_day=self.exam_day,
        )
        return Prospect(
            minutes_per_day=minutes,
            recall=studied.cards.expected_score(self.model, self.exam_day),
            unseen=int(np.count_nonzero(studied.cards.unseen)),
            minutes_needed=float(studied.seconds.sum()) / 60 / len(days),
        )


def _share(simulation: _Simulation, seconds: float) -> Share:
    plan = plan_day(
        simulation.cards,
        today=simulation.today,
        exam_day=simulation.exam_day,
        model=simulation.model,
        seconds=simulation.seconds,
        met_today=simulation.done.introduced,
    )
    some = plan.within(seconds)
    new = int(np.count_nonzero(simulation.cards.unseen[some]))
    return Share(new=new, due=len(some) - new, minutes=float(plan.seconds[: len(some)].sum()) / 60)
