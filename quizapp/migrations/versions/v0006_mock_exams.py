"""Mock exams, and answers that came into the schedule from one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questions.bank.columns import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; every earlier answer was given while studying."""
    op.add_column(
        "review", sa.Column("origin", sa.String(length=20), server_default="study", nullable=False)
    )
    op.create_table(
        "exam",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("blueprint", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("deadline", UTCDateTime(), nullable=False),
        sa.Column("paused_at", UTCDateTime(), nullable=True),
        sa.Column("submitted_at", UTCDateTime(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("forecast", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_exam_learner_id_learner"),
        sa.PrimaryKeyConstraint("id", name="pk_exam"),
    )
    op.create_index("ix_exam_learner", "exam", ["learner_id", "id"])
    op.create_table(
        "exam_question",
        sa.Column("exam_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.String(length=161), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=True),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("guessed", sa.Boolean(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name="fk_exam_question_exam_id_exam"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name="fk_exam_question_question_id_question"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name="fk_exam_question_review_id_review"
        ),
        sa.PrimaryKeyConstraint("exam_id", "position", name="pk_exam_question"),
    )
    op.create_index("ix_exam_question_question_id", "exam_question", ["question_id"])
    op.create_table(
        "exam_answer",
        sa.Column("exam_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name="fk_exam_answer_exam_id_exam"),
        sa.PrimaryKeyConstraint("exam_id", "position", "number", name="pk_exam_answer"),
    )


def downgrade() -> None:
    """Drop the tables and the column."""
    for table in ("exam_answer", "exam_question", "exam"):
        op.drop_table(table)
    op.drop_column("review", "origin")
