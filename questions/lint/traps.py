"""YAML that is valid but does not mean what its author thinks.

`no`, `12:30`, `1e-3` and `1.10` need no rule: they are read by YAML 1.2, so the first two stay text,
the others are numbers, and where another type is needed reading says so with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from losses.text import Text
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted
from questions.packfile.tree import ListNode, MapNode, Node, Path, ScalarNode

_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_NOT_PLAIN = "\"'|>&!*"
_PROSE = frozenset(
    {"stem", "explanation", "text", "reason", "right_reason", "wrong_reason", "source", "hints"}
    | {"title", "description", "licence", "syllabus"}
)
_CUT = re.compile(r"[ \t]+(#[^\s#][^\n]*)")  # "# " with a space is meant as a comment


def trap_complaints(root: Node, text: str) -> Iterator[Complaint]:
    """Yield a complaint for each value that is easily misread, with its path in the file."""
    for path, node in _scalars(root):
        if text[node.mark.index : node.mark.index + 1] in _NOT_PLAIN:
            continue
        if isinstance(node.value, int) and _LEADING_ZERO.fullmatch(node.written):
            yield Complaint(
                path,
                Text(
                    f"{quoted(node.written)} は {node.value} と読まれる（8進数と読むプログラムもある）。",
                    f"{quoted(node.written)} is read as {node.value} (by some programs as octal).",
                ),
                Text(
                    f"{node.value} と書く。文字列なら引用符で囲む。",
                    f"Write {node.value}; quote it if it is a text.",
                ),
                code="P019",
            )
        elif cut := _cut_off(path, node, text):
            yield Complaint(
                path,
                Text(
                    f"「{quoted(cut)}」から後はコメントと読まれ、文章に含まれない。",
                    f"From '{quoted(cut)}' on it is a comment, not part of the text.",
                ),
                Text(
                    "文章なら全体を引用符で囲む。コメントなら # の後に空白を置く。",
                    "Quote the whole text; in a comment, put a space after #.",
                ),
                code="P020",
            )


def _cut_off(path: Path, node: ScalarNode, text: str) -> str | None:
    """Return what looks like the rest of a text but is a comment."""
    named = [part for part in path if isinstance(part, str)]
    if not named or named[-1] not in _PROSE:
        return None
    found = _CUT.match(text, node.end)
    return found[1] if found else None


def _scalars(root: Node) -> Iterator[tuple[Path, ScalarNode]]:
    waiting: list[tuple[Path, Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        match node:
            case ScalarNode():
                yield path, node
            case ListNode():
                waiting += [((*path, place), item) for place, item in enumerate(node.items)]
            case MapNode():
                waiting += [((*path, key), entry.node) for key, entry in node.entries.items()]
