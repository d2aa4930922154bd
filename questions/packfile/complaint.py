"""Something wrong with a question, before it is known where in a file it stands."""

from __future__ import annotations

from dataclasses import dataclass

from losses.text import Text
from questions.packfile.problems import GENERAL
from questions.packfile.tree import Path


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something wrong at `path` of a question.

    `words` narrows the place down within a text; `at_key`: the key is wrong, not its value.
    """

    path: Path
    message: Text
    hint: Text | None = None
    words: str | None = None
    at_key: bool = False
    code: str = GENERAL
