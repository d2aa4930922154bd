"""`quizapp pack keygen`: the keys to sign packs with."""

from __future__ import annotations

import os
from pathlib import Path

from questions.packfile.signing import SigningProblem, new_keys
from quizapp.language import _, say
from quizapp.problem import Problem
from quizapp.visible import visible_line


def make_keys(name: str) -> str:
    """Write NAME.key, which nobody else may read, and NAME.pub; return which is which.

    Raises Problem; a key that is there already is never overwritten.
    """
    try:
        private, public = new_keys()
    except SigningProblem as problem:
        raise Problem(say(problem.text)) from problem
    secret, shared = Path(f"{name}.key"), Path(f"{name}.pub")
    for path, data, mode in ((secret, private, 0o600), (shared, public, 0o644)):
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(file, "wb") as opened:
                opened.write(data)
        except OSError as error:
            raise Problem(
                _("{file} cannot be written: {why}").format(
                    file=visible_line(str(path)), why=error.strerror or str(error)
                )
            ) from error
    return "".join(
        f"{line}\n"
        for line in (
            _("{file}: keep it secret; sign with pack build --sign").format(
                file=visible_line(str(secret))
            ),
            _("{file}: give it out; compare with pack verify --key").format(
                file=visible_line(str(shared))
            ),
        )
    )
