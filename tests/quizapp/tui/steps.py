"""What a learner does on the screen, step by step."""

from __future__ import annotations

from quizapp.tui.app import QuizApp
from quizapp.tui.moment import Phase
from quizapp.tui.screens.study import StudyScreen
from tests.quizapp.tui.seen import painted, until


async def asked(app: QuizApp) -> StudyScreen:
    """Wait for a question and return its screen."""
    await until(app, lambda: phase(app) is Phase.ASKING)
    await painted(app)
    screen = app.screen
    assert isinstance(screen, StudyScreen)
    return screen


async def judged(app: QuizApp) -> StudyScreen:
    """Wait for a verdict and return its screen."""
    await until(app, lambda: phase(app) is Phase.JUDGED)
    await painted(app)
    screen = app.screen
    assert isinstance(screen, StudyScreen)
    return screen


def phase(app: QuizApp) -> Phase | None:
    return app.screen.phase if isinstance(app.screen, StudyScreen) else None


def right_label(screen: StudyScreen) -> str:
    assert screen.served is not None
    return next(option.label for option in screen.served.variant.options if option.right)


def wrong_label(screen: StudyScreen) -> str:
    assert screen.served is not None
    return next(option.label for option in screen.served.variant.options if not option.right)
