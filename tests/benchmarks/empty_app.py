"""The smallest Textual program: what every start of a screen is compared with."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static

SHOWN = "ready"


class EmptyApp(App[None]):
    """Shows one word; `q` ends it."""

    BINDINGS: ClassVar = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Static(SHOWN)


if __name__ == "__main__":
    EmptyApp().run()
