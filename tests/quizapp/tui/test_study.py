"""A learner studies on the screen, with the real database and the real worker."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import monotonic

import pytest
from rich.cells import cell_len
from sqlalchemy import func, select

from questions.compute.client import ComputeWorker
from quizapp.history.tables import Review
from quizapp.language import say, use
from quizapp.learning.serving import Served
from quizapp.settings import Settings
from quizapp.study import Study
from quizapp.tui.app import QuizApp
from quizapp.tui.forms.answer_field import AnswerField
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.forms.number_form import NumberForm
from quizapp.tui.forms.options_form import OptionsForm
from quizapp.tui.moment import Phase
from quizapp.tui.opening import Opening
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.theme import OURS
from quizapp.tui.widgets.keybar import KeyBar, fitting, width
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import (
    DRILL,
    ENTROPY,
    HOSTILE_PACK,
    RIGHT,
    ROBUST,
    SQUARES,
    SQUARES_OPTIONS,
    SUM_FOR_MEAN,
    WORD,
    pack,
)
from tests.quizapp.tui.seen import commit, flowing, lines, painted, place, shows, text, until
from tests.quizapp.tui.steps import (
    asked,
    choices_of,
    field_of,
    judged,
    phase,
    right_label,
    wrong_label,
)

NUMERIC = pack(SQUARES)
CALCULATED = pack(SQUARES_OPTIONS)
CHOICE = pack(ROBUST)


def answers(study: Study) -> int:
    with study.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Review)) or 0


# Choosing


async def test_a_right_choice(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        assert "最も不適切" in text(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await shows(app, "正解・あなたの答え")
        for option in ROBUST.options:
            assert option.reason in flowing(app)
        assert "解説" in text(app)
        assert "明日" in text(app) or "日後" in text(app)


async def test_a_wrong_choice(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(wrong_label(screen), "enter")
        await judged(app)
        await shows(app, "誤り・あなたの答え")
        assert "不正解" in text(app)
        assert "[正解]" in text(app)
        assert "10分後" in text(app)


@pytest.mark.parametrize("key", ["2", "b"])
async def test_an_option_has_a_number_and_a_letter(open_app: OpenApp, key: str) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(key)
        assert choices_of(screen).label == "2"
        assert screen.phase is Phase.ASKING


@pytest.mark.parametrize("character", ["２", "ｂ", "Ｂ"])
async def test_options_are_chosen_with_an_input_method_left_on(
    open_app: OpenApp, character: str
) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await commit(pilot, character)
        await until(app, lambda: choices_of(screen).label == "2")


async def test_arrows_choose_around_the_ends(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        chosen = []
        for key in ("down", "down", "up", "up", "up", "down"):
            await pilot.press(key)
            chosen.append(choices_of(screen).label)
        assert chosen == ["1", "2", "1", "4", "3", "4"]


@pytest.mark.parametrize("key", ["9", "i", "x", "0", "space", "h"])
async def test_other_keys_choose_nothing(open_app: OpenApp, key: str) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(key)
        assert choices_of(screen).label is None
        assert screen.phase is Phase.ASKING


async def test_enter_without_a_choice_asks_for_one(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = open_study()
    app = open_app(study)
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press("enter")
        await shows(app, "選択肢を選んでから解答する")
        assert answers(study) == 0


async def test_a_chosen_option_is_marked_by_more_than_colour(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press("3")
        await until(app, lambda: any(line.lstrip().startswith("> 3") for line in lines(app)))


# Choosing among calculated numbers


async def test_a_right_calculated_option(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(CALCULATED))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        assert not screen.query(AnswerField)
        assert RIGHT in text(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await shows(app, "正解・あなたの答え")
        assert "この数値での計算" in text(app)
        assert "見つかった誤り" not in text(app)


async def test_a_wrong_calculated_option_names_its_mistake(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = open_study(CALCULATED)
    app = open_app(study)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        wrong = wrong_label(screen)
        await commit(pilot, chr(ord(wrong) + 0xFEE0))  # an input method was left on
        await until(app, lambda: choices_of(screen).label == wrong)
        await pilot.press("enter")
        await judged(app)
        await shows(app, "誤り・あなたの答え")
        await shows(app, "見つかった誤り")
        assert "ここで誤った" in flowing(app)
        assert screen._answered is not None
        for reason in screen._answered.verdict.reasons:
            assert "".join(say(reason.reason).split()) in flowing(app)
        assert answers(study) == 1
        await pilot.press("u")
        await asked(app)
        assert choices_of(screen).label == wrong
        assert answers(study) == 1  # retracted, not deleted


async def test_a_calculated_option_is_chosen_with_the_mouse(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(CALCULATED))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        at = place(app, RIGHT)
        await pilot.click(offset=at)
        await until(app, lambda: choices_of(screen).label == right_label(screen))
        await pilot.click(offset=at)
        await judged(app)
        await shows(app, "正解・あなたの答え")


async def test_calculated_options_in_english(open_app: OpenApp, open_study: OpenStudy) -> None:
    use("en")
    app = open_app(open_study(CALCULATED))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        await pilot.press(wrong_label(screen), "enter")
        await judged(app)
        await shows(app, "This is what the numbers shown give.")


# Typing numbers


async def test_a_right_number(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(NUMERIC))
    async with app.run_test(size=(80, 40)) as pilot:
        await asked(app)
        assert "小数第2位まで" in text(app)
        await pilot.press(*RIGHT, "enter")
        await judged(app)
        await shows(app, "正しい値")
        assert RIGHT in text(app)
        assert "この数値での計算" in text(app)
        assert "差が0.0051以下" in flowing(app)
        assert "出典" in text(app)


async def test_the_sum_for_the_mean_is_recognised(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(NUMERIC))
    async with app.run_test(size=(80, 40)) as pilot:
        await asked(app)
        await pilot.press(*SUM_FOR_MEAN, "enter")
        await judged(app)
        await shows(app, "見つかった誤り")
        assert "合計のまま" in lines(app)[-2]
        assert "ここで誤った" in flowing(app)
        assert "不正解" in text(app)


async def test_full_width_numbers_are_read(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(NUMERIC))
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await asked(app)
        await commit(pilot, "２．１７")
        await until(app, lambda: field_of(screen).value == "２．１７")
        await pilot.press("enter")
        await judged(app)
        await shows(app, "２．１７")


async def test_what_cannot_be_read_costs_nothing(open_app: OpenApp, open_study: OpenStudy) -> None:
    study = open_study(NUMERIC)
    app = open_app(study)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(*"1..2", "enter")
        await until(app, lambda: screen.query_one("#status").has_class("-error"))
        assert screen.phase is Phase.ASKING
        assert field_of(screen).value == "1..2"
        await until(app, lambda: field_of(screen).has_focus)
        assert answers(study) == 0
        await pilot.press(*["backspace"] * 4, *RIGHT, "enter")
        await judged(app)
        assert answers(study) == 1


async def test_enter_without_a_number_asks_for_one(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(NUMERIC))
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press("enter")
        await shows(app, "数を入力してから解答する")


@pytest.mark.parametrize(("key", "screen_of"), [("question_mark", HelpScreen), ("q", HomeScreen)])
async def test_an_empty_field_leaves_the_command_keys(
    open_app: OpenApp, open_study: OpenStudy, key: str, screen_of: type
) -> None:
    app = open_app(open_study(NUMERIC))
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press(key)
        await until(app, lambda: isinstance(app.screen, screen_of))


async def test_a_field_that_is_not_empty_takes_every_letter(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(NUMERIC))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(*"sqrt(2)u")
        assert field_of(screen).value == "sqrt(2)u"


# Going on, amending, taking back


async def test_next_with_space_and_with_enter(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await pilot.press("space")
        await asked(app)
        assert "平均二乗誤差を小数第2位まで" in flowing(app)
        await pilot.press(*RIGHT, "enter")
        await judged(app)
        await pilot.press("enter")
        await asked(app)
        assert ENTROPY.stem in flowing(app)


async def test_next_with_an_input_method_left_on(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await commit(pilot, "\u3000")
        await until(app, lambda: screen.phase is Phase.ASKING)


@pytest.mark.parametrize(
    ("key", "word"), [("h", "難しかった"), ("e", "易しかった"), ("え", "易しかった")]
)
async def test_a_right_answer_can_be_called_hard_or_easy(
    open_app: OpenApp, open_study: OpenStudy, key: str, word: str
) -> None:
    study = open_study()
    app = open_app(study)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        assert "難しい" in lines(app)[-1]
        await commit(pilot, key)
        await shows(app, word)
        with study.engine.connect() as connection:
            latest = select(Review.grade).order_by(Review.id.desc()).limit(1)
            assert connection.scalar(latest) == ("hard" if key == "h" else "easy")


async def test_a_wrong_answer_cannot(open_app: OpenApp, open_study: OpenStudy) -> None:
    study = open_study()
    app = open_app(study)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(wrong_label(screen), "enter")
        await judged(app)
        assert "難しい" not in lines(app)[-1]
        await pilot.press("e")
        await pilot.pause()
        assert answers(study) == 1


async def test_undo_after_the_verdict(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        label = wrong_label(screen)
        await pilot.press(label, "enter")
        await judged(app)
        assert "解答 1" in text(app)
        await pilot.press("u")
        await until(app, lambda: screen.phase is Phase.ASKING)
        await shows(app, "解答を取り消した")
        assert choices_of(screen).label == label
        assert "解答 0" in text(app)
        assert ROBUST.stem[:20] in flowing(app)


@pytest.mark.parametrize("key", ["u", "ctrl+z"])
async def test_undo_from_the_next_question(
    open_app: OpenApp, open_study: OpenStudy, key: str
) -> None:
    app = open_app(open_study(pack(SQUARES, SQUARES.model_copy(update={"id": "another"}))))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(*SUM_FOR_MEAN, "enter")
        await judged(app)
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.ASKING)
        assert field_of(screen).value == ""
        await pilot.press(key)
        await until(app, lambda: field_of(screen).value == SUM_FOR_MEAN)


async def test_nothing_to_take_back(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press("u")
        await shows(app, "取り消せる解答がない")


# Keys that were meant for something else


async def test_keys_of_the_first_moment_do_not_answer(open_app: OpenApp) -> None:
    app = open_app(grace=1000.0)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("1", "down", "enter", "space")
        assert screen.phase is Phase.ASKING
        assert choices_of(screen).label is None


async def test_the_moment_passes(open_app: OpenApp) -> None:
    app = open_app(grace=Opening(open=lambda: None).grace)  # type: ignore[arg-type,return-value]
    async with app.run_test() as pilot:
        screen = await asked(app)
        assert screen.grace == 0.3
        screen.shown_at = monotonic() + 1000
        await pilot.press("1")
        assert choices_of(screen).label is None
        screen.shown_at = monotonic() - 0.31
        await pilot.press("1")
        assert choices_of(screen).label == "1"


async def test_a_number_typed_in_the_first_moment_is_kept_but_not_given(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(NUMERIC), grace=1000.0)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(*RIGHT, "enter")
        assert field_of(screen).value == RIGHT
        assert screen.phase is Phase.ASKING


async def test_a_key_too_many_does_not_skip_the_verdict(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(NUMERIC), grace=0.0)
    async with app.run_test() as pilot:
        screen = await asked(app)
        screen.grace = 1000.0
        screen.shown_at -= 2000.0
        await pilot.press(*RIGHT, "enter", "enter", "enter", "space")
        await judged(app)
        assert "正しい値" in text(app)


# The worker


async def test_an_answer_given_before_pytorch_is_there_is_graded_later(
    open_app: OpenApp, open_study: OpenStudy, held_worker: tuple[ComputeWorker, Path]
) -> None:
    worker, loaded = held_worker
    open_study(NUMERIC).session().settle_ahead()
    study = open_study(NUMERIC, worker=worker)
    app = open_app(study)
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press(*RIGHT, "enter")
        await shows(app, "採点中")
        await pilot.press("u", "enter", "space")  # nothing of this may disturb it
        assert not study.compute.ready
        loaded.touch()
        await judged(app)
        await shows(app, "正しい値")
        assert answers(study) == 1


async def test_a_question_whose_numbers_are_prepared_comes_by_itself(
    open_app: OpenApp, open_study: OpenStudy, held_worker: tuple[ComputeWorker, Path]
) -> None:
    worker, loaded = held_worker
    app = open_app(open_study(NUMERIC, worker=worker))
    async with app.run_test():
        await shows(app, "次の問題の数値を準備しています")
        loaded.touch()
        await asked(app)
        assert "平均二乗誤差を小数第2位まで" in flowing(app)


async def test_numbers_are_prepared_while_the_home_screen_is_read(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = open_study(NUMERIC, worker=ComputeWorker())
    app = open_app(study, start="home")
    async with app.run_test():
        await until(
            app,
            lambda: isinstance(study.session().next(computing_ready=False), Served),
        )


async def test_other_questions_come_first_meanwhile(
    open_app: OpenApp, open_study: OpenStudy, held_worker: tuple[ComputeWorker, Path]
) -> None:
    worker, _loaded = held_worker
    app = open_app(open_study(pack(SQUARES, ENTROPY), worker=worker))
    async with app.run_test():
        await asked(app)
        assert ENTROPY.stem in flowing(app)


async def test_what_was_typed_stays_when_nothing_can_be_computed(
    open_app: OpenApp, open_study: OpenStudy, broken_worker: tuple[ComputeWorker, Path]
) -> None:
    worker, mended = broken_worker
    open_study(NUMERIC).session().settle_ahead()
    study = open_study(NUMERIC, worker=worker)
    app = open_app(study)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(*RIGHT, "enter")
        await until(app, lambda: screen.query_one("#status").has_class("-error"))
        assert "計算エンジン" in flowing(app)
        assert field_of(screen).value == RIGHT
        await until(app, lambda: field_of(screen).has_focus)
        assert answers(study) == 0
        mended.touch()
        await pilot.press("enter")
        await judged(app)
        assert answers(study) == 1


async def test_nothing_to_show_can_be_tried_again(
    open_app: OpenApp, open_study: OpenStudy, broken_worker: tuple[ComputeWorker, Path]
) -> None:
    worker, mended = broken_worker
    app = open_app(open_study(NUMERIC, worker=worker))
    async with app.run_test() as pilot:
        await until(app, lambda: phase(app) is Phase.STUCK)
        assert "もう一度試す" in text(app)
        mended.touch()
        await pilot.press("enter")
        await asked(app)


async def test_a_killed_worker_loses_no_answer(open_app: OpenApp, open_study: OpenStudy) -> None:
    study = open_study(NUMERIC, worker=ComputeWorker())
    app = open_app(study)
    async with app.run_test() as pilot:
        await asked(app)
        assert study.compute.pid is not None
        os.kill(study.compute.pid, signal.SIGKILL)
        await pilot.press(*RIGHT, "enter")
        await judged(app)
        assert answers(study) == 1


async def test_an_answer_to_a_card_answered_elsewhere_is_not_recorded(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = open_study(CHOICE)
    app = open_app(study)
    async with app.run_test() as pilot:
        screen = await asked(app)
        elsewhere = open_study(CHOICE).session()
        served = elsewhere.next(computing_ready=False)
        elsewhere.answer(served, "1", milliseconds=1)  # type: ignore[arg-type]  # it is Served
        await pilot.press("1", "enter")
        await until(app, lambda: screen.query_one("#status").has_class("-error"))
        assert "記録しなかった" in flowing(app)
        assert answers(study) == 1


# Leaving


async def test_an_untouched_question_is_left_at_once(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press("escape")
        await until(app, lambda: isinstance(app.screen, HomeScreen))


async def test_a_half_answered_question_asks_first(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("2", "escape")
        await until(app, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(app, lambda: app.screen is screen)
        assert choices_of(screen).label == "2"
        await pilot.press("q")
        await until(app, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(app, lambda: isinstance(app.screen, HomeScreen))


async def test_staying_leaves_the_typed_number_and_the_cursor(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(NUMERIC))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("2", ".", "escape")
        await until(app, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("n")
        await until(app, lambda: app.screen is screen)
        await pilot.press("1", "7")
        assert field_of(screen).value == "2.17"


async def test_home_counts_again(open_app: OpenApp) -> None:
    app = open_app(start="home")
    async with app.run_test() as pilot:
        await shows(app, "学習を始める  Enter")
        await pilot.press("enter")
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await pilot.press("escape")
        await until(app, lambda: isinstance(app.screen, HomeScreen))
        await until(app, lambda: _row(app, "うち正解").endswith("1"))
        assert _row(app, "解答").endswith("1")
        await pilot.press("space")
        assert await asked(app) is not screen


def _row(app: QuizApp, name: str) -> str:
    """The row of a number in the left box of the home screen."""
    left = [line.split("│")[1].strip() for line in lines(app) if line.count("│") >= 2]
    return next((row for row in left if row.startswith(name)), "")


async def test_the_session_ends_with_a_summary(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.ASKING)
        await pilot.press(*SUM_FOR_MEAN, "enter")
        await judged(app)
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.ASKING)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await pilot.press("space")
        # The wrong one comes again, ahead of its time: nothing else is left.
        await until(app, lambda: screen.phase is Phase.ASKING)
        assert "もう一度" in lines(app)[0]
        await pilot.press(*RIGHT, "enter")
        await judged(app)
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.FINISHED)
        await shows(app, "4問解答、3問正解")
        assert "見つかった誤り" in text(app)
        assert "1回" in text(app)
        assert "合計のまま" in flowing(app)
        await pilot.press("enter")
        await until(app, lambda: isinstance(app.screen, HomeScreen))
        await shows(app, "今日の分は終わった")


async def test_a_limit_ends_the_session_and_home_offers_the_rest(open_app: OpenApp) -> None:
    app = open_app(limit=1)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.FINISHED)
        await pilot.press("escape")
        await until(app, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("enter")
        await asked(app)


async def test_a_session_about_one_kind(open_app: OpenApp) -> None:
    app = open_app(kind="numeric")
    async with app.run_test():
        screen = await asked(app)
        assert screen.served is not None
        assert screen.served.variant.question_id == "drill/mean-of-squares"


# The mouse alone


async def test_home_study_verdict_home_by_mouse(open_app: OpenApp) -> None:
    app = open_app(start="home")
    async with app.run_test(size=(80, 40)) as pilot:
        await shows(app, "学習を始める  Enter")
        await pilot.click(offset=place(app, "学習を始める  Enter"))
        screen = await asked(app)
        await pilot.pause()
        await pilot.click(offset=place(app, ROBUST.options[2].text))
        await until(app, lambda: choices_of(screen).chosen is not None)
        await pilot.pause()
        await pilot.click(offset=place(app, "解答  Enter"))
        await judged(app)
        await shows(app, "次へ  Space")
        await pilot.click(offset=place(app, "次へ  Space"))
        await until(app, lambda: screen.phase is Phase.ASKING)
        await shows(app, "戻る")
        await pilot.click(offset=place(app, "戻る"))
        await until(app, lambda: isinstance(app.screen, HomeScreen))


async def test_a_second_click_on_the_chosen_option_answers(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await asked(app)
        await pilot.pause()
        where = place(app, ROBUST.options[0].text)
        await pilot.click(offset=where)
        await pilot.click(offset=where)
        await judged(app)


async def test_the_confirmation_by_mouse(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("1", "escape")
        await shows(app, "続ける")
        await pilot.click(offset=place(app, "続ける"))
        await until(app, lambda: app.screen is screen)
        await pilot.press("escape")
        await shows(app, "続ける")
        await pilot.click("#yes")
        await until(app, lambda: isinstance(app.screen, HomeScreen))


# What is on the screen


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_keys_fit_80_columns_at_every_moment(open_app: OpenApp, language: str) -> None:
    use(language)
    app = open_app()
    met: set[Phase] = set()
    async with app.run_test() as pilot:
        screen = await asked(app)

        def check() -> None:
            hints = screen.query_one(KeyBar).hints
            assert width(hints) <= 80, hints
            assert fitting(hints, 60), hints
            assert cell_len(lines(app)[-1]) <= 80
            met.add(screen.phase)

        for _turn in range(5):
            await until(app, lambda: screen.phase in (Phase.ASKING, Phase.FINISHED))
            check()
            if screen.phase is Phase.FINISHED:
                break
            keys = RIGHT if screen.typing else right_label(screen)
            await pilot.press(*keys, "enter")
            await judged(app)
            check()
            await pilot.press("space")
            await until(app, lambda: screen.phase is not Phase.JUDGED)
    assert met == {Phase.ASKING, Phase.JUDGED, Phase.FINISHED}


@pytest.mark.parametrize("columns", [60, 80, 99, 100, 120, 200])
async def test_lines_wrap_again_when_the_terminal_changes(open_app: OpenApp, columns: int) -> None:
    app = open_app()
    async with app.run_test(size=(80, 30)) as pilot:
        screen = await asked(app)
        await pilot.press(wrong_label(screen), "enter")
        await judged(app)
        await pilot.resize_terminal(columns, 60)
        await pilot.pause(0.2)
        assert all(cell_len(line) <= columns for line in lines(app))
        seen = flowing(app).replace("│", "")
        if columns < 100:  # beside the panel, its lines are in between
            assert ROBUST.explanation in seen
        assert ("この問題" in text(app)) == (columns >= 100)


async def test_a_long_verdict_begins_with_the_answer_and_scrolls(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await asked(app)
        await pilot.press(wrong_label(screen), "enter")
        await judged(app)
        await until(app, lambda: screen.board.body.scroll_y > 0)
        assert any(line.lstrip(" >").startswith("1 ") for line in lines(app)[1:4])
        assert "出典" not in text(app)
        await pilot.press("pagedown", "pagedown")
        await shows(app, "出典")
        await pilot.press("up")
        await pilot.press("space")
        await until(app, lambda: screen.phase is Phase.ASKING)
        await until(app, lambda: screen.board.body.scroll_y == 0)


async def test_a_chosen_option_scrolls_into_view(open_app: OpenApp, open_study: OpenStudy) -> None:
    long = ROBUST.model_copy(update={"stem": ROBUST.stem * 6})
    app = open_app(open_study(pack(long)))
    async with app.run_test(size=(60, 20)) as pilot:
        await asked(app)
        assert "  4  " not in text(app)
        await pilot.press("up")
        await until(app, lambda: any(line.lstrip().startswith("> 4") for line in lines(app)))


async def test_the_palette_goes_home_and_asks_first(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await asked(app)
        await pilot.press("2", "ctrl+p")
        await shows(app, "最初の画面")
        await pilot.press(*"最初")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(app, lambda: isinstance(app.screen, ConfirmScreen))


THEMES = [*(ours.name for ours in OURS), "textual-light", "nord", "ansi-dark", "ansi-light"]


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_shows_the_whole_way(open_app: OpenApp, theme: str) -> None:
    app = open_app(theme=theme)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await asked(app)
        assert app.theme == theme
        await pilot.press(wrong_label(screen), "enter")
        await judged(app)
        await shows(app, "誤り・あなたの答え")
        assert "この問題" in text(app)


# Text that wants to act


async def test_hostile_text_is_shown_and_does_nothing(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(HOSTILE_PACK))
    seen = ""
    async with app.run_test() as pilot:
        for _question in range(2):
            screen = await asked(app)
            assert app.is_running
            await pilot.pause(0.2)
            seen += _shown_text(screen)
            keys = RIGHT if screen.typing else "1"
            await pilot.press(*keys, "enter")
            await judged(app)
            await pilot.pause(0.2)
            seen += _shown_text(screen)
            await pilot.press("space")
            await until(app, lambda: phase(app) is not Phase.JUDGED)
    flat = "".join(seen.split())
    assert "\x1b" not in seen
    assert "\u202e" not in seen
    for what in "問甲乙丙丁解出計説典":
        visible = f"{what}始[b]x[/b][@click=app.quit]q[/]赤[`[/{WORD}{what}終"
        assert visible in flat, what


def _shown_text(screen: StudyScreen) -> str:
    """The lines of every sheet as they are on the screen, without the indents."""
    from quizapp.tui.page import Sheet

    return "".join(
        sheet.page.at(sheet.content_size.width).plain
        for sheet in screen.query(Sheet)
        if sheet.display and sheet.content_size.width
    )


async def test_only_the_form_of_the_question_is_seen(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        seen = []
        while screen.phase is not Phase.FINISHED:
            shown = [form for form in screen.query(AnswerForm) if form.display]
            assert shown == [screen.form]
            seen.append(type(shown[0]))
            assert screen.typing == (screen.focused is not None)
            keys = RIGHT if screen.typing else right_label(screen)
            await pilot.press(*keys, "enter")
            await judged(app)
            await pilot.press("space")
            await until(app, lambda: screen.phase in (Phase.ASKING, Phase.FINISHED))
            await painted(app)
        assert {OptionsForm, NumberForm} <= set(seen)
        assert not any(form.display for form in screen.query(AnswerForm))


async def test_the_same_pack_again_changes_nothing(open_study: OpenStudy) -> None:
    """The fixture itself: opening the same database again keeps what was answered."""
    first = open_study(DRILL)
    session = first.session()
    served = session.next(computing_ready=False)
    session.answer(served, "1", milliseconds=1)  # type: ignore[arg-type]  # it is Served
    assert open_study(DRILL).overview().seen == 1


# Steps back and forth, putting aside, confidence


async def test_redo_gives_the_answer_again(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(wrong_label(screen), "enter")
        await judged(app)
        await pilot.press("u")
        await until(app, lambda: screen.phase is Phase.ASKING)
        assert "解答 0" in text(app)
        await pilot.press("r")
        await shows(app, "解答をやり直した")
        assert "解答 1" in text(app)
        await pilot.press("ctrl+y")  # r would be typed
        await shows(app, "やり直せる操作がない")


async def test_an_amendment_is_taken_back_on_the_spot(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await judged(app)
        await pilot.press("e")
        await shows(app, "易しい")
        await pilot.press("u")
        await shows(app, "評価の変更を取り消した")
        assert screen.phase is Phase.JUDGED
        await pilot.press("h")
        await shows(app, "難しい")


@pytest.mark.parametrize(("key", "says"), [("minus", "明日に先送りした"), ("!", "出題を止めた")])
async def test_put_aside_and_back(open_app: OpenApp, key: str, says: str) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        screen = await asked(app)
        first = screen.served
        await pilot.press(key)
        await shows(app, says)
        assert screen.served is not first
        await pilot.press("ctrl+z")
        await shows(app, "取り消した")
        assert first is not None
        assert screen.served is not None
        assert screen.served.variant == first.variant


async def test_confidence_is_asked_for_where_it_is_wanted(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = open_study(settings=Settings(ask_confidence=True))
    app = open_app(study)
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(right_label(screen), "enter")
        await shows(app, "どのくらい自信があるか")
        await pilot.press("escape")
        await until(app, lambda: app.screen is screen)
        assert screen.phase is Phase.ASKING
        await pilot.press("enter")
        await shows(app, "どのくらい自信があるか")
        await pilot.press("3")
        await judged(app)
        await shows(app, "難しい")  # a right guess
