"""`quizapp pack check`: everything that is wrong with packs, with its place and how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Literal

from questions.compute.client import ComputeUnavailable, ComputeWorker
from questions.lint.check import Report, check
from questions.lint.memory import Memory
from quizapp import paths
from quizapp.language import _, say
from quizapp.pack import findings
from quizapp.pack.progress import ProgressBar
from quizapp.problem import Problem

Style = Literal["text", "json", "github"]

_MOST_WORKERS = 4  # each holds torch
_ENDINGS = (".yaml", ".yml")


class NoPackFile(Problem):
    """A path that leads to no pack."""


def files_of(given: Sequence[str]) -> tuple[Path, ...]:
    """Return the pack files that paths lead to, each once: files, and those below folders.

    Raises NoPackFile for a path that is not there and for a folder without a pack.
    """
    files: dict[Path, None] = {}
    for name in given:
        path = Path(name)
        if path.is_dir():
            below = sorted(_below(path))
            if not below:
                raise NoPackFile(
                    _("There is no pack ({endings}) in {path}.").format(
                        endings=", ".join(_ENDINGS), path=name
                    )
                )
            files.update(dict.fromkeys(below))
        elif path.exists():
            files[path] = None
        else:
            raise NoPackFile(_("There is no file {path}.").format(path=name))
    return tuple(files)


def _below(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in _ENDINGS and file.is_file() and not hidden:
            yield file


def run(files: Sequence[Path], *, seeds: int, strict: bool, style: Style) -> bool:
    """Check files and write what is found to standard output; progress goes to standard error.

    Return whether there is an error or, where it is `strict`, a warning. Raises Problem where
    nothing can be computed.
    """
    report = checked(files, seeds=seeds)
    match style:
        case "json":
            text = findings.as_json(report, seeds=seeds)
        case "github":
            text = findings.as_annotations(report)
        case "text":
            width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
            text = findings.as_text(report, width=width)
    sys.stdout.write(text)
    return any(strict or finding.severity == "error" for finding in report.findings)


def checked(files: Sequence[Path], *, seeds: int) -> Report:
    """Check files; progress goes to standard error. Raises Problem where nothing can be computed."""
    memory = Memory(paths.cache() / "checked.json")
    bar = ProgressBar(sys.stderr, label=_("Computing"))
    with ExitStack() as open_things:
        workers = [
            open_things.enter_context(closing(ComputeWorker()))
            for _each in range(min(_MOST_WORKERS, os.cpu_count() or 1))
        ]
        open_things.callback(bar.clear)
        try:
            return check(files, seeds=seeds, memory=memory, workers=workers, progress=bar.show)
        except ComputeUnavailable as error:
            raise Problem(say(error.text)) from error
