"""The two settings that the first frame needs: language and colours. No pydantic here.

The whole file is checked when the questions are opened (`quizapp.settings`); what is wrong with
it is said then.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Preferences:
    """As written in the settings file; None where nothing (readable) is."""

    language: str | None = None
    theme: str | None = None


def read_preferences(path: Path) -> Preferences:
    """Read the preferences; a missing or broken file gives none."""
    if not path.is_file():
        return Preferences()
    import tomllib  # noqa: PLC0415 - 19 ms that most starts need not pay

    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError):
        return Preferences()
    language, theme = written.get("language"), written.get("theme")
    return Preferences(
        language if isinstance(language, str) else None,
        theme if isinstance(theme, str) else None,
    )
