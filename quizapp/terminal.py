"""Whether there is a terminal that the screens can be drawn in."""

from __future__ import annotations

import os
import sys

from quizapp.language import _
from quizapp.problem import Problem

LEAST_COLUMNS, LEAST_LINES = 60, 20


class TerminalProblem(Problem):
    """No terminal, or one too small for the screens."""


def require_terminal(*, instead: str = "quizapp study --plain") -> None:
    """Raise TerminalProblem unless the program stands on a terminal that is large enough.

    `instead`: the command that does without.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise TerminalProblem(
            _("The screens need a terminal. Without one, use {command}.").format(command=instead)
        )
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    if 0 < columns < LEAST_COLUMNS or 0 < lines < LEAST_LINES:  # 0: the terminal does not know
        raise TerminalProblem(
            _(
                "The terminal has {columns} columns and {lines} lines; {least_columns} and "
                "{least_lines} are needed. At any size: {command}."
            ).format(
                columns=columns,
                lines=lines,
                least_columns=LEAST_COLUMNS,
                least_lines=LEAST_LINES,
                command=instead,
            )
        )
