"""`quizapp doctor`: whether what is stored is what the review log tells."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from quizapp.history.learners import everybody
from quizapp.language import _, ngettext
from quizapp.learning.replay import Difference, Replay, replay
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from quizapp.study import Study

_SHOWN = 50  # differences that are written out; the rest is counted


def examine(study: Study, *, repair: bool) -> Replay:
    """Rebuild every card and every day of every learner from the log, and compare."""
    return replay(study.engine, everybody(study.engine), repair=repair)


def as_text(found: Replay, *, repaired: bool) -> str:
    """Return what was found, for a person."""
    lines = [
        _("Rebuilt from the log: {cards} cards, {reviews} answers, {days} days.").format(
            cards=found.cards, reviews=found.reviews, days=found.days
        )
    ]
    lines += [
        _("{learner}: {what}: {field} is {stored}, the log tells {told}").format(
            learner=visible_line(each.learner),
            what=visible_line(each.what),
            field=each.field,
            stored=_plain(each.stored),
            told=_plain(each.replayed),
        )
        for each in found.differences[:_SHOWN]
    ]
    number = len(found.differences)
    if not number:
        lines.append(_("No difference."))
    else:
        lines.append(ngettext("{n} difference.", "{n} differences.", number).format(n=number))
        lines.append(
            _("All of it was mended.") if repaired else _("quizapp doctor --repair mends it.")
        )
    return "".join(f"{line}\n" for line in lines)


def as_json(found: Replay, *, repaired: bool) -> str:
    """Return what was found as one JSON object."""
    values = asdict(found) | {
        "differences": [_row(each) for each in found.differences],
        "repaired": repaired and bool(found.differences),
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _row(difference: Difference) -> dict[str, object]:
    return {name: _plain(value) for name, value in asdict(difference).items()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
