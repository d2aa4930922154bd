"""Load the packs that come with the program into the bank."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import resources
from importlib.resources.abc import Traversable

from questions import flashcards
from questions.bank.bank import Bank, InstallReport
from questions.bank.tables import BUILTIN
from questions.model import Pack


@dataclass(frozen=True, slots=True)
class _Source:
    """A pack that comes with the program: what tells two states of it apart, and how to make it."""

    origin: str
    digest: str
    make: Callable[[], Pack]


def install_builtin(bank: Bank, *, packs: Traversable | None = None) -> tuple[InstallReport, ...]:
    """Install every built-in pack that is not in the bank yet; return what changed.

    They are the files of `packs`; without it, those of the program and the flashcards that are
    made from the catalogue. What is in the bank is recognised by its digest and not parsed or made
    again. A pack of which the bank holds a later version is left alone: another, newer program
    shares the database. So is one that was removed (`questions.bank.packs`). Raises PackProblems.
    """
    sources = _of_files(packs) if packs is not None else _of_program()
    installed = bank.digests()
    put_away = bank.removed_origins()
    reports = []
    for source in sources:
        if source.origin in put_away:
            continue
        known = installed.get(source.origin)
        if known is not None and known[0] == source.digest:
            continue
        pack = source.make()
        if known is not None and _ordered(known[1]) > _ordered(pack.version):
            continue
        reports.append(bank.install(pack, digest=source.digest, origin=source.origin))
    return tuple(reports)


def _of_program() -> Iterator[_Source]:
    yield from _of_files(resources.files("questions").joinpath("packs"))
    yield _Source(f"{BUILTIN}flashcards", flashcards.digest(), flashcards.flashcard_pack)


def _of_files(packs: Traversable) -> Iterator[_Source]:
    for file in _files(packs):
        data = file.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        yield _Source(f"{BUILTIN}{file.name}", digest, partial(_read, data, file.name))


def _read(data: bytes, name: str) -> Pack:
    from questions.packfile import read_pack  # noqa: PLC0415 - only when there is one to read

    return read_pack(data, name=name)


def _files(packs: Traversable) -> Iterator[Traversable]:
    if packs.is_dir():
        yield from sorted(
            (file for file in packs.iterdir() if file.name.endswith(".yaml")),
            key=lambda file: file.name,
        )


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
