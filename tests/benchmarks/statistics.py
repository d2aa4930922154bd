"""All statistics of a year, in a database with many cards and reviews.

`python -m tests.benchmarks.statistics` prints the figure next to its budget.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, insert

from questions.bank.tables import PackRow, QuestionRow
from quizapp.database import open_database
from quizapp.history.learners import LearnerInfo, learner
from quizapp.history.memory import Memory
from quizapp.history.places import first_place_of
from quizapp.history.tables import Card, DayShare, DayTally, Review
from quizapp.history.uuid7 import Uuid7
from quizapp.learning.statistics import statistics
from tests.benchmarks.starting import Measured

TODAY = date(2026, 11, 21)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(Path(folder) / "quizapp.db")
        who = fill(engine, cards=100_000, reviews=350_000)
        sys.stdout.write(f"{measured(engine, who, runs=7, cards=100_000, reviews=350_000)}\n")
        engine.dispose()


def measured(engine: Engine, who: LearnerInfo, *, runs: int, cards: int, reviews: int) -> Measured:
    """Return the median time of all statistics."""
    taken = []
    for _run in range(runs):
        begun = time.perf_counter()
        statistics(engine, who, today=TODAY)
        taken.append(1000 * (time.perf_counter() - begun))
    return Measured(
        what="all statistics of one year",
        figure=median(taken),
        unit="ms",
        budget=200,
        detail=f"{cards} cards, {reviews} reviews, {runs} runs",
    )


def fill(engine: Engine, *, cards: int, reviews: int) -> LearnerInfo:
    """Make a learner who answered at random for a year."""
    chance = random.Random(7)
    now = datetime(2026, 11, 21, tzinfo=UTC)
    who = learner(engine, now=now)
    memory = Memory(state="review", stability=12.0, difficulty=5.0, reviews=3).to_json()
    ids = Uuid7()
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            insert(PackRow),
            [
                {"id": "big", "version": "1", "digest": "", "origin": "", "language": "ja"}
                | {"about": "{}", "installed_at": now}
            ],
        )
        connection.execute(
            insert(QuestionRow),
            [
                {"id": f"big/q{n}", "pack_id": "big", "slug": f"q{n}", "kind": "choice"}
                | {"topic": f"13{'abcdefgh'[n % 8]}", "difficulty": "basic", "content_hash": ""}
                | {"body": "{}", "position": n, "teaching_order": n, "retired": False}
                | {"generation": 0}
                for n in range(cards)
            ],
        )
        connection.execute(
            insert(Card),
            [
                {"learner_id": who.id, "question_id": f"big/q{n}", "version": 3}
                | {"queue": "review", "kind": "choice", "topic": f"13{'abcdefgh'[n % 8]}"}
                | {"place": first_place_of(TODAY + timedelta(days=chance.randrange(-3, 200)))}
                | {
                    "teaching_order": n,
                    "state": "review",
                    "reviews": 3,
                    "lapses": 9 * (n % 1000 == 0),
                }
                for n in range(cards)
            ],
        )
        for start in range(0, reviews, 10_000):
            rows = []
            for n in range(start, min(reviews, start + 10_000)):
                day = TODAY - timedelta(days=364 - 365 * n // reviews)
                wrong = chance.random() < 0.15
                card = chance.randrange(cards)
                rows.append(
                    {"id": ids.next(now + timedelta(milliseconds=n)), "learner_id": who.id}
                    | {"card_id": card + 1, "question_id": f"big/q{card}", "content_hash": "0" * 64}
                    | {"seed": chance.getrandbits(63), "attempt": 0, "raw": "1", "value": None}
                    | {"outcome": "mistake" if wrong else "correct", "score": 1.0 - wrong}
                    | {"mistakes": [f"mistake_{card % 30}"] if wrong else []}
                    | {"grade": "again" if wrong else "good", "milliseconds": 9000}
                    | {"answered_at": now, "study_day": day, "zone_offset": 0}
                    | {"desired_retention": 0.9, "elapsed_days": chance.randrange(60)}
                    | {"state_before": "review" if n % 3 else "learning"}
                    | {"confidence": ("sure", "half", "guess", None)[n % 4]}
                    | {"before": memory, "after": memory}
                )
            connection.execute(insert(Review), rows)
        connection.execute(
            insert(DayTally),
            [
                {"learner_id": who.id, "study_day": TODAY - timedelta(days=n), "answered": 959}
                | {"right": 800, "introduced": 20, "reviewed": 600, "milliseconds": 10**7}
                for n in range(365)
            ],
        )
        names = [("topic", f"13{letter}") for letter in "abcdefgh"]
        names += [("review", "young"), ("review", "mature"), ("confidence", "sure")]
        names += [("mistake", f"mistake_{n}") for n in range(30)]
        connection.execute(
            insert(DayShare),
            [
                {"learner_id": who.id, "study_day": TODAY - timedelta(days=n), "kind": kind}
                | {"name": name, "answers": 90, "right": 70}
                for n in range(365)
                for kind, name in names
            ],
        )
    return who


if __name__ == "__main__":
    main()
