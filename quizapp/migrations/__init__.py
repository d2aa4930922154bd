"""The database's schema, version by version (Alembic). Versions are numbered: 0001, 0002, …"""

from __future__ import annotations

from typing import Final

HEAD: Final = "0008"  # the version this program works with
VERSION_TABLE: Final = "quizapp_schema"
