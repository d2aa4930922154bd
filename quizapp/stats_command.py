"""`quizapp stats`: what was learnt so far, for a person or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from questions.topics import TOPICS
from quizapp.language import _, ngettext, say
from quizapp.learning.statistics import Share, Statistics, statistics
from quizapp.visible import visible_line
from quizapp.wording import confidences

if TYPE_CHECKING:
    from quizapp.study import Study

_MOST = 10  # mistakes, leeches and days that are written out


def of_study(study: Study) -> Statistics:
    """Return the learner's statistics as of today."""
    return statistics(study.engine, study.learner, today=study.today())


def as_json(found: Statistics) -> str:
    """Return everything as one JSON object; shares as part and whole."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2, default=_plain) + "\n"


def as_text(found: Statistics) -> str:
    """Return what a person wants to know, with what each number means."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Statistics) -> Iterator[str]:
    answered = sum(day.answered for day in found.days)
    minutes = round(sum(day.minutes for day in found.days))
    yield ngettext(
        "Last 365 days: {n} answer on {days} days, {minutes} min",
        "Last 365 days: {n} answers on {days} days, {minutes} min",
        answered,
    ).format(n=answered, days=len(found.days), minutes=minutes)
    yield ""
    yield _("Retention: reviews passed, under 21 days since the last answer / 21 and more")
    names = {
        "today": _("today"),
        "yesterday": _("yesterday"),
        "week": _("7 days"),
        "month": _("30 days"),
        "year": _("365 days"),
    }
    for each in found.retention:
        yield f"  {names[each.period]}: {share(each.young)} / {share(each.mature)}"
    yield ""
    yield _("Due in the next days, overdue ones today: {counts}").format(
        counts=" ".join(str(count) for _day, count in found.forecast[:_MOST])
    )
    if found.topics:
        yield ""
        yield _("Right answers by topic")
        for topic, right in found.topics:
            name = say(TOPICS[topic].name) if topic in TOPICS else visible_line(topic)
            yield f"  {name}: {share(right)}"
    if found.mistakes:
        yield ""
        yield _("Mistakes, the most frequent first")
        for mistake in found.mistakes[:_MOST]:
            months = ", ".join(f"{month} {times}" for month, times in mistake.months[-3:])
            example = f" ({visible_line(mistake.example)})" if mistake.example else ""
            yield f"  {visible_line(mistake.id)}: {mistake.times} [{months}]{example}"
    if found.confidence:
        yield ""
        yield _("Right answers by how sure you were")
        said: dict[str, str] = {value: name for value, _key, name in confidences()}
        for value, right in found.confidence:
            yield f"  {said.get(value, value)}: {share(right)}"
    if found.leeches:
        yield ""
        yield _("Forgotten 8 times or more: read about them")
        for question_id, lapses in found.leeches[:_MOST]:
            yield f"  {visible_line(question_id)}: {lapses}"
    if found.suspended:
        yield ""
        yield _("Suspended: {questions}").format(
            questions=", ".join(map(visible_line, found.suspended))
        )


def share(one: Share) -> str:
    """Return a share in percent, with the number of answers it rests on."""
    if one.value is None:
        return "-"
    return f"{100 * one.value:.0f}% ({one.of})"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
