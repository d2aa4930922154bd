"""When files count as changed: once they are still, whatever an editor does on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.authoring.watching import Watch
from quizapp.problem import Problem
from tests.quizapp.authoring.written import save

PATIENCE = 3


class Gone(Problem):
    pass


def watching(folder: Path, *, thorough: bool = False) -> Watch:
    """Watch the files of a folder, and have its present state told."""

    def files() -> list[Path]:
        found = sorted(folder.glob("*.yaml"))
        if not found:
            raise Gone(str(folder))
        return found

    watch = Watch(files, thorough=thorough, patience=PATIENCE)
    told(watch)
    return watch


def told(watch: Watch) -> list[list[str]]:
    """Look until nothing can come any more; return the names told each time."""
    looks = (watch.look() for _each in range(PATIENCE + 4))
    return [[file.name for file in files] for files in looks if files is not None]


def test_the_first_state_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1")
    watch = Watch(lambda: [tmp_path / "a.yaml"])
    assert told(watch) == [["a.yaml"]]
    assert told(watch) == []
    assert watch.settled


def written_in_place(file: Path) -> None:
    file.write_text("2")


def replaced(file: Path) -> None:
    save(file, "2")


def same_size_same_time(file: Path) -> None:
    """What a drive with a coarse clock shows of a quick second save."""
    before = file.stat()
    file.write_text("2")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("change", [written_in_place, replaced, same_size_same_time])
def test_a_save_is_told_once(change: Callable[[Path], None], tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("1")
    watch = watching(tmp_path)
    change(file)
    assert told(watch) == [["a.yaml"]]
    assert told(watch) == []


def test_a_drive_whose_times_never_change(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("1")
    os.utime(file, (1, 1))
    watch = watching(tmp_path, thorough=True)
    file.write_text("2")
    os.utime(file, (1, 1))
    assert told(watch) == [["a.yaml"]]


def test_saving_the_same_again_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1")
    watch = watching(tmp_path)
    save(tmp_path / "a.yaml", "1")
    assert told(watch) == []


def test_a_file_that_grows_is_told_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("1")
    watch = watching(tmp_path)
    for size in range(2, 6):
        file.write_text("1" * size)
        assert watch.look() is None
        assert not watch.settled
    assert watch.look() == (file,)


@pytest.mark.parametrize("empty", [False, True])
def test_a_file_that_is_away_for_a_moment_has_not_changed(empty: bool, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("1")
    watch = watching(tmp_path)
    if empty:
        file.write_text("")
    else:
        file.unlink()
    for _each in range(PATIENCE):
        assert watch.look() is None
    file.write_text("2")
    assert told(watch) == [["a.yaml"]]


def test_a_file_that_stays_away_is_gone(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("1")
    watch = watching(tmp_path)
    (tmp_path / "a.yaml").unlink()
    assert told(watch) == [["b.yaml"]]
    (tmp_path / "b.yaml").unlink()
    assert told(watch) == [[]]


def test_a_new_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1")
    watch = watching(tmp_path)
    (tmp_path / "b.yaml").write_text("1")
    assert told(watch) == [["a.yaml", "b.yaml"]]


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")  # opening it would never end
    assert told(Watch(lambda: [tmp_path / "a.yaml"])) == [["a.yaml"]]


CHANGES = st.lists(st.sampled_from(["write", "empty", "unlink", "look"]), max_size=20)


@given(changes=CHANGES)
def test_whatever_happens_the_last_content_is_told(
    changes: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("watched")
    file = folder / "a.yaml"
    file.write_text("0")
    watch = watching(folder)
    for number, change in enumerate(changes, start=1):
        match change:
            case "write":
                file.write_text(str(number))
            case "empty":
                file.write_text("")
            case "unlink":
                file.unlink(missing_ok=True)
            case "look":
                watch.look()
    told(watch)
    file.write_text("the end")
    assert told(watch)[-1] == ["a.yaml"]
    assert watch.settled
