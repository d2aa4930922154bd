"""Earlier contents of questions, by whose key an answer was judged, and the images of packs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables and a column. What was overwritten before is gone; nothing was rescored."""
    op.create_table(
        "question_version",
        sa.Column("question_id", sa.String(length=161), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name="fk_question_version_question_id_question"
        ),
        sa.PrimaryKeyConstraint("question_id", "content_hash", name="pk_question_version"),
    )
    op.create_table(
        "pack_image",
        sa.Column("pack_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name="fk_pack_image_pack_id_pack"),
        sa.PrimaryKeyConstraint("pack_id", "name", name="pk_pack_image"),
    )
    op.add_column("review", sa.Column("judged_by", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("review", "judged_by")
    op.drop_table("pack_image")
    op.drop_table("question_version")
