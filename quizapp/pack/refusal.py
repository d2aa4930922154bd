"""Packs that cannot be used: what the commands that need a sound pack say of one that is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from questions.lint.finding import Finding
from questions.packfile import PackProblems
from questions.packfile.contents import ENDING, Contents, contents_of
from quizapp.language import _, current, ngettext
from quizapp.pack.check import checked, files_of
from quizapp.pack.findings import lines_of
from quizapp.problem import Problem
from quizapp.visible import visible_line

_MOST = 20  # lines; `quizapp pack check` shows the rest
_SEEDS = 10  # drawn of each calculation before a pack is given out


class PacksRefused(Problem):
    """Packs with faults; `lines` say which, each with its place."""

    def __init__(
        self, refused: Sequence[PackProblems], *, findings: Sequence[Finding] = ()
    ) -> None:
        said = (line for finding in findings[:_MOST] for line in lines_of(finding))
        self.lines = (*_lines(refused), *said)
        count = sum(len(each.problems) for each in refused) + len(findings)
        message = ngettext(
            "The pack cannot be used: {n} fault.", "The pack cannot be used: {n} faults.", count
        )
        super().__init__(message.format(n=count))


def sound(paths: Sequence[str]) -> tuple[Contents, ...]:
    """Read packs: YAML files, folders, `.quizpack` files. Raises PacksRefused."""
    read: list[Contents] = []
    refused: list[PackProblems] = []
    for path in paths:
        try:
            read.append(contents_of(Path(path)))
        except PackProblems as problems:
            refused.append(problems)
    if refused:
        raise PacksRefused(refused)
    return tuple(read)


def computable(path: str) -> None:
    """Draw the numbers of a pack's calculations some times. Raises PacksRefused where it fails.

    A pack that is built already was tried then.
    """
    if Path(path).suffix == ENDING:
        return
    report = checked(files_of([path]), seeds=_SEEDS)
    errors = [finding for finding in report.findings if finding.severity == "error"]
    if errors:
        raise PacksRefused([], findings=errors)


def _lines(refused: Sequence[PackProblems]) -> Iterator[str]:
    left = _MOST
    hidden = 0
    for each in refused:
        shown = each.first(left).lines(current())
        yield from map(visible_line, shown)
        left -= len(shown)
        hidden += len(each.problems) - len(shown)
    if hidden:
        yield _("… and {n} more: see quizapp pack check").format(n=hidden)
