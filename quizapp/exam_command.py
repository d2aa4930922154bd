"""`quizapp exam --list` and `--report`: earlier exams, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizapp import exam_wording
from quizapp.language import _
from quizapp.learning.exam_report import Part, Report, report
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.history.exam import Exam
    from quizapp.study import Study

Json = dict[str, object]

_SHORT = 8  # characters of an id that are enough to type: the last ones, the first are the time


def listed(study: Study, *, as_json: bool) -> str:
    """Return all exams, the latest first."""
    exams = study.exams()
    if as_json:
        return json.dumps([_exam_json(exam) for exam in exams], ensure_ascii=False) + "\n"
    if not exams:
        return _("There are no exams yet.") + "\n"
    return "".join(f"{line}\n" for exam in exams for line in _exam_lines(exam))


def reported(study: Study, name: str | None, *, as_json: bool) -> str:
    """Return the report of an exam, by its id or the end of it; without, of the latest one.

    Raises Problem where there is none, or none that is over.
    """
    over = [exam for exam in study.exams() if exam.over]
    found = [exam for exam in over if name is None or exam.id.endswith(name)]
    if not found or (name is not None and len(found) > 1):
        raise Problem(_("There is no such exam that is over; see quizapp exam --list."))
    made = report(found[0])
    if as_json:
        return json.dumps(report_json(made), ensure_ascii=False) + "\n"
    return "".join(f"{line}\n" for line in exam_wording.report_lines(made))


def _exam_lines(exam: Exam) -> Iterator[str]:
    begun = exam.begun_at.astimezone().strftime("%Y-%m-%d %H:%M")
    result = exam_wording.score(report(exam).score) if exam.over else _("not finished")
    yield f"{exam.id[-_SHORT:]}  {begun}  {exam.title}  {result}"


def _exam_json(exam: Exam) -> Json:
    made = report(exam) if exam.over else None
    return {
        "id": exam.id,
        "blueprint": exam.blueprint,
        "seed": exam.seed,
        "strict": exam.strict,
        "begun_at": exam.begun_at.isoformat(),
        "deadline": exam.deadline.isoformat(),
        "submitted_at": exam.submitted_at.isoformat() if exam.submitted_at is not None else None,
        "questions": len(exam.questions),
        "seconds": exam.seconds,
        "answered": exam.answered,
        "right": made.score.right if made is not None else None,
    }


def report_json(made: Report) -> Json:
    """Return a report as JSON. Keys are stable and in English; absent things are null."""
    compared = made.compared
    return {
        **_exam_json(made.exam),
        "share": made.score.share,
        "interval": list(made.interval),
        "mark_reached": made.reached,
        "unanswered": made.unanswered,
        "flagged": made.flagged,
        "topics": [_part_json(part) for part in made.topics],
        "forms": [_part_json(part) for part in made.forms],
        "seconds_taken": made.taken,
        "seconds_a_question": made.pace,
        "budget_a_question": made.budget,
        "over_budget": made.over_budget,
        "changes": {
            "right_to_wrong": made.changes.to_wrong,
            "wrong_to_right": made.changes.to_right,
            "wrong_to_wrong": made.changes.to_other,
        },
        "guesses": {"right": made.guesses.right, "of": made.guesses.of},
        "forecast": (
            None
            if compared is None
            else {
                "expected": compared.expected,
                "low": compared.low,
                "high": compared.high,
                "pass_probability": compared.pass_probability,
                "within": compared.within,
            }
        ),
        "items": [
            {
                "position": each.position + 1,
                "question": each.variant.question_id,
                "topic": each.topic,
                "form": each.form,
                "seed": each.variant.seed,
                "attempt": each.variant.attempt,
                "answer": each.answer,
                "key": each.key,
                "right": each.right,
                "answers": [given.raw for given in each.answers],
                "seconds": each.milliseconds / 1000,
                "flagged": each.flagged,
                "guessed": each.guessed,
                "brought_back": each.review_id is not None,
            }
            for each in made.exam.questions
        ],
    }


def _part_json(part: Part) -> Json:
    return {"name": part.name, "right": part.right, "of": part.of}
