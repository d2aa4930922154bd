"""`python -m tests.benchmarks.losses` measures the losses next to their peers and prints a table.

Values are compared first; who differs is not timed. Each subject of each row runs forward and
backward in a process of its own, in turns with the others. Peers are optional: whoever is installed
takes part. Options: names of losses (all of them without), --runs, --threads.
"""

from __future__ import annotations

import argparse
import sys
import warnings

from tests.benchmarks.losses.machine import figures
from tests.benchmarks.losses.measuring import THREADS
from tests.benchmarks.losses.table import lines, measured, verdicts
from tests.benchmarks.losses.works import WORKS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("losses", nargs="*", help="ids; all without")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--threads", type=int, nargs="+", default=THREADS)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")  # the peers' own
    for count in asked.threads:
        _say(figures(count))
    summary: list[str] = []
    for work in WORKS:
        if asked.losses and work.loss not in asked.losses:
            continue
        for size in work.sizes:
            row = measured(work, size, runs=asked.runs, threads=asked.threads)
            _say("", *lines(row, asked.threads))
            summary += verdicts(row, asked.threads)
    _say("", *summary)


def _say(*text: str) -> None:
    sys.stdout.write("\n".join(text) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
