"""`python -m tests.benchmarks` prints every figure next to its budget, from many runs."""

from __future__ import annotations

import sys
import tempfile
from itertools import chain
from pathlib import Path

from tests.benchmarks import computing, diagnosing, fitting, memory, starting


def main() -> None:
    """Measure and print."""
    rows = computing.table(seeds=100, answers=200, texts=1_000_000)
    kernel = memory.table(cards=100_000, answers=10, histories=2_000)
    for row in chain(rows, diagnosing.table(numbers=10_000, variants=1_000), kernel):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
    for goal in fitting.table(draws=12):
        sys.stdout.write(f"{goal}\n")
        sys.stdout.flush()
    with tempfile.TemporaryDirectory() as home:
        for row in starting.table(Path(home), runs=15):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
