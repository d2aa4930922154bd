"""One subject of one row, alone in its process: a line on stdin asks for runs, a line answers.

`python -m tests.benchmarks.losses.process LOSS SIZE SUBJECT`; a request is the number of threads,
the answer the seconds of each run.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch

from tests.benchmarks.losses.work import FLOOR, Size, Work
from tests.benchmarks.losses.works import WORKS

# One request runs a quick loss so often that the clock's own cost does not matter.
_AT_LEAST = 0.02


def main() -> None:
    """Answer until nothing more is asked, then tell how much memory it took."""
    loss, size, subject = sys.argv[1:]
    (work,) = (work for work in WORKS if work.loss == loss)
    step = _step(work, tuple(map(int, size.split("x"))), subject)
    before = _held("VmRSS")
    _forget_peak()
    for line in sys.stdin:
        torch.set_num_threads(int(line))
        sys.stdout.write(f"{json.dumps(_runs(step))}\n")
        sys.stdout.flush()
    more = _held("VmHWM") - before
    sys.stdout.write(f"{json.dumps(more)}\n")


def _step(work: Work, size: Size, subject: str) -> Callable[[], object]:
    inputs = work.inputs(size, torch.float32)
    if subject == FLOOR:
        for leaf in inputs[: work.leaves]:
            leaf.requires_grad_()
        return partial(work.floor.step, *inputs)
    return partial(work.run, work.subjects(size)[subject](), inputs)


def _runs(step: Callable[[], object]) -> list[float]:
    taken: list[float] = []
    while sum(taken) < _AT_LEAST:
        started = time.perf_counter()
        step()
        taken.append(time.perf_counter() - started)
    return taken


def _held(field: str) -> float:
    """A figure of the process in MB: what it holds, or the most it ever held. Linux alone knows."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    (line,) = (line for line in status.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


def _forget_peak() -> None:
    """Let the peak start from here: importing takes more memory than most losses."""
    switch = Path("/proc/self/clear_refs")
    if switch.exists():
        switch.write_text("5")


if __name__ == "__main__":
    main()
