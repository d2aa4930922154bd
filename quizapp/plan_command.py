"""`quizapp plan`: what so many minutes a day lead to on the day of the exam."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quizapp import paths, wording
from quizapp.language import _, ngettext
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.learning.exam_outlook import ExamOutlook, Prospect
    from quizapp.study import Study


@dataclass(frozen=True, slots=True)
class Plan:
    """The outlook of a learner, None without an exam date."""

    outlook: ExamOutlook | None
    today: date

    def as_json(self) -> str:
        """Return it as a JSON object; `exam_date` is null without an exam date."""
        return json.dumps(_entry(self.outlook), ensure_ascii=False) + "\n"

    def as_text(self) -> str:
        """Return it line by line."""
        told = _how_to_set() if self.outlook is None else _lines(self.outlook, self.today)
        return "".join(f"{line}\n" for line in told)


def plan(study: Study, *, exam_date: date | None, minutes: int | None) -> Plan:
    """Plan for the exam date of the settings or another one. Raises Problem for one gone by."""
    wanted = exam_date or study.settings.exam_date
    if wanted is not None and wanted <= study.today():
        raise Problem(
            _("The exam date {date} is not to come; set another one.").format(date=wanted)
        )
    outlook = study.exam_outlook(exam_date=wanted, minutes_per_day=minutes)
    return Plan(outlook, study.today())


def _entry(outlook: ExamOutlook | None) -> dict[str, object]:
    if outlook is None:
        return {"exam_date": None}
    share = outlook.today
    return {
        "exam_date": outlook.exam_date.isoformat(),
        "days_left": outlook.days_left,
        "questions": outlook.questions,
        "unseen": outlook.unseen,
        "recall_without_study": round(outlook.recall_without_study, 4),
        "minutes_per_day": outlook.minutes_per_day,
        "today": (
            None
            if share is None
            else {"new": share.new, "due": share.due, "minutes": round(share.minutes, 1)}
        ),
        "prospects": [
            {
                "minutes_per_day": prospect.minutes_per_day,
                "recall": round(prospect.recall, 4),
                "unseen": prospect.unseen,
                "minutes_needed": round(prospect.minutes_needed, 1),
            }
            for prospect in outlook.prospects
        ],
    }


def _how_to_set() -> Iterator[str]:
    yield _("No exam date is set. To plan for one, write into {file}:").format(
        file=paths.settings()
    )
    yield "    exam_date = 2027-02-13"
    yield "    minutes_per_day = 25"
    yield _("Or look ahead once: quizapp plan --exam-date YYYY-MM-DD --minutes N")


def _lines(outlook: ExamOutlook, today: date) -> Iterator[str]:
    yield ngettext(
        "Exam on {date}: {n} day to study", "Exam on {date}: {n} days to study", outlook.days_left
    ).format(date=wording.day(outlook.exam_date, today=today), n=outlook.days_left)
    if outlook.today is not None:
        yield _("Today: {new} new, {due} to review, about {minutes} min").format(
            new=outlook.today.new, due=outlook.today.due, minutes=round(outlook.today.minutes)
        )
    yield _("Without further study {share} % would be known on the exam day.").format(
        share=wording.percent(outlook.recall_without_study)
    )
    yield ""
    for prospect in outlook.prospects:
        yield _prospect(prospect, own=prospect.minutes_per_day == outlook.minutes_per_day)
    yield ""
    yield from _unseen(outlook)
    yield _("Known is what the model of memory expects, weighed by the topics of the syllabus.")
    if outlook.minutes_per_day is None:
        yield _("Set minutes_per_day in {file} to study by this plan.").format(
            file=paths.settings()
        )


def _prospect(prospect: Prospect, *, own: bool) -> str:
    line = _("{minutes} min a day: {share} % known on the exam day, {unseen} never seen").format(
        minutes=f"{prospect.minutes_per_day:>3}",
        share=f"{wording.percent(prospect.recall):>3}",
        unseen=prospect.unseen,
    )
    return line + _(" (your minutes)") if own else line


def _unseen(outlook: ExamOutlook) -> Iterator[str]:
    for prospect in outlook.prospects:
        if prospect.unseen:
            yield ngettext(
                "{minutes} min a day is too little: {n} of {questions} questions stays unseen.",
                "{minutes} min a day are too little: {n} of {questions} questions stay unseen.",
                prospect.unseen,
            ).format(
                minutes=prospect.minutes_per_day, n=prospect.unseen, questions=outlook.questions
            )
