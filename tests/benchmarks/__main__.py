"""`python -m tests.benchmarks` prints every figure next to its budget, from many runs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks import computing, starting


def main() -> None:
    """Measure and print."""
    for row in computing.table(seeds=100, answers=200):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
    with tempfile.TemporaryDirectory() as home:
        for row in starting.table(Path(home), runs=15):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
