"""Pack files as their author has them now: every question, sound or not, with its findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from losses.text import Language
from questions.expansion import parts
from questions.lint.finding import Finding
from questions.lint.rule import Item, Sheet
from questions.lint.silence import audible
from questions.model import Question
from questions.packfile.tree import ListNode, MapNode, Node, ScalarNode
from questions.packfile.tree import Path as PathInFile

_HEAD = "pack.yaml"  # says what the pack is, where it consists of several files
_PLACE = re.compile(r"questions\[(\d+)\](?:\.questions\[(\d+)\])?")

Spot = tuple[str, PathInFile]  # a file and the path of a question in it; of the file itself ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question as it stands in its file, or, where `place` is None, the file itself.

    The questions of a case are entries of their own, and so are both directions of a flashcard.
    `place` counts them within the file; `path` says where in it. `name` is the id as it is written
    ("" where there is none; "case/part", "card/back"), or the name of the file. `source` are its
    lines, from `line` on. `question` is None where its form is not sound.
    """

    file: str
    place: int | None
    name: str
    path: PathInFile = ()
    line: int
    source: str
    question: Question | None = None
    pack: str = ""
    language: Language = "ja"

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return self.file, self.path

    @property
    def question_id(self) -> str:
        """The id by which the question would be known once its pack is installed."""
        return f"{self.pack}/{self.name}"

    def is_called(self, name: str) -> bool:
        """Whether `name` is its id, with the pack's or without, or that of the case it is in."""
        return any(
            own == name or own.startswith(f"{name}/") for own in (self.name, self.question_id)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The state of all files at one moment.

    `words` and `numbers`: the findings of each sort, those that the author silenced as well.
    """

    sheets: tuple[Sheet, ...]
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    words: tuple[Finding, ...]
    numbers: tuple[Finding, ...] = ()
    computed: bool = False  # whether the numbers of every question are known

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, sorted by file and place."""
        found = {*self.words, *self.numbers}
        return tuple(
            sorted(
                audible(found, self.sheets, self.items, computed=self.computed), key=Finding.order
            )
        )

    def with_numbers(self, findings: Iterator[Finding], *, computed: bool) -> Draft:
        """Return the draft with other findings about its numbers; `computed`: about all of them."""
        return replace(self, numbers=tuple(findings), computed=computed)

    def by_spot(self) -> Mapping[Spot, tuple[Finding, ...]]:
        """Return the findings of each entry; what belongs to no question is its file's."""
        known = {entry.spot for entry in self.entries}
        found: dict[Spot, list[Finding]] = {}
        for finding in self.findings:
            spots = (spot for spot in _spots(finding) if spot in known)
            found.setdefault(next(spots, (finding.file, ())), []).append(finding)
        return MappingProxyType({spot: tuple(each) for spot, each in found.items()})


def _spots(finding: Finding) -> Iterator[Spot]:
    """Yield which entries a finding may be about, the closest first.

    What is wrong with a case as a whole is its first question's.
    """
    place = _PLACE.match(finding.path)
    if place is None:
        return
    whole: PathInFile = ("questions", int(place[1]))
    if place[2] is not None:
        yield finding.file, (*whole, "questions", int(place[2]))
    yield finding.file, whole
    yield finding.file, (*whole, "questions", 0)


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
    sound = dict(sheet.seen.questions)
    pack = _scalar(head.seen.root, "id")
    language: Language = "en" if _scalar(head.seen.root, "language") == "en" else "ja"
    placed = 0
    for written in _written(nodes, len(text)):
        name = "/".join(filter(None, (_scalar(written.case, "id"), _scalar(written.node, "id"))))
        question = sound.get(written.path)
        if question is not None and written.case is not None:
            passage = _scalar(written.case, "passage").strip()
            question = question.model_copy(update={"passage": passage})
        # A flashcard of both directions is two; whatever is not sound is one.
        for each in parts(question) if question is not None else (None,):
            behind = each.path.removeprefix(each.question.id) if each is not None else ""
            yield Entry(
                file=sheet.file,
                place=placed,
                name=name + behind,
                path=written.path,
                line=text.count("\n", 0, written.start) + 1,
                source=_lines(text, written.start, written.end),
                question=each.question if each is not None else None,
                pack=pack,
                language=language,
            )
            placed += 1


@dataclass(frozen=True, slots=True)
class _Written:
    """A question where it is written, and the case that it is of."""

    path: PathInFile
    node: Node
    start: int
    end: int
    case: Node | None = None


def _written(nodes: Sequence[Node], end: int) -> Iterator[_Written]:
    """Yield every question, those of cases one by one.

    The first question of a case begins with the case: the passage is seen with it.
    """
    for place, node in enumerate(nodes):
        path: PathInFile = ("questions", place)
        following = nodes[place + 1].mark.index if place + 1 < len(nodes) else end
        inner = _questions(node)
        if not inner:
            yield _Written(path, node, node.mark.index, following)
        for part, of_case in enumerate(inner):
            start = of_case.mark.index if part else node.mark.index
            last = inner[part + 1].mark.index if part + 1 < len(inner) else following
            yield _Written((*path, "questions", part), of_case, start, last, node)


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
