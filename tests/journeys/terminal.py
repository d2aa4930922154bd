"""A terminal for tests: starts a program on a pseudo-terminal and knows what a person would see.

Waiting is never judged: `wait_for` returns as soon as the screen shows what is asked for, and its
limit only ends a test that hangs.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 90.0  # seconds until a wait is given up

KEYS: Mapping[str, bytes] = {
    "enter": b"\r",
    "escape": b"\x1b",
    "space": b" ",
    "tab": b"\t",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "f1": b"\x1bOP",
    "ctrl+c": b"\x03",
    "ctrl+d": b"\x04",
    "ctrl+q": b"\x11",
}

Seen = str | Callable[[str], object]


def _log_in(slave: int) -> None:
    """Begin as at a terminal: whoever runs the tests in the background ignores Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.login_tty(slave)


class Terminal:
    """A program on a pseudo-terminal of `columns` × `lines` cells.

    Use it as a context manager: leaving it kills what still runs and closes the terminal.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        columns: int = 80,
        lines: int = 24,
        directory: Path | None = None,
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.received = bytearray()  # everything the program wrote
        self.started = time.perf_counter()
        self.arrived = self.started  # when the program wrote last
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            [str(word) for word in command],
            env=dict(environment),
            cwd=directory,
            pass_fds=(slave,),
            # The program gets the terminal as its own: window size, Ctrl+C, /dev/tty.
            preexec_fn=partial(_log_in, slave),  # noqa: PLW1509 - one exec follows at once
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    @property
    def text(self) -> str:
        """What stands on the screen, line by line, without the blanks at the ends of lines."""
        # The right half of a wide character holds nothing. pyte's own `display` stumbles over a
        # half that is left alone for a moment.
        rows = (self._screen.buffer[row] for row in range(self._screen.lines))
        columns = range(self._screen.columns)
        return "\n".join("".join(row[column].data for column in columns).rstrip() for row in rows)

    @property
    def run_together(self) -> str:
        """The screen without any blanks or line ends: finds a sentence that was wrapped."""
        return "".join(self.text.split())

    def read(self, seconds: float) -> bool:
        """Take in what arrives within `seconds`; False when the program has closed its side."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            chunk = os.read(self._master, 65536)
        except OSError:  # Linux says EIO when the last writer is gone
            return False
        self.arrived = time.perf_counter()
        self.received += chunk
        self._stream.feed(chunk)
        return bool(chunk)

    def wait_for(self, seen: Seen) -> str:
        """Wait until the screen shows a text (blanks and line ends do not count) or fits a test.

        Returns the screen. Fails, showing the screen, when the program ends without it.
        """
        deadline = time.monotonic() + PATIENCE
        open_ = True
        while not self._fits(seen):
            if not open_ or time.monotonic() > deadline:
                why = "the program ended" if not open_ else f"{PATIENCE:.0f} s passed"
                wanted = seen if isinstance(seen, str) else "what was waited for"
                raise AssertionError(f"{why} without showing {wanted!r}:\n{self.text}")
            open_ = self.read(0.1)
        return self.text

    def _fits(self, seen: Seen) -> bool:
        if isinstance(seen, str):
            return "".join(seen.split()) in self.run_together
        return bool(seen(self.text))

    def send(self, data: str | bytes) -> None:
        """Send bytes in one burst, as a terminal does with pasted or IME-committed text."""
        os.write(self._master, data.encode() if isinstance(data, str) else data)

    def press(self, *keys: str) -> None:
        """Press named keys or characters, one after the other."""
        for key in keys:
            self.send(KEYS.get(key, key.encode()))

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window, as a person does with the mouse."""
        self._screen.resize(lines, columns)
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def kill(self) -> None:
        """End the program as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ended(self) -> int:
        """Wait until the program has ended and return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(0.1)
        code = self.process.wait(timeout=0.1)  # raises if it never ended
        while select.select([self._master], [], [], 0)[0] and self.read(0):
            pass  # what it wrote last
        return code
