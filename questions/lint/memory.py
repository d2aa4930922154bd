"""Remembers which questions had nothing wrong with their numbers, so that they are not recomputed.

A question is known by its content, the number of seeds and the version of what computed it: the
sources of `losses` and `questions` and the release of torch. A file that is missing, broken or not
writable only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from questions.lint.numbers import Numbers, Tightest

_MOST = 20_000  # questions; the oldest are forgotten


class Memory:
    """Clean questions in one JSON file; None remembers only until the end of the program."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._known = _read(file) if file is not None else {}
        self._changed = False

    def recall(self, content_hash: str, *, seeds: int) -> Numbers | None:
        """Return what was found about a question, None if it was not clean or is not known."""
        entry = self._known.get(_key(content_hash, seeds))
        return None if entry is None else _numbers(entry)

    def keep(self, content_hash: str, numbers: Numbers, *, seeds: int) -> None:
        """Remember a question if nothing is wrong with it."""
        if not numbers.complaints:
            self._known[_key(content_hash, seeds)] = _entry(numbers)
            self._changed = True

    def save(self) -> None:
        """Write the file, all of it or nothing."""
        if self._file is None or not self._changed:
            return
        newest = dict(list(self._known.items())[-_MOST:])
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(newest), encoding="utf-8")
            beside.replace(self._file)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


_Entry = list[object]  # variants, ranks, and of the tightest pair: two names, times, seed


def _read(file: Path) -> dict[str, _Entry]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {key: entry for key, entry in read.items() if _numbers(entry) is not None}


def _entry(numbers: Numbers) -> _Entry:
    tightest = numbers.tightest
    if tightest is None:
        return [numbers.variants, list(numbers.ranks)]
    return [numbers.variants, list(numbers.ranks), *tightest.between, tightest.times, tightest.seed]


def _numbers(entry: object) -> Numbers | None:
    match entry:
        case [int(variants), [*ranks]]:
            return Numbers(variants, None, (), _whole(ranks))
        case [int(variants), [*ranks], str(one), str(other), int() | float() as times, int(seed)]:
            tightest = Tightest((one, other), float(times), seed)
            return Numbers(variants, tightest, (), _whole(ranks))
    return None


def _whole(numbers: list[object]) -> tuple[int, ...]:
    return tuple(number for number in numbers if isinstance(number, int))


def _key(content_hash: str, seeds: int) -> str:
    return hashlib.sha256(f"{version()} {seeds} {content_hash}".encode()).hexdigest()


@cache
def version() -> str:
    """Return the version of what computes: a digest of its sources, and the release of torch."""
    digest = hashlib.sha256(metadata.version("torch").encode())
    for package in ("losses", "questions"):
        for name, file in _sources(resources.files(package), package):
            digest.update(f"{name}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _sources(each, f"{name}/{each.name}")
        elif each.name.endswith(".py"):
            yield f"{name}/{each.name}", each
