"""What a learner did, step by step, so that it can be taken back and done again.

A step that was taken back stays until something else is done; then it can no longer be done again.
The review log is untouched by all this: taking an answer back appends a retraction there, doing it
again appends the answer once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from quizapp.history.tables import ActionRow
from quizapp.history.vocabulary import ActionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One step. Its id grows with time."""

    id: str
    learner_id: int
    kind: ActionKind
    card_id: int
    # The review that an answer or an amendment made, as it was when it was taken back last.
    review_id: str | None = None
    replaced_id: str | None = None  # the review whose grade was amended
    until: date | None = None  # the study day to which cards were put off
    put_off: tuple[int, ...] = ()  # other cards of the same fact, put off by an answer


def _steps() -> Select[*tuple[object, ...]]:
    return select(*ActionRow.__table__.columns).where(
        ActionRow.learner_id == bindparam("the_learner"), ActionRow.undone == bindparam("is_undone")
    )


_LATEST = _steps().order_by(ActionRow.id.desc()).limit(1)
_EARLIEST = _steps().order_by(ActionRow.id).limit(1)
_LAST_ID = (
    select(ActionRow.id)
    .where(ActionRow.learner_id == bindparam("the_learner"))
    .where(ActionRow.undone == bindparam("is_undone"))
    .order_by(ActionRow.id.desc())
    .limit(1)
)
_APPEND = insert(ActionRow)
_FORGET_UNDONE = delete(ActionRow).where(
    ActionRow.learner_id == bindparam("the_learner"), ActionRow.undone == bindparam("is_undone")
)
_MARK = (
    update(ActionRow)
    .where(ActionRow.id == bindparam("the_action"), ActionRow.undone == bindparam("was_undone"))
    .values(undone=bindparam("is_undone"), review_id=bindparam("the_review"))
)


def append(connection: Connection, action: Action) -> None:
    """Add a step. What had been taken back before can no longer be done again."""
    connection.execute(_FORGET_UNDONE, {"the_learner": action.learner_id, "is_undone": True})
    connection.execute(
        _APPEND,
        {
            "id": action.id,
            "learner_id": action.learner_id,
            "kind": action.kind,
            "card_id": action.card_id,
            "review_id": action.review_id,
            "replaced_id": action.replaced_id,
            "until": action.until,
            "put_off": list(action.put_off),
            "undone": False,
        },
    )


def latest_done(connection: Connection, learner_id: int) -> Action | None:
    """Return the step that is taken back next."""
    return _one(connection, _LATEST, learner_id, undone=False)


def earliest_undone(connection: Connection, learner_id: int) -> Action | None:
    """Return the step that is done again next."""
    return _one(connection, _EARLIEST, learner_id, undone=True)


def mark(connection: Connection, action: Action, *, undone: bool, review_id: str | None) -> bool:
    """Say that a step was taken back, or done again; False if another program was faster."""
    changed = connection.execute(
        _MARK,
        {
            "the_action": action.id,
            "was_undone": not undone,
            "is_undone": undone,
            "the_review": review_id,
        },
    )
    return changed.rowcount == 1


def last_id(connection: Connection, learner_id: int) -> str | None:
    """Return the id of the learner's latest step, whether it was taken back or not."""
    found = [
        connection.scalar(_LAST_ID, {"the_learner": learner_id, "is_undone": undone})
        for undone in (False, True)
    ]
    return max((each for each in found if each is not None), default=None)


def _one(
    connection: Connection, statement: Select[*tuple[object, ...]], learner_id: int, *, undone: bool
) -> Action | None:
    parameters = {"the_learner": learner_id, "is_undone": undone}
    row: Row[*tuple[object, ...]] | None = connection.execute(statement, parameters).one_or_none()
    if row is None:
        return None
    return Action(
        id=row.id,
        learner_id=row.learner_id,
        kind=cast("ActionKind", row.kind),
        card_id=row.card_id,
        review_id=row.review_id,
        replaced_id=row.replaced_id,
        until=row.until,
        put_off=tuple(row.put_off),
    )
