"""How long a learner's latest answers took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import median
from typing import Final, cast

from sqlalchemy import Connection, select

from quizapp.history.memory import State
from quizapp.history.tables import Review

LATEST: Final = 600  # answers looked at
ENOUGH: Final = 20  # of a kind, for a median to be one
SHORTEST, LONGEST = 300, 60_000  # milliseconds: a slip of the finger, a pause


def answer_times(connection: Connection, learner_id: int) -> Mapping[tuple[State, bool], float]:
    """Return (state before, right) -> median seconds, where there are enough answers.

    What was answered faster than a question can be read is dropped, a pause is cut to a minute.
    """
    rows = connection.execute(
        select(Review.state_before, Review.grade, Review.milliseconds)
        .where(Review.learner_id == learner_id)
        .order_by(Review.id.desc())
        .limit(LATEST)
    )
    taken: dict[tuple[State, bool], list[int]] = defaultdict(list)
    for state, grade, milliseconds in rows:
        if milliseconds >= SHORTEST:
            taken[cast("State", state), grade != "again"].append(min(milliseconds, LONGEST))
    return {which: median(times) / 1000 for which, times in taken.items() if len(times) >= ENOUGH}
