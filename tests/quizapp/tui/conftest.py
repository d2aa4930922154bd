"""Every test of a screen begins the same: in Japanese, in colour, without a blinking cursor.

The database is a real file and the worker a real process; one worker serves all tests that do
not harm it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from questions.bank import Bank
from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from questions.model import Pack
from quizapp.database import open_database
from quizapp.history.learners import learner
from quizapp.language import use
from quizapp.learning.day import Calendar
from quizapp.settings import Settings
from quizapp.study import Study
from quizapp.tui.app import QuizApp
from quizapp.tui.opening import ExamWishes, Filters, Opening
from tests.quizapp.tui.packs import DRILL

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

OpenStudy = Callable[..., Study]
OpenApp = Callable[..., QuizApp]


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Input, "cursor_blink", False)
    use("ja")
    yield
    use("ja")


@pytest.fixture(scope="session")
def computer() -> Iterator[ComputeWorker]:
    """A worker that has PyTorch loaded when it is asked."""
    computer = ComputeWorker()
    computer.start()
    yield computer
    computer.close()


@pytest.fixture
def open_study(tmp_path: Path, computer: ComputeWorker) -> Iterator[OpenStudy]:
    """Open a database with one pack; again and again the same one."""
    opened: list[Study] = []

    def open_it(
        pack: Pack = DRILL, *, worker: ComputeWorker = computer, settings: Settings | None = None
    ) -> Study:
        engine = open_database(tmp_path / "quizapp.db")
        bank = Bank(engine)
        bank.install(pack, digest=pack.id)
        study = Study(
            engine=engine,
            bank=bank,
            compute=worker,
            examiner=Examiner(worker),
            settings=settings or Settings(),
            learner=replace(learner(engine, now=NOW), key="always the same numbers"),
            calendar=Calendar(zone=UTC),
            clock=lambda: NOW,
        )
        opened.append(study)
        return study

    yield open_it
    for study in opened:
        if study.compute is not computer:
            study.compute.close()
        study.engine.dispose()


@pytest.fixture
def open_app(open_study: OpenStudy) -> Iterator[OpenApp]:
    """Open the screens on a study, by default that of the drill pack."""
    opened: list[QuizApp] = []

    def open_it(
        study: Study | None = None,
        *,
        start: str = "study",
        grace: float = 0.0,
        theme: str | None = None,
        exam: ExamWishes | None = None,
        **filters: object,
    ) -> QuizApp:
        shown = study or open_study()
        app = QuizApp(
            Opening(
                open=lambda: shown,
                start=start,  # type: ignore[arg-type]  # one of two words
                filters=Filters(**filters),  # type: ignore[arg-type]  # by name
                exam=exam or ExamWishes(),
                theme=theme,
                grace=grace,
            )
        )
        opened.append(app)
        return app

    yield open_it
    for app in opened:
        app._desk.close()
        app._aside.close()
        app._fitting.close()
        app._planning.close()


@pytest.fixture
def broken_worker(tmp_path: Path) -> tuple[ComputeWorker, Path]:
    """A worker that ends at once until a file says that it may live."""
    return _worker_until(tmp_path / "mended", meanwhile="sys.exit(3)")


@pytest.fixture
def held_worker(tmp_path: Path) -> tuple[ComputeWorker, Path]:
    """A worker that takes as long to load PyTorch as the test likes: until a file is there."""
    return _worker_until(tmp_path / "loaded", meanwhile="time.sleep(0.02)")


def _worker_until(file: Path, *, meanwhile: str) -> tuple[ComputeWorker, Path]:
    script = (
        "import os, sys, time\n"
        f"while not os.path.exists({str(file)!r}): {meanwhile}\n"
        "os.execv(sys.executable, [sys.executable, '-P', '-m', 'questions.compute'])\n"
    )
    return ComputeWorker(command=(sys.executable, "-c", script), timeout=120), file
