"""The first tables: bank, history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questions.bank.columns import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bank",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank"),
    )
    op.create_table(
        "learner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("dealt", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learner"),
        sa.UniqueConstraint("name", name="uq_learner_name"),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("installed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pack"),
    )
    op.create_index("ix_pack_origin", "pack", ["origin"])
    op.create_table(
        "day_tally",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("introduced", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name="fk_day_tally_learner_id_learner"
        ),
        sa.PrimaryKeyConstraint("learner_id", "study_day", name="pk_day_tally"),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.String(length=161), nullable=False),
        sa.Column("pack_id", sa.String(length=80), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("difficulty", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("teaching_order", sa.BigInteger(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name="fk_question_pack_id_pack"),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
    )
    op.create_index("ix_question_generation", "question", ["generation"])
    op.create_index("ix_question_pack_id", "question", ["pack_id"])
    op.create_index("ix_question_slug", "question", ["slug"])
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=161), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("teaching_order", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Double(), nullable=True),
        sa.Column("difficulty", sa.Double(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("last_at", UTCDateTime(), nullable=True),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name="fk_card_learner_id_learner"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name="fk_card_question_id_question"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.UniqueConstraint("learner_id", "question_id", name="uq_card_learner_id"),
    )
    op.create_index("ix_card_place", "card", ["learner_id", "queue", "place", "id"])
    op.create_index("ix_card_topic_place", "card", ["learner_id", "queue", "topic", "place", "id"])
    op.create_table(
        "settled_seed",
        sa.Column("question_id", sa.String(length=161), nullable=False),
        sa.Column("seed", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name="fk_settled_seed_question_id_question"
        ),
        sa.PrimaryKeyConstraint("question_id", "seed", "content_hash", name="pk_settled_seed"),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=161), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("mistakes", sa.JSON(), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("torch_version", sa.String(length=80), nullable=True),
        sa.Column("dtype", sa.String(length=40), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("zone_offset", sa.Integer(), nullable=False),
        sa.Column("desired_retention", sa.Double(), nullable=False),
        sa.Column("state_before", sa.String(length=20), nullable=False),
        sa.Column("elapsed_days", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_review_card_id_card"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name="fk_review_learner_id_learner"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name="fk_review_question_id_question"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_card", "review", ["card_id", "id"])
    op.create_index("ix_review_learner", "review", ["learner_id", "id"])
    op.create_table(
        "retraction",
        sa.Column("review_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("retracted_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name="fk_retraction_review_id_review"
        ),
        sa.PrimaryKeyConstraint("review_id", name="pk_retraction"),
    )
    op.bulk_insert(
        sa.table("bank", sa.column("id"), sa.column("generation")), [{"id": 1, "generation": 0}]
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "retraction",
        "review",
        "settled_seed",
        "card",
        "question",
        "day_tally",
        "pack",
        "learner",
        "bank",
    ):
        op.drop_table(table)
