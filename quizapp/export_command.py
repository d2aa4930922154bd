"""`quizapp export`: the learner's own data as JSON lines, to a file or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.history.export import log_lines
from quizapp.language import _
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.study import Study


def export(study: Study, *, file: Path | None) -> None:
    """Write the log. Raises Problem where the file is there already or cannot be written."""
    lines = log_lines(study.engine, study.learner)
    if file is None:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return
    try:
        with file.open("x", encoding="utf-8", newline="\n") as writing:
            writing.writelines(f"{line}\n" for line in lines)
    except FileExistsError as problem:
        raise Problem(_("{path} is there already.").format(path=file)) from problem
    except OSError as problem:
        raise Problem(
            _("{path} cannot be written: {why}").format(path=file, why=problem.strerror)
        ) from problem
