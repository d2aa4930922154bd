"""`quizapp pack watch` and `preview`: the authoring screen on a pack, or its findings line by line.

Nothing is recorded and no database is opened.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TextIO

from questions.compute.client import ComputeRefused, ComputeUnavailable, ComputeWorker
from questions.lint.finding import Finding
from quizapp import lines, paths
from quizapp.authoring import watching
from quizapp.authoring.bench import SEEDS, Bench
from quizapp.authoring.draft import Draft, Entry
from quizapp.authoring.watching import Files, Watch
from quizapp.first_look import first_look
from quizapp.language import _, say
from quizapp.pack import findings
from quizapp.problem import Problem
from quizapp.visible import visible


def on_screen(
    files: Files,
    *,
    poll: float | None = None,
    seeds: int = SEEDS,
    question: str | None = None,
    seed: int = 0,
    answering: bool = False,
    editable: bool = True,
) -> None:
    """Open the authoring screen.

    `poll`: seconds between two looks at a drive that is mounted. `editable`: whether the files are
    those that the author writes.
    """
    from quizapp.tui.authoring_app import AuthoringApp  # noqa: PLC0415 - only for a terminal
    from quizapp.tui.screens.authoring import AuthoringScreen  # noqa: PLC0415

    # What is loaded by now stays; looking through it for garbage would cost every second save 0.1 s.
    gc.freeze()
    with closing(ComputeWorker()) as worker:
        screen = AuthoringScreen(
            Bench(worker, seeds=seeds),
            Watch(files, thorough=poll is not None),
            interval=poll or watching.INTERVAL,
            question=question,
            seed=seed,
            answering=answering,
            editable=editable,
        )
        AuthoringApp(screen, theme_wish=first_look(paths.settings()).theme).run()


def line_by_line(
    files: Files, *, writing: TextIO, poll: float | None = None, seeds: int = SEEDS
) -> None:
    """Write the findings at once and after every save, until it is interrupted."""
    watch = Watch(files, thorough=poll is not None)
    with closing(ComputeWorker()) as worker:
        bench = Bench(worker, seeds=seeds)
        changed: Sequence[Path] | None = None
        while True:
            changed = changed or watch.look()
            if changed is None:
                time.sleep((poll or watching.INTERVAL) if watch.settled else watching.SETTLING)
                continue
            changed = _say_all(bench, bench.read(changed), watch, writing)


def _say_all(bench: Bench, draft: Draft, watch: Watch, writing: TextIO) -> Sequence[Path] | None:
    """Write the findings of one state of the files; return the files if they change meanwhile."""
    said: set[Finding] = set()
    while True:
        for finding in draft.findings:
            if finding not in said:
                said.add(finding)
                _write(writing, findings.lines_of(finding))
        missing = bench.uncomputed(draft)
        if not missing:
            break
        try:
            bench.compute(missing[0])
        except ComputeUnavailable as error:
            raise Problem(say(error.text)) from error
        if (changed := watch.look()) is not None:
            return changed
        draft = bench.with_known_numbers(draft)
    bench.save()
    _write(writing, [*findings.counts(draft.findings), ""])
    return None


def paper(files: Files, *, writing: TextIO, question: str | None = None, seed: int = 0) -> bool:
    """Write questions with their key, mistakes and steps; False where some are not sound.

    Raises Problem where there is no such question or nothing can be computed.
    """
    with closing(ComputeWorker()) as worker:
        bench = Bench(worker)
        draft = bench.read(tuple(files()))
        asked = [
            entry
            for entry in draft.entries
            if entry.place is not None and (question is None or entry.is_called(question))
        ]
        if question is not None and not asked:
            raise Problem(_("There is no question {id} here.").format(id=question))
        broken = _broken(draft)
        for entry in broken:
            said = [line for finding in broken[entry] for line in findings.lines_of(finding)]
            _write(writing, [f"== {entry.file}", *said, ""])
        for entry in asked:
            _write(writing, _question(bench, entry, draft, seed))
        return all(entry.question is not None for entry in asked) and bool(asked) and not broken


def _broken(draft: Draft) -> dict[Entry, list[Finding]]:
    """Return the files with errors that belong to none of their questions."""
    found = draft.by_spot()
    files = {
        entry: [each for each in found.get(entry.spot, ()) if each.severity == "error"]
        for entry in draft.entries
        if entry.place is None
    }
    return {entry: errors for entry, errors in files.items() if errors}


def _question(bench: Bench, entry: Entry, draft: Draft, seed: int) -> Sequence[str]:
    said = [f"== {visible(entry.name)} ({entry.file}:{entry.line})"]
    for finding in draft.by_spot().get(entry.spot, ()):
        said += findings.lines_of(finding)
    if entry.question is None:
        return [*said, ""]
    try:
        variant = bench.present(entry, seed=seed)
        values = bench.examiner.values(variant)
    except ComputeRefused as problem:
        return [*said, say(problem.text), ""]
    except ComputeUnavailable as error:
        raise Problem(say(error.text)) from error
    return [*said, *lines.question(variant), *lines.key(variant, values), ""]


def _write(writing: TextIO, said: Sequence[str]) -> None:
    writing.write("".join(f"{line}\n" for line in said))
    writing.flush()


def stands_on_a_terminal() -> bool:
    """Return whether there is a terminal to draw on."""
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    )
