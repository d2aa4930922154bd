"""A place to click. The keyboard has keys for everything, so it never takes the focus."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.widgets import Static


class Press(Static):
    """Looks like a button; a click on it sends a key, so that both ways do exactly the same."""

    ALLOW_SELECT = False

    def __init__(self, label: str, *, key: str, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(Content(label), id=id, markup=False)
        self.key = key

    def name_it(self, label: str) -> None:
        """Show another label."""
        self.update(Content(label))

    def on_click(self, event: Click) -> None:
        """Send the key."""
        event.stop()
        if not self.disabled:
            self.app.simulate_key(self.key)
