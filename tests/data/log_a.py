"""Log A: 12,580 answers of one learner over 191 days, published with py-fsrs."""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from quizapp.history.memory import Grade
from quizapp.learning.answers import Answers, gathered
from quizapp.learning.day import Calendar

_FILE = Path(__file__).with_name("review_logs_josh.csv.gz")
_GRADES: dict[str, Grade] = {"1": "again", "2": "hard", "3": "good", "4": "easy"}
# The middle of the quietest four hours, as nobody says where the learner lives.
CALENDAR = Calendar(UTC, rollover_hour=8)


@cache
def moments() -> tuple[tuple[int, datetime, Grade], ...]:
    """Return card, moment and grade of each answer, by time."""
    with gzip.open(_FILE, "rt", encoding="utf-8", newline="") as file:
        rows = [
            (
                int(row["card_id"]),
                datetime.fromisoformat(row["review_time"]),
                _GRADES[row["review_rating"]],
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda row: row[1]))


@cache
def by_study_day() -> Answers:
    """Return the answers, days counted from rollover to rollover."""
    last: dict[int, date] = {}
    rows: list[tuple[int, int | None, Grade]] = []
    for card, at, grade in moments():
        day = CALENDAR.day(at)
        rows.append((card, (day - last[card]).days if card in last else None, grade))
        last[card] = day
    return gathered(rows)


@cache
def by_24_hours() -> Answers:
    """Return the answers, days counted as whole periods of 24 hours, as the package does."""
    last: dict[int, datetime] = {}
    rows: list[tuple[int, int | None, Grade]] = []
    for card, at, grade in moments():
        days = (at - last[card]) // timedelta(days=1) if card in last else None
        rows.append((card, days, grade))
        last[card] = at
    return gathered(rows)


def of_cards(answers: Answers, cards: frozenset[int]) -> Answers:
    """Return the answers to some cards, in their order."""
    kept = [place for place, card in enumerate(answers.cards) if card in cards]
    return Answers(
        cards=tuple(answers.cards[place] for place in kept),
        elapsed=tuple(answers.elapsed[place] for place in kept),
        ratings=tuple(answers.ratings[place] for place in kept),
    )
