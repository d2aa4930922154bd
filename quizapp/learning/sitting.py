"""A learner sitting a mock exam: every act is committed at once, so that nothing is lost.

Whoever is interrupted, by a power cut too, finds the exam as it was, with the time that is left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from questions.bank import Bank
from questions.compute.client import ComputeRefused, ComputeUnavailable
from questions.examiner import Examiner
from questions.variant import Variant
from quizapp.history import exams
from quizapp.history.exam import Exam, ExamQuestion
from quizapp.history.learners import LearnerInfo
from quizapp.history.uuid7 import Uuid7
from quizapp.language import _, say
from quizapp.learning import exam as acts
from quizapp.learning.blueprints import Blueprint, Form
from quizapp.learning.day import Clock
from quizapp.learning.paper import Candidate, drawn, question_seed
from quizapp.problem import Problem

# The kinds that are asked in exams: one best answer among options, as in the real exam. A
# statement to be judged right or wrong, a number or a term to be typed do not occur there.
_KINDS = ("choice", "pick", "blank", "calculated_choice")


class ExamOpen(Problem):
    """Another exam was begun and is not over."""

    def __init__(self) -> None:
        super().__init__(_("An exam is not finished yet: quizapp exam --resume goes on with it."))


class Sitting:
    """One exam of one learner. Methods block; call them from one thread at a time."""

    def __init__(self, engine: Engine, *, clock: Clock, exam: Exam) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._clock = clock
        self.exam = exam

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._clock().astimezone(UTC)

    def left(self) -> timedelta:
        """Return the time that is left."""
        return self.exam.left(self.now())

    def answer(self, position: int, raw: str, *, milliseconds: int) -> Exam:
        """Answer a question or change its answer. Raises ExamOver and NotAllowed."""
        return self._question(
            position,
            lambda exam, now: acts.answered(
                exam, position, raw, now=now, milliseconds=milliseconds
            ),
        )

    def flag(self, position: int) -> Exam:
        """Flag a question, or take its flag away. Raises ExamOver."""
        return self._question(position, lambda exam, now: acts.flagged(exam, position, now=now))

    def guess(self, position: int) -> Exam:
        """Say that an answer is a guess, or that it is none. Raises ExamOver."""
        return self._question(position, lambda exam, now: acts.guessed(exam, position, now=now))

    def go(self, to: int, *, milliseconds: int) -> Exam:
        """Go to another question. Raises ExamOver."""
        return self._question(
            self.exam.present,
            lambda exam, now: acts.moved(exam, to, now=now, milliseconds=milliseconds),
        )

    def skip(self, *, milliseconds: int) -> Exam:
        """Go on without an answer. Raises ExamOver."""
        return self.go(self.exam.present + 1, milliseconds=milliseconds)

    def pause(self) -> Exam:
        """Stop the clock of an exam for practice. Raises NotAllowed and ExamOver."""
        return self._state(acts.paused)

    def go_on(self) -> Exam:
        """Let the clock run again; an exam whose deadline has passed is submitted."""
        return self._state(acts.resumed)

    def settle(self) -> Exam:
        """Submit the exam at its deadline, if that has passed."""
        return self._state(acts.settled)

    def submit(self) -> Exam:
        """Submit the exam, at the deadline if that has passed."""
        return self._state(acts.submitted)

    def _question(self, position: int, act: Callable[[Exam, datetime], Exam]) -> Exam:
        """Do something to one question and commit it."""
        try:
            with self._writing.begin() as connection:
                before = exams.refreshed(connection, self.exam)
                after = act(before, self.now())
                if len(after.questions[position].answers) > len(before.questions[position].answers):
                    exams.add_answer(connection, after, position)
                exams.store_question(connection, after, position)
                exams.store_state(connection, after)
        except IntegrityError:
            # Answered in another window meanwhile: go on from what is stored.
            with self._engine.connect() as connection:
                self.exam = exams.exam(connection, self.exam.id)
            raise acts.NotAllowed(
                _("This question was answered elsewhere meanwhile; look at it again.")
            ) from None
        except acts.ExamOver:
            self.settle()
            raise
        self.exam = after
        return after

    def _state(self, act: Callable[[Exam, datetime], Exam]) -> Exam:
        with self._writing.begin() as connection:
            before = exams.refreshed(connection, self.exam)
            after = act(before, self.now())
            if after != before:
                exams.store_state(connection, after)
        self.exam = after
        return after


def begin(
    engine: Engine,
    bank: Bank,
    examiner: Examiner,
    learner: LearnerInfo,
    blueprint: Blueprint,
    *,
    strict: bool,
    seed: int,
    clock: Clock,
    forecast: Mapping[str, object] | None = None,
) -> Sitting:
    """Draw an exam, compute what has to be computed, then let the clock run.

    Blocks while PyTorch loads if a question needs it. `forecast`: what was expected of this exam;
    it is kept and compared with the result. Raises ExamOpen, TooFewQuestions, and Problem where
    numbers cannot be computed.
    """
    if open_exam(engine, learner, clock=clock) is not None:
        raise ExamOpen
    refused: set[str] = set()
    while True:
        with engine.connect() as connection:
            candidates = [
                each
                for each in candidates_for(connection, learner, blueprint)
                if each.question_id not in refused
            ]
        paper = drawn(candidates, blueprint, seed=seed)
        questions: list[ExamQuestion] = []
        for each in paper:
            try:
                variant = _presented(bank, examiner, each, seed=seed)
            except ComputeRefused:  # no draw shows every mistake
                refused.add(each.question_id)
                break
            except ComputeUnavailable as error:
                raise Problem(say(error.text)) from error
            key = next(option.label for option in variant.options if option.right)
            questions.append(
                ExamQuestion(position=len(questions), form=each.form, variant=variant, key=key)
            )
        if len(questions) == len(paper):
            break
    now = clock().astimezone(UTC)
    with engine.connect() as connection:
        latest = exams.ids(connection, learner.id)
    exam = Exam(
        id=Uuid7(after=latest[0] if latest else None).next(now),
        blueprint=blueprint.id,
        title=say(blueprint.name),
        seconds=blueprint.seconds,
        seed=seed,
        strict=strict,
        begun_at=now,
        deadline=now + timedelta(seconds=blueprint.seconds),
        questions=tuple(questions),
        forecast=forecast,
    )
    with engine.execution_options(writes=True).begin() as connection:
        exams.add(connection, learner.id, exam)
    return Sitting(engine, clock=clock, exam=exam)


def open_exam(engine: Engine, learner: LearnerInfo, *, clock: Clock) -> Sitting | None:
    """Return the exam that is not over, None if there is none.

    One whose deadline has passed is submitted now, as of its deadline. A paused one stays paused.
    """
    with engine.connect() as connection:
        unfinished = exams.ids(connection, learner.id, over=False)
        found = [exams.exam(connection, exam_id) for exam_id in unfinished]
    for exam in found:
        sitting = Sitting(engine, clock=clock, exam=exam)
        if not sitting.settle().over:
            return sitting
    return None


def resume(engine: Engine, learner: LearnerInfo, *, clock: Clock) -> Sitting:
    """Go on with the exam that was interrupted last, with the time that is left.

    When its deadline has passed, it is over: it was submitted at its deadline. Raises Problem where
    no exam was interrupted.
    """
    with engine.connect() as connection:
        unfinished = exams.ids(connection, learner.id, over=False)
        if not unfinished:
            raise Problem(_("No exam was interrupted."))
        exam = exams.exam(connection, unfinished[0])
    sitting = Sitting(engine, clock=clock, exam=exam)
    sitting.go_on()
    return sitting


def all_exams(engine: Engine, learner: LearnerInfo, *, clock: Clock) -> tuple[Exam, ...]:
    """Return the learner's exams, the latest first."""
    open_exam(engine, learner, clock=clock)  # submits what is overdue
    with engine.connect() as connection:
        return tuple(
            exams.exam(connection, exam_id) for exam_id in exams.ids(connection, learner.id)
        )


def candidates_for(
    connection: Connection, learner: LearnerInfo, blueprint: Blueprint
) -> Iterator[Candidate]:
    """Yield the questions of the bank that suit a blueprint."""
    for each in exams.questions_in_use(
        connection, learner.id, kinds=_KINDS, topics=tuple(blueprint.topics)
    ):
        body = json.loads(each.body)
        form = _form(each.kind, body)
        if form is not None and (blueprint.beyond or body.get("scope", "exam") == "exam"):
            yield Candidate(each.question_id, each.topic, form, each.last_seen)


def _form(kind: str, body: Mapping[str, object]) -> Form | None:
    """Return the form of a question, None where it has no single best answer among options."""
    match kind:
        case "choice":
            return "worst" if body.get("negative") else "best"
        case "pick":
            return "scenario"
        case "calculated_choice":
            return "calculation"
        case "blank" if body.get("combinations"):
            return "combination"
        case _:
            return None


def _presented(bank: Bank, examiner: Examiner, candidate: Candidate, *, seed: int) -> Variant:
    """Return what is shown of a question. Raises ComputeRefused and ComputeUnavailable."""
    stored = bank.question(candidate.question_id)
    variant = examiner.present(
        stored.question,
        question_id=stored.id,
        content_hash=stored.content_hash,
        seed=question_seed(seed, stored.id),
        language=stored.pack.language,
    )
    return replace(variant, hints=())  # there are none in an exam
