"""Mock exams in the database: begun whole, then changed one answer at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, insert, select, update

from losses.text import Language, Text, Words
from questions.bank.tables import QuestionRow
from questions.bank.translations import ASKED_BY_ITSELF
from questions.draw import draw
from questions.model import Question
from questions.variant import ShownOption, Variant
from quizapp.history import tables
from quizapp.history.exam import Exam, ExamQuestion, Given, OptionJson


@dataclass(frozen=True, slots=True)
class Seen:
    """A question in use; `last_seen`: when the learner met it, studying or in an exam."""

    question_id: str
    kind: str
    topic: str
    body: str  # JSON
    last_seen: datetime | None


def questions_in_use(
    connection: Connection, learner_id: int, *, kinds: Sequence[str], topics: Sequence[str]
) -> Iterator[Seen]:
    """Yield the questions of some kinds and topics, and when the learner met them last."""
    in_exams = (
        select(
            tables.ExamQuestion.question_id,
            func.max(tables.Exam.begun_at, type_=tables.Exam.begun_at.type).label("at"),
        )
        .join(tables.Exam, tables.Exam.id == tables.ExamQuestion.exam_id)
        .where(tables.Exam.learner_id == learner_id)
        .group_by(tables.ExamQuestion.question_id)
        .subquery()
    )
    rows = connection.execute(
        select(
            QuestionRow.id,
            QuestionRow.kind,
            QuestionRow.topic,
            QuestionRow.body,
            tables.Card.last_at,
            in_exams.c.at,
        )
        .outerjoin(
            tables.Card,
            (tables.Card.question_id == QuestionRow.id) & (tables.Card.learner_id == learner_id),
        )
        .outerjoin(in_exams, in_exams.c.question_id == QuestionRow.id)
        .where(~QuestionRow.retired, QuestionRow.kind.in_(kinds), QuestionRow.topic.in_(topics))
        .where(ASKED_BY_ITSELF)
    )
    for row in rows:
        moments = [moment for moment in (row.last_at, row.at) if moment is not None]
        yield Seen(row.id, row.kind, row.topic, row.body, max(moments, default=None))


def add(connection: Connection, learner_id: int, exam: Exam) -> None:
    """Store an exam that begins."""
    connection.execute(
        insert(tables.Exam).values(
            id=exam.id,
            learner_id=learner_id,
            blueprint=exam.blueprint,
            title=exam.title[:200],
            seconds=exam.seconds,
            seed=exam.seed,
            strict=exam.strict,
            forecast=None if exam.forecast is None else dict(exam.forecast),
            **_state(exam),
        )
    )
    connection.execute(
        insert(tables.ExamQuestion),
        [
            {
                "exam_id": exam.id,
                "position": each.position,
                "question_id": each.variant.question_id,
                "content_hash": each.variant.content_hash,
                "seed": each.variant.seed,
                "attempt": each.variant.attempt,
                "form": each.form,
                "language": each.variant.language,
                "body": each.variant.question.model_dump_json(),
                "options": _computed_options(each.variant),
                "key": each.key,
                **_marks(each),
            }
            for each in exam.questions
        ],
    )


def refreshed(connection: Connection, exam: Exam) -> Exam:
    """Return an exam with its clock and its end as they are stored now, locked until the commit."""
    row = connection.execute(
        select(tables.Exam.deadline, tables.Exam.paused_at, tables.Exam.submitted_at)
        .where(tables.Exam.id == exam.id)
        .with_for_update()
    ).one()
    return replace(
        exam, deadline=row.deadline, paused_at=row.paused_at, submitted_at=row.submitted_at
    )


def store_state(connection: Connection, exam: Exam) -> None:
    """Store where an exam stands: its clock, whether it is over, which question is present."""
    connection.execute(update(tables.Exam).where(tables.Exam.id == exam.id).values(**_state(exam)))


def store_question(connection: Connection, exam: Exam, position: int) -> None:
    """Store what became of one question, but for its answers."""
    connection.execute(
        update(tables.ExamQuestion)
        .where(tables.ExamQuestion.exam_id == exam.id, tables.ExamQuestion.position == position)
        .values(**_marks(exam.questions[position]))
    )


def add_answer(connection: Connection, exam: Exam, position: int) -> None:
    """Store the latest answer to a question. Raises IntegrityError if it is there already."""
    answers = exam.questions[position].answers
    connection.execute(
        insert(tables.ExamAnswer).values(
            exam_id=exam.id,
            position=position,
            number=len(answers) - 1,
            raw=answers[-1].raw,
            answered_at=answers[-1].at,
            milliseconds=answers[-1].milliseconds,
        )
    )


def link_review(connection: Connection, exam: Exam, position: int, review_id: str) -> None:
    """Remember which review a wrong answer became."""
    connection.execute(
        update(tables.ExamQuestion)
        .where(tables.ExamQuestion.exam_id == exam.id, tables.ExamQuestion.position == position)
        .values(review_id=review_id)
    )


def ids(connection: Connection, learner_id: int, *, over: bool | None = None) -> tuple[str, ...]:
    """Return the ids of a learner's exams, the latest first; `over`: only those that are, or not."""
    wanted = select(tables.Exam.id).where(tables.Exam.learner_id == learner_id)
    if over is not None:
        submitted = tables.Exam.submitted_at
        wanted = wanted.where(submitted.is_not(None) if over else submitted.is_(None))
    return tuple(connection.scalars(wanted.order_by(tables.Exam.id.desc())))


def exam(connection: Connection, exam_id: str) -> Exam:
    """Return an exam by its id. Raises sqlalchemy.exc.NoResultFound."""
    row = connection.execute(select(tables.Exam.__table__).where(tables.Exam.id == exam_id)).one()
    answers: dict[int, list[Given]] = {}
    for given in connection.execute(
        select(tables.ExamAnswer.__table__)
        .where(tables.ExamAnswer.exam_id == exam_id)
        .order_by(tables.ExamAnswer.position, tables.ExamAnswer.number)
    ):
        answers.setdefault(given.position, []).append(
            Given(raw=given.raw, at=given.answered_at, milliseconds=given.milliseconds)
        )
    asked = connection.execute(
        select(tables.ExamQuestion.__table__)
        .where(tables.ExamQuestion.exam_id == exam_id)
        .order_by(tables.ExamQuestion.position)
    )
    return Exam(
        id=row.id,
        blueprint=row.blueprint,
        title=row.title,
        seconds=row.seconds,
        seed=row.seed,
        strict=row.strict,
        begun_at=row.begun_at,
        deadline=row.deadline,
        paused_at=row.paused_at,
        submitted_at=row.submitted_at,
        present=row.present,
        forecast=row.forecast,
        questions=tuple(
            ExamQuestion(
                position=each.position,
                form=each.form,
                variant=_variant(
                    _question(each.body),
                    question_id=each.question_id,
                    content_hash=each.content_hash,
                    seed=each.seed,
                    attempt=each.attempt,
                    language=each.language,
                    options=each.options,
                ),
                key=each.key,
                flagged=each.flagged,
                guessed=each.guessed,
                milliseconds=each.milliseconds,
                answers=tuple(answers.get(each.position, ())),
                review_id=each.review_id,
            )
            for each in asked
        ),
    )


@cache
def _questions() -> TypeAdapter[Question]:
    return TypeAdapter(Question)


def _question(body: str) -> Question:
    return _questions().validate_json(body)


def _variant(
    question: Question,
    *,
    question_id: str,
    content_hash: str,
    seed: int,
    attempt: int,
    language: Language,
    options: list[OptionJson] | None,
) -> Variant:
    """Return what was shown, without computing anything."""
    variant = draw(
        question,
        question_id=question_id,
        content_hash=content_hash,
        seed=seed,
        attempt=attempt,
        language=language,
    )
    if options is None:
        return replace(variant, hints=())
    return replace(
        variant,
        hints=(),  # there are none in an exam
        options=tuple(
            ShownOption(str(place), each["text"], _words(each), each["right"])
            for place, each in enumerate(options, start=1)
        ),
    )


def _computed_options(variant: Variant) -> list[OptionJson] | None:
    """Return the options of a calculated choice, None for a question that has its own."""
    if variant.question.kind != "calculated_choice":
        return None
    return [
        OptionJson(
            text=option.text,
            ja=option.reason if isinstance(option.reason, str) else option.reason.ja,
            en=None if isinstance(option.reason, str) else option.reason.en,
            right=option.right,
        )
        for option in variant.options
    ]


def _words(option: OptionJson) -> Words:
    return option["ja"] if option["en"] is None else Text(option["ja"], option["en"])


def _state(exam: Exam) -> dict[str, object]:
    return {
        "begun_at": exam.begun_at,
        "deadline": exam.deadline,
        "paused_at": exam.paused_at,
        "submitted_at": exam.submitted_at,
        "present": exam.present,
    }


def _marks(question: ExamQuestion) -> dict[str, object]:
    return {
        "flagged": question.flagged,
        "guessed": question.guessed,
        "milliseconds": question.milliseconds,
        "review_id": question.review_id,
    }
