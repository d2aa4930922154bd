"""The values of everybody who is installed, and one row measured. Times are never judged."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks.losses.agreement import breaks, disagreement
from tests.benchmarks.losses.peers import Load
from tests.benchmarks.losses.table import lines, measured, verdicts
from tests.benchmarks.losses.work import FLOOR, OURS, Work
from tests.benchmarks.losses.works import WORKS

pytestmark = pytest.mark.benchmark

EVERYBODY = [
    pytest.param(work, load, id=f"{work.loss}: {name}")
    for work in WORKS
    for name, load in work.subjects(work.small).items()
    if name != OURS
]


@pytest.mark.parametrize(("work", "load"), EVERYBODY)
@pytest.mark.filterwarnings("ignore")  # the peers' own
def test_what_is_compared_is_the_same(work: Work, load: Load):
    try:
        problem = disagreement(work, work.small, load)
    except ImportError as missing:
        pytest.skip(f"{missing.name} is not installed")
    assert problem is None


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.loss)
def test_ours_stands_every_extreme_input(work: Work):
    ours = work.subjects(work.small)[OURS]
    assert {
        extreme.says: breaks(work, extreme, ours) for extreme in work.extremes
    } == dict.fromkeys(extreme.says for extreme in work.extremes)


def test_one_row_is_measured(capsys: pytest.CaptureFixture[str]):
    (work,) = (work for work in WORKS if work.loss == "list_mle")
    row = measured(work, work.small, runs=1, threads=(1,))
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join((*lines(row, (1,)), *verdicts(row, (1,)))) + "\n")
    assert {OURS, FLOOR} <= set(row.times)
    assert all(times.best(1) > 0 for times in row.times.values())
