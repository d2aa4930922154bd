"""Where the program keeps things, by the customs of each platform."""

from __future__ import annotations

import os
from pathlib import Path


def database() -> str:
    """Return the database in use unless `--database` names one: a URL or the path of a file.

    `QUIZAPP_DATABASE_URL`, else `quizapp.db` in the user's data directory.
    """
    named = os.environ.get("QUIZAPP_DATABASE_URL")
    if named:
        return named
    import platformdirs  # noqa: PLC0415 - 26 ms that --version need not pay

    return str(Path(platformdirs.user_data_dir("quizapp", appauthor=False)) / "quizapp.db")


def cache() -> Path:
    """Return the directory of what can be computed again: the user's cache directory."""
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_cache_dir("quizapp", appauthor=False))


def settings() -> Path:
    """Return the settings file: `QUIZAPP_SETTINGS`, else `settings.toml` in the user's config."""
    named = os.environ.get("QUIZAPP_SETTINGS")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_config_dir("quizapp", appauthor=False)) / "settings.toml"
