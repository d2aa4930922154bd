"""The simulation keeps to its rules; EXAMSIM-1 in small points the way it does in full."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from quizapp.learning.exam_plan import Cards
from quizapp.learning.memory_kernel import AGAIN, Integers, MemoryModel
from quizapp.learning.study_simulation import Learner, simulate
from tests.benchmarks.examsim import OURS, PLAIN, Cell, Results, goals, lines, results
from tests.benchmarks.policies import Planned

LONGEST = 4 * 20  # seconds of one card on one day: an answer and three repetitions


def unseen(count: int) -> Cards:
    return Cards(
        stability=np.ones(count),
        difficulty=np.ones(count),
        last_day=np.zeros(count, dtype=np.int64),
        unseen=np.ones(count, dtype=np.bool_),
        weight=np.ones(count),
    )


@dataclass
class Noting(Planned):
    """The plan, noting what it is told."""

    noted: list[tuple[int, list[int], list[int]]] = field(default_factory=list)

    def answered(self, cards: Cards, some: Integers, grades: Integers, day: int) -> None:
        assert not cards.unseen[some].any()
        assert (cards.last_day[some] == day).all()
        self.noted.append((day, some.tolist(), grades.tolist()))


def test_days_and_minutes_are_kept() -> None:
    policy = Noting(exam_day=20)
    studied = simulate(
        policy,
        unseen(50),
        learner=Learner(),
        belief=MemoryModel(),
        days=range(20),
        seconds=[300.0] * 10 + [0.0] * 10,
        luck=np.random.default_rng(3).random((50, 40, 2)),
        exam_day=20,
    )
    assert (studied.seconds[:10] > 0).all()
    assert (studied.seconds < 300 + LONGEST).all()
    assert (studied.seconds[10:] == 0).all()
    assert [day for day, _some, _grades in policy.noted] == list(range(20))
    for _day, some, grades in policy.noted:
        assert len(set(some)) == len(some) == len(grades)
        assert set(grades) <= {1, 2, 3, 4}
    met = {card for _day, some, _grades in policy.noted for card in some}
    assert met == set(np.flatnonzero(~studied.cards.unseen).tolist())
    assert ((studied.recall > 0) == ~studied.cards.unseen).all()


def test_belief_is_the_truth_where_the_learner_is_the_model() -> None:
    studied = simulate(
        Planned(exam_day=20),
        unseen(30),
        learner=Learner(),
        belief=MemoryModel(),
        days=range(20),
        seconds=None,
        luck=np.random.default_rng(3).random((30, 40, 2)),
        exam_day=20,
    )
    assert studied.cards.recall(MemoryModel(), 20) == pytest.approx(studied.recall)
    assert len(studied.recall) == 30


def test_who_always_forgets_is_asked_four_times_a_day() -> None:
    policy = Noting(exam_day=3)
    studied = simulate(
        policy,
        unseen(1),
        learner=Learner(),
        belief=MemoryModel(),
        days=range(3),
        seconds=None,
        luck=np.zeros((1, 40, 2)),  # the first grade of every table, but recalled once seen
        exam_day=3,
    )
    assert policy.noted[0] == (0, [0], [AGAIN])
    assert studied.seconds[0] == pytest.approx(4 * 19.58)


@pytest.fixture(scope="module")
def found() -> dict[str, Results]:
    return {
        "ample": results(Cell(100, 40, 1.0), learners=4),
        "scarce": results(Cell(100, 40, 0.6), learners=4),
        "skipping": results(Cell(100, 40, 1.0, skipping=True), learners=4),
    }


def test_with_ample_time_the_plan_beats_due_dates(found: dict[str, Results]) -> None:
    gain, half = found["ample"].gain(OURS, PLAIN)
    assert gain > max(0.01, half)


def test_with_scarce_time_the_plan_beats_due_dates_and_leaves_nothing_unseen(
    found: dict[str, Results],
) -> None:
    scarce = found["scarce"]
    assert scarce.gain(OURS, PLAIN)[0] > 0.03
    assert scarce.mean(OURS, "unseen") == 0
    assert scarce.mean(OURS, "recall") >= scarce.mean(scarce.best_other(), "recall") - 0.005


def test_missed_days_need_no_repair(found: dict[str, Results]) -> None:
    assert found["skipping"].gain(OURS, PLAIN)[0] > 0.02
    assert found["skipping"].mean(OURS, "unseen") == 0


@pytest.mark.parametrize(("cell", "most"), [("ample", 0.02), ("scarce", 0.03)])
def test_the_forecast_is_near_the_truth(found: dict[str, Results], cell: str, most: float) -> None:
    of = found[cell]
    assert abs(of.mean(OURS, "believed") - of.mean(OURS, "recall")) < most


def test_minutes_are_those_of_due_dates(found: dict[str, Results]) -> None:
    for of in found.values():
        assert of.mean(OURS, "minutes") < of.mean("fsrs .95", "minutes")
    ratio = found["scarce"].mean(OURS, "minutes") / found["ample"].mean(PLAIN, "minutes")
    assert 0.55 < ratio < 0.75


def test_the_same_learners_do_the_same_again(found: dict[str, Results]) -> None:
    again = results(Cell(100, 40, 1.0), learners=1)
    assert again.of[OURS][0] == found["ample"].of[OURS][0]


def test_the_table_names_every_policy(found: dict[str, Results]) -> None:
    table = "\n".join(lines(found["ample"]))
    assert all(name in table for name in ("sm2", "cap", "fnew .8", "greedy", OURS))
    assert list(goals({})) == []
