"""What can happen in a mock exam: every act takes an exam and returns the exam after it.

Nothing here reads a clock or a database (`quizapp.learning.sitting` does). An exam runs until it is
submitted; when its deadline passes first, it counts as submitted at the deadline. `strict`: the
clock cannot be paused and answers can be changed until the end. Otherwise it is for practice: each
answer is judged at once and stands, and the clock may pause.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from quizapp.history.exam import Exam, ExamQuestion, Given
from quizapp.language import _
from quizapp.problem import Problem

LONGEST_LOOK = 60 * 60 * 1000  # milliseconds that one look at a question counts for at most


class ExamOver(Problem):
    """The exam is over: nothing can be answered any more."""

    def __init__(self) -> None:
        super().__init__(_("The exam is over."))


class NotAllowed(Problem):
    """Something that this exam does not allow."""


def settled(exam: Exam, now: datetime) -> Exam:
    """Return the exam as it stands now: submitted at its deadline, if that has passed."""
    if exam.over or exam.paused_at is not None or now < exam.deadline:
        return exam
    return replace(exam, submitted_at=exam.deadline)


def resumed(exam: Exam, now: datetime) -> Exam:
    """Go on with an exam. After a pause the deadline is as much later as the pause was long."""
    if exam.paused_at is not None and not exam.over:
        pause = max(now - exam.paused_at, timedelta(0))  # the clock may have been set back
        exam = replace(exam, deadline=exam.deadline + pause, paused_at=None)
    return settled(exam, now)


def paused(exam: Exam, now: datetime) -> Exam:
    """Stop the clock. Raises NotAllowed in a strict exam and ExamOver."""
    _not_over(exam, now)
    if exam.strict:
        raise NotAllowed(_("The clock of this exam cannot be paused."))
    return exam if exam.paused_at is not None else replace(exam, paused_at=now)


def answered(exam: Exam, position: int, raw: str, *, now: datetime, milliseconds: int) -> Exam:
    """Answer a question, or change its answer; the same answer again changes nothing.

    `milliseconds`: on the question since the last act. Raises ExamOver, and NotAllowed for what is
    no option, and for a judged answer.
    """
    _running(exam, now)
    asked = exam.questions[position]
    if raw == asked.answer:
        return _with(exam, _looked_at(asked, milliseconds))
    if raw not in [option.label for option in asked.variant.options]:
        raise NotAllowed(
            _("Answer with a number from {first} to {last}.").format(
                first=asked.variant.options[0].label, last=asked.variant.options[-1].label
            )
        )
    if asked.answers and not exam.strict:
        raise NotAllowed(_("This answer has been judged and stands."))
    asked = _looked_at(asked, milliseconds)
    given = Given(raw=raw, at=now, milliseconds=asked.milliseconds)
    return _with(exam, replace(asked, answers=(*asked.answers, given)))


def flagged(exam: Exam, position: int, *, now: datetime) -> Exam:
    """Flag a question to be looked at again, or take its flag away. Raises ExamOver."""
    _running(exam, now)
    asked = exam.questions[position]
    return _with(exam, replace(asked, flagged=not asked.flagged))


def guessed(exam: Exam, position: int, *, now: datetime) -> Exam:
    """Say of an answer that it is a guess, or that it is none. Raises ExamOver."""
    _running(exam, now)
    asked = exam.questions[position]
    return _with(exam, replace(asked, guessed=not asked.guessed))


def moved(exam: Exam, to: int, *, now: datetime, milliseconds: int) -> Exam:
    """Go to another question, answered or not; `milliseconds` were spent on the present one.

    Beyond the last question lies the last, before the first the first. Raises ExamOver.
    """
    _running(exam, now)
    exam = _with(exam, _looked_at(exam.questions[exam.present], milliseconds))
    return replace(exam, present=max(0, min(to, len(exam.questions) - 1)))


def submitted(exam: Exam, now: datetime) -> Exam:
    """Submit; again, or after the deadline, changes nothing more."""
    exam = settled(exam, now)
    if exam.over:
        return exam
    return replace(exam, submitted_at=min(exam.paused_at or now, exam.deadline), paused_at=None)


def _not_over(exam: Exam, now: datetime) -> None:
    if settled(exam, now).over:
        raise ExamOver


def _running(exam: Exam, now: datetime) -> None:
    """Raise ExamOver if nothing can be answered any more, NotAllowed while the clock stands."""
    _not_over(exam, now)
    if exam.paused_at is not None:
        raise NotAllowed(_("The clock is paused."))


def _looked_at(asked: ExamQuestion, milliseconds: int) -> ExamQuestion:
    spent = max(0, min(milliseconds, LONGEST_LOOK))
    return replace(asked, milliseconds=asked.milliseconds + spent)


def _with(exam: Exam, asked: ExamQuestion) -> Exam:
    questions = list(exam.questions)
    questions[asked.position] = asked
    return replace(exam, questions=tuple(questions))
