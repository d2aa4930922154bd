"""Mock exams on the screen: a pack for them, and what a learner does step by step."""

from __future__ import annotations

from quizapp.history.exam import ExamQuestion
from quizapp.tui.app import QuizApp
from quizapp.tui.moment import Phase
from quizapp.tui.opening import ExamWishes
from quizapp.tui.screens.exam import ExamScreen
from quizapp.tui.screens.exam_lobby import ExamLobbyScreen
from quizapp.tui.screens.exam_report import ExamReportScreen, ExamReviewScreen
from quizapp.tui.widgets.menu import Menu
from tests.quizapp.tui.packs import ENTROPY, ROBUST, SQUARES_OPTIONS, pack
from tests.quizapp.tui.seen import painted, until

DRILL = pack(
    ROBUST,
    ENTROPY,
    SQUARES_OPTIONS,
    *(
        ROBUST.model_copy(update={"id": f"robust-{number}", "topic": topic})
        for number, topic in enumerate(("13b", "13c", "13d", "13e", "10"))
    ),
)
SHORT = ExamWishes(questions=4, minutes=3, seed=1)


async def in_lobby(app: QuizApp) -> ExamLobbyScreen:
    """Wait until there is something to choose from."""
    await until(app, lambda: isinstance(app.screen, ExamLobbyScreen) and offered(app.screen))
    await painted(app)
    screen = app.screen
    assert isinstance(screen, ExamLobbyScreen)
    return screen


def offered(screen: ExamLobbyScreen) -> bool:
    return any(
        menu.present is not None for menu in screen.query(Menu)
    )  # none before it is laid out


async def asked(app: QuizApp, number: int) -> ExamScreen:
    """Wait for a question of the exam, counted from 1, to be answered."""
    await until(
        app,
        lambda: (
            isinstance(app.screen, ExamScreen)
            and app.screen.phase is Phase.ASKING
            and app.screen.exam.present == number - 1
            and not app.screen.busy
        ),
    )
    await painted(app)
    screen = app.screen
    assert isinstance(screen, ExamScreen)
    return screen


async def reported(app: QuizApp) -> ExamReportScreen:
    """Wait for the report."""
    await until(app, lambda: isinstance(app.screen, ExamReportScreen))
    await painted(app)
    screen = app.screen
    assert isinstance(screen, ExamReportScreen)
    return screen


async def reviewed(app: QuizApp, number: int) -> ExamReviewScreen:
    """Wait for the review of a question, counted from 1."""
    await until(
        app,
        lambda: isinstance(app.screen, ExamReviewScreen) and app.screen.shown == number - 1,
    )
    await painted(app)
    screen = app.screen
    assert isinstance(screen, ExamReviewScreen)
    return screen


def wrong(question: ExamQuestion) -> str:
    return next(each.label for each in question.variant.options if each.label != question.key)
