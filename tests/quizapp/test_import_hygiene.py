"""What each door of the program may load: a screen must not wait for a library it does not need.

import-linter (pyproject.toml) says who may import whom; what is loaded when, only a fresh
interpreter can say.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.program import ROOT, environment

# Milliseconds to import, as measured: torch 1300, alembic 400, pydantic_settings 220,
# sqlalchemy 220, textual 140, numpy 150, pydantic 85, budoux 20, argparse 10, gettext 10.
DATABASE = {"sqlalchemy", "alembic", "mako", "psycopg"}
NUMBERS = {"torch", "numpy", "scipy", "sympy"}
SCREENS = {"textual", "markdown_it"}
MODELS = {"pydantic", "pydantic_settings", "fsrs", "yaml"}
WORDS = {"argparse", "gettext", "pathlib", "typing", "json", "re"}
EVERYTHING = DATABASE | NUMBERS | SCREENS | MODELS

RUN = "from quizapp.cli import main; code = main({words!r}); assert code == 0, code"

# `open` is called when the first frame is on the screen: what is loaded then is what it needed.
FIRST_FRAME = """
from quizapp.problem import Problem
from quizapp.tui.app import QuizApp
from quizapp.tui.opening import Opening

def opened():
    look()
    raise Problem("seen enough")

QuizApp(Opening(open=opened, start={start!r})).run(headless=True, size=(80, 24))
"""

# statement -> what it must not load
DOORS = {
    "import losses": EVERYTHING,
    "import questions": EVERYTHING,
    "import quizapp": EVERYTHING | WORDS - {"typing"},
    RUN.format(words=["--version"]): EVERYTHING | WORDS,
    RUN.format(words=["losses"]): EVERYTHING,
    RUN.format(words=["losses", "huber"]): EVERYTHING,
    RUN.format(words=["losses", "huber", "--json"]): EVERYTHING,
    "from quizapp.arguments import read\ntry: read(['--help'])\nexcept SystemExit: pass": EVERYTHING,
    FIRST_FRAME.format(start="home"): EVERYTHING - SCREENS,
    FIRST_FRAME.format(start="study"): EVERYTHING - SCREENS,
}


@pytest.mark.parametrize("statement", DOORS)
def test_a_door_loads_only_what_it_needs(statement: str, tmp_path: Path) -> None:
    assert _loaded(statement, home=tmp_path) & DOORS[statement] == set()


@pytest.mark.parametrize(
    "words",
    [
        ["study", "--plain"],
        ["ask", "mse-rents", "--answer", "1"],
        ["exam", "--list"],
        ["optimize"],
    ],
    ids=["study", "ask", "exam", "optimize"],
)
def test_without_a_screen_no_screen_is_loaded(words: list[str], tmp_path: Path) -> None:
    statement = RUN.format(words=words)
    assert _loaded(statement, home=tmp_path) & (NUMBERS | SCREENS) == set()
    # The schema is up to date now: what migrates it is not needed any more.
    assert _loaded(statement, home=tmp_path) & {"alembic", "yaml"} == set()


def test_readiness_is_calculated_without_screens_and_torch(tmp_path: Path) -> None:
    statement = RUN.format(words=["readiness"])
    assert _loaded(statement, home=tmp_path) & (SCREENS | NUMBERS - {"numpy"}) == set()


def test_packs_are_checked_without_screens_and_database(tmp_path: Path) -> None:
    statement = RUN.format(words=["pack", "check", "questions/packs/loss-choice.yaml"])
    assert _loaded(statement, home=tmp_path) & (DATABASE | NUMBERS | SCREENS) == set()


def test_packs_are_previewed_without_a_database(tmp_path: Path) -> None:
    words = ["pack", "preview", "questions/packs/loss-choice.yaml", "--plain"]
    loaded = _loaded(RUN.format(words=words), home=tmp_path)
    assert loaded & (DATABASE | NUMBERS | SCREENS) == set()
    screen = "import quizapp.tui.authoring_app"
    assert _loaded(screen, home=tmp_path) & (DATABASE | NUMBERS) == set()


# A statement may look at its moment; otherwise what is loaded at its end counts.
_LOOK = """
import sys
loaded = set()

def look():
    loaded.update(name.partition(".")[0] for name in sys.modules)

look()
at_start = frozenset(loaded)
loaded.clear()
"""
_REPORT = """
if not loaded:
    look()
import json
sys.stderr.write("\\n" + json.dumps(sorted(loaded - at_start)))
"""


def _loaded(statement: str, *, home: Path) -> set[str]:
    """Run a statement in a fresh interpreter and return the top-level modules it loaded."""
    program = _LOOK + statement + _REPORT
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.rpartition("\n")[2]))
