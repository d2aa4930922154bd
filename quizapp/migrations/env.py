"""Run by Alembic: how our migrations reach the database."""

from __future__ import annotations

from alembic import context

import quizapp.history.tables  # noqa: F401 - adds its tables to the metadata
from questions.bank.tables import Base
from quizapp.migrations import VERSION_TABLE

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    # SQLite cannot alter most of a table: Alembic rebuilds it.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
