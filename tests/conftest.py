"""Settings of every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A property is judged by what it says, never by how long a busy machine took to say it.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


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
