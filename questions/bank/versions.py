"""What questions said before they were changed: what the answers of that time were given to."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, bindparam, insert, select

from questions.bank.tables import QuestionVersion
from questions.model import Question

_BODY = select(QuestionVersion.body).where(
    QuestionVersion.question_id == bindparam("the_question"),
    QuestionVersion.content_hash == bindparam("the_content"),
)


def keep_version(connection: Connection, question_id: str, *, content_hash: str, body: str) -> None:
    """Keep what a question says, before something else is put in its place."""
    known = {"the_question": question_id, "the_content": content_hash}
    if connection.scalar(_BODY, known) is None:
        connection.execute(
            insert(QuestionVersion).values(
                question_id=question_id, content_hash=content_hash, body=body
            )
        )


def earlier_version(
    connection: Connection, question_id: str, *, content_hash: str
) -> Question | None:
    """Return what a question said before.

    None where nobody kept it, or where it was kept in a form that this program does not read.
    """
    body = connection.scalar(_BODY, {"the_question": question_id, "the_content": content_hash})
    if body is None:
        return None
    try:
        return _questions().validate_json(body)
    except ValidationError:
        return None


@cache
def _questions() -> TypeAdapter[Question]:
    return TypeAdapter(Question)
