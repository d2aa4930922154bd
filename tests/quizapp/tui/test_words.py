"""Terms, flashcards, cases and hints on the screen."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from quizapp.tui.moment import Phase
from quizapp.tui.screens.confirm import ConfirmScreen
from tests.questions.examples import card, case, choice, term
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import pack
from tests.quizapp.tui.seen import commit, flowing, place, shows, text, until
from tests.quizapp.tui.steps import asked, judged, right_label

TERM = pack(term())
CARDS = pack(card(id="c1"), card(id="c2", stem="KL情報量の式", back="Σ p ln (p/q)"))


class TestTerm:
    async def test_a_term_is_typed(self, open_app: OpenApp, open_study: OpenStudy) -> None:
        app = open_app(open_study(TERM))
        async with app.run_test(size=(80, 30)) as pilot:
            screen = await asked(app)
            await pilot.press(*"huber loss", "enter")
            await judged(app)
            await shows(app, "正しい用語である。")
            assert screen.query_one("#term-field", Input).value == "huber loss"
            assert "読み取った用語Huberloss" in flowing(app)
            assert "正しい用語Huber損失" in flowing(app)
            assert "フーバー損失、ヒューバー損失" in flowing(app)

    async def test_it_may_begin_with_any_letter_and_be_committed_by_an_input_method(
        self, open_app: OpenApp, open_study: OpenStudy
    ) -> None:
        app = open_app(open_study(TERM))
        async with app.run_test() as pilot:
            screen = await asked(app)
            await pilot.press(*"quth")
            assert screen.query_one("#term-field", Input).value == "quth"
            screen.query_one("#term-field", Input).value = ""
            await commit(pilot, "フーバー損失")
            await pilot.press("enter")
            await judged(app)
            await shows(app, "正しい用語である。")

    async def test_a_slip_is_not_counted(self, open_app: OpenApp, open_study: OpenStudy) -> None:
        app = open_app(open_study(TERM))
        async with app.run_test() as pilot:
            screen = await asked(app)
            await pilot.press(*"hubre loss", "enter")
            await shows(app, "惜しい。")
            assert screen.phase is Phase.ASKING
            assert screen.query_one("#term-field", Input).value == "hubre loss"

    async def test_a_misnomer_is_explained(self, open_app: OpenApp, open_study: OpenStudy) -> None:
        app = open_app(open_study(TERM))
        async with app.run_test() as pilot:
            await asked(app)
            await commit(pilot, "ハブ損失")
            await pilot.press("enter")
            await judged(app)
            await shows(app, "正しくは「Huber損失」と書く。")

    async def test_nothing_typed_is_no_answer(
        self, open_app: OpenApp, open_study: OpenStudy
    ) -> None:
        app = open_app(open_study(TERM))
        async with app.run_test() as pilot:
            screen = await asked(app)
            await pilot.press("enter")
            await shows(app, "用語を入力してから解答する。")
            await pilot.press("x", "escape")
            await until(app, lambda: isinstance(app.screen, ConfirmScreen))
            assert screen.phase is Phase.ASKING


class TestCard:
    @pytest.mark.parametrize("turn", ["space", "enter"])
    async def test_a_card_is_turned_and_graded(
        self, open_app: OpenApp, open_study: OpenStudy, turn: str
    ) -> None:
        app = open_app(open_study(CARDS))
        async with app.run_test() as pilot:
            screen = await asked(app)
            assert screen.served is not None
            first = screen.served.variant
            assert first.back not in text(app)
            await pilot.press("3")  # not yet
            assert first.back not in text(app)
            await pilot.press(turn)
            await shows(app, first.back)
            assert "一様分布で最大になる。" in text(app)
            assert "3  普通（思い出せた）" in text(app)
            assert "裏を見る" not in text(app)
            await pilot.press("3")
            await until(app, lambda: screen.served is not None and screen.served.variant != first)
            await asked(app)
            await shows(app, "前のカード")
            await shows(app, "思い出せた。")
            assert screen.served.variant.back not in text(app)
            assert screen._answers[0].grade == "good"

    async def test_by_mouse_in_full_width_and_taken_back(
        self, open_app: OpenApp, open_study: OpenStudy
    ) -> None:
        app = open_app(open_study(CARDS))
        async with app.run_test() as pilot:
            screen = await asked(app)
            await pilot.click(offset=place(app, "裏を見る  Space"))
            await shows(app, "易しかった")
            await pilot.click(offset=place(app, "易しかった"))
            await until(app, lambda: len(screen._answers) == 1)
            await asked(app)
            assert screen._answers[0].grade == "easy"
            await pilot.press("u")
            await until(app, lambda: not screen._answers)
            await shows(app, "解答を取り消した")
            await commit(pilot, "\u3000")
            await shows(app, "難しかった")
            await commit(pilot, "２")
            await until(app, lambda: len(screen._answers) == 1)
            assert screen._answers[0].grade == "hard"

    async def test_a_turned_card_wants_a_grade_and_can_be_left(
        self, open_app: OpenApp, open_study: OpenStudy
    ) -> None:
        app = open_app(open_study(CARDS))
        async with app.run_test() as pilot:
            screen = await asked(app)
            await pilot.press("enter", "enter")
            await shows(app, "1から4で答える。")
            await pilot.press("5", "down", "escape")
            await until(app, lambda: app.screen is not screen)
            assert not isinstance(app.screen, ConfirmScreen)

    async def test_the_last_card_leads_to_the_summary(
        self, open_app: OpenApp, open_study: OpenStudy
    ) -> None:
        app = open_app(open_study(pack(card())))
        async with app.run_test() as pilot:
            screen = await asked(app)
            await pilot.press("space", "4")
            await until(app, lambda: screen.phase is Phase.FINISHED)
            await shows(app, "1問解答、1問正解")


class TestHints:
    async def test_hints_are_shown_one_by_one_and_said_to_cost(
        self, open_app: OpenApp, open_study: OpenStudy
    ) -> None:
        app = open_app(open_study(TERM))
        async with app.run_test(size=(80, 30)) as pilot:
            await asked(app)
            assert "F2 ヒント" in text(app)
            await pilot.press("f2")
            await shows(app, "ヒント1/2  統計学者の名前が付いている。")
            await shows(app, "今日もう一度出る")
            assert "頭文字" not in text(app)
            await pilot.press("f2")
            await shows(app, "ヒント2/2  頭文字はHである。")
            assert "F2 ヒント" not in text(app)
            await pilot.press("f2")
            await shows(app, "ヒントはもうない。")
            await pilot.press(*"huber loss", "enter")
            await judged(app)
            await shows(app, "ヒントを2個見たので、得点は0.33。")
            assert "易しい" not in text(app)
            await pilot.press("u")
            await shows(app, "ヒント2/2")

    async def test_where_nothing_is_typed_t_is_enough(
        self, open_app: OpenApp, open_study: OpenStudy
    ) -> None:
        hinted = pack(choice(hints=["分位点である。"]), choice(id="bare"))
        app = open_app(open_study(hinted))
        async with app.run_test(size=(80, 30)) as pilot:
            screen = await asked(app)
            assert "t ヒント" in text(app)
            await commit(pilot, "ｔ")
            await shows(app, "ヒント1/1  分位点である。")
            assert screen.served is not None
            await pilot.press(right_label(screen), "enter")
            await judged(app)
            await shows(app, "ヒントを見たので今日もう一度")
            await pilot.press("h")
            assert screen._answers[0].grade == "again"
            await pilot.press("space")
            await asked(app)
            assert "t ヒント" not in text(app)
            await pilot.press("t")
            await shows(app, "この問題にヒントはない。")


async def test_a_passage_stands_above_and_scrolls(open_app: OpenApp, open_study: OpenStudy) -> None:
    long = case(passage="\n".join(f"第{number}段落の文章である。" for number in range(1, 31)))
    app = open_app(open_study(pack(long)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app)
        await shows(app, "第1段落")
        assert "中央値を推定する" not in text(app)
        await pilot.press("pagedown", "pagedown")
        await shows(app, "中央値を推定する")
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await pilot.press("space")
        await asked(app)
        await shows(app, "第1段落")
