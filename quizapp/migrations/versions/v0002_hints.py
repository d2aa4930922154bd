"""How many hints an answer was given with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no earlier answer had a hint."""
    op.add_column("review", sa.Column("hints", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("review", "hints")
