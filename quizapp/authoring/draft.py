"""Pack files as their author has them now: every question, sound or not, with its findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from losses.text import Language
from questions.lint.finding import Finding
from questions.lint.rule import Item, Sheet
from questions.model import Question
from questions.packfile.tree import ListNode, MapNode, Node, ScalarNode

_HEAD = "pack.yaml"  # says what the pack is, where it consists of several files
_PLACE = re.compile(r"questions\[(\d+)\]")

Spot = tuple[str, int | None]  # a file and a place in its list of questions; None: the file itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question as it stands in its file, or, where `place` is None, the file itself.

    `name` is the id as it is written ("" where there is none), or the name of the file. `source`
    are its lines, from `line` on. `question` is None where its form is not sound.
    """

    file: str
    place: int | None
    name: str
    line: int
    source: str
    question: Question | None = None
    pack: str = ""
    language: Language = "ja"

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return self.file, self.place

    @property
    def question_id(self) -> str:
        """The id by which the question would be known once its pack is installed."""
        return f"{self.pack}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The state of all files at one moment. `words` and `numbers`: the findings of each sort."""

    sheets: tuple[Sheet, ...]
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    words: tuple[Finding, ...]
    numbers: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, sorted by file and place."""
        return tuple(sorted({*self.words, *self.numbers}, key=Finding.order))

    def with_numbers(self, findings: Iterator[Finding]) -> Draft:
        """Return the draft with other findings about its numbers."""
        return replace(self, numbers=tuple(findings))

    def by_spot(self) -> Mapping[Spot, tuple[Finding, ...]]:
        """Return the findings of each entry; what belongs to no question is its file's."""
        known = {entry.spot for entry in self.entries}
        found: dict[Spot, list[Finding]] = {}
        for finding in self.findings:
            spot = spot_of(finding)
            found.setdefault(spot if spot in known else (finding.file, None), []).append(finding)
        return MappingProxyType({spot: tuple(each) for spot, each in found.items()})


def spot_of(finding: Finding) -> Spot:
    """Return which question a finding is about."""
    place = _PLACE.match(finding.path)
    return finding.file, int(place[1]) if place else None


def entries_of(sheets: Sequence[Sheet]) -> Iterator[Entry]:
    """Yield each file and, behind it, its questions in the order of the file."""
    for sheet in sheets:
        yield from _entries(sheet, _head_of(sheet, sheets))


def _entries(sheet: Sheet, head: Sheet) -> Iterator[Entry]:
    nodes = _questions(sheet.seen.root)
    text = sheet.seen.text
    first = nodes[0].mark.index if nodes else len(text)
    yield Entry(
        file=sheet.file, place=None, name=Path(sheet.file).name, line=1, source=text[:first]
    )
    # Of a case, its first question stands for all: they share the passage.
    sound = {base[1]: question for base, question in reversed(sheet.seen.questions)}
    for place, node in enumerate(nodes):
        following = nodes[place + 1].mark.index if place + 1 < len(nodes) else len(text)
        yield Entry(
            file=sheet.file,
            place=place,
            name=_scalar(node, "id"),
            line=node.mark.line,
            source=_lines(text, node.mark.index, following),
            question=sound.get(place),
            pack=_scalar(head.seen.root, "id"),
            language="en" if _scalar(head.seen.root, "language") == "en" else "ja",
        )


def _head_of(sheet: Sheet, sheets: Sequence[Sheet]) -> Sheet:
    """Return the file that says which pack the questions of a file are of."""
    if not _scalar(sheet.seen.root, "id"):
        for other in sheets:
            if Path(other.file) == Path(sheet.file).parent / _HEAD:
                return other
    return sheet


def _questions(root: Node | None) -> tuple[Node, ...]:
    entry = root.entries.get("questions") if isinstance(root, MapNode) else None
    return entry.node.items if entry is not None and isinstance(entry.node, ListNode) else ()


def _scalar(node: Node | None, key: str) -> str:
    entry = node.entries.get(key) if isinstance(node, MapNode) else None
    return entry.node.written if entry is not None and isinstance(entry.node, ScalarNode) else ""


def _lines(text: str, start: int, following: int) -> str:
    """Return whole lines from the one of `start` up to that of `following`."""
    begin = text.rfind("\n", 0, start) + 1
    end = following if following == len(text) else text.rfind("\n", 0, following)
    return text[begin:end].rstrip() if end > start else text[start:following]
