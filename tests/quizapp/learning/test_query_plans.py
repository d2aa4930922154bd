"""Serving and answering look cards up; they never read a table from end to end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from quizapp.database import open_database
from quizapp.learning.serving import Served
from tests.packs import choices, numerics
from tests.quizapp.learning.classroom import Classroom, Filters, answer, right

# One row each, or the days on which somebody studied.
SMALL = ("bank", "learner", "day_tally", "pack")


@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(topic="13b"), Filters(kind="choice"), Filters(topic="13b", kind="choice")],
)
def test_every_query_of_a_session_uses_an_index(tmp_path: Path, filters: Filters) -> None:
    engine = open_database(tmp_path / "quizapp.db")
    room = Classroom(engine)
    room.install([*choices(5), *numerics(5)])
    session = room.session(**filters)
    plans = noted(engine)
    session.amend(answer(session), "easy")
    answer(session, well=False)
    assert session.undo()
    while isinstance(question := session.next(computing_ready=False), Served):
        session.answer(question, right(question), milliseconds=0)
    session.next_due()
    room.session(**filters)
    tables = {table for _statement, plan in plans for table in re.findall(r"SEARCH (\w+)", plan)}
    assert {"card", "review", "question"} <= tables
    for statement, plan in plans:
        scanned = set(re.findall(r"SCAN (\w+)", plan)) - {*SMALL, "CONSTANT"}
        assert not {name for name in scanned if not name.startswith("anon")}, (statement, plan)
        # Sorting would read the whole queue before it gives the first card.
        assert "TEMP B-TREE" not in plan, (statement, plan)
    engine.dispose()


def noted(engine: Engine) -> list[tuple[str, str]]:
    """Return a list to which the plan of every statement from now on is added."""
    plans: list[tuple[str, str]] = []

    def note(
        connection: Connection, _cursor: object, statement: str, parameters: object, *_: object
    ) -> None:
        if re.match(r"SELECT|UPDATE|DELETE", statement):
            raw = connection.connection.dbapi_connection
            assert raw is not None
            cursor = raw.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append((statement, "; ".join(row[3] for row in cursor.fetchall())))
            cursor.close()

    event.listen(engine, "before_cursor_execute", note)
    return plans
