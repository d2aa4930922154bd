"""What is wrong with a pack file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from losses.text import Language, Text

GENERAL = "P199"  # a fault of form or content that has no code of its own
_FIRST = 20  # problems named in a traceback; there may be a hundred thousand
_LONGEST = 60  # characters of the author's text repeated in a message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1; `path` is `questions[2].stem`.

    `code` stays the same whatever the words: `questions.lint.codes` describes it. `file`: which
    one, where a pack consists of several.
    """

    line: int
    column: int
    path: str
    message: Text
    hint: Text | None = None
    code: str = GENERAL
    file: str = ""


class PackProblems(Exception):
    """A pack that cannot be used: everything that is wrong with it, in the order of the file."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(set(problems), key=_in_file_order))
        super().__init__("\n".join(_line(name, each, "en") for each in self.problems[:_FIRST]))

    def first(self, most: int) -> PackProblems:
        """Return these problems up to a number."""
        return PackProblems(self.name, self.problems[:most])

    def lines(self, language: Language) -> tuple[str, ...]:
        """Return one line a problem: `name:line:column: message hint`."""
        return tuple(_line(self.name, problem, language) for problem in self.problems)


def _line(name: str, problem: Problem, language: Language) -> str:
    return (
        f"{problem.file or name}:{problem.line}:{problem.column}: "
        + problem.message.in_language(language)
        + (f" {problem.hint.in_language(language)}" if problem.hint else "")
    )


def _in_file_order(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.file, problem.line, problem.column, problem.path, problem.message.en


def quoted(text: str) -> str:
    """Return the author's own words for a message: short, with nothing that acts on a terminal."""
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "".join(
        character if character.isprintable() else f"\\u{{{ord(character):x}}}"
        for character in shown
    )


def dotted(path: Iterable[str | int]) -> str:
    """Write a path: `questions[2].options[0].text`."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
        else:
            written += f".{quoted(part)}" if written else quoted(part)
    return written
