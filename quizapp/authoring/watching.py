"""Tells when pack files have changed and lie still again.

Polls instead of asking the system for events: those do not come from mounted drives, and of a
file that is replaced they come for another one. A look costs a `stat` for each file.
"""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from questions.packfile.tree import MOST_BYTES
from quizapp.problem import Problem

INTERVAL = 0.1  # seconds between two looks
SETTLING = 0.03  # and while files are being written
_YOUNG = 3 * 10**9  # nanoseconds in which a file may change without its time changing
_EMPTY = hashlib.sha256(b"").hexdigest()
_PATIENCE = 10  # looks during which a file may be away, or empty, because it is being replaced

Files = Callable[[], Sequence[Path]]


class Watch:
    """Looks at the files that a path leads to; new ones are found too.

    `thorough`: compare contents at every look, for drives on which times cannot be trusted.
    """

    def __init__(self, files: Files, *, thorough: bool = False, patience: int = _PATIENCE) -> None:
        self._files = files
        self._thorough = thorough
        self._patience = patience
        self._digests: dict[Path, tuple[tuple[int, int, int], str]] = {}
        self._seen: Mapping[Path, str] = {}
        self._told: Mapping[Path, str] = {}
        self._away: dict[Path, int] = {}  # for how many looks

    @property
    def settled(self) -> bool:
        """Whether nothing is known to be going on: the next look may take its time."""
        return self._seen == self._told and not self._away

    def look(self) -> tuple[Path, ...] | None:
        """Return all files when they are not as told last and have been still for two looks.

        None where there is nothing to tell. Raises nothing: what is away for a moment comes back.
        """
        now = self._with_patience(self._now())
        still = now == self._seen
        self._seen = now
        if not still or now == self._told:
            return None
        self._told = now
        self._away.clear()
        return tuple(now)

    def _now(self) -> dict[Path, str]:
        try:
            files = self._files()
        except (Problem, OSError):  # not there now, or going while it was listed
            files = ()
        return {file: digest for file in files if (digest := self._digest(file)) is not None}

    def _with_patience(self, now: dict[Path, str]) -> dict[Path, str]:
        """Return what is there, and for a while also what was."""
        for file, digest in self._told.items():
            gone = file not in now or (now[file] == _EMPTY != digest)
            if not gone:
                self._away.pop(file, None)
                continue
            self._away[file] = self._away.get(file, 0) + 1
            if self._away[file] <= self._patience:
                now[file] = digest
        order = {file: place for place, file in enumerate(self._told)}
        return dict(sorted(now.items(), key=lambda each: order.get(each[0], len(order))))

    def _digest(self, file: Path) -> str | None:
        """Return what stands for the contents of a file; None where it is away."""
        try:
            about = file.stat()
            signs = (about.st_mtime_ns, about.st_size, about.st_ino)
            known = self._digests.get(file)
            old = time.time_ns() - about.st_mtime_ns > _YOUNG
            if known is not None and known[0] == signs and old and not self._thorough:
                return known[1]
            if not stat.S_ISREG(about.st_mode):
                return "no file"
            with file.open("rb") as opened:
                digest = hashlib.sha256(opened.read(MOST_BYTES + 1)).hexdigest()
        except FileNotFoundError:
            return None
        except OSError as error:
            return f"unreadable: {error.errno}"  # the check says so
        self._digests[file] = signs, digest
        return digest
