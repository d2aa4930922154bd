"""Bring a database to the current schema. Imports Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Run the missing migrations within the connection's transaction."""
    command.upgrade(configured(connection), "head")


def configured(connection: Connection) -> Config:
    """Return Alembic's configuration for our migrations on this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
