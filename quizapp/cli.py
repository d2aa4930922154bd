"""The door of the program. `--version` is answered here: nothing else is loaded for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from quizapp import __version__


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line, `sys.argv` without other words, and return the exit code."""
    words = sys.argv[1:] if words is None else words
    if list(words) == ["--version"]:
        sys.stdout.write(f"quizapp {__version__}\n")
        return 0
    from quizapp.commands import run  # noqa: PLC0415 - argparse and gettext cost 15 ms

    return run(words)
