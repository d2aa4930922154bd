"""Every kind of question on the screen, beyond what choice and numeric share with test_study."""

from __future__ import annotations

import pytest

from quizapp.tui.screens.study import Phase
from tests.questions.examples import pick, true_false
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import pack
from tests.quizapp.tui.seen import commit, flowing, place, shows, text, until
from tests.quizapp.tui.steps import asked, judged, wrong_label

STATEMENT = pack(true_false())


@pytest.mark.parametrize(("key", "right"), [("1", False), ("2", True)])
async def test_a_statement_is_judged(
    open_app: OpenApp, open_study: OpenStudy, key: str, right: bool
) -> None:
    app = open_app(open_study(STATEMENT))
    async with app.run_test() as pilot:
        await asked(app)
        assert "1  正しい" in text(app)
        assert "2  誤っている" in text(app)
        assert "1-2" in text(app)
        await pilot.press(key, "enter")
        screen = await judged(app)
        await shows(app, "この記述は誤っている。")
        assert screen._answered is not None
        assert screen._answered.verdict.right is right
        question = true_false()
        assert question.right_reason in flowing(app)
        assert question.wrong_reason in flowing(app)


async def test_a_statement_is_judged_by_mouse_and_with_full_width_keys(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(STATEMENT))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        await commit(pilot, "１")
        await until(app, lambda: screen.board.choices.label == "1")
        await pilot.click(offset=place(app, "2  誤っている"))
        await until(app, lambda: screen.board.choices.label == "2")
        assert screen.phase is Phase.ASKING
        await pilot.click(offset=place(app, "解答  Enter"))
        await judged(app)
        await shows(app, "正解・あなたの答え")


async def test_a_loss_is_picked(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(pack(pick())))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        assert "1-4" in text(app)
        assert screen.served is not None
        options = screen.served.variant.options
        assert all(option.text in flowing(app) for option in options)
        await pilot.click(offset=place(app, "Huber損失"))
        await pilot.press("enter")
        await judged(app)
        await shows(app, "正解・あなたの答え")
        for option in options:
            assert "".join(option.reason.split()) in flowing(app)


async def test_a_wrong_loss_is_picked_with_a_full_width_key(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(pack(pick())))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        label = wrong_label(screen)
        await commit(pilot, chr(ord(label) + 0xFEE0))
        await until(app, lambda: screen.board.choices.label == label)
        await pilot.press("enter")
        await judged(app)
        await shows(app, "誤り・あなたの答え")
