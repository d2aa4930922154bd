"""How long programs take to start, measured side by side in one run.

Every number is a median over runs taken in turns, so that a busy minute hits all programs alike.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.empty_app import SHOWN
from tests.journeys.program import PROGRAM, ROOT, environment
from tests.journeys.terminal import Terminal

EMPTY_APP = (sys.executable, "-m", "tests.benchmarks.empty_app")
BARE_INTERPRETER = (sys.executable, "-c", "pass")

HOME_SHOWS = "損失関数を計算して学ぶ"
QUESTION_SHOWS = "解答 Enter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One line of the table: a measured figure next to its budget."""

    what: str
    figure: float
    unit: str  # "x" for a ratio measured in one run
    budget: float
    detail: str

    def __str__(self) -> str:
        return (
            f"{self.what:<50} {self.figure:8.2f} {self.unit:<2}   budget {self.budget:g} "
            f"{self.unit:<2}   ({self.detail})"
        )


def table(home: Path, *, runs: int) -> Iterator[Measured]:
    """Measure everything, one line after the other."""
    yield first_run(home, runs=runs)
    yield first_frame(home, runs=runs)
    yield first_question(home, runs=runs)
    yield version(home, runs=5 * runs)
    yield key_to_repaint(home, presses=20)


def first_run(home: Path, *, runs: int) -> Measured:
    """The run that makes the database and loads the built-in packs, less a later one."""
    command = (*PROGRAM, "study", "--plain", "--kind", "choice")
    first, later = [], []
    for run in range(runs):
        for taken in (first, later):  # the last home stays for the figures that follow
            folder = home if run == runs - 1 else home / str(run)
            taken.append(_seconds(command, folder))
    return Measured(
        what="first run, built-in packs loaded, over a later run",
        figure=median(first) - median(later),
        unit="s",
        budget=1.5,
        detail=f"{median(first):.2f} s, {median(later):.2f} s, {runs} runs",
    )


def first_frame(home: Path, *, runs: int) -> Measured:
    """The home screen against an empty Textual app, both in a pseudo-terminal."""
    empty, ours = _in_turns(
        (EMPTY_APP, SHOWN),
        ((*PROGRAM,), HOME_SHOWS),
        home=home,
        runs=runs,
    )
    return _ratio("quizapp: first frame / empty Textual app", ours, empty, budget=1.25)


def first_question(home: Path, *, runs: int) -> Measured:
    """The first question of `quizapp study` against an empty Textual app."""
    empty, ours = _in_turns(
        (EMPTY_APP, SHOWN),
        ((*PROGRAM, "study"), QUESTION_SHOWS),
        home=home,
        runs=runs,
    )
    return _ratio("quizapp study: first question / empty app", ours, empty, budget=2.5)


def version(home: Path, *, runs: int) -> Measured:
    """`quizapp --version` against an interpreter that starts and ends."""
    commands = (BARE_INTERPRETER, (*PROGRAM, "--version"))
    times: tuple[list[float], list[float]] = ([], [])
    for _run in range(runs):
        for command, taken in zip(commands, times, strict=True):
            taken.append(_seconds(command, home))
    bare, ours = times
    return _ratio("quizapp --version / bare interpreter", ours, bare, budget=3)


def key_to_repaint(home: Path, *, presses: int) -> Measured:
    """From a key press to the first byte of the repaint, while the worker loads torch."""
    with Terminal((*PROGRAM, "study"), environment=environment(home)) as terminal:
        terminal.wait_for(QUESTION_SHOWS)
        taken = []
        for press in range(presses):
            while _more_comes(terminal):
                pass
            pressed = time.perf_counter()
            terminal.press("down" if press % 2 else "up")
            terminal.read(5)
            taken.append(terminal.arrived - pressed)
    p95 = quantiles(taken, n=20)[-1]
    return Measured(
        what="key press to repaint while torch loads, p95",
        figure=1000 * p95,
        unit="ms",
        budget=50,
        detail=f"median {1000 * median(taken):.1f} ms of {presses} presses",
    )


def _seconds(command: Sequence[str], home: Path) -> float:
    """Run a command to its end, without input, and return how long it took."""
    started = time.perf_counter()
    subprocess.run(
        command,
        env=environment(home),
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def _more_comes(terminal: Terminal) -> bool:
    before = len(terminal.received)
    terminal.read(0.04)
    return len(terminal.received) > before


def _in_turns(*programs: tuple[Sequence[str], str], home: Path, runs: int) -> list[list[float]]:
    times: list[list[float]] = [[] for _program in programs]
    for _run in range(runs):
        for (command, shown), taken in zip(programs, times, strict=True):
            with Terminal(command, environment=environment(home)) as terminal:
                terminal.wait_for(shown)
                taken.append(terminal.arrived - terminal.started)
    return times


def _ratio(what: str, ours: Sequence[float], other: Sequence[float], *, budget: float) -> Measured:
    return Measured(
        what=what,
        figure=median(ours) / median(other),
        unit="x",
        budget=budget,
        detail=f"{1000 * median(ours):.0f} ms / {1000 * median(other):.0f} ms, {len(ours)} runs",
    )
