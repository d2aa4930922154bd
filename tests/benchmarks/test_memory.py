"""Prints the figures of the kernel and the plan next to their budgets. Nothing is judged by time."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks import memory

pytestmark = pytest.mark.benchmark


def test_memory(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(memory.table(cards=2_000, answers=5, histories=50))
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(map(str, rows)) + "\n")
    assert rows[0].figure <= rows[0].budget  # exactness is no matter of time
    assert all(row.figure > 0 for row in rows[1:])
