"""Which answers say how an exam would go: first attempts without help at questions never seen.

An answer to a question that was seen before shows what is remembered of that question, and would
make the forecast ten points too good; one after a hint shows what the hint says. Of a flashcard
only the learner knows whether the answer was right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from questions.chance import guess_chance
from questions.model import Question
from questions.verdict import RIGHT
from quizapp.history.first_attempts import FirstAttempt, answers_given, first_attempts
from quizapp.history.learners import LearnerInfo
from quizapp.learning.difficulties import logits_of
from quizapp.learning.exam_evidence import MetInExam
from quizapp.learning.readiness import Answer

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The answers that count, and how many do not and why."""

    answers: tuple[Answer, ...]
    with_hints: int
    self_graded: int
    undone: int  # taken back after the verdict
    repeated: int  # to questions that had been seen, also in an exam


def evidence_of(
    attempts: Sequence[FirstAttempt], *, answered: int, met: Sequence[MetInExam] = ()
) -> Evidence:
    """Sort first attempts; `answered` is the number of all answers that were not taken back.

    `met`: the questions of mock exams, the earliest first. A question counts where it was met
    first: in an exam, or while studying.
    """
    studied = {each.question_id: each.answered_at for each in attempts}
    in_exams: dict[str, MetInExam] = {}
    for each in met:
        in_exams.setdefault(each.question_id, each)
    first_in_exam = {
        name: each
        for name, each in in_exams.items()
        if name not in studied or each.at <= studied[name]
    }
    attempts = [each for each in attempts if each.question_id not in first_in_exam]
    undone = [each for each in attempts if each.undone]
    kept = [each for each in attempts if not each.undone]
    self_graded = [each for each in kept if each.kind == "card"]
    with_hints = [each for each in kept if each.kind != "card" and each.hints]
    counting = [each for each in kept if each.kind != "card" and not each.hints]
    return Evidence(
        answers=(*map(_answer, counting), *(each.answer for each in first_in_exam.values())),
        with_hints=len(with_hints),
        self_graded=len(self_graded),
        undone=len(undone),
        repeated=max(0, answered - len(kept)) + len(met) - len(first_in_exam),
    )


def read_evidence(
    engine: Engine, learner: LearnerInfo, *, met: Sequence[MetInExam] = ()
) -> Evidence:
    """Return what a learner's history says, and what was met in mock exams (`evidence_of`)."""
    with engine.connect() as connection:
        attempts = first_attempts(connection, learner.id)
        answered = answers_given(connection, learner.id)
    return evidence_of(attempts, answered=answered, met=met)


def _answer(attempt: FirstAttempt) -> Answer:
    return Answer(
        topic=attempt.topic,
        difficulty=logits_of(attempt.difficulty),
        guess=guess_chance(_questions().validate_json(attempt.body)),
        right=attempt.outcome in RIGHT,
        day=attempt.study_day,
    )


@cache
def _questions() -> TypeAdapter[Question]:
    return TypeAdapter(Question)
