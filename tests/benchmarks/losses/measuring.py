"""Times of all subjects of a row, taken in turns so that a busy minute hits all of them alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.losses.work import Size, Work

THREADS = (1, 2)
WARM_UPS = 3
# A subject slower than this (in seconds) is not worth more than a few runs.
SLOW = 0.25
FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """One subject of one row."""

    seconds: dict[int, Sequence[float]]  # by number of threads
    megabytes: float  # the peak of memory over what was held before the first run

    def best(self, threads: int) -> float:
        """The fastest run, in milliseconds."""
        return 1000 * min(self.seconds[threads])

    def median(self, threads: int) -> float:
        """The median run, in milliseconds."""
        return 1000 * median(self.seconds[threads])


def measure(
    work: Work, size: Size, subjects: Collection[str], *, runs: int, threads: Sequence[int]
) -> dict[str, Times]:
    """Time the subjects, each in its own process."""
    running = {subject: _Process(work, size, subject) for subject in subjects}
    try:
        taken: dict[str, dict[int, list[float]]] = {subject: {} for subject in subjects}
        for count in threads:
            warm = {subject: _warm(process, count) for subject, process in running.items()}
            for each in taken.values():
                each[count] = []
            for number in range(runs):
                for subject, process in running.items():
                    if number < FEW or warm[subject] < SLOW:
                        taken[subject][count] += process.ask(count)
        return {
            subject: Times(seconds=dict(taken[subject]), megabytes=process.end())
            for subject, process in running.items()
        }
    finally:
        for process in running.values():
            process.stop()


class _Process:
    """A process that runs one subject whenever it is asked."""

    def __init__(self, work: Work, size: Size, subject: str) -> None:
        self._popen = subprocess.Popen(
            (
                sys.executable,
                *("-W", "ignore", "-m", "tests.benchmarks.losses.process"),
                *(work.loss, "x".join(map(str, size)), subject),
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
            env={
                **os.environ,
                "OMP_NUM_THREADS": str(max(THREADS)),
                "OMP_WAIT_POLICY": "passive",  # who waits for a turn must not keep a core busy
            },
        )

    def ask(self, threads: int) -> list[float]:
        assert self._popen.stdin is not None
        self._popen.stdin.write(f"{threads}\n")
        self._popen.stdin.flush()
        seconds: list[float] = self._answer()
        return seconds

    def end(self) -> float:
        assert self._popen.stdin is not None
        self._popen.stdin.close()
        megabytes: float = self._answer()
        self._popen.wait()
        return megabytes

    def stop(self) -> None:
        if self._popen.poll() is None:
            self._popen.kill()
            self._popen.wait()

    def _answer(self):
        assert self._popen.stdout is not None
        line = self._popen.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._popen.args} ended with {self._popen.wait()}")
        return json.loads(line)


def _warm(process: _Process, threads: int) -> float:
    return min(min(process.ask(threads)) for _ in range(WARM_UPS))
