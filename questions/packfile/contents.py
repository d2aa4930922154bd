"""What a path leads to: the pack of a YAML file, of a folder, or of a `.quizpack`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from losses.text import Text
from questions.model import Pack
from questions.packfile import archive
from questions.packfile.folder import is_pack_file, read_files, role_of
from questions.packfile.problems import PackProblems, Problem, quoted
from questions.packfile.reading import HEAD, content, read_pack
from questions.packfile.signing import Signature
from questions.packfile.tree import MOST_BYTES

ENDING = ".quizpack"


@dataclass(frozen=True, slots=True)
class Contents:
    """A pack and its files, named as in a `.quizpack`; `digest` is that of all of them.

    `signature` is None where there is none; `checked` is False where it could not be looked at.
    """

    pack: Pack
    files: Mapping[str, bytes]
    digest: str
    signature: Signature | None = None
    checked: bool = True


def contents_of(path: Path) -> Contents:
    """Read the pack that a path leads to. Raises PackProblems."""
    if path.name == HEAD and role_of(path) == "head":
        path = path.parent
    name = str(path)
    if path.is_dir():
        files = _files(path, name)
        texts = {file: data for file, data in files.items() if is_text(file)}
        return Contents(read_files(texts, name=name), files, archive.content_of(files))
    if path.suffix.lower() == ENDING:
        unpacked = archive.unpacked(content(path, name, most=archive.MOST_BYTES), name=name)
        return Contents(
            unpacked.pack,
            unpacked.files,
            unpacked.content,
            unpacked.signature,
            unpacked.checked,
        )
    if role_of(path) == "part":
        raise PackProblems(name, [_a_part(path)])
    data = content(path, name, most=MOST_BYTES)
    files = {HEAD: data}
    return Contents(read_pack(data, name=name), files, archive.content_of(files))


def is_text(file: str) -> bool:
    """Return whether a file of a pack holds questions, not an image."""
    return not file.startswith(archive.IMAGES)


def _files(folder: Path, name: str) -> dict[str, bytes]:
    """Return the files of a folder that make up a pack; what else lies there is left alone."""
    try:
        found = dict(_found(folder))
        strange = list(_yaml_below(folder))
    except OSError as error:
        raise PackProblems(name, [_unreadable(error)]) from error
    problems = [
        _not_here(file, folder)
        for file in (*found.values(), *strange)
        if file in strange or file.is_symlink() or not archive.is_name(_within(file, folder))
    ]
    if problems:
        raise PackProblems(name, problems)
    files: dict[str, bytes] = {}
    left = archive.MOST_BYTES
    for key, file in sorted(found.items()):
        files[key] = content(file, str(file), most=left)
        left -= len(files[key])
        if left < 0:
            raise PackProblems(name, [archive.too_large()])
    return files


def _found(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in folder.iterdir():
        if is_pack_file(file):
            yield file.name, file
    images = folder / archive.IMAGES
    if images.is_dir():
        for file in images.iterdir():
            if file.suffix.lower() in archive.IMAGE_ENDINGS and not file.name.startswith("."):
                yield archive.IMAGES + file.name, file


def _yaml_below(folder: Path) -> Iterator[Path]:
    """Yield YAML files in folders of the folder: somebody may believe that they count."""
    for below in folder.iterdir():
        if below.is_dir() and not below.name.startswith("."):
            yield from (file for file in below.iterdir() if is_pack_file(file))


def _within(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


def _not_here(file: Path, folder: Path) -> Problem:
    shown = quoted(_within(file, folder))
    return Problem(
        1,
        1,
        "",
        Text(
            f"「{shown}」はパックのファイルとして使えない。",
            f"'{shown}' cannot be a file of the pack.",
        ),
        Text(
            f"YAMLのファイルは {HEAD} と同じフォルダーに、画像は images に置く。"
            "リンクは使わず、名前は文字と数字と「-」「_」「.」で付ける。",
            f"Put YAML files beside {HEAD} and images into images; use no links, and names of "
            "letters, digits, '-', '_' and '.'.",
        ),
        "P008",
    )


def _a_part(path: Path) -> Problem:
    return Problem(
        1,
        1,
        "",
        Text(
            f"このファイルは、{HEAD} のあるフォルダーのパックの一部である。",
            f"This file is a part of the pack in the folder of {HEAD}.",
        ),
        Text(
            f"フォルダーを指定する: {quoted(str(path.parent))}",
            f"Give the folder: {quoted(str(path.parent))}",
        ),
        "P008",
    )


def _unreadable(error: OSError) -> Problem:
    why = error.strerror or type(error).__name__
    return Problem(
        1,
        1,
        "",
        Text(f"フォルダーを読めない（{why}）。", f"The folder cannot be read ({why})."),
        code="P001",
    )
