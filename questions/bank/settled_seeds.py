"""Which draw of a seed shows every mistake: found by computing, remembered until it is used up."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from questions.bank.tables import SettledSeed


@dataclass(frozen=True, slots=True)
class SeedKey:
    """What a settled seed belongs to."""

    question_id: str
    content_hash: str
    seed: int


# Built once: building a statement takes longer than running it.
_THIS = (
    SettledSeed.question_id == bindparam("the_question"),
    SettledSeed.seed == bindparam("the_seed"),
    SettledSeed.content_hash == bindparam("the_content"),
)
_ATTEMPT = select(SettledSeed.attempt).where(*_THIS)
_FORGET = delete(SettledSeed).where(*_THIS)


def settled_attempt(connection: Connection, key: SeedKey) -> int | None:
    """Return how many draws have to be discarded, None if that was not found out yet."""
    return connection.scalar(_ATTEMPT, _parameters(key))


def remember_seed(connection: Connection, key: SeedKey, *, attempt: int) -> None:
    """Remember a seed's attempt. It is a function of the key: a second one cannot differ."""
    try:
        with connection.begin_nested():
            connection.execute(
                insert(SettledSeed).values(
                    question_id=key.question_id,
                    content_hash=key.content_hash,
                    seed=key.seed,
                    attempt=attempt,
                )
            )
    except IntegrityError:
        return


def forget_seed(connection: Connection, key: SeedKey) -> None:
    """Drop a seed that was used up."""
    connection.execute(_FORGET, _parameters(key))


def forget_other_contents(connection: Connection, question_id: str, *, content_hash: str) -> None:
    """Drop the seeds of a question that were settled for another content."""
    connection.execute(
        delete(SettledSeed).where(
            SettledSeed.question_id == question_id, SettledSeed.content_hash != content_hash
        )
    )


def _parameters(key: SeedKey) -> dict[str, object]:
    return {
        "the_question": key.question_id,
        "the_content": key.content_hash,
        "the_seed": key.seed,
    }
