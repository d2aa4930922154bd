"""Warnings that an author has looked at and silenced: `allow: [Q104]` of a question or a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from losses.text import Text
from questions.lint.finding import Finding
from questions.lint.rule import Item, Sheet
from questions.packfile.complaint import Complaint
from questions.packfile.problems import dotted
from questions.packfile.reading import HEAD, located
from questions.packfile.tree import Path as PathInFile

UNUSED = "Q501"


@dataclass(frozen=True, slots=True)
class Silence:
    """Codes that are allowed at a place: in one question, or in all files of a pack."""

    sheet: Sheet
    base: PathInFile  # of the question; () for the pack
    codes: tuple[str, ...]

    def covers(self, finding: Finding) -> bool:
        """Return whether a finding is silenced here."""
        if finding.severity == "error" or finding.code not in self.codes:
            return False
        if self.base:
            within = finding.path.removeprefix(dotted(self.base))
            here = within != finding.path and within[:1] in ("", ".", "[")
            return here and finding.file == self.sheet.file
        return _head_file(self.sheet.file, finding.file)


def audible(
    findings: Iterable[Finding], sheets: Sequence[Sheet], items: Sequence[Item], *, computed: bool
) -> Iterator[Finding]:
    """Yield the findings that are not silenced, and what is silenced but does not occur.

    `computed`: whether all numbers have been looked at, so that what they show is known.
    """
    silences = [*_of_packs(sheets), *_of_questions(items)]
    used: set[tuple[int, str]] = set()
    for finding in findings:
        by = [place for place, silence in enumerate(silences) if silence.covers(finding)]
        used.update((place, finding.code) for place in by)
        if not by:
            yield finding
    for place, silence in enumerate(silences):
        for index, code in enumerate(silence.codes):
            if (place, code) not in used and (computed or not _by_numbers(code)):
                yield _unused(silence, index, code)


def _of_packs(sheets: Sequence[Sheet]) -> Iterator[Silence]:
    for sheet in sheets:
        head = sheet.seen.pack or sheet.seen.head
        if head is not None and head.allow:
            yield Silence(sheet, (), head.allow)


def _of_questions(items: Sequence[Item]) -> Iterator[Silence]:
    for item in items:
        if item.question.allow:
            yield Silence(item.sheet, item.base, item.question.allow)


def _head_file(head: str, file: str) -> bool:
    """Return whether a file belongs to the pack that another one, or itself, is the head of."""
    if head == file:
        return True
    return Path(head).name == HEAD and Path(head).parent == Path(file).parent


def _by_numbers(code: str) -> bool:
    """Whether it may be computing that shows it: the ranks of calculated keys are places, too."""
    return code.startswith("N") or code == "Q101"


def _unused(silence: Silence, index: int, code: str) -> Finding:
    complaint = Complaint(
        ("allow", index),
        Text(
            f"allowにある {code} の警告は出ていない。",
            f"The warning {code} in allow does not occur.",
        ),
        Text("allowから消す。", "Take it out of allow."),
        code=UNUSED,
    )
    seen = silence.sheet.seen
    if seen.root is None:
        raise ValueError(f"{silence.sheet.file} was not read")
    problem = located(complaint, seen.root, seen.text, silence.base)
    return Finding(
        silence.sheet.file,
        problem.line,
        problem.column,
        problem.code,
        problem.path,
        problem.message,
        problem.hint,
    )
