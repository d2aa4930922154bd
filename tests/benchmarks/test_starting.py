"""Prints the ratios next to their budgets. A busy machine may miss a budget: nothing is judged."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks import starting

pytestmark = [pytest.mark.benchmark, pytest.mark.terminal]


def test_starting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(starting.table(tmp_path, runs=3))
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(map(str, rows)) + "\n")
    assert len(rows) == 5
    assert all(row.figure > 0 for row in rows if row.unit != "s")
