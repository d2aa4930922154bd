"""The screen that says how an exam would go, and how it looks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from quizapp.study import Study
from quizapp.tui.app import QuizApp
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.readiness import ReadinessScreen
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import right, served, wrong
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import pack
from tests.quizapp.tui.seen import commit, flowing, lines, painted, shows, text, until

SnapCompare = Callable[..., bool]

TOPICS = ("13b", "13c", "13d", "26", "31", "beyond")
QUESTIONS = pack(
    *(choice(id=f"q{place:02}", topic=TOPICS[place % len(TOPICS)]) for place in range(30))
)


def answered(study: Study, count: int) -> Study:
    """Answer so many questions: of every five, four are right."""
    session = study.session()
    for place in range(count):
        question = served(session)
        label = wrong(question) if place % 5 == 2 else right(question)
        session.answer(question, label, milliseconds=1000)
    return study


async def opened(app: QuizApp, pilot: Pilot[Any]) -> None:
    await shows(app, "学習を始める  Enter")
    await pilot.press("r")
    await until(app, lambda: isinstance(app.screen, ReadinessScreen))
    await shows(app, "目安である。")  # laid out at its full height
    await painted(app)


async def test_from_home_and_back(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(answered(open_study(QUESTIONS), 3), start="home")
    async with app.run_test() as pilot:
        await opened(app, pilot)
        assert "まだ言えない。初見の解答があと17件要る" in text(app)
        await pilot.press("escape")
        await until(app, lambda: isinstance(app.screen, HomeScreen))
        # An input method turns r into ｒ and leaves it to us.
        await commit(pilot, "ｒ")
        await until(app, lambda: isinstance(app.screen, ReadinessScreen))


async def test_every_part_is_reached_by_scrolling(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(answered(open_study(QUESTIONS), 20), start="home")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert "70%は目安である。合格点は公表されていない。" in text(app)
        assert "まだ言えない" not in text(app)
        await pilot.press(*["pagedown"] * 5)
        await shows(app, "予想の後に受けた模試がまだない")


@pytest.mark.parametrize("size", [(60, 24), (80, 40), (140, 40)])
async def test_a_topic_is_one_line_whose_columns_align(
    open_app: OpenApp, open_study: OpenStudy, size: tuple[int, int]
) -> None:
    app = open_app(answered(open_study(QUESTIONS), 20), start="home")
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pilot.press(*["down"] * 6)
        await painted(app)
        rows = [line for line in lines(app) if "件  " in line]
        assert len(rows) == len(TOPICS)
        ends = {cell_len(row[: row.index("件  ")]) for row in rows}
        assert len(ends) == 1


async def test_before_the_questions_are_there_the_key_does_nothing(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(QUESTIONS), start="home")
    async with app.run_test() as pilot:
        await pilot.press("r")
        await shows(app, "学習を始める  Enter")
        assert isinstance(app.screen, HomeScreen)


async def test_from_the_commands(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(QUESTIONS), start="home")
    async with app.run_test() as pilot:
        await shows(app, "学習を始める  Enter")
        await pilot.press("ctrl+p")
        await shows(app, "今日試験を受けたら何点か")
        await commit(pilot, "合格の見込み")
        await pilot.press("enter")
        await until(app, lambda: isinstance(app.screen, ReadinessScreen))
        await shows(app, "根拠は初見の解答0件")
        assert "分野別" not in flowing(app)


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11),
    reason="the pictures were taken on Python 3.11; others may round colours differently",
)
@pytest.mark.parametrize(
    ("theme", "size", "answers"),
    [
        pytest.param("dark", (80, 24), 20, id="dark-80x24"),
        pytest.param("light", (120, 40), 20, id="light-120x40"),
        pytest.param("dark", (80, 24), 5, id="few-80x24"),
    ],
)
def test_picture(
    *,
    snap_compare: SnapCompare,
    open_app: OpenApp,
    open_study: OpenStudy,
    theme: str,
    size: tuple[int, int],
    answers: int,
) -> None:
    app = open_app(answered(open_study(QUESTIONS), answers), start="home", theme=theme)

    async def steps(pilot: Pilot[Any]) -> None:
        await opened(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=steps)
