"""What the program tells a person who can do something about it."""

from __future__ import annotations


class Problem(Exception):
    """Something the user can act on; its message is one line in the language that is spoken.

    The command line writes the line and exits with 1; a traceback is shown with `--debug` only.
    """
