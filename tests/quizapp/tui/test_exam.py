"""A learner sits a mock exam on the screen, with the real database and the real worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from quizapp.history.exam import Exam
from quizapp.history.tables import Review
from quizapp.study import Study
from quizapp.tui.app import QuizApp
from quizapp.tui.moment import Phase
from quizapp.tui.opening import ExamWishes
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.exam import ExamScreen
from quizapp.tui.screens.exam_overview import ExamOverviewScreen
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.widgets.keybar import KeyBar, fitting
from tests.quizapp.tui.conftest import NOW, OpenApp, OpenStudy
from tests.quizapp.tui.exams import DRILL, SHORT, asked, in_lobby, reported, reviewed, wrong
from tests.quizapp.tui.seen import commit, flowing, painted, shows, text, until

PRACTICE = replace(SHORT, practice=True)


@pytest.fixture
def study(open_study: OpenStudy) -> Study:
    return open_study(DRILL)


def open_exam(open_app: OpenApp, study: Study, wishes: ExamWishes = SHORT) -> QuizApp:
    return open_app(study, start="exam", exam=wishes)


def stored(study: Study) -> Exam:
    """Return the latest exam as another process would see it."""
    return study.exams()[0]


async def begin(app: QuizApp, pilot: object) -> ExamScreen:
    await in_lobby(app)
    await pilot.press("enter")  # type: ignore[attr-defined]
    return await asked(app, 1)


async def test_a_whole_exam(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        screen = await begin(app, pilot)
        assert "3:00" in text(app)
        assert "問1/4" in text(app)
        questions = screen.exam.questions
        await pilot.press(questions[0].key, "enter")
        await asked(app, 2)
        await pilot.press(wrong(questions[1]), "f", "enter")
        await asked(app, 3)
        await pilot.press("s")
        await shows(app, "2問が未解答である")
        await pilot.press("enter")
        await reported(app)
        assert "4問中1問正解（25%）" in text(app)
        assert "70%に届かない（合格点は非公表）" in text(app)
    exam = stored(study)
    assert exam.over
    assert [each.right for each in exam.questions] == [True, False, False, False]
    assert exam.questions[1].flagged


async def test_nothing_is_judged_in_a_strict_exam_and_answers_can_be_changed(
    open_app: OpenApp, study: Study
) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        screen = await begin(app, pilot)
        question = screen.exam.questions[0]
        await pilot.press(wrong(question), "enter")
        await asked(app, 2)
        assert "不正解" not in text(app)
        await pilot.press("p")
        screen = await asked(app, 1)
        assert screen.form is not None
        assert screen.form.raw == wrong(question)
        await pilot.press(question.key, "n")
        await asked(app, 2)
    assert [given.raw for given in stored(study).questions[0].answers] == [
        wrong(question),
        question.key,
    ]


async def test_a_choice_is_stored_without_enter(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        await begin(app, pilot)
        await commit(pilot, "２")
        await until(app, lambda: stored(study).questions[0].answer == "2")


async def test_practice_judges_at_once_and_stops_the_clock(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study, PRACTICE)
    async with app.run_test() as pilot:
        screen = await begin(app, pilot)
        await pilot.press(wrong(screen.exam.questions[0]), "enter")
        await until(app, lambda: screen.phase is Phase.JUDGED)
        await shows(app, "誤り・あなたの答え")
        await pilot.press("space")
        await asked(app, 2)
        await pilot.press("p")
        await until(app, lambda: screen.phase is Phase.JUDGED)  # it stands
        await pilot.press("escape")
        await in_lobby(app)
        assert stored(study).paused_at == NOW
        await shows(app, "解答 1/4、残り 3:00")
        await pilot.press("enter")
        await until(app, lambda: isinstance(app.screen, ExamScreen))
        assert stored(study).paused_at is None


async def test_leaving_a_strict_exam_asks_first_and_it_can_be_resumed(
    open_app: OpenApp, study: Study
) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        await begin(app, pilot)
        await pilot.press("1", "enter")
        await asked(app, 2)
        await pilot.press("2", "escape")
        await shows(app, "時計は進み続ける")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("escape")
        await asked(app, 2)
        await pilot.press("escape")
        await shows(app, "時計は進み続ける")
        await pilot.press("enter")
        await in_lobby(app)
    again = open_exam(open_app, study, ExamWishes(resume=True))
    async with again.run_test():
        screen = await asked(again, 2)
        assert [each.answer for each in screen.exam.questions] == ["1", "2", None, None]
        assert screen.form is not None
        assert screen.form.raw == "2"


async def test_the_overview_leads_to_any_question(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        await begin(app, pilot)
        await pilot.press("1", "g", "f", "o")
        await until(app, lambda: isinstance(app.screen, ExamOverviewScreen))
        await painted(app)
        assert "解答済み1、未解答3、印（*）1" in flowing(app)
        await pilot.press("right", "right", "right", "right", "enter")
        await asked(app, 4)
        await pilot.press("o", "escape")
        screen = await asked(app, 4)
        await pilot.press("n")
        await shows(app, "最後の問題である")
        assert screen.exam.present == 3
    first = stored(study).questions[0]
    assert (first.flagged, first.guessed) == (True, True)


class _Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize("covered", ["", "s", "o", "f1", "escape"])
async def test_when_the_time_is_up_the_exam_is_submitted(
    open_app: OpenApp, study: Study, covered: str
) -> None:
    clock = _Clock()
    app = open_exam(open_app, replace(study, clock=clock))
    async with app.run_test() as pilot:
        screen = await begin(app, pilot)
        await pilot.press(screen.exam.questions[0].key, "enter")
        screen = await asked(app, 2)
        if covered:
            await pilot.press(covered)
            await until(app, lambda: app.screen is not screen)
        clock.now += timedelta(minutes=4)
        await reported(app)
        assert "4問中1問正解" in text(app)
    exam = stored(study)
    assert exam.submitted_at == exam.deadline


async def test_resuming_too_late_shows_the_report(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        await begin(app, pilot)
        await pilot.press("1", "enter")
        await asked(app, 2)
    late = replace(study, clock=lambda: NOW + timedelta(hours=1))
    again = open_exam(open_app, late, ExamWishes(resume=True))
    async with again.run_test():
        await reported(again)
        assert "未解答" in text(again)


async def test_every_question_can_be_looked_at_afterwards(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study, replace(SHORT, questions=8))
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await begin(app, pilot)
        questions = screen.exam.questions
        calculated = next(each.position for each in questions if each.form == "calculation")
        for position in range(len(questions)):
            await asked(app, position + 1)
            label = questions[position].key
            await pilot.press(wrong(questions[position]) if position == calculated else label)
            await pilot.press("enter")
        await pilot.press("s", "enter")
        await reported(app)
        await pilot.press("enter")
        await reviewed(app, calculated + 1)  # the only wrong one
        await shows(app, "この数値での計算")
        await pilot.press("x")
        await reviewed(app, calculated + 1)
        await pilot.press("p" if calculated else "n")
        await reviewed(app, calculated if calculated else 2)
        await shows(app, "正解・あなたの答え")
        await pilot.press("escape")
        await reported(app)
        await pilot.press("o", "enter")
        await reviewed(app, 1)


async def test_wrong_ones_come_again_with_one_key(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        screen = await begin(app, pilot)
        await pilot.press(screen.exam.questions[0].key, "enter")
        await asked(app, 2)
        await pilot.press("s", "enter")
        await reported(app)
        assert reviews(study) == 0
        await pilot.press("w")
        await shows(app, "3問を復習に入れた")
        await pilot.press("w")
        await shows(app, "復習に入れる問題はない")
    assert reviews(study) == 3
    assert study.session().counts().learning == 3


def reviews(study: Study) -> int:
    with study.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Review)) or 0


async def test_from_home_to_an_exam_and_back(open_app: OpenApp, study: Study) -> None:
    app = open_app(study, start="home")
    async with app.run_test() as pilot:
        await shows(app, "学習を始める  Enter")
        await pilot.press("m")
        await in_lobby(app)
        assert "30問・20分" in text(app)
        assert "10問・5分" in text(app)
        await pilot.press("p")
        await shows(app, "練習形式: ")
        await pilot.press("enter")
        await shows(app, "8問しかない")  # the drill pack has no thirty
        await pilot.press("escape")
        await until(app, lambda: isinstance(app.screen, HomeScreen))


async def test_earlier_exams_are_listed(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        await begin(app, pilot)
        await pilot.press("s", "enter")
        await reported(app)
        await pilot.press("escape")
        await in_lobby(app)
        await shows(app, "これまでの試験")
        await pilot.press("up", "enter")
        await reported(app)


async def test_an_unknown_blueprint_is_named(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study, ExamWishes(blueprint="real"))
    async with app.run_test():
        await shows(app, "「real」という模擬試験はない")
        await shows(app, "loss-mini")


async def test_the_keys_of_an_exam_fit_and_are_explained(open_app: OpenApp, study: Study) -> None:
    app = open_exam(open_app, study)
    async with app.run_test() as pilot:
        screen = await begin(app, pilot)
        hints = screen.query_one(KeyBar).hints
        shown = {hint.key for hint in fitting(hints, 80)}
        assert {"enter", "n", "p", "f", "o", "s", "escape"} <= shown
        await pilot.press("f1")
        await shows(app, "試験中")
        assert isinstance(app.screen, HelpScreen)
