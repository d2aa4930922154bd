"""How much a learner's program may use."""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and bytes; those of the program begin where loading torch has ended."""

    startup: float = 60.0  # seconds for Python and torch to load, on a busy machine too
    wall: float = 10.0  # seconds
    cpu: int = 5  # seconds
    memory: int = 512 * _MEGABYTE  # bytes beyond those that torch itself needs
    printed: int = _MEGABYTE  # bytes on standard output and error; more ends the program
    results: int = 8 * _MEGABYTE  # bytes on the result channel
    open_files: int = 64
