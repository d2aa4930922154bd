"""A learner at a real terminal: answers, sees a mistake named, quits, comes back, loses nothing."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.journeys.program import PROGRAM, environment
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.terminal

HOME = "損失関数を計算して学ぶ"
START = "学習を始める Enter"
ANSWER = "解答 Enter"
NEXT = "Space 次へ"

# No key acts on a question before it has been on the screen for 0.3 s. The program counts from
# before it paints, so whoever waits this long after seeing it is never too early.
GRACE = 0.35


def started(home: Path, *words: str) -> Terminal:
    return Terminal([*PROGRAM, *words], environment=environment(home), columns=80, lines=24)


def press_when_shown(terminal: Terminal, shown: str, *keys: str) -> None:
    terminal.wait_for(shown)
    time.sleep(GRACE)
    terminal.press(*keys)


def leave(terminal: Terminal) -> None:
    """Go back to the home screen and quit."""
    terminal.press("escape")
    press_when_shown(terminal, START, "q")
    assert terminal.ended() == 0


def answered_today(terminal: Terminal) -> int:
    """Read the number of answers off the home screen."""
    terminal.wait_for(START)
    found = re.search(r"解答 +(\d+)", terminal.text)
    assert found, terminal.text
    return int(found[1])


def vectors(terminal: Terminal) -> list[list[float]]:
    """Read the vectors off the question on the screen."""
    found = re.findall(r"\[([-\d.,]+)\]", terminal.run_together)
    return [[float(number) for number in numbers.split(",")] for numbers in found]


def sum_for_mean(terminal: Terminal) -> str:
    """Calculate what stands on the screen, but forget to divide by the number of elements."""
    pred, target = vectors(terminal)
    errors = [a - b for a, b in zip(pred, target, strict=True)]
    if "平均二乗誤差" in terminal.run_together:
        return f"{sum(error * error for error in errors):.3f}"
    assert "平均絶対誤差" in terminal.run_together, terminal.text
    return f"{sum(map(abs, errors)):.3f}"


def test_a_learner_studies_quits_and_comes_back(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for(HOME)
        assert answered_today(terminal) == 0
        press_when_shown(terminal, START, "enter")
        press_when_shown(terminal, ANSWER, "1", "enter")  # a choice comes first
        terminal.wait_for(NEXT)
        leave(terminal)

    with started(tmp_path, "study", "--kind", "numeric", "--topic", "13b") as terminal:
        terminal.wait_for(ANSWER)
        time.sleep(GRACE)
        terminal.send(sum_for_mean(terminal))
        terminal.press("enter")
        terminal.wait_for("平均を取らず、合計のままにしている")
        terminal.wait_for(NEXT)
        leave(terminal)

    with started(tmp_path) as terminal:
        assert answered_today(terminal) == 2
        terminal.press("q")
        assert terminal.ended() == 0


def test_nothing_that_was_answered_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    with started(tmp_path, "study", "--kind", "choice") as terminal:
        for _question in range(2):
            press_when_shown(terminal, ANSWER, "1", "enter")
            press_when_shown(terminal, NEXT, "space")
        press_when_shown(terminal, ANSWER, "2")  # chosen, not answered
        terminal.kill()

    with started(tmp_path) as terminal:
        assert answered_today(terminal) == 2


def test_an_answer_can_be_taken_back_after_a_restart(tmp_path: Path) -> None:
    with started(tmp_path, "study", "--kind", "choice") as terminal:
        press_when_shown(terminal, ANSWER, "1", "enter")
        terminal.wait_for(NEXT)
        leave(terminal)
    with started(tmp_path, "study", "--kind", "choice") as terminal:
        press_when_shown(terminal, ANSWER, "u")
        terminal.wait_for("解答を取り消した")
        terminal.press("escape")  # its option is chosen again: a half-answered question
        press_when_shown(terminal, "この問題はまだ解答していない", "enter")
        press_when_shown(terminal, START, "q")
        assert terminal.ended() == 0
    with started(tmp_path) as terminal:
        assert answered_today(terminal) == 0


# what an input method commits in one burst -> what must stand in the field
COMMITTED = {
    "hiragana": "にほんごの",
    "a sentence": "損失関数の値は平均である",
    "full-width digits": "０．２５",
    "beyond the basic plane": "𠮷野家𩸽定食",
}


@pytest.mark.parametrize("text", COMMITTED.values(), ids=COMMITTED)
def test_what_an_input_method_commits_arrives_intact(text: str, tmp_path: Path) -> None:
    with started(tmp_path, "study", "--kind", "numeric") as terminal:
        terminal.wait_for(ANSWER)
        time.sleep(GRACE)
        terminal.send(text)
        terminal.wait_for(f"{text}")


def test_full_width_digits_are_read_as_a_number(tmp_path: Path) -> None:
    with started(tmp_path, "study", "--kind", "numeric") as terminal:
        terminal.wait_for(ANSWER)
        time.sleep(GRACE)
        terminal.send("９９９．２５")
        terminal.press("enter")
        terminal.wait_for("999.25")
        terminal.wait_for(NEXT)


def test_the_terminal_is_asked_for_no_kitty_keys(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for(START)
        assert not re.search(rb"\x1b\[[>=]\d+(;\d+)?u", terminal.received)


def test_plain_mode_in_a_terminal_waits_between_questions(tmp_path: Path) -> None:
    with started(tmp_path, "study", "--plain", "--kind", "choice") as terminal:
        terminal.wait_for("解答:")
        terminal.send("１\r")
        terminal.wait_for("Enterで次へ")
        assert "\x1b" not in terminal.received.decode()
        terminal.send("\r")
        terminal.wait_for(lambda screen: screen.endswith("解答:") or "\n解答:\n" in screen)
        terminal.press("ctrl+d")
        assert terminal.ended() == 0
        assert "今日: 1問解答" in terminal.text
