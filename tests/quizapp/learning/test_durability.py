"""An answer whose verdict was shown is in the database, whatever happens to the program."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.database import open_database
from tests.packs import choices
from tests.quizapp.learning.classroom import Classroom

ROOT = Path(__file__).parents[3]

STUDYING = """
import sys
from quizapp.database import open_database
from tests.quizapp.learning.classroom import Classroom, answer
room = Classroom(open_database(sys.argv[1]))
session = room.session()
while True:
    answered = answer(session, well=False)
    print(answered.review_id, flush=True)
"""


@pytest.mark.parametrize("answers", [1, 7, 40])
def test_killed_while_answering(tmp_path: Path, answers: int) -> None:
    path = tmp_path / "quizapp.db"
    engine = open_database(path)
    Classroom(engine).install(choices(5))
    engine.dispose()
    command = [sys.executable, "-c", STUDYING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        acknowledged = [program.stdout.readline().strip() for _ in range(answers)]
        program.send_signal(signal.SIGKILL)
        acknowledged += program.stdout.read().split()
    engine = open_database(path)
    with engine.connect() as connection:
        stored = set(connection.scalars(text("SELECT id FROM review")))
        cards = connection.scalar(text("SELECT sum(reviews) FROM card"))
        days = connection.scalar(text("SELECT sum(answered) FROM day_tally"))
        assert connection.scalar(text("PRAGMA quick_check")) == "ok"
    engine.dispose()
    assert set(acknowledged) <= stored
    # At most the answer that was being written is there without having been shown.
    assert len(stored) - len(set(acknowledged)) <= 1
    assert cards == days == len(stored)
