"""Every test of a screen begins the same: in Japanese, in colour, without a blinking cursor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.widgets import Input

from quizapp.language import use


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Input, "cursor_blink", False)
    use("ja")
    yield
    use("ja")
