"""Asks before something typed is thrown away."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from quizapp.language import _
from quizapp.tui.page import Page, Paragraph, Sheet
from quizapp.tui.typed import ordinary_key
from quizapp.tui.widgets.press import Press


class ConfirmScreen(ModalScreen[bool]):
    """Answers True to go ahead. Escape, pressed once too often, changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", show=False),
        Binding("n,escape", "answer(False)", show=False),
    ]
    AUTO_FOCUS = None

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """Show the question and the two answers."""
        with Vertical(id="dialog"):
            yield Sheet(Page([Paragraph(Content(self._question))]), id="text")
            with Horizontal(id="answers"):
                yield Press(f"{self._yes}  Enter", key="enter", id="yes")
                yield Press(f"{self._no}  Esc", key="escape", id="no")

    def on_mount(self) -> None:
        """Name the dialog."""
        self.query_one("#dialog").border_title = Content(_("Sure?"))

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)
