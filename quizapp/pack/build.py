"""`quizapp pack build`: a pack as one file to be given out."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from questions.packfile.archive import packed
from questions.packfile.contents import ENDING
from questions.packfile.signing import SigningProblem
from quizapp.language import _, say
from quizapp.pack.refusal import computable, sound
from quizapp.problem import Problem
from quizapp.visible import visible_line


def build(path: str, *, output: str | None, key: str | None) -> str:
    """Write the `.quizpack` of a pack, signed where there is a key; return what was written.

    Raises Problem. The same content gives the same bytes.
    """
    (contents,) = sound([path])
    computable(path)
    pack = contents.pack
    target = Path(output or f"{pack.id}-{pack.version}{ENDING}")
    if target.suffix != ENDING:
        raise Problem(_("The file must end with {ending}.").format(ending=ENDING))
    try:
        private = None if key is None else read_key(Path(key))
        data = packed(pack, contents.files, private_key=private)
    except SigningProblem as problem:
        raise Problem(say(problem.text)) from problem
    _write_whole(target, data)
    return "".join(
        f"{line}\n"
        for line in (
            _("Built: {file} ({bytes:,} bytes)").format(
                file=visible_line(str(target)), bytes=len(data)
            ),
            _("Content: {digest}").format(digest=contents.digest),
        )
    )


def read_key(path: Path) -> bytes:
    """Return a key file. Raises Problem."""
    try:
        return path.read_bytes()[:100_000]
    except OSError as error:
        raise Problem(
            _("{file} cannot be read: {why}").format(
                file=visible_line(str(path)), why=error.strerror or str(error)
            )
        ) from error


def _write_whole(target: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise Problem(
            _("{file} cannot be written: {why}").format(
                file=visible_line(str(target)), why=error.strerror or str(error)
            )
        ) from error
