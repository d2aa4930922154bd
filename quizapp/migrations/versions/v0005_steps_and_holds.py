"""Steps to be taken back, cards put aside, confidence, shares of each day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from questions.bank.columns import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables; every answer so far can be taken back and is counted."""
    op.add_column("card", sa.Column("suspended_at", UTCDateTime(), nullable=True))
    op.add_column("card", sa.Column("buried_until", sa.Date(), nullable=True))
    op.add_column("review", sa.Column("confidence", sa.String(20), nullable=True))
    op.add_column("review", sa.Column("topic", sa.String(80), nullable=True))
    op.create_index("ix_card_lapses", "card", ["learner_id", "lapses"])
    op.execute(
        "UPDATE review SET topic = "
        "(SELECT question.topic FROM question WHERE question.id = review.question_id)"
    )
    op.create_table(
        "day_share",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name="fk_day_share_learner_id_learner"
        ),
        sa.PrimaryKeyConstraint("learner_id", "study_day", "kind", "name", name="pk_day_share"),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.String(36), nullable=True),
        sa.Column("replaced_id", sa.String(36), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("put_off", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name="fk_action_learner_id_learner"
        ),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_action_card_id_card"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_action_review_id_review"),
        sa.ForeignKeyConstraint(
            ["replaced_id"], ["review.id"], name="fk_action_replaced_id_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_index("ix_action_learner", "action", ["learner_id", "undone", "id"])
    op.execute(
        "INSERT INTO action (id, learner_id, kind, card_id, review_id, put_off, undone) "
        "SELECT review.id, review.learner_id, 'answer', review.card_id, review.id, '[]', "
        "(1 = 0) FROM review LEFT JOIN retraction ON retraction.review_id = review.id "
        "WHERE retraction.review_id IS NULL"
    )
    _count_the_shares_of_each_day()


def _count_the_shares_of_each_day() -> None:
    """Count what quizapp.history.shares said of an answer when this version was made."""
    review = sa.table(
        "review",
        *(sa.column(name) for name in ("id", "learner_id", "topic", "outcome", "grade")),
        sa.column("study_day", sa.Date()),
        sa.column("state_before"),
        sa.column("elapsed_days", sa.Integer()),
        sa.column("mistakes", sa.JSON()),
    )
    retraction = sa.table("retraction", sa.column("review_id"))
    counting = sa.select(review).where(
        review.c.id.not_in(sa.select(retraction.c.review_id).scalar_subquery())
    )
    answers: Counter[tuple[int, date, str, str]] = Counter()
    right: Counter[tuple[int, date, str, str]] = Counter()

    def count(row: sa.Row[Any], kind: str, name: str, *, well: bool) -> None:
        key = (row.learner_id, row.study_day, kind, name)
        answers[key] += 1
        right[key] += well

    connection = op.get_bind()
    for row in connection.execute(counting):
        if row.topic is not None:
            count(row, "topic", row.topic, well=row.outcome in ("correct", "rounding"))
        if row.state_before == "review":
            age = "mature" if (row.elapsed_days or 0) >= 21 else "young"
            count(row, "review", age, well=row.grade != "again")
        for mistake in row.mistakes:
            count(row, "mistake", mistake, well=False)
    share = sa.table(
        "day_share",
        sa.column("learner_id", sa.Integer()),
        sa.column("study_day", sa.Date()),
        *(sa.column(name) for name in ("kind", "name", "answers", "right")),
    )
    if answers:
        connection.execute(
            sa.insert(share),
            [
                {
                    "learner_id": learner_id,
                    "study_day": day,
                    "kind": kind,
                    "name": name,
                    "answers": answers[learner_id, day, kind, name],
                    "right": right[learner_id, day, kind, name],
                }
                for learner_id, day, kind, name in answers
            ],
        )


def downgrade() -> None:
    """Drop them. Cards that were put aside come back."""
    op.execute(
        "UPDATE card SET queue = CASE state WHEN 'relearning' THEN 'learning' ELSE state END "
        "WHERE queue IN ('suspended', 'buried')"
    )
    op.drop_table("action")
    op.drop_table("day_share")
    op.drop_index("ix_card_lapses", "card")
    op.drop_column("review", "topic")
    op.drop_column("review", "confidence")
    op.drop_column("card", "buried_until")
    op.drop_column("card", "suspended_at")
