"""`quizapp readiness`: the forecast of an exam as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from quizapp import readiness_wording as wording
from quizapp.chosen_blueprint import chosen_blueprint
from quizapp.language import _
from quizapp.learning.readiness import TopicForecast
from quizapp.learning.readiness_report import ReadinessReport
from quizapp.tui.wrapping import wrap

if TYPE_CHECKING:
    from quizapp.study import Study

_WIDTH = 80
_BAR = 20  # cells
_GAP = "  "


def readiness(study: Study, *, blueprint: str | None, mark: float) -> ReadinessReport:
    """Forecast an exam for the learner of a study. `mark`: 0 … 1."""
    return study.readiness(chosen_blueprint(study, blueprint), mark=mark)


def as_text(report: ReadinessReport) -> str:
    """Return the report for reading: at most 80 cells wide, without colour."""
    return "".join(f"{line}\n" for line in _lines(report))


def as_json(report: ReadinessReport) -> str:
    """Return the report as one JSON object. The chance is null while there are few answers."""
    made, found, kept = report.forecast, report.evidence, report.calibration
    entry = {
        "blueprint": made.target.name,
        "questions": made.target.questions,
        "mark": made.target.mark,
        "mark_published": False,
        "answers": made.answers,
        "few_answers": made.few,
        "score": {"expected": made.expected, "low": made.low, "high": made.high},
        "pass_probability": None if made.few else made.pass_probability,
        "topics": [
            {
                "topic": each.topic,
                "weight": each.weight,
                "answers": each.answers,
                "unknown": each.unknown,
                "score": {"expected": each.expected, "low": each.low, "high": each.high},
            }
            for each in made.topics
        ],
        "evidence": {
            "counted": len(found.answers),
            "repeated": found.repeated,
            "with_hints": found.with_hints,
            "self_graded": found.self_graded,
            "undone": found.undone,
        },
        "calibration": None
        if kept is None
        else {
            "results": kept.results,
            "brier": kept.brier,
            "coverage": kept.coverage,
            "bias": kept.bias,
        },
        "model": made.model,
    }
    return json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n"


def _lines(report: ReadinessReport) -> Iterator[str]:
    made = report.forecast
    yield from wrap(wording.exam(made), _WIDTH)
    yield ""
    yield from wrap(_("Score: {score}").format(score=wording.score(made)), _WIDTH)
    reaching = _("{mark} or more: {chance}").format(
        mark=wording.percent(made.target.mark), chance=wording.passing(made)
    )
    yield from wrap(reaching, _WIDTH)
    yield from wrap(wording.mark(made), _WIDTH)
    known = [each for each in made.topics if not each.unknown]
    if known:
        yield ""
        yield from wrap(
            _(
                "By topic, the share of new questions that would be right (bar: 0% to 100%), and "
                "at the end the topic's share of the exam:"
            ),
            _WIDTH,
        )
        yield from _table(known)
    names = wording.unknown(made)
    if names is not None:
        yield ""
        yield from wrap(_("Unknown, not tried yet: {topics}").format(topics=names), _WIDTH)
    yield ""
    for line in wording.evidence(report.evidence):
        yield from wrap(line, _WIDTH)
    yield from wrap(wording.calibration(report.calibration), _WIDTH)


def _table(topics: list[TopicForecast]) -> Iterator[str]:
    """Yield a line a topic, its columns aligned in cells; long names are cut."""
    figures = [
        [wording.interval(each), wording.answers(each), wording.percent(each.weight)]
        for each in topics
    ]
    widths = [max(map(cell_len, column)) for column in zip(*figures, strict=True)]
    room = _WIDTH - _BAR - 2 - sum(widths) - len(_GAP) * (len(widths) + 1)
    names = [wording.topic_name(each.topic) for each in topics]
    first = min(room, max(map(cell_len, names)))
    for each, name, row in zip(topics, names, figures, strict=True):
        cells = [
            " " * (width - cell_len(text)) + text for text, width in zip(row, widths, strict=True)
        ]
        yield _GAP.join([set_cell_size(name, first), _bar(each), *cells])


def _bar(topic: TopicForecast) -> str:
    """Return the interval on a scale from 0 % to 100 %, in characters of one cell everywhere."""
    begin, end = wording.bar_cells(topic, cells=_BAR)
    return f"[{'.' * begin}{'=' * (end - begin)}{'.' * (_BAR - end)}]"
