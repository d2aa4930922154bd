"""Settings of every test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from quizapp.database import open_database
from tests import postgres

# A property is judged by what it says, never by how long a busy machine took to say it.
settings.register_profile("unhurried", deadline=None)
# CI judges a change by the same examples every time; new ones are looked for where people work.
settings.register_profile("ci", settings.get_profile("unhurried"), derandomize=True)
settings.load_profile("ci" if "CI" in os.environ else "unhurried")


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_developer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings, the data and the environment of whoever runs the tests out of reach."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZAPP_SETTINGS", str(home / "settings.toml"))
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        for name in ("QUIZAPP_DATABASE_URL", "NO_COLOR", "TEXTUAL_THEME"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server for the whole run; tests that need one are skipped without."""
    try:
        with postgres.server() as server:
            yield server
    except postgres.NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database can be opened that is not there yet, of either kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "quizapp.db")
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    url = server.new_database()
    yield url
    server.drop(url)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """A new database of either kind, with its tables."""
    engine = open_database(database)
    yield engine
    engine.dispose()
