"""Read a pack file: one sound `Pack`, or everything that is wrong with it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path as FilePath
from typing import Literal, TypeVar, cast

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from losses.text import Text
from questions.gaps import gap_names
from questions.model import CaseQuestion, Frozen, Pack, PackHead, Question, WrittenQuestion
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

    questions: tuple[WrittenQuestion, ...] = Field(min_length=1)


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
    **dict.fromkeys(("language", "passage", "rejected", "both", "allow")),
    **dict.fromkeys(("ask", "equal", "margin", "decimals")),
}
# Where that depends on the kind.
_HARMLESS_OF: Mapping[tuple[object, object], object] = {
    ("true_false", "answer"): True,
    ("term", "answer"): {"accept": ("x",)},
    ("card", "back"): "y",
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

    `questions` are the sound ones, those of cases too, each with its path in the file. `root` is
    None where the file is not YAML; `pack` is None where it is not a pack; `head` is what a file
    says of a pack whose questions are in other files too, and `written` what it adds to them.
    """

    text: str
    root: Node | None
    pack: Pack | None
    questions: tuple[tuple[Path, Question], ...]
    problems: tuple[Problem, ...]
    head: PackHead | None = None
    written: tuple[WrittenQuestion, ...] = ()


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
    return Survey(
        text, root, pack, tuple(reader.sound), tuple(reader.problems), head, reader.written
    )


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
        self.sound: list[tuple[Path, Question]] = []
        self.written: tuple[WrittenQuestion, ...] = ()
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
                self.written = tuple(self._questions(entry.node, ("questions",)))
                entries[key] = self.written
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

    def _list(self, node: Node, questions: Sequence[WrittenQuestion] | None) -> object:
        return plain(node) if questions is None else questions

    def _questions(self, node: ListNode, path: Path) -> Iterator[WrittenQuestion]:
        for place_, item in enumerate(node.items):
            if len(self.problems) >= MOST_PROBLEMS:
                return
            base: Path = (*path, place_)
            # A case within a case is an unknown kind.
            is_case = len(path) == 1 and _kind_of(item) == "case"
            read = self._case(item, base) if is_case else self._question(item, base)
            if read is not None:
                yield read
        self._same_ids(node, path)

    def _question(self, item: Node, base: Path) -> Question | None:
        """Return a sound question, None for one that was complained of."""
        data = plain(item)
        try:
            question = _QUESTION.validate_python(data, strict=True)
        except ValidationError as error:
            self.problems += problems_of(error, self._root, base)
            mended = _mended(data, error)
            if mended is not None:
                self._complain(_as_asked(mended, base), base)
            return None
        before = len(self.problems)
        self._complain(_as_asked(question, base), base)
        if question.passage and _in_case(base):
            self._no_own_passage((*base, "passage"))
        if len(self.problems) == before:
            self.sound.append((base, question))
        return question

    def _case(self, item: Node, base: Path) -> CaseQuestion | None:
        """Return a sound case, None for one with a fault in it or in its questions."""
        before = len(self.problems)
        entries = item.entries if isinstance(item, MapNode) else {}
        data: dict[str, object] = {
            key: plain(entry.node) for key, entry in entries.items() if key != "questions"
        }
        inner = entries.get("questions")
        asked: tuple[WrittenQuestion, ...] | None = None
        if inner is not None and isinstance(inner.node, ListNode):
            asked = tuple(self._questions(inner.node, (*base, "questions")))
        broken = len(self.problems) > before
        if inner is not None:
            data["questions"] = self._list(inner.node, asked)
        try:
            case = CaseQuestion.model_validate(data, strict=True)
        except ValidationError as error:
            self.problems += [
                problem
                for problem in problems_of(error, self._root, base)
                if not (broken and problem.path == dotted((*base, "questions")))
            ]
            return None
        return None if broken else case

    def _no_own_passage(self, path: Path) -> None:
        message = Text(
            "caseの問題に自分のpassageは書けない。",
            "A question of a case has no passage of its own.",
        )
        hint = Text("caseのpassageに書く。", "Write it into the passage of the case.")
        self._report(key_mark(self._root, path), path, message, hint)

    def _complain(self, question: Question, base: Path) -> None:
        for complaint in islice(complaints(question), _MOST_OF_ONE):
            self.problems.append(located(complaint, self._root, self._text, base))

    def _same_ids(self, node: ListNode, path: Path) -> None:
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
                self._report(mark, (*path, place_, "id"), message, hint, "P201")
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


def _in_case(base: Path) -> bool:
    return len(base) > len(("questions", 0))


def _as_asked(question: Question, base: Path) -> Question:
    """Return a part of a case as one that has a passage, which it will have."""
    return question.model_copy(update={"passage": "x"}) if _in_case(base) else question


def _kind_of(item: Node) -> str | None:
    entry = item.entries.get("kind") if isinstance(item, MapNode) else None
    return entry.node.written if entry and isinstance(entry.node, ScalarNode) else None


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
            case ("compute", "of one loss", "inputs", str(name), *_):
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
