"""Asks for the path of a file."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from quizapp.language import _
from quizapp.tui.page import Page, Paragraph, Sheet
from quizapp.tui.widgets.press import Press


class PathScreen(ModalScreen[str | None]):
    """Answers the path that was typed, None where there is none after all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]
    AUTO_FOCUS = "#path"

    def __init__(self, title: str, says: str) -> None:
        super().__init__()
        self._title, self._says = title, says

    def compose(self) -> ComposeResult:
        """Show what is asked for, the field and the two ways out."""
        with Vertical(id="dialog"):
            yield Sheet(Page([Paragraph(Content(self._says))]), id="text")
            yield Input(id="path", select_on_focus=False)
            with Horizontal(id="answers"):
                yield Press(_("Open") + "  Enter", key="enter", id="yes")
                yield Press(_("Cancel") + "  Esc", key="escape", id="no")

    def on_mount(self) -> None:
        """Name the dialog."""
        self.query_one("#dialog").border_title = Content(self._title)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_give_up(self) -> None:
        """Close without a path."""
        self.dismiss(None)
