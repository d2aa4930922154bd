"""The line of the home screen about the exam: there with a date, after the counts."""

from __future__ import annotations

from datetime import date

import pytest

from quizapp.settings import Settings
from tests.packs import choices, pack
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.seen import flowing, shows, until

EXAM = date(2026, 12, 1)


async def test_with_a_date_and_minutes_the_day_and_what_to_expect_are_said(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = open_study(settings=Settings(exam_date=EXAM, minutes_per_day=25))
    app = open_app(study, start="home")
    async with app.run_test(size=(80, 24)):
        await shows(app, "試験まで10日（12月1日）")
        assert "今日の残り:" in flowing(app)
        assert "試験日の見込み:" in flowing(app)
        assert "未学習のまま残る" not in flowing(app)


async def test_with_too_little_time_it_says_what_stays_unseen(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    settings = Settings(exam_date=date(2026, 11, 22), minutes_per_day=1)
    app = open_app(open_study(pack(choices(30)), settings=settings), start="home")
    async with app.run_test(size=(80, 24)):
        await shows(app, "未学習のまま残る問題: 26問")
        assert "試験まで1日" in flowing(app)


async def test_with_a_date_alone_the_days_are_counted(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(settings=Settings(exam_date=EXAM)), start="home")
    async with app.run_test(size=(80, 24)):
        await shows(app, "試験まで10日")
        assert "試験日の見込み" not in flowing(app)


@pytest.mark.parametrize(
    "settings", [Settings(), Settings(exam_date=date(2026, 11, 20), minutes_per_day=25)]
)
async def test_without_a_date_and_after_the_exam_nothing_is_said(
    open_app: OpenApp, open_study: OpenStudy, settings: Settings
) -> None:
    app = open_app(open_study(settings=settings), start="home")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(app, lambda: app._home._overview is not None)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "試験まで" not in flowing(app)
