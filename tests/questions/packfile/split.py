"""A pack in several files for the tests to break: the sound pack, one question a file."""

from __future__ import annotations

from pathlib import Path

from tests.questions.packfile.sound import SOUND

_HEAD, _QUESTIONS = SOUND.split("questions:\n")
_FIRST, _SECOND = _QUESTIONS.split("  - kind: numeric\n")
HEAD = _HEAD
FILES = {
    "pack.yaml": HEAD,
    "a.yaml": f"questions:\n{_FIRST}",
    "b.yaml": f"questions:\n  - kind: numeric\n{_SECOND}",
}


def write(folder: Path, **changes: str | bytes) -> Path:
    """Write the files into a folder, some of them changed ("a" stands for a.yaml)."""
    folder.mkdir(exist_ok=True)
    changed = {f"{name}.yaml": content for name, content in changes.items()}
    for name, content in {**FILES, **changed}.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder
