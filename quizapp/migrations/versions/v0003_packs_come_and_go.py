"""Packs that were removed, and questions that ask something else since a moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questions.bank.columns import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nothing was removed or changed its meaning yet."""
    op.add_column("pack", sa.Column("removed_at", UTCDateTime(), nullable=True))
    op.add_column("question", sa.Column("reset_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Drop the columns."""
    op.drop_column("question", "reset_at")
    op.drop_column("pack", "removed_at")
