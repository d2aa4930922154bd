"""A YAML document as a tree in which everything knows its place in the file.

Built from the events of libyaml's parser (of PyYAML's own where libyaml is missing), without
PyYAML's composer and constructor: those overwrite duplicate keys silently, resolve words by YAML
1.1, recurse, and could build Python objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from losses.text import Text
from questions.packfile.problems import Problem, dotted, quoted
from questions.packfile.scalars import Scalar, resolve, tagged

DEEPEST = 30  # a pack needs eight levels
MOST_NODES = 250_000  # aliases counted each time they are used
MOST_QUESTIONS = 5_000
_MOST_ITEMS = 500  # of a list or a mapping within a question
_DEPTH_OF_QUESTIONS = 2  # the pack, the list of its questions
MOST_BYTES = 16 * 1024 * 1024
MOST_PROBLEMS = 1_000  # nobody reads on

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
_CORE = "tag:yaml.org,2002:"
_LINE_END = re.compile(
    "\r\n|[\r\n\x85\u2028\u2029]"
)  # what YAML's parsers count as the end of a line
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file: line and column from 1, and the number of characters before it."""

    line: int
    column: int
    index: int


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A number, a text, true, false or null. `end` is the index of its last character."""

    mark: Mark
    end: int
    value: Scalar
    written: str

    @property
    def size(self) -> int:
        """How many nodes it counts for."""
        return 1


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence."""

    mark: Mark
    items: tuple[Node, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping and what it maps to."""

    key_mark: Mark
    node: Node


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping; keys are texts as they are written."""

    mark: Mark
    entries: Mapping[str, Entry]
    size: int


Node = ScalarNode | ListNode | MapNode
Path = tuple[str | int, ...]


class NotReadable(Exception):
    """The text is not YAML, or not YAML that can be a pack."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    mark: Mark
    anchor: str | None
    is_map: bool
    is_key: bool = False
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: tuple[str, Mark] | None = None
    size: int = 1


def parse(text: str) -> Node:
    """Read one YAML document. Raises NotReadable with every problem found."""
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        raise NotReadable(
            Problem(
                *_line_and_column(text, unprintable.start()),
                "",
                Text(
                    f"制御文字 U+{ord(unprintable.group()):04X} が含まれている。",
                    f"The file contains the control character U+{ord(unprintable.group()):04X}.",
                ),
                Text("その文字を削除する。", "Remove it."),
                "P004",
            )
        )
    reader = _TreeReader()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise NotReadable(*reader.problems, _syntax_problem(text, error)) from error
    if reader.root is None:
        reader.problems.append(
            Problem(1, 1, "", Text("ファイルが空である。", "The file is empty."), code="P005")
        )
    if reader.problems or reader.root is None:
        raise NotReadable(*reader.problems)
    return reader.root


class _TreeReader:
    """Takes the events of a parser one by one; no recursion, whatever the depth."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event. Raises NotReadable where reading on would be dangerous."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._start(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._end()
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse(
                        _mark(event),
                        Text(
                            "一つのファイルに複数の文書（---）がある。",
                            "The file holds several documents (---).",
                        ),
                        Text("一つのパックを一つのファイルに書く。", "Write one pack per file."),
                        "P006",
                    )
            case _:
                pass

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        mark = _mark(event)
        value: Scalar = event.value
        if event.tag is None or event.tag == "!":
            if event.tag is None and event.implicit[0]:
                value = resolve(event.value)
        else:
            try:
                value = tagged(event.value, self._core_tag(event.tag, mark))
            except ValueError:
                self._report(
                    mark,
                    Text(
                        f"「{quoted(event.value)}」はタグ {quoted(event.tag)} に合わない。",
                        f"'{quoted(event.value)}' does not fit the tag {quoted(event.tag)}.",
                    ),
                    Text("タグを取り除く。", "Remove the tag."),
                    "P015",
                )
        node = ScalarNode(mark, _end_index(event), value, event.value)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        if self._open and self._open[-1].is_map and self._open[-1].key is None:
            self._key(event.value, mark)
        else:
            self._place(node)

    def _start(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        mark = _mark(event)
        is_map, is_key = isinstance(event, yaml.MappingStartEvent), False
        if event.tag not in (None, "!"):
            kind = self._core_tag(event.tag, mark)
            if kind != ("map" if is_map else "seq"):
                self._foreign_tag(event.tag, mark)
        if self._open and self._open[-1].is_map and self._open[-1].key is None:
            self._report(
                mark,
                Text("項目名は文字列でなければならない。", "A key must be a text."),
                Text("{ } や [ ] を項目名に使わない。", "Do not use { } or [ ] as a key."),
                "P013",
            )
            self._open[-1].key = ("?", mark)
            is_key = True
        if len(self._open) >= DEEPEST:
            self._refuse(
                mark,
                Text(
                    f"入れ子が深すぎる（{DEEPEST}段まで）。",
                    f"Nested too deeply (at most {DEEPEST} levels).",
                ),
                None,
                "P016",
            )
        self._open.append(_Open(mark, event.anchor, is_map, is_key))

    def _end(self) -> None:
        done = self._open.pop()
        node: Node
        if done.is_map:
            node = MapNode(done.mark, done.entries, done.size)
        else:
            node = ListNode(done.mark, tuple(done.items), done.size)
        if done.anchor is not None:
            self._anchors[done.anchor] = node
        if not done.is_key:
            self._place(node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        mark = _mark(event)
        if self._open and self._open[-1].is_map and self._open[-1].key is None:
            self._report(
                mark,
                Text("別名（*）は項目名に使えない。", "An alias (*) cannot be a key."),
                None,
                "P013",
            )
            self._open[-1].key = ("?", mark)
            return
        anchor = event.anchor or ""
        # An anchor counts when its node is complete: a node cannot contain itself.
        node = self._anchors.get(anchor)
        if node is None:
            self._report(
                mark,
                Text(
                    f"別名 *{quoted(anchor)} の元（&{quoted(anchor)}）がこれより前にない。",
                    f"The alias *{quoted(anchor)} has no anchor &{quoted(anchor)} before it.",
                ),
                Text("文字としての * は引用符で囲む。", "Quote a * that is meant as text."),
                "P014",
            )
            node = ScalarNode(mark, _end_index(event), None, "")
        self._place(node)

    def _key(self, key: str, mark: Mark) -> None:
        within = self._open[-1]
        if key in within.entries:
            first = within.entries[key].key_mark
            self._report(
                mark,
                Text(
                    f"項目「{quoted(key)}」が重複している（最初は{first.line}行目）。",
                    f"The key '{quoted(key)}' appears twice (first in line {first.line}).",
                ),
                Text("どちらか一方を削除する。", "Remove one of them."),
                "P012",
            )
        within.key = (key, mark)

    def _place(self, node: Node) -> None:
        if not self._open:
            if self.root is None:
                self.root = node
            return
        within = self._open[-1]
        within.size += node.size
        most = MOST_QUESTIONS if len(self._open) <= _DEPTH_OF_QUESTIONS else _MOST_ITEMS
        if max(len(within.items), len(within.entries)) >= most:
            self._refuse(
                node.mark,
                Text(
                    f"1つのリストや項目の集まりが長すぎる（{most:,}個まで）。",
                    f"A list or a mapping is too long (at most {most:,} items).",
                ),
                None,
                "P017",
            )
        if within.size > MOST_NODES:
            self._refuse(
                node.mark,
                Text(
                    f"値が多すぎる（別名（*）を展開すると{MOST_NODES:,}個を超える）。",
                    f"Too many values (more than {MOST_NODES:,} once the aliases (*) are expanded).",
                ),
                None,
                "P017",
            )
        if not within.is_map:
            within.items.append(node)
        elif within.key is not None:
            key, mark = within.key
            within.entries.setdefault(key, Entry(mark, node))
            within.key = None

    def _core_tag(self, tag: str, mark: Mark) -> str:
        kind = tag.removeprefix(_CORE)
        if kind not in ("str", "int", "float", "bool", "null", "seq", "map"):
            self._foreign_tag(tag, mark)
            return "str"
        return kind

    def _foreign_tag(self, tag: str, mark: Mark) -> None:
        self._report(
            mark,
            Text(f"タグ {quoted(tag)} は使えない。", f"The tag {quoted(tag)} is not allowed."),
            Text("タグを取り除く。", "Remove the tag."),
            "P015",
        )

    def _report(self, mark: Mark, message: Text, hint: Text | None, code: str) -> None:
        path: list[str | int] = []
        for collection in self._open:
            if not collection.is_map:
                path.append(len(collection.items))
            elif collection.key is not None:
                path.append(collection.key[0])
        self.problems.append(Problem(mark.line, mark.column, dotted(path), message, hint, code))
        if len(self.problems) >= MOST_PROBLEMS:
            raise NotReadable(*self.problems)

    def _refuse(self, mark: Mark, message: Text, hint: Text | None, code: str) -> None:
        self._report(mark, message, hint, code)
        raise NotReadable(*self.problems)


def lines_of(text: str) -> list[str]:
    """Return the lines of a file as the places in it count them."""
    return _LINE_END.split(text)


def plain(node: Node) -> object:
    """Return the tree as plain Python values; lists become tuples, which the models ask for."""
    match node:
        case ScalarNode():
            return node.value
        case ListNode():
            return tuple(plain(item) for item in node.items)
        case MapNode():
            return {key: plain(entry.node) for key, entry in node.entries.items()}


def walk(node: Node, path: Path) -> Iterator[tuple[str | int, Mark, Node]]:
    """Follow a path as far as it leads: (part, where it is named, what is there).

    A part that is not found is passed over: pydantic's paths name the kind of a question too.
    """
    for part in path:
        if isinstance(node, MapNode) and isinstance(part, str) and part in node.entries:
            entry = node.entries[part]
            node = entry.node
            yield part, entry.key_mark, node
        elif isinstance(node, ListNode) and isinstance(part, int) and 0 <= part < len(node.items):
            node = node.items[part]
            yield part, node.mark, node


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    return Mark(1, 1, 0) if mark is None else Mark(mark.line + 1, mark.column + 1, mark.index)


def _end_index(event: yaml.Event) -> int:
    return 0 if event.end_mark is None else event.end_mark.index


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


# What the parsers complain of (libyaml's words and PyYAML's), by a part of the complaint.
_SYNTAX: tuple[tuple[str, Text, Text | None], ...] = (
    (
        "mapping values are not allowed",
        Text("ここに「項目: 値」は書けない。", "A 'key: value' cannot stand here."),
        Text(
            "字下げを確かめる。文章に「: 」を含むときは全体を引用符で囲むか、| の後に改行して書く。",
            "Check the indentation; quote a text that contains ': ', or write it after | on new lines.",
        ),
    ),
    (
        "could not find expected ':'",
        Text("項目名の後に「:」がない。", "A key is not followed by ':'."),
        Text(
            "「項目: 値」の形にする。長い文章なら字下げを確かめる。",
            "Write 'key: value'; check the indentation of a long text.",
        ),
    ),
    (
        "unexpected end of stream",
        Text("引用符が閉じられていない。", "A quotation mark is not closed."),
        Text("同じ引用符で閉じる。", "Close it with the same mark."),
    ),
    (
        "expected ',' or ']'",
        Text(
            "[ が閉じられていないか、「,」が足りない。", "A [ is not closed, or a ',' is missing."
        ),
        None,
    ),
    (
        "expected ',' or '}'",
        Text(
            "{ が閉じられていないか、「,」が足りない。", "A { is not closed, or a ',' is missing."
        ),
        Text("文章なら引用符で囲む。", "Quote it if it is a text."),
    ),
    (
        "node content",
        Text("値が途中で終わっている。", "A value ends halfway."),
        Text("括弧と字下げを確かめる。", "Check brackets and indentation."),
    ),
    (
        "unknown escape character",
        Text(
            "二重引用符の中に、YAMLにないエスケープ（\\）がある。",
            "An escape (\\) inside double quotes is unknown to YAML.",
        ),
        Text(
            "LaTeXは | の後に改行して書くか、単一引用符で囲む。",
            "Write LaTeX after | on new lines, or in single quotes.",
        ),
    ),
    (
        "cannot start any token",
        Text("この文字から値を始めることはできない。", "A value cannot start with this character."),
        Text(
            "@ や ` や % で始まる文章は引用符で囲む。",
            "Quote a text that starts with @, ` or %.",
        ),
    ),
    (
        "incompatible YAML document",
        Text("YAMLの版が新しすぎる。", "The YAML version is not supported."),
        Text("%YAML の行を削除する。", "Remove the %YAML line."),
    ),
    (
        "block sequence entries are not allowed",
        Text("ここに「- 」は書けない。", "A '- ' cannot stand here."),
        Text("改行してから字下げをそろえて書く。", "Start it on a line of its own, aligned."),
    ),
    *(
        (
            complaint,
            Text("字下げがそろっていない。", "The indentation does not line up."),
            Text(
                "同じ階層の項目や「- 」は同じ桁から書く。",
                "Start the keys, or the '- ', of one level in one column.",
            ),
        )
        for complaint in ("expected key", "'-' indicator", "expected <block end>")
    ),
)
_SYNTAX_UNKNOWN = (
    Text("YAMLとして読めない。", "This is not valid YAML."),
    Text(
        "この行とその前の行の字下げ、引用符、「:」を確かめる。",
        "Check indentation, quotation marks and ':' in this line and the one before.",
    ),
)
_TAB = (
    "P011",
    Text("字下げにタブがある。", "A tab is used for indentation."),
    Text("空白に置き換える。", "Use spaces."),
)
_COLON = (
    "P018",
    Text("項目名の後が全角の「：」である。", "A key is followed by a full-width colon."),
    Text("半角の「:」と空白にする。", "Write a half-width ':' and a space."),
)
_FULL_WIDTH_COLON = re.compile(r"[ \-]*[A-Za-z_]\w*：")
_UNCLOSED = ("expected ',' or", "unexpected end of stream", "node content")


def _syntax_problem(text: str, error: yaml.MarkedYAMLError) -> Problem:
    complaint = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(part in complaint for part in _UNCLOSED):
        mark = error.context_mark  # where it was opened, not where the file ends
    message, hint = next(
        ((message, hint) for part, message, hint in _SYNTAX if part in complaint),
        _SYNTAX_UNKNOWN,
    )
    if mark is None:
        return Problem(1, 1, "", message, hint, "P010")
    lines = lines_of(text)
    code = "P010"
    if text[mark.index : mark.index + 1] == "\t":
        code, message, hint = _TAB
    suspect = error.context_mark or mark
    for line in (suspect.line, suspect.line - 1):
        found = _FULL_WIDTH_COLON.match(lines[line]) if 0 <= line < len(lines) else None
        if found is not None:
            code, message, hint = _COLON
            return Problem(line + 1, found.end(), "", message, hint, code)
    last = len(lines) - text.endswith("\n")
    return Problem(min(mark.line + 1, max(last, 1)), mark.column + 1, "", message, hint, code)
