"""What a person is told when something is wrong, through the real program."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.program import PROGRAM, ROOT, environment
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.terminal


def of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()


def no_database(path: Path) -> None:
    path.write_text("買い物の一覧\n" * 100)


def empty(path: Path) -> None:
    path.touch()


def truncated(path: Path) -> None:
    of_another_program(path)
    path.write_bytes(path.read_bytes()[:60])


def below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("this is no directory")


DATABASES = (of_another_program, no_database, empty, truncated, below_a_file)


@pytest.mark.parametrize("spoil", DATABASES)
@pytest.mark.parametrize("words", [["study", "--plain"], ["ask", "mse-rents", "--json"]])
def test_a_bad_database_is_one_line_and_exit_code_1(
    spoil: Callable[[Path], None], words: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "there" / "quiz.db"
    path.parent.mkdir()
    spoil(path)
    before = path.read_bytes() if path.is_file() else None

    done = run([*words, "--database", str(path)], home=tmp_path)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert re.search(r"[ぁ-ん]", done.stderr)
    assert str(path) in done.stderr
    assert (path.read_bytes() if path.is_file() else None) == before


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    path = tmp_path / "quiz.db"
    no_database(path)
    done = run(["study", "--plain", "--database", str(path), "--debug"], home=tmp_path)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_the_screens_end_with_the_same_line(tmp_path: Path) -> None:
    path = tmp_path / "quiz.db"
    no_database(path)
    command = [*PROGRAM, "--database", str(path)]
    with Terminal(command, environment=environment(tmp_path)) as terminal:
        assert terminal.ended() == 1
        assert "quizapp: " in terminal.text
        assert str(path.name) in terminal.run_together
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize(("columns", "lines"), [(59, 24), (80, 19), (20, 5)])
def test_a_small_terminal(columns: int, lines: int, tmp_path: Path) -> None:
    with Terminal(
        [*PROGRAM, "study"], environment=environment(tmp_path), columns=columns, lines=lines
    ) as terminal:
        assert terminal.ended() == 1
        assert f"{columns}桁×{lines}行しかない" in terminal.run_together
        assert "study--plain" in terminal.run_together


def test_no_terminal_at_all(tmp_path: Path) -> None:
    done = run([], home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "端末が必要" in done.stderr


def test_an_unknown_question_suggests_near_ones(tmp_path: Path) -> None:
    done = run(["ask", "mse-rent", "--json"], home=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "mse-rents" in done.stderr


def test_an_unknown_language(tmp_path: Path) -> None:
    done = run(["study", "--plain", "--lang", "tlh"], home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "tlh" in done.stderr


def test_ctrl_c_in_plain_mode_leaves_quietly(tmp_path: Path) -> None:
    command = [*PROGRAM, "study", "--plain"]
    with Terminal(command, environment=environment(tmp_path)) as terminal:
        terminal.wait_for("解答:")
        terminal.press("ctrl+c")
        assert terminal.ended() == 130
        assert "Traceback" not in terminal.text


def test_nobody_reads_the_output(tmp_path: Path) -> None:
    command = f"'{PROGRAM[0]}' -m quizapp losses | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout in ("141\n", "0\n")  # 0: all was written before `true` ended
    assert done.stderr == ""


def run(words: list[str], *, home: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words],
        env=environment(home),
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
