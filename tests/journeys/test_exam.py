"""A whole mock exam at a real terminal, with a power cut in the middle of it."""

from __future__ import annotations

import json
import re
import subprocess
import time
from pathlib import Path

import pytest

from tests.journeys.program import PROGRAM, ROOT, environment
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.terminal

QUESTIONS = 5
MINUTES = 10
GRACE = 0.35  # no key answers a question before it has been on the screen for 0.3 s


def started(home: Path, *words: str) -> Terminal:
    return Terminal([*PROGRAM, "exam", *words], environment=environment(home))


def report(home: Path) -> dict[str, object]:
    """Return the report as another process reads it."""
    done = subprocess.run(
        [*PROGRAM, "exam", "--report", "--json"],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def on(terminal: Terminal, number: int) -> None:
    """Wait until a question of the exam can be answered."""
    terminal.wait_for(f"問{number}/{QUESTIONS}")
    terminal.wait_for("1-4 選ぶ")
    time.sleep(GRACE)


def seconds_left(terminal: Terminal) -> int:
    found = re.search(r"残り *(\d+):(\d\d)", terminal.text)
    assert found, terminal.text
    return 60 * int(found[1]) + int(found[2])


def cut_off(home: Path) -> float:
    """Answer three questions of five, flag one, and cut the power; return when time is up."""
    words = ("--questions", str(QUESTIONS), "--minutes", str(MINUTES), "--seed", "7")
    with started(home, *words) as terminal:
        terminal.wait_for("5問・10分")
        terminal.press("enter")
        on(terminal, 1)
        left = seconds_left(terminal)
        ends = time.monotonic() + left
        assert left <= 60 * MINUTES
        terminal.press("1", "enter")
        on(terminal, 2)
        terminal.press("2", "f")
        terminal.wait_for("印あり")
        terminal.press("enter")
        on(terminal, 3)
        terminal.press("3")
        terminal.wait_for("解答 3/5")  # stored half a second after it was chosen
        terminal.kill()
    return ends


def finish(terminal: Terminal) -> None:
    """Go back to change an answer, go on to the last question, submit without an answer to it."""
    on(terminal, 3)
    terminal.press("p")
    on(terminal, 2)
    terminal.wait_for("印あり")
    terminal.press("4", "n")
    on(terminal, 3)
    terminal.press("n")
    on(terminal, 4)
    terminal.press("1", "enter")
    on(terminal, 5)
    terminal.press("o")
    terminal.wait_for("解答済み 4、未解答 1、印（*） 1")
    terminal.press("escape")
    on(terminal, 5)
    terminal.press("s")
    terminal.wait_for("1問が未解答である")
    terminal.press("enter")


def look_back(terminal: Terminal) -> None:
    """Read the report, bring the wrong ones back, look at one of them, go home."""
    terminal.wait_for("模擬試験の結果")
    terminal.wait_for("合格点は非公表")
    terminal.press("w")
    terminal.wait_for("問を復習に入れた")
    terminal.press("enter")
    terminal.wait_for("次の間違い")
    terminal.press("escape")
    terminal.wait_for("模擬試験の結果")
    terminal.press("escape")
    terminal.wait_for("これまでの試験")
    terminal.press("escape")
    terminal.wait_for("学習を始める Enter")


def test_a_mini_exam_survives_a_power_cut(tmp_path: Path) -> None:
    ends = cut_off(tmp_path)
    with started(tmp_path, "--resume") as terminal:
        terminal.wait_for("解答 3/5")
        assert abs(ends - time.monotonic() - seconds_left(terminal)) <= 5  # it did not stop
        finish(terminal)
        look_back(terminal)
        terminal.press("q")
        assert terminal.ended() == 0

    made = report(tmp_path)
    items = made["items"]
    assert isinstance(items, list)
    assert [item["answers"] for item in items] == [["1"], ["2", "4"], ["3"], ["1"], []]
    assert [item["flagged"] for item in items] == [False, True, False, False, False]
    assert made["unanswered"] == 1
    assert all(item["brought_back"] is not item["right"] for item in items)


def test_without_an_exam_there_is_nothing_to_resume(tmp_path: Path) -> None:
    with started(tmp_path, "--resume", "--plain") as terminal:
        assert terminal.ended() == 1
        assert "中断した模擬試験はない" in terminal.text
