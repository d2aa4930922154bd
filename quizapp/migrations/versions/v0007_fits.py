"""Weights fitted to a learner, and which of them scheduled a review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questions.bank.columns import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the column; every review so far used the published weights."""
    op.create_table(
        "fit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("weight_count", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("compared_with", sa.String(length=36), nullable=True),
        sa.Column("last_review_id", sa.String(length=36), nullable=False),
        sa.Column("last_answered_at", UTCDateTime(), nullable=False),
        sa.Column("long_term", sa.Integer(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.Column("fitted_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_fit_learner_id_learner"),
        sa.PrimaryKeyConstraint("id", name="pk_fit"),
    )
    op.create_index("ix_fit_learner", "fit", ["learner_id", "id"])
    op.add_column(
        "review",
        sa.Column(
            "fit_id",
            sa.String(length=36),
            sa.ForeignKey("fit.id"),
            nullable=True,
        ),
        inline_references=True,  # SQLite adds no constraint later without a copy of the log
    )


def downgrade() -> None:
    """Drop the column and the table."""
    with op.batch_alter_table("review") as review:
        review.drop_column("fit_id")
    op.drop_table("fit")
