"""What a learner does on the screen, step by step."""

from __future__ import annotations

from quizapp.tui.app import QuizApp
from quizapp.tui.forms.answer_field import AnswerField
from quizapp.tui.forms.choices import Choices
from quizapp.tui.forms.number_form import NumberForm
from quizapp.tui.forms.options_form import OptionsForm
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


def choices_of(screen: StudyScreen) -> Choices:
    """The options of the question on the screen."""
    form = screen.board.form
    assert isinstance(form, OptionsForm)
    return form.choices


def field_of(screen: StudyScreen) -> AnswerField:
    """The field of the question on the screen."""
    form = screen.board.form
    assert isinstance(form, NumberForm)
    return form.field
