"""Asks how sure the learner is, after the answer and before the verdict."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from quizapp.language import _
from quizapp.learning.serving import Confidence
from quizapp.tui.typed import character_of, ordinary_key
from quizapp.tui.widgets.press import Press
from quizapp.wording import confidences


class ConfidenceScreen(ModalScreen[Confidence | None]):
    """Answers with one of three; None goes back to the question, which stays unanswered."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = None

    def compose(self) -> ComposeResult:
        """Show the three answers."""
        with Vertical(id="dialog"), Horizontal(id="answers"):
            for value, key, name in confidences():
                yield Press(f"{name}  {key}", key=key, id=value)

    def on_mount(self) -> None:
        """Name the dialog."""
        self.query_one("#dialog").border_title = Content(_("How sure are you?"))

    def on_key(self, event: Key) -> None:
        """Take a number, also one that an input method made wide."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)
            return
        typed = character_of(event) or event.key
        for value, key, _name in confidences():
            if typed == key:
                event.stop()
                self.dismiss(value)
