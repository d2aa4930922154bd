"""Rows of an exported log as responses: who answered what, and which options were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from losses.text import Language
from questions.draw import draw
from questions.grading.options import grade_options, read_option
from questions.model import CompareQuestion, Question, content_hash
from questions.variant import Variant
from questions.verdict import Verdict
from quizapp.learning.item_statistics import Response

Row = Mapping[str, object]


def responses(
    rows: Iterable[Row], questions: Mapping[str, Question], *, language: Language
) -> Iterator[Response]:
    """Yield the responses to some questions (by their full ids), in the order of the rows.

    `language` is that of the questions. Options are named for the content that `questions` holds;
    of another content only the score,
    the time and the mistakes are known. Rows that lack what is needed are passed over.
    """
    hashes = {question_id: content_hash(question) for question_id, question in questions.items()}
    for row in rows:
        match row:
            case {
                "learner": str(learner),
                "question_id": str(question_id),
                "content_hash": str(content),
                "score": int() | float() as score,
                "milliseconds": int(milliseconds),
                "seed": int(seed),
                "attempt": int(attempt),
                "raw": str(raw),
            } if question_id in questions:
                question = questions[question_id]
                yield Response(
                    learner=learner,
                    question_id=question_id,
                    content_hash=content,
                    score=float(score),
                    milliseconds=milliseconds,
                    chosen=(
                        _chosen(
                            draw(
                                question,
                                question_id=question_id,
                                content_hash=content,
                                seed=seed,
                                attempt=attempt,
                                language=language,
                            ),
                            raw,
                        )
                        if content == hashes[question_id]
                        else ()
                    ),
                    mistakes=_texts(row.get("mistakes")),
                )


def _chosen(variant: Variant, raw: str) -> tuple[str, ...]:
    if not variant.options:
        return ()
    if isinstance(variant.question, CompareQuestion):  # which one is right is not computed here
        read = read_option(variant, raw)
        return () if isinstance(read, Verdict) else (read.text,)
    return tuple(reason.text for reason in grade_options(variant, raw).reasons if reason.chosen)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()
