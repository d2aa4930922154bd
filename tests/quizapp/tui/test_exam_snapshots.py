"""How exams look, compared with pictures that a person has looked at (see test_snapshots)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from quizapp.tui.app import QuizApp
from quizapp.tui.moment import Phase
from quizapp.tui.screens.exam import ExamScreen
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.exams import DRILL, SHORT, asked, in_lobby, reported, reviewed, wrong
from tests.quizapp.tui.seen import painted, shows, until

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11),
    reason="the pictures were taken on Python 3.11; others may round colours differently",
)

SnapCompare = Callable[..., bool]
LOOKS = [
    pytest.param("dark", (80, 24), id="dark-80x24"),
    pytest.param("light", (120, 40), id="light-120x40"),
]
LONG = replace(SHORT, questions=8, minutes=5)


def app_of(pilot: Pilot[Any]) -> QuizApp:
    assert isinstance(pilot.app, QuizApp)
    return pilot.app


@pytest.fixture
def app(open_app: OpenApp, open_study: OpenStudy, theme: str) -> QuizApp:
    return open_app(open_study(DRILL), start="exam", exam=LONG, theme=theme)


async def sit(pilot: Pilot[Any]) -> ExamScreen:
    """Answer three questions, one of them wrong, one flagged; stand on the fourth."""
    app = app_of(pilot)
    await in_lobby(app)
    await pilot.press("enter")
    screen = await asked(app, 1)
    questions = screen.exam.questions
    for position in range(3):
        await asked(app, position + 1)
        if position == 1:
            await pilot.press("f")
            await shows(app, "印あり")
            await asked(app, position + 1)
        key = questions[position].key
        await pilot.press(wrong(questions[position]) if position == 2 else key, "enter")
    return await asked(app, 4)


async def submit(pilot: Pilot[Any]) -> None:
    screen = await sit(pilot)
    await pilot.press("s", "enter")
    # Times on a question differ from run to run: they are not in the picture.
    report = await reported(app_of(pilot))
    still = tuple(replace(each, milliseconds=10_000) for each in screen.exam.questions)
    report.exam = replace(report.exam, questions=still)
    report.draw()
    await painted(app_of(pilot))


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_lobby(snap_compare: SnapCompare, app: QuizApp, size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await in_lobby(app_of(pilot))

    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_question(snap_compare: SnapCompare, app: QuizApp, size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = await sit(pilot)
        await pilot.press("2", "f")
        await shows(app_of(pilot), "印あり")
        await until(app_of(pilot), lambda: not screen.busy)
        await painted(app_of(pilot))

    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_overview(snap_compare: SnapCompare, app: QuizApp, size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await sit(pilot)
        await pilot.press("o")
        await shows(app_of(pilot), "問題一覧")
        await painted(app_of(pilot))

    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_report(snap_compare: SnapCompare, app: QuizApp, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=submit)


@pytest.mark.parametrize(("theme", "size"), LOOKS[:1])
def test_review(snap_compare: SnapCompare, app: QuizApp, size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await submit(pilot)
        await pilot.press("enter")
        await reviewed(app_of(pilot), 3)

    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), LOOKS[:1])
def test_submitting(snap_compare: SnapCompare, app: QuizApp, size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = await sit(pilot)
        await until(app_of(pilot), lambda: screen.phase is Phase.ASKING)
        await pilot.press("s")
        await shows(app_of(pilot), "5問が未解答である")
        await painted(app_of(pilot))

    assert snap_compare(app, terminal_size=size, run_before=steps)
