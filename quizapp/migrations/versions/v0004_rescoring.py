"""What questions said before they were changed, and by whose key an answer was judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the column. What was overwritten before is gone; nothing was rescored."""
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
    op.add_column("review", sa.Column("judged_by", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Drop both."""
    op.drop_column("review", "judged_by")
    op.drop_table("question_version")
