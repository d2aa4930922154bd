"""Load the packs that come with the program into the bank."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from questions.bank.bank import Bank, InstallReport
from questions.bank.tables import BUILTIN


def install_builtin(bank: Bank, *, packs: Traversable | None = None) -> tuple[InstallReport, ...]:
    """Install every built-in pack whose file is not in the bank yet; return what changed.

    A file that is in the bank is recognised by its digest and not parsed. A pack of which the
    bank holds a later version is left alone: another, newer program shares the database. So is
    one that was removed (`questions.bank.packs`).
    Raises PackProblems.
    """
    packs = packs if packs is not None else resources.files("questions").joinpath("packs")
    installed = bank.digests()
    put_away = bank.removed_origins()
    reports = []
    for file in _files(packs):
        origin = f"{BUILTIN}{file.name}"
        if origin in put_away:
            continue
        data = file.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        known = installed.get(origin)
        if known is not None and known[0] == digest:
            continue
        from questions.packfile import read_pack  # noqa: PLC0415 - only when there is one to read

        pack = read_pack(data, name=file.name)
        if known is not None and _ordered(known[1]) > _ordered(pack.version):
            continue
        reports.append(bank.install(pack, digest=digest, origin=origin))
    return tuple(reports)


def _files(packs: Traversable) -> Iterator[Traversable]:
    if packs.is_dir():
        yield from sorted(
            (file for file in packs.iterdir() if file.name.endswith(".yaml")),
            key=lambda file: file.name,
        )


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
