"""A `.quizpack` as files for a while, so that it can be looked at like a pack that is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from questions.packfile.contents import ENDING
from quizapp.language import _
from quizapp.pack.refusal import sound
from quizapp.problem import Problem
from quizapp.visible import visible_line


def is_built(path: str) -> bool:
    """Return whether a path is the name of a built pack."""
    return Path(path).suffix.lower() == ENDING


@contextmanager
def unpacked(path: str) -> Iterator[str]:
    """Yield a folder with the files of a built pack; it is gone afterwards.

    Only names that a pack may have lead into it. Raises PacksRefused for a pack that is not sound.
    """
    (contents,) = sound([path])
    with TemporaryDirectory(prefix="quizpack-") as somewhere:
        # Named like the pack: places in it are shown with this name.
        folder = Path(somewhere, Path(path).name)
        try:
            _write(contents.files, folder)
        except OSError as error:
            raise Problem(
                _("{file} cannot be unpacked: {why}").format(
                    file=visible_line(path), why=error.strerror or str(error)
                )
            ) from error
        yield str(folder)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        file.chmod(0o400)
