"""What mock exams say: which questions were met in them first, and how forecasts fared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from questions.chance import guess_chance
from quizapp.history.exam import Exam, ExamQuestion
from quizapp.learning.day import Calendar
from quizapp.learning.difficulties import logits_of
from quizapp.learning.forecast_calibration import ExamResult
from quizapp.learning.readiness import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class MetInExam:
    """A question on the screen of an exam, and what that says; no answer is a wrong one."""

    question_id: str
    at: datetime  # when the exam began
    answer: Answer


def met_in_exams(exams: Iterable[Exam], *, calendar: Calendar) -> Iterator[MetInExam]:
    """Yield the questions of exams that are over, the earliest exam first.

    What was never on the screen before the time was up says nothing.
    """
    for exam in sorted(exams, key=lambda each: each.begun_at):
        if exam.over:
            for asked in exam.questions:
                if asked.answers or asked.milliseconds:
                    yield MetInExam(
                        question_id=asked.variant.question_id,
                        at=exam.begun_at,
                        answer=_answer(asked, exam, calendar),
                    )


def results_of(exams: Iterable[Exam]) -> tuple[ExamResult, ...]:
    """Return how exams went, those left out that judged each answer at once (practice)."""
    return tuple(
        ExamResult(
            blueprint=exam.blueprint,
            started_at=exam.begun_at,
            right=sum(asked.right for asked in exam.questions),
            questions=len(exam.questions),
        )
        for exam in exams
        if exam.over and exam.strict
    )


def _answer(asked: ExamQuestion, exam: Exam, calendar: Calendar) -> Answer:
    question = asked.variant.question
    return Answer(
        topic=question.topic,
        difficulty=logits_of(question.difficulty),
        guess=guess_chance(question),
        right=asked.right,
        day=calendar.day(exam.begun_at),
    )
