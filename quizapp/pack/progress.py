"""A progress bar on one line of a terminal; nothing where there is no terminal."""

from __future__ import annotations

from typing import TextIO

_LENGTH = 24  # cells


class ProgressBar:
    """Redraws itself in place."""

    def __init__(self, stream: TextIO, *, label: str) -> None:
        self._stream = stream
        self._label = label
        self._drawn = False

    def show(self, done: int, of: int) -> None:
        """Draw that `done` of `of` are done."""
        if not self._stream.isatty():
            return
        filled = _LENGTH * done // max(of, 1)
        bar = "#" * filled + "." * (_LENGTH - filled)
        self._stream.write(f"\r{self._label} [{bar}] {done}/{of}\x1b[K")
        self._stream.flush()
        self._drawn = True

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False
