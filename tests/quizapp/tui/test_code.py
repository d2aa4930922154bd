"""A code question on the screen: typed, run, judged."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from questions.model import CodeQuestion
from quizapp.tui.forms.code_editor import CodeEditor
from quizapp.tui.moment import Phase
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.study import StudyScreen
from tests.questions.examples import code
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import ROBUST, pack
from tests.quizapp.tui.seen import commit, flowing, lines, place, shows, text, until
from tests.quizapp.tui.steps import asked, judged

MSE = pack(code())


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextArea, "cursor_blink", False)


def editor_of(screen: StudyScreen) -> CodeEditor:
    return screen.query_one(CodeEditor)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["f5", "ctrl+s"])
async def test_a_program_is_repaired_and_run(
    open_app: OpenApp, open_study: OpenStudy, size: tuple[int, int], key: str
) -> None:
    app = open_app(open_study(MSE))
    async with app.run_test(size=size) as pilot:
        screen = await asked(app)
        assert editor_of(screen).text == code().starter
        assert "def mse(pred, target):" in text(app)
        assert "F5 ^s 実行" in text(app)
        await pilot.press("ctrl+a", *["up"], "end", *["backspace"] * len(".sqrt()"))
        assert ".sqrt()" not in editor_of(screen).text
        await pilot.press(key)
        await judged(app)
        await shows(app, "値も勾配も基準の実装と一致した")
        assert screen._answered is not None
        assert screen._answered.verdict.right
        assert editor_of(screen).read_only
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.FINISHED)


async def test_a_wrong_program_is_explained(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(MSE))
    async with app.run_test(size=(80, 60)) as pilot:
        await asked(app)
        await pilot.click(offset=place(app, "実行  F5"))
        screen = await judged(app)
        await shows(app, "最初の違い")
        assert screen._answered is not None
        finding = screen._answered.verdict.finding
        assert finding is not None
        assert finding.expected is not None
        assert finding.got is not None
        seen = flowing(app)
        assert f"正しい値{finding.expected}" in seen
        assert f"あなたのプログラム{finding.got}" in seen
        for _name, numbers in finding.inputs:
            assert "".join(numbers.split()) in seen
        assert "誤りの内容" in seen or "平方根" in seen
        assert "正しいプログラムの例" in seen
        assert "".join(code().solution.split()) in seen


async def test_a_program_that_cannot_be_run_stays_in_the_editor(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(MSE))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app)
        await pilot.press("ctrl+a", "x", "(", "f5")
        await shows(app, "文法が誤っている")
        assert screen.phase is Phase.ASKING
        assert not editor_of(screen).read_only
        await until(app, lambda: editor_of(screen).has_focus)
        assert "x(" in editor_of(screen).text
        editor_of(screen).begin("")
        await pilot.press("f5")
        await shows(app, "コードを書いてから実行する。")
        assert screen.phase is Phase.ASKING


async def test_typing(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(MSE))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app)
        editor = editor_of(screen)
        editor.begin("")
        await commit(pilot, "if q:")
        await pilot.press("enter")
        assert editor.text == "if q:\n    "
        await commit(pilot, "h = '全角 （？）'")
        await pilot.press("enter")
        assert editor.text == "if q:\n    h = '全角 （？）'\n    "
        await pilot.press("tab", "x", "shift+tab", "end", "enter", "backspace", "u")
        assert editor.text == "if q:\n    h = '全角 （？）'\n    x\nu"
        await pilot.press("ctrl+z")
        assert screen.phase is Phase.ASKING
        assert editor.has_focus
        await pilot.press("ctrl+y")
        # Wide characters push what follows by two cells each.
        assert any(line.rstrip("│ ").endswith("h = '全角 （？）'") for line in lines(app))


async def test_what_is_pasted_cannot_act_on_the_terminal(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    from textual.events import Paste

    app = open_app(open_study(MSE))
    async with app.run_test() as pilot:
        editor = editor_of(await asked(app))
        editor.begin("")
        app.post_message(Paste("a = 1\r\n\tb\x1b[31m = [/] \u202e2"))
        await pilot.pause()
        await until(app, lambda: editor.text == "a = 1\n    b = [/] 2")


async def test_leaving_a_begun_program_is_asked_about(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(MSE))
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press("x", "escape")
        await until(app, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        screen = await asked(app)
        assert editor_of(screen).text.endswith("x")


async def test_an_undone_program_is_there_again(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(MSE))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("enter", "#", "f5")
        await judged(app)
        await pilot.press("u")
        await asked(app)
        assert editor_of(screen).text == code().starter + "\n#"
        assert not editor_of(screen).read_only


async def test_ctrl_z_takes_back_the_last_answer_where_nothing_was_typed(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(pack(ROBUST, code())))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("1", "enter")
        await judged(app)
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.ASKING and screen.typing)
        await pilot.press("ctrl+z")
        await shows(app, "解答を取り消した")
        assert screen.served is not None
        assert not isinstance(screen.served.variant.question, CodeQuestion)


async def test_a_long_program_keeps_its_cursor_in_sight(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    long = code(stem="読む。\n" * 12, starter="".join(f"line_{n} = {n}\n" for n in range(60)))
    app = open_app(open_study(pack(long)))
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(app)
        await pilot.press("x", "y", "z")
        await shows(app, "xyz")
        await pilot.press(*["up"] * 40)
        await shows(app, "line_20 = 20")
