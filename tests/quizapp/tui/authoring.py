"""What an author does on the screen, step by step."""

from __future__ import annotations

from pathlib import Path

from questions.compute.client import ComputeWorker
from questions.lint.memory import Memory
from quizapp.authoring.bench import Bench
from quizapp.authoring.watching import Watch
from quizapp.tui.authoring_app import AuthoringApp
from quizapp.tui.moment import Phase
from quizapp.tui.screens.authoring import AuthoringScreen
from tests.quizapp.tui.seen import painted, until

SEEDS = 3


def authoring(
    file: Path,
    worker: ComputeWorker,
    *,
    theme: str | None = None,
    question: str | None = None,
    seed: int = 0,
    answering: bool = False,
    editable: bool = True,
) -> AuthoringApp:
    """Return the authoring screen on one file, as a program."""
    screen = AuthoringScreen(
        Bench(worker, memory=Memory(None), seeds=SEEDS),
        Watch(lambda: [file]),
        question=question,
        seed=seed,
        answering=answering,
        editable=editable,
    )
    return AuthoringApp(screen, theme_wish=theme)


def screen_of(app: AuthoringApp) -> AuthoringScreen:
    screen = app.screen
    assert isinstance(screen, AuthoringScreen)
    return screen


async def checked(app: AuthoringApp) -> AuthoringScreen:
    """Wait until everything is read and computed."""

    def complete() -> bool:
        screen = app.screen
        if not isinstance(screen, AuthoringScreen) or screen.draft is None:
            return False
        return not screen._bench.uncomputed(screen.draft) and screen._watch.settled

    await until(app, complete)
    await painted(app)
    return screen_of(app)


async def posed(app: AuthoringApp, name: str) -> AuthoringScreen:
    """Wait until a question can be answered."""

    def there() -> bool:
        screen = screen_of(app)
        variant = screen.preview.variant
        asking = screen.preview.phase is Phase.ASKING
        return asking and variant is not None and variant.question.id == name

    await until(app, there)
    await painted(app)
    return screen_of(app)


async def judged(app: AuthoringApp) -> AuthoringScreen:
    """Wait for a verdict."""
    await until(app, lambda: screen_of(app).preview.phase is Phase.JUDGED)
    await painted(app)
    return screen_of(app)
