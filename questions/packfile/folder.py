"""A pack in several files: `pack.yaml` says what it is, every file beside it adds questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from losses.text import Text
from questions.model import Pack, PackHead
from questions.packfile.problems import PackProblems, Problem, quoted
from questions.packfile.reading import HEAD, Role, Survey, read_pack, survey, too_large
from questions.packfile.tree import MOST_BYTES, ListNode, MapNode, ScalarNode

ENDINGS = (".yaml", ".yml")


def read_files(files: Mapping[str, bytes], *, name: str) -> Pack:
    """Read the pack of several YAML files, given by their names within it; one is `pack.yaml`.

    Questions stand in the order of the files: those of `pack.yaml`, then the others by name.
    `name` stands for the folder in the messages. Raises PackProblems.
    """
    if sum(len(data) for data in files.values()) > MOST_BYTES:
        raise PackProblems(name, [too_large()])
    if HEAD not in files:
        raise PackProblems(name, [_no_head()])
    if len(files) == 1:
        return read_pack(files[HEAD], name=f"{name}/{HEAD}")
    surveys = {
        file: survey(files[file], name=file, role="head" if file == HEAD else "part")
        for file in sorted(files, key=_order)
    }
    problems = [
        replace(problem, file=f"{name}/{file}")
        for file, seen in surveys.items()
        for problem in (*seen.problems, *_repeated(file, surveys))
    ]
    head = surveys[HEAD].head
    if problems or head is None:
        raise PackProblems(name, problems)
    about = {field: getattr(head, field) for field in PackHead.model_fields}
    questions = tuple(question for seen in surveys.values() for _, question in seen.questions)
    return Pack.model_validate({**about, "questions": questions}, strict=True)


def survey_together(files: Sequence[Path]) -> tuple[Survey, ...]:
    """Survey pack files, each for what it is: a pack, or one of the several files of a pack."""
    roles = {file: role_of(file) for file in files}
    surveys = {file: survey(file, name=str(file), role=roles[file]) for file in files}
    for folder in {file.parent for file in files if roles[file] != "whole"}:
        within = {
            file.name: surveys[file]
            for file in sorted(surveys, key=lambda file: _order(file.name))
            if file.parent == folder
        }
        for name, seen in within.items():
            repeated = tuple(_repeated(name, within))
            surveys[folder / name] = replace(seen, problems=(*seen.problems, *repeated))
    return tuple(surveys[file] for file in files)


def role_of(file: Path) -> Role:
    """Return what a file is, by what stands beside it: a whole pack unless `pack.yaml` does."""
    if not (file.parent / HEAD).is_file():
        return "whole"
    if file.name != HEAD:
        return "part"
    others = (other for other in file.parent.iterdir() if other.name != HEAD)
    return "head" if any(is_pack_file(other) for other in others) else "whole"


def is_pack_file(path: Path) -> bool:
    """Return whether a file is YAML and meant to be seen."""
    return path.suffix.lower() in ENDINGS and not path.name.startswith(".") and path.is_file()


def _order(name: str) -> tuple[bool, str]:
    return name != HEAD, name


def _repeated(file: str, surveys: Mapping[str, Survey]) -> Iterator[Problem]:
    """Yield a problem for each question of a file whose id an earlier file has."""
    earlier: dict[str, tuple[str, int]] = {}
    for name, seen in surveys.items():
        if name == file:
            break
        for node, _place in _ids(seen):
            earlier.setdefault(node.written, (name, node.mark.line))
    for node, place in _ids(surveys[file]):
        if node.written in earlier:
            name, line = earlier[node.written]
            yield Problem(
                node.mark.line,
                node.mark.column,
                f"questions[{place}].id",
                Text(
                    f"id「{quoted(node.written)}」が重複している（最初は {quoted(name)} の{line}行目）。",
                    f"The id '{quoted(node.written)}' is used twice "
                    f"(first in {quoted(name)}, line {line}).",
                ),
                Text("問題ごとに異なるidを付ける。", "Give every question an id of its own."),
                "P201",
            )


def _ids(seen: Survey) -> Iterator[tuple[ScalarNode, int]]:
    entry = seen.root.entries.get("questions") if isinstance(seen.root, MapNode) else None
    if entry is None or not isinstance(entry.node, ListNode):
        return
    for place, item in enumerate(entry.node.items):
        found = item.entries.get("id") if isinstance(item, MapNode) else None
        if found is not None and isinstance(found.node, ScalarNode):
            yield found.node, place


def _no_head() -> Problem:
    return Problem(
        1,
        1,
        "",
        Text(f"フォルダーに {HEAD} がない。", f"The folder has no {HEAD}."),
        Text(
            f"id、titleなどを {HEAD} に書く。questionsは他のファイルに分けてもよい。",
            f"Write id, title and so on into {HEAD}; questions may stand in other files.",
        ),
        "P007",
    )
