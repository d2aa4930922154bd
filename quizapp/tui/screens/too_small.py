"""What is shown while the terminal is too small for anything else."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen

from quizapp.language import _
from quizapp.terminal import LEAST_COLUMNS, LEAST_LINES
from quizapp.tui.page import Page, Paragraph, Sheet


def too_small(columns: int, lines: int) -> bool:
    """Whether the screens cannot be shown at that size."""
    return columns < LEAST_COLUMNS or lines < LEAST_LINES


class TooSmallScreen(ModalScreen[None]):
    """Covers the other screens, which stay as they are, until the terminal is large enough."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", show=False)]
    AUTO_FOCUS = None

    def compose(self) -> ComposeResult:
        """Show the message."""
        yield Sheet(id="text")

    def on_mount(self) -> None:
        """Say how large it is and how large it must be."""
        self._say()

    def on_resize(self, _event: Resize) -> None:
        """Say the new size."""
        self._say()

    def _say(self) -> None:
        size = self.app.size
        message = _(
            "The terminal is {columns}x{lines}; {least_columns}x{least_lines} is needed. "
            "Enlarge the window or choose a smaller font. Nothing is lost."
        ).format(
            columns=size.width,
            lines=size.height,
            least_columns=LEAST_COLUMNS,
            least_lines=LEAST_LINES,
        )
        text = self.query_one("#text", Sheet)
        text.page = Page([Paragraph(Content(message))])
        text.update(text.page)
