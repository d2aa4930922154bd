"""One thing to mend in a pack, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from losses.text import Text
from questions.lint.codes import WARNINGS

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding. `line` and `column` count from 1; `path` is `questions[2].stem`.

    An error keeps the pack from being used; a warning is for the author to judge.
    """

    file: str
    line: int
    column: int
    code: str
    path: str
    message: Text
    hint: Text | None = None

    @property
    def severity(self) -> Severity:
        """Return how serious findings of this code are."""
        return "warning" if self.code in WARNINGS else "error"

    def order(self) -> tuple[str, int, int, str, str]:
        """Return what findings are sorted by: the file, the place in it, the code."""
        return self.file, self.line, self.column, self.code, self.message.en
