"""A learner's own data as JSON lines: complete, readable, and without a name.

The first line says what it is. Then one line a fit of the schedule, one line a review, retracted
ones too, the earliest first, and one line a retraction. Whoever reads them leaves out what was
retracted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import cast

from sqlalchemy import Connection, Engine, select

from losses.text import Text
from quizapp.history import fits
from quizapp.history.learners import LearnerInfo
from quizapp.history.tables import Retraction, Review

FORMAT = "quizapp-log"
VERSION = 1

# Numbers of rows in this database: they mean nothing in another one.
_OF_THIS_DATABASE = {"learner_id", "card_id"}


class NotALog(Exception):
    """A file that is no exported log, or is damaged. `text` says where."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def pseudonym(learner: LearnerInfo) -> str:
    """Return what stands for a learner in an export: always the same, and no way back."""
    return hashlib.sha256(f"quizapp export {learner.key}".encode()).hexdigest()[:16]


def exported(connection: Connection, learner: LearnerInfo) -> Iterator[str]:
    """Yield the lines of a learner's log."""
    who = pseudonym(learner)
    yield _line({"format": FORMAT, "version": VERSION, "learner": who})
    for fit in fits.all_of(connection, learner.id):
        yield _line(
            {
                "fit": fit.id,
                "model": fit.model,
                "weights": list(fit.weights),
                "compared_with": fit.compared_with,
                "last_review_id": fit.last_review_id,
                "last_answered_at": _plain(fit.last_answered_at),
                "long_term": fit.long_term,
                "metrics": fit.metrics,
                "adopted": fit.adopted,
                "fitted_at": _plain(fit.fitted_at),
            }
        )
    reviews = (
        select(*Review.__table__.columns)
        .where(Review.learner_id == learner.id)
        .order_by(Review.id)
        .execution_options(yield_per=1000)
    )
    for row in connection.execute(reviews):
        values = {
            name: _plain(value)
            for name, value in row._mapping.items()
            if name not in _OF_THIS_DATABASE
        }
        yield _line({"learner": who, **values})
    retractions = (
        select(Retraction.review_id, Retraction.reason, Retraction.retracted_at)
        .join(Review, Review.id == Retraction.review_id)
        .where(Review.learner_id == learner.id)
        .order_by(Retraction.review_id)
    )
    for review_id, reason, at in connection.execute(retractions):
        yield _line({"retracted": review_id, "reason": reason, "retracted_at": _plain(at)})


def log_lines(engine: Engine, learner: LearnerInfo) -> Iterator[str]:
    """Yield the lines of a learner's log, all as they are at one moment."""
    with engine.connect() as connection:
        yield from exported(connection, learner)


def counting(lines: Iterable[str]) -> tuple[dict[str, object], ...]:
    """Read an export and return the reviews that count, the earliest first.

    Raises NotALog with the line at fault.
    """
    reviews: dict[str, dict[str, object]] = {}
    retracted: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _row(line, number)
        if number == 1:
            if row.get("format") != FORMAT or row.get("version") != VERSION:
                raise NotALog(
                    Text(
                        "quizappの学習記録ではない（1行目）。",
                        "This is no learning log of quizapp (line 1).",
                    )
                )
        elif isinstance(row.get("retracted"), str):
            retracted.add(str(row["retracted"]))
        elif isinstance(row.get("fit"), str):
            pass  # says how reviews were scheduled, not what was answered
        elif isinstance(row.get("id"), str):
            reviews[str(row["id"])] = row
        else:
            raise _damaged(number)
    return tuple(reviews[id_] for id_ in sorted(reviews) if id_ not in retracted)


def _row(line: str, number: int) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _damaged(number) from error
    if not isinstance(row, dict):
        raise _damaged(number)
    return cast("dict[str, object]", row)


def _damaged(number: int) -> NotALog:
    return NotALog(
        Text(f"学習記録の{number}行目を読めない。", f"Line {number} of the log cannot be read.")
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _line(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
