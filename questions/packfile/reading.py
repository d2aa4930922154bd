"""Read a pack file: one sound `Pack`, or everything that is wrong with it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path as FilePath
from typing import Literal, TypeVar, cast

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from losses.text import Text
from questions.gaps import gap_names
from questions.model import Frozen, Pack, PackHead, Question
from questions.packfile.complaint import Complaint
from questions.packfile.problems import GENERAL, PackProblems, Problem, dotted, quoted
from questions.packfile.soundness import complaints
from questions.packfile.translate import key_mark, place, problems_of
from questions.packfile.tree import (
    MOST_BYTES,
    MOST_PROBLEMS,
    ListNode,
    MapNode,
    Mark,
    Node,
    NotReadable,
    Path,
    ScalarNode,
    parse,
    plain,
)

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
_Model = TypeVar("_Model", bound=BaseModel)
HEAD = "pack.yaml"  # of a pack in several files: the one that says what the pack is


class _Part(Frozen):
    """A file of questions that belong to the pack of another file."""

    questions: tuple[Question, ...] = Field(min_length=1)


# What a faulty part is replaced with so that the rest of its question can be looked at: values
# that no check complains of. None: the part is left out.
_HARMLESS: Mapping[str, object] = {
    "id": "x",
    "topic": "13a",
    "explanation": "x",
    "source": "x",
    "options": ({"text": "x", "reason": "x", "right": True}, {"text": "y", "reason": "y"}),
    "right_reason": "x",
    "wrong_reason": "y",
    **dict.fromkeys(("scope", "difficulty", "level", "hints", "tags", "tolerance", "mistakes")),
    **dict.fromkeys(("reason", "also_right", "extra", "reuse")),
}
# Where that depends on the kind.
_HARMLESS_OF: Mapping[tuple[object, object], object] = {
    ("true_false", "answer"): True,
    ("multiple", "options"): tuple(
        {"text": text, "reason": text, "right": text != "z"} for text in "xyz"
    ),
    ("order", "items"): tuple({"text": text, "reason": text} for text in "xyz"),
    ("match", "pairs"): tuple({"left": text, "right": text, "reason": text} for text in "xy"),
}
_HARMLESS_GIVEN = {"sample": "fixed", "value": 0}
_HARMLESS_GAP = {"options": _HARMLESS["options"]}


def read_pack(source: FilePath | bytes, *, name: str) -> Pack:
    """Read a pack. `name` stands for the file in the messages.

    Raises PackProblems with everything that is wrong, each with its line and column.
    """
    seen = survey(source, name=name)
    if seen.pack is None or seen.problems:
        raise PackProblems(name, seen.problems)
    return seen.pack


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that can be known of a pack file, however broken it is.

    `questions` are the sound ones, each with its place in the list of the file. `root` is None
    where the file is not YAML; `pack` is None where it is not a pack; `head` is what a file says
    of a pack whose questions are in other files too.
    """

    text: str
    root: Node | None
    pack: Pack | None
    questions: tuple[tuple[int, Question], ...]
    problems: tuple[Problem, ...]
    head: PackHead | None = None


_MOST_OF_ONE = 50  # complaints about one question

# What a file is: a pack, or of a pack in several files the one with its metadata or another.
Role = Literal["whole", "head", "part"]


def survey(source: FilePath | bytes, *, name: str, role: Role = "whole") -> Survey:
    """Read a pack file and keep what is sound of it next to what is wrong. Raises nothing."""
    try:
        text = _decoded(
            source if isinstance(source, bytes) else content(source, name, most=MOST_BYTES), name
        )
    except PackProblems as error:
        return Survey("", None, None, (), error.problems)
    try:
        root = parse(text)
    except NotReadable as error:
        return Survey(text, None, None, (), error.problems)
    reader = _PackReader(text, root)
    pack = head = None
    match role:
        case "whole":
            pack = reader.read()
        case "head":
            head = reader.read_head()
        case "part":
            reader.read_part()
    return Survey(text, root, pack, tuple(reader.sound), tuple(reader.problems), head)


def content(path: FilePath, name: str, *, most: int) -> bytes:
    """Return the bytes of a file; of one that is too large, one more than `most`.

    Raises PackProblems.
    """
    try:
        if not path.is_file():  # a device or a pipe would never end
            path.stat()
            message = Text("ファイルではない。", "This is not a file.")
            raise PackProblems(name, [Problem(1, 1, "", message, code="P001")])
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        message = Text(f"ファイルを読めない（{why}）。", f"The file cannot be read ({why}).")
        raise PackProblems(name, [Problem(1, 1, "", message, code="P001")]) from error


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise PackProblems(name, [too_large()])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode(errors="replace")) + 1
        message = Text("UTF-8として読めない文字がある。", "The file is not UTF-8.")
        hint = Text("UTF-8で保存し直す。", "Save it as UTF-8.")
        raise PackProblems(name, [Problem(line, column, "", message, hint, "P003")]) from error


def too_large(file: str = "") -> Problem:
    """Return the problem of a file, or of a whole pack, that nobody could have written."""
    most = MOST_BYTES // 2**20
    message = Text(
        f"ファイルが大きすぎる（{most} MiBまで）。",
        f"The file is too large (at most {most} MiB).",
    )
    return Problem(1, 1, "", message, code="P002", file=file)


class _PackReader:
    """Goes through a tree, keeps the sound questions and collects the problems."""

    def __init__(self, text: str, root: Node) -> None:
        self.problems: list[Problem] = []
        self.sound: list[tuple[int, Question]] = []
        self._text = text
        self._root = root

    def read(self) -> Pack | None:
        """Return the pack, or None if there is none; `problems` says why."""
        return self._validated(Pack, self._entries())

    def read_head(self) -> PackHead | None:
        """Return what a file says of its pack; it may have questions too, which then are kept."""
        entries = self._entries()
        has_questions = entries is not None and "questions" in entries
        return self._validated(Pack if has_questions else PackHead, entries)

    def read_part(self) -> None:
        """Keep the questions of a file that has nothing else."""
        if not isinstance(self._root, MapNode):
            self._not_a_mapping()
            return
        for key, entry in self._root.entries.items():
            if key in PackHead.model_fields:
                self._report(
                    entry.key_mark,
                    (key,),
                    Text(f"項目「{key}」は {HEAD} に書く。", f"The key '{key}' belongs in {HEAD}."),
                    Text(
                        f"{HEAD} のあるフォルダーは一つのパックであり、他のファイルにはquestionsだけを書く。",
                        f"A folder with {HEAD} is one pack; its other files hold questions only.",
                    ),
                    "P101",
                )
        self._validated(
            _Part,
            {
                key: value
                for key, value in (self._entries() or {}).items()
                if key not in PackHead.model_fields
            },
        )

    def _entries(self) -> dict[str, object] | None:
        """Return what the file holds, the questions as far as they are sound."""
        if not isinstance(self._root, MapNode):
            self._not_a_mapping()
            return None
        entries: dict[str, object] = {}
        for key, entry in self._root.entries.items():
            if key == "questions" and isinstance(entry.node, ListNode):
                entries[key] = tuple(self._questions(entry.node))
                self._same_ids(entry.node)
            else:
                entries[key] = plain(entry.node)
        return entries

    def _validated(
        self, model: type[_Model], entries: Mapping[str, object] | None
    ) -> _Model | None:
        if entries is None:
            return None
        try:
            return model.model_validate(entries, strict=True)
        except ValidationError as error:
            found = problems_of(error, self._root, ())
            # Too few sound questions is no news when the unsound ones are reported.
            broken = entries.get("questions") == () and bool(self.problems)
            self.problems += [
                problem for problem in found if not (broken and problem.path == "questions")
            ]
            return None

    def _not_a_mapping(self) -> None:
        message = Text(
            "パックは「項目: 値」の集まりで書く。", "A pack is a mapping of keys to values."
        )
        self._report(self._root.mark, (), message, code="P104")

    def _questions(self, node: ListNode) -> Iterator[Question]:
        for place_, item in enumerate(node.items):
            if len(self.problems) >= MOST_PROBLEMS:
                return
            base: Path = ("questions", place_)
            data = plain(item)
            try:
                question = _QUESTION.validate_python(data, strict=True)
            except ValidationError as error:
                found = tuple(problems_of(error, self._root, base))
                self.problems += found
                question_or_none = _mended(data, error)
                if question_or_none is not None:
                    self._complain(question_or_none, base)
                continue
            before = len(self.problems)
            self._complain(question, base)
            if len(self.problems) == before:
                self.sound.append((place_, question))
            yield question

    def _complain(self, question: Question, base: Path) -> None:
        for complaint in islice(complaints(question), _MOST_OF_ONE):
            self.problems.append(located(complaint, self._root, self._text, base))

    def _same_ids(self, node: ListNode) -> None:
        first: dict[str, int] = {}
        for place_, item in enumerate(node.items):
            entry = item.entries.get("id") if isinstance(item, MapNode) else None
            if entry is None or not isinstance(entry.node, ScalarNode):
                continue
            written, mark = entry.node.written, entry.node.mark
            if written in first:
                message = Text(
                    f"id「{quoted(written)}」が重複している（最初は{first[written]}行目）。",
                    f"The id '{quoted(written)}' is used twice (first in line {first[written]}).",
                )
                hint = Text("問題ごとに異なるidを付ける。", "Give every question an id of its own.")
                self._report(mark, ("questions", place_, "id"), message, hint, "P201")
            first.setdefault(written, mark.line)

    def _report(
        self,
        mark: Mark,
        path: Path,
        message: Text,
        hint: Text | None = None,
        code: str = GENERAL,
    ) -> None:
        self.problems.append(Problem(mark.line, mark.column, dotted(path), message, hint, code))


def located(complaint: Complaint, root: Node, text: str, base: Path) -> Problem:
    """Return the problem at the place in the file that a complaint below `base` is about."""
    path = (*base, *complaint.path)
    mark, node = place(root, path)
    if complaint.at_key:
        mark = key_mark(root, path)
    mark = _words_mark(complaint, node, text) or mark
    return Problem(
        mark.line, mark.column, dotted(path), complaint.message, complaint.hint, complaint.code
    )


def _words_mark(complaint: Complaint, node: Node | None, text: str) -> Mark | None:
    """Return where the words that are complained of stand in the file."""
    if complaint.words is None or not isinstance(node, ScalarNode):
        return None
    index = text.find(complaint.words, node.mark.index, node.end)
    if index < 0:
        return None
    line = text.count("\n", 0, index) + 1
    return Mark(line, index - text.rfind("\n", 0, index), index)


def _mended(data: object, error: ValidationError) -> Question | None:
    """Return the question with its faulty parts replaced, None where that is not possible.

    So the rest of it can be looked at, and an author sees everything at once.
    """
    if not isinstance(data, dict):
        return None
    mended = cast("dict[str, object]", data)
    for detail in error.errors(include_url=False, include_input=False):
        match detail["loc"][1:]:  # the first part is the kind
            case (str(name),) if detail["type"] == "extra_forbidden":
                mended.pop(name, None)
            case ("given", str(name), *_) if isinstance(mended["given"], dict):
                mended["given"][name] = _HARMLESS_GIVEN
            case ("compute", "inputs", str(name), *_):
                cast("dict[str, dict[str, object]]", mended["compute"])["inputs"][name] = 0
            case ("gaps", str(name), *_) if isinstance(mended["gaps"], dict):
                mended["gaps"][name] = _HARMLESS_GAP
            case ("combinations", *_):
                mended.pop("combinations", None)
                if "gaps" not in mended:
                    names = gap_names(str(mended.get("stem")))
                    mended["gaps"] = dict.fromkeys(names, _HARMLESS_GAP)
            case (str(name), *_) if (detail["loc"][0], name) in _HARMLESS_OF:
                mended[name] = _HARMLESS_OF[detail["loc"][0], name]
            case (str(name), *_) if name in _HARMLESS:
                mended.pop(name, None)
                if _HARMLESS[name] is not None:
                    mended[name] = _HARMLESS[name]
            case _:
                return None
    try:
        return _QUESTION.validate_python(mended, strict=True)
    except ValidationError:
        return None
