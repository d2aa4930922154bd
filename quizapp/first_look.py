"""What of the settings must be known before the first frame: the language and the theme.

Reading all of them takes pydantic, 0.1 s that the first frame does not wait for. What is wrong
here is passed over: `quizapp.settings` reads the file again and complains.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The language and the theme of the settings file, None where it names none."""

    language: str | None = None
    theme: str | None = None


def first_look(path: Path) -> FirstLook:
    """Look into the settings file, if there is one that can be read."""
    if not path.is_file():
        return FirstLook()
    import tomllib  # noqa: PLC0415 - 20 ms for those who have a settings file

    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not UTF-8 and not TOML are ValueErrors
        return FirstLook()
    language, theme = written.get("language"), written.get("theme")
    return FirstLook(
        language=language if language in ("ja", "en") else None,
        theme=theme if isinstance(theme, str) else None,
    )
