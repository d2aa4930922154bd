"""Every kind of question on the screen, beyond what choice and numeric share with test_study."""

from __future__ import annotations

import pytest

from quizapp.tui.moment import Phase
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.study import StudyScreen
from tests.questions.examples import multiple, pick, true_false
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import SQUARES_OR_SIZES, pack
from tests.quizapp.tui.seen import commit, flowing, place, shows, text, until
from tests.quizapp.tui.steps import asked, choices_of, judged, wrong_label

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
        await until(app, lambda: choices_of(screen).label == "1")
        await pilot.click(offset=place(app, "2  誤っている"))
        await until(app, lambda: choices_of(screen).label == "2")
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
        await until(app, lambda: choices_of(screen).label == label)
        await pilot.press("enter")
        await judged(app)
        await shows(app, "誤り・あなたの答え")


ROBUST = pack(multiple())


def right_labels(screen: StudyScreen) -> list[str]:
    assert screen.served is not None
    return [option.label for option in screen.served.variant.options if option.right]


async def test_all_right_options_are_found(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(ROBUST))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        assert text(app).count("[ ]") == 5
        assert "1-5 Space" in text(app)
        await pilot.press(*right_labels(screen))
        await until(app, lambda: text(app).count("[x]") == 3)
        await pilot.press("enter")
        await judged(app)
        await shows(app, "適切な選択肢をすべて選んだ。")
        assert flowing(app).count("[正解・あなたの答え]") == 3
        for option in multiple().options:
            assert option.reason in flowing(app)


async def test_some_of_the_right_options_are_part_of_the_score(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(ROBUST))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        await pilot.press(*right_labels(screen)[:2], wrong_label(screen), "enter")
        await judged(app)
        await shows(app, "一部正解")
        await shows(app, "得点は1/3。")
        assert "e 易しい" not in text(app)
        assert flowing(app).count("[正解・あなたの答え]") == 2
        assert flowing(app).count("[正解]") == 1
        assert flowing(app).count("[誤り・あなたの答え]") == 1


async def test_options_are_taken_and_given_up(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(ROBUST))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        choices = choices_of(screen)
        labels = []
        for keys in (["space"], ["down", "space"], ["1"], ["up", "space"], ["3", "b"], ["up"]):
            await pilot.press(*keys)
            labels.append(choices.label)
        assert labels == ["1", "1 2", "2", "2 5", "3 5", "3 5"]
        assert screen.phase is Phase.ASKING


async def test_options_are_taken_with_an_input_method_left_on(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(ROBUST))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        await commit(pilot, "２４\u3000")  # the ideographic space gives up the 4 again
        await until(app, lambda: choices_of(screen).label == "2")


async def test_options_are_taken_and_answered_by_mouse(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(ROBUST))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        for words in ("Huber損失", "Log-Cosh損失", "RMSE", "RMSE"):
            await pilot.click(offset=place(app, words))
        await until(app, lambda: text(app).count("[x]") == 2)
        assert screen.phase is Phase.ASKING
        await pilot.click(offset=place(app, "MAE"))
        await until(app, lambda: text(app).count("[x]") == 3)
        await pilot.click(offset=place(app, "解答  Enter"))
        await judged(app)
        await shows(app, "適切な選択肢をすべて選んだ。")


async def test_nothing_taken_is_no_answer_and_can_be_left_at_once(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(ROBUST))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        await pilot.press("1", "1", "down", "enter")
        await shows(app, "選択肢を選んでから解答する")
        await pilot.press("escape")
        await until(app, lambda: app.screen is not screen)
        assert not isinstance(app.screen, ConfirmScreen)


async def test_an_answer_taken_back_is_there_again(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(ROBUST))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        await pilot.press("2", "4", "enter")
        await judged(app)
        await pilot.press("u")
        await asked(app)
        assert choices_of(screen).label == "2 4"
        assert text(app).count("[x]") == 2


async def test_a_comparison_shows_the_value_of_every_side(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(pack(SQUARES_OR_SIZES)))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        assert "1-3" in text(app)
        assert "3  等しい" in text(app)
        assert "2.17" not in text(app)
        await pilot.press(label_of(screen, "平均絶対誤差"), "enter")
        await judged(app)
        assert screen._answered is not None
        assert screen._answered.verdict.outcome == "wrong"
        seen = flowing(app)
        assert "値は2.167で、最も大きい（2.167>1.333）。" in seen
        assert "値は1.333で、正解の2.167より小さい（1.333<2.167）。" in seen
        assert "値は等しくない（2.167≠1.333）。" in seen
        assert "［1］" in seen
        assert "［2］" in seen


async def test_a_comparison_is_answered_with_a_full_width_key(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(pack(SQUARES_OR_SIZES)))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        label = label_of(screen, "平均二乗誤差")
        await commit(pilot, chr(ord(label) + 0xFEE0))
        await until(app, lambda: choices_of(screen).label == label)
        await pilot.press("enter")
        await judged(app)
        await shows(app, "正解・あなたの答え")


def label_of(screen: StudyScreen, words: str) -> str:
    """The number of the option with these words."""
    assert screen.served is not None
    options = screen.served.variant.options
    return next(option.label for option in options if option.text == words)
