"""Images that a text shows but that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from losses.text import Text
from questions.lint.prose import passages
from questions.model import Question
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted

_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*<?([^)>\s]+)")


def image_complaints(question: Question, folder: Path) -> Iterator[Complaint]:
    """Yield a complaint for each Markdown image that is no file in the folder of the pack."""
    for passage in passages(question):
        for found in _IMAGE.finditer(passage.text):
            if not _is_there(found[1], folder):
                yield Complaint(
                    passage.path,
                    Text(
                        f"画像「{quoted(found[1])}」がパックのフォルダーにない。",
                        f"The image '{quoted(found[1])}' is not in the folder of the pack.",
                    ),
                    Text(
                        "パックのファイルから見た相対パスで書く。",
                        "Give its path relative to the pack file.",
                    ),
                    words=found[1],
                    code="P206",
                )


def _is_there(name: str, folder: Path) -> bool:
    try:
        file = (folder / name).resolve()
        return file.is_relative_to(folder.resolve()) and file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
