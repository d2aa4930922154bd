"""What is there before the questions are: the home screen, help, commands, and what can go wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from quizapp.language import use
from quizapp.problem import Problem
from quizapp.tui.app import QuizApp
from quizapp.tui.opening import Opening
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.too_small import TooSmallScreen
from quizapp.tui.theme import DARK, LIGHT
from quizapp.tui.widgets.keybar import KeyBar, width
from tests.quizapp.tui.seen import commit, lines, place, shows, text, until


class Door:
    """An opening that takes its time: until the test lets it, then it says a problem."""

    def __init__(self) -> None:
        self.may_open = threading.Event()

    def open(self) -> None:
        self.may_open.wait(60)
        raise Problem("この[b]ファイル[/b]は開けない。")


@pytest.fixture
def door() -> Iterator[Door]:
    door = Door()
    yield door
    door.may_open.set()


@pytest.fixture
def app(door: Door) -> QuizApp:
    return QuizApp(Opening(open=door.open, grace=0.0))


def test_the_first_frame_needs_textual_alone() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import quizapp.tui.app, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    ).stdout.split()
    heavy = [
        "sqlalchemy",
        "pydantic",
        "fsrs",
        "numpy",
        "torch",
        "yaml",
        "alembic",
        "budoux",
        "losses",
        "questions",
    ]
    assert not set(heavy) & set(seen)


async def test_home_is_shown_while_the_questions_are_opened(app: QuizApp) -> None:
    async with app.run_test():
        await shows(app, "問題を開いています")
        assert "復習" in text(app)
        assert "--" in text(app)


async def test_study_asked_for_meanwhile_is_remembered(app: QuizApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await shows(app, "開始しています")


async def test_a_problem_ends_the_program_with_a_code(app: QuizApp, door: Door) -> None:
    async with app.run_test() as pilot:
        door.may_open.set()
        await until(app, lambda: not app.is_running)
        await pilot.pause()
    assert app.return_code == 1
    assert str(app.problem) == "この[b]ファイル[/b]は開けない。"


@pytest.mark.parametrize("key", ["f1", "question_mark"])
async def test_help_opens_and_closes(app: QuizApp, key: str) -> None:
    async with app.run_test() as pilot:
        await pilot.press(key)
        await until(app, lambda: isinstance(app.screen, HelpScreen))
        await shows(app, "次の問題へ進む")
        await pilot.press("escape")
        await until(app, lambda: isinstance(app.screen, HomeScreen))


async def test_help_opens_and_closes_with_an_input_method_left_on(app: QuizApp) -> None:
    async with app.run_test() as pilot:
        await commit(pilot, "？")
        await until(app, lambda: isinstance(app.screen, HelpScreen))
        await commit(pilot, "\u3000")
        await until(app, lambda: isinstance(app.screen, HomeScreen))


async def test_help_opens_and_closes_by_mouse(app: QuizApp) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.click(offset=place(app, "ヘルプ"))
        await shows(app, "閉じる")
        await pilot.click(offset=place(app, "閉じる"))
        await until(app, lambda: isinstance(app.screen, HomeScreen))


async def test_the_palette_speaks_japanese(app: QuizApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await shows(app, "コマンドを探す")
        await shows(app, "明るさの切り替え")
        assert not any(word in text(app) for word in ("Search", "Theme", "Quit", "Screenshot"))
        await pilot.press("z", "z")
        await shows(app, "当てはまるコマンドがない")


async def test_the_palette_changes_the_colours(app: QuizApp) -> None:
    async with app.run_test() as pilot:
        assert app.theme == DARK.name
        await pilot.press("ctrl+p")
        await shows(app, "明るさの切り替え")
        await pilot.press(*"明るさ")
        await until(app, lambda: "終了" not in "".join(lines(app)[:20]))
        await pilot.press("enter")
        await until(app, lambda: app.theme == LIGHT.name)


async def test_ctrl_c_says_how_to_quit(app: QuizApp) -> None:
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await shows(app, "終了するにはCtrl+Qを押す")


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting(app: QuizApp, key: str) -> None:
    async with app.run_test() as pilot:
        await pilot.press(key)
        await until(app, lambda: not app.is_running)
    assert not app.return_code


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (20, 5)])
async def test_a_small_terminal_is_told_so(app: QuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await until(app, lambda: isinstance(app.screen, TooSmallScreen))
        await shows(app, f"{size[0]}x{size[1]}")
        await pilot.press("enter", "f1", "ctrl+p")
        assert isinstance(app.screen, TooSmallScreen)
        await pilot.resize_terminal(60, 20)
        await until(app, lambda: isinstance(app.screen, HomeScreen))
        await pilot.resize_terminal(59, 20)
        await until(app, lambda: isinstance(app.screen, TooSmallScreen))


async def test_help_survives_a_small_terminal(app: QuizApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("f1")
        await pilot.resize_terminal(40, 10)
        await until(app, lambda: isinstance(app.screen, TooSmallScreen))
        await pilot.resize_terminal(80, 24)
        await until(app, lambda: isinstance(app.screen, HelpScreen))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_no_line_is_wider_than_the_terminal(
    app: QuizApp, language: str, columns: int
) -> None:
    use(language)
    async with app.run_test(size=(columns, 24)) as pilot:
        await pilot.pause()
        assert all(cell_len(line) <= columns for line in lines(app))
        assert width(app.screen.query_one(KeyBar).hints) <= 80


async def test_no_color_is_kept(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = QuizApp(Opening(open=door.open))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.no_color
        for strip in app.screen._compositor.render_strips(app.screen.size):
            for segment in strip.apply_filter(
                app.get_line_filters()[-1], app.ansi_theme.background_color
            ):
                colour = segment.style and segment.style.color
                assert colour is None or colour.triplet is None or len(set(colour.triplet)) == 1


@pytest.mark.parametrize(
    ("wish", "variable", "name"),
    [
        (None, None, DARK.name),
        ("light", None, LIGHT.name),
        (None, "quizapp-light", LIGHT.name),
        (None, "nord", "nord"),
        (None, "no such theme", DARK.name),
        ("dark", "quizapp-light", DARK.name),
    ],
)
async def test_the_theme_is_chosen_before_the_first_frame(
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    wish: str | None,
    variable: str | None,
    name: str,
) -> None:
    if variable is not None:
        monkeypatch.setenv("TEXTUAL_THEME", variable)
    app = QuizApp(Opening(open=door.open, theme=wish))
    async with app.run_test():
        assert app.theme == name


async def test_notices_are_never_markup(app: QuizApp) -> None:
    async with app.run_test(notifications=True):
        app.notify("[@click=app.quit]q[/] [ \x1b[31m赤", title="[b]x[/b]", markup=True)
        await shows(app, "[@click=app.quit]q[/] [ 赤")
        assert "[b]x[/b]" in text(app)


@pytest.mark.parametrize(("value", "off"), [(None, True), ("0", False)])
def test_the_keyboard_protocol_that_breaks_input_methods_is_off(
    value: str | None, off: bool
) -> None:
    """Under it, text of five or more characters arrives broken. A user's own choice is kept."""
    environment = {k: v for k, v in os.environ.items() if k != "TEXTUAL_DISABLE_KITTY_KEY"}
    if value is not None:
        environment["TEXTUAL_DISABLE_KITTY_KEY"] = value
    code = "import quizapp.tui.app; from textual import constants as c; print(c.DISABLE_KITTY_KEY)"
    seen = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[3],
    ).stdout.strip()
    assert seen == str(off)
