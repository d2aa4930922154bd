"""An author at a real terminal: saves a fault, sees it, opens the editor at it, mends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.program import PROGRAM, environment
from tests.journeys.terminal import Terminal
from tests.quizapp.authoring.written import save, written

pytestmark = pytest.mark.terminal

WRONG = written().replace("topic: 13a", "topic: 13x")
FINDING = "topic「13x」はない"

# An editor as far as a test needs one: says what it was told, mends the file, waits for Enter.
EDITOR = """\
import pathlib, sys
print("EDITOR", sys.argv[1:-1], flush=True)
file = pathlib.Path(sys.argv[-1])
file.write_text(file.read_text(encoding="utf-8").replace("13x", "13a"), encoding="utf-8")
input()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "pack.yaml"
    save(file, written())
    return file


def started(home: Path, *words: str, columns: int = 80, **more: str) -> Terminal:
    lines = 24 if columns < 100 else 40
    command = [*PROGRAM, "pack", *words]
    return Terminal(command, environment=environment(home, **more), columns=columns, lines=lines)


@pytest.mark.parametrize("columns", [80, 120])
def test_a_finding_appears_and_goes_again(file: Path, tmp_path: Path, columns: int) -> None:
    with started(tmp_path, "watch", str(file), columns=columns) as terminal:
        terminal.wait_for("誤り 0")
        terminal.wait_for("robust")
        save(file, WRONG)
        terminal.wait_for(FINDING)
        terminal.wait_for("誤り 1")
        save(file, written())
        terminal.wait_for(lambda screen: FINDING not in screen and "誤り 0" in screen)
        terminal.press("q")
        assert terminal.ended() == 0
    assert not (tmp_path / "data").exists()  # no database, no learner


def test_the_editor_opens_at_the_finding(file: Path, tmp_path: Path) -> None:
    save(file, WRONG)
    vi = tmp_path / "vi"
    vi.write_text(f"#!{sys.executable}\n{EDITOR}")
    vi.chmod(0o700)
    line = WRONG[: WRONG.index("13x")].count("\n") + 1
    with started(tmp_path, "watch", str(file), VISUAL=str(vi)) as terminal:
        terminal.wait_for("誤り 1")
        terminal.press("down", "down")
        terminal.wait_for(FINDING)
        terminal.press("e")
        terminal.wait_for(f"EDITOR ['+{line}']")
        terminal.press("enter")
        terminal.wait_for(lambda screen: FINDING not in screen and "誤り 0" in screen)
        terminal.press("q")
        assert terminal.ended() == 0
    assert file.read_text(encoding="utf-8") == written()


def test_previewing_answers_a_question(file: Path, tmp_path: Path) -> None:
    with started(tmp_path, "preview", str(file), "--question", "mean") as terminal:
        terminal.wait_for("解答 Enter")
        terminal.press("x")
        terminal.wait_for("誤りの選択肢")
        terminal.press("1", "enter")
        terminal.wait_for("あなたの答え")
        terminal.press("escape")
        terminal.wait_for("squares")
        terminal.press("q")
        assert terminal.ended() == 0
    assert not (tmp_path / "data").exists()


def test_line_by_line(file: Path, tmp_path: Path) -> None:
    """Without a terminal the findings come as lines, one state of the file after the other."""
    with subprocess.Popen(
        [*PROGRAM, "pack", "watch", str(file), "--seeds", "2"],
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as watching:
        assert watching.stdout is not None
        try:
            assert watching.stdout.readline() == "直すところはない。\n"
            save(file, WRONG)
            assert watching.stdout.readline() == "\n"
            assert FINDING in watching.stdout.readline()
            assert "使えるのは" in watching.stdout.readline()
            assert watching.stdout.readline() == "誤り1件、警告0件\n"
            save(file, written())
            assert watching.stdout.readline() == "\n"
            assert watching.stdout.readline() == "直すところはない。\n"
        finally:
            watching.kill()
