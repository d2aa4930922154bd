"""Refuse, in Python itself, what a loss never needs. The child's side: no imports of ours.

The second line behind the kernel's filter, and the first where there is none. An audit hook stays
until the process ends. What it raises names the reason, so that the learner is told in plain words.
"""

from __future__ import annotations

import os
import sys
from typing import Literal

Reason = Literal["files", "network", "processes", "system", "reference"]

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REASONS: dict[str, Reason] = {
    "os.chflags": "files",
    "os.chmod": "files",
    "os.chown": "files",
    "os.link": "files",
    "os.mkdir": "files",
    "os.remove": "files",
    "os.removexattr": "files",
    "os.rename": "files",
    "os.rmdir": "files",
    "os.setxattr": "files",
    "os.symlink": "files",
    "os.truncate": "files",
    "os.utime": "files",
    "sqlite3.connect": "files",
    "_thread.start_new_thread": "processes",
    "_thread.start_joinable_thread": "processes",
    "_posixsubprocess.fork_exec": "processes",
    "os.exec": "processes",
    "os.fork": "processes",
    "os.forkpty": "processes",
    "os.kill": "processes",
    "os.killpg": "processes",
    "os.posix_spawn": "processes",
    "os.spawn": "processes",
    "os.system": "processes",
    "pty.spawn": "processes",
    "subprocess.Popen": "processes",
    "resource.setrlimit": "system",
    "resource.prlimit": "system",
    "sys.addaudithook": "system",
}
_OURS = frozenset({"losses", "questions", "quizapp"})


class Refused(PermissionError):
    """Something that a learner's program may not do."""

    def __init__(self, reason: Reason, call: str) -> None:
        super().__init__(f"{call} is not allowed here")
        self.reason = reason


def watch() -> None:
    """Refuse such calls from now on."""
    writing, reasons, ours, refused = _WRITING, dict(_REASONS), _OURS, Refused

    # Bound to locals: a program cannot empty the tables by assigning to this module.
    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            mode, flags = arguments[1], arguments[2]
            if isinstance(mode, str) and set(mode) & set("wax+"):
                raise refused("files", event)
            if isinstance(flags, int) and flags & writing:
                raise refused("files", event)
        elif event == "import":
            if str(arguments[0]).partition(".")[0] in ours:
                raise refused("reference", f"import {arguments[0]}")
        elif event in reasons:
            raise refused(reasons[event], event)
        elif event.startswith("socket."):
            raise refused("network", event)

    sys.addaudithook(hook)
