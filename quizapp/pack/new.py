"""`quizapp pack new`: a folder with a pack to begin with."""

from __future__ import annotations

import re
from pathlib import Path

from questions.template import SCHEMA, new_pack
from quizapp.language import _, current
from quizapp.pack.schema import schema_text
from quizapp.problem import Problem
from quizapp.visible import visible_line

_NO_ID = "my-pack"  # for a folder whose name makes no id


def make(folder: Path) -> str:
    """Make the folder and its files; return what to do next. Raises Problem.

    Nothing that is there already is overwritten.
    """
    files = {**new_pack(_id_of(folder)), SCHEMA: schema_text(current())}
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise Problem(
            _("{folder} already holds {names}.").format(
                folder=visible_line(str(folder)), names=", ".join(there)
            )
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise Problem(
            _("{folder} cannot be made: {why}").format(
                folder=visible_line(str(folder)), why=error.strerror or str(error)
            )
        ) from error
    shown = visible_line(str(folder))
    return "".join(
        f"{line}\n"
        for line in (
            _("A new pack: {folder}").format(folder=shown),
            *(f"  {name}" for name in files),
            _("Next: edit the files, then"),
            f"  quizapp pack check {shown}",
            f"  quizapp pack install {shown}",
        )
    )


def _id_of(folder: Path) -> str:
    """Return an id made of the name of the folder."""
    words = re.findall(r"[a-z0-9]+", folder.resolve().name.lower())
    return "-".join(words)[:80].strip("-") or _NO_ID
