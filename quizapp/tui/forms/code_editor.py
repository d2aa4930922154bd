"""Where a program is typed, with or without an input method."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from quizapp.visible import visible

_INDENT = 4


class CodeEditor(TextArea):
    """An editor for one short program. Tab indents by spaces; F5 and Ctrl+S run it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+s", "run", show=False),
        Binding("shift+tab", "unindent", show=False),
    ]

    class Run(Message):
        """The program is to be judged."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            id=id,
            language="python",
            tab_behavior="indent",
            soft_wrap=False,
            show_line_numbers=True,
            highlight_cursor_line=False,
        )
        self.indent_width = _INDENT

    def begin(self, text: str) -> None:
        """Show a text, with the cursor at its end, as if nothing had been typed."""
        self.load_text(visible(text))
        self.move_cursor(self.document.end)

    def action_run(self) -> None:
        """Say that the program is complete."""
        self.post_message(self.Run())

    def action_unindent(self) -> None:
        """Take one step of indentation from the line of the cursor."""
        row, column = self.cursor_location
        spaces = min(_INDENT, self._indentation(row))
        if spaces and not self.read_only:
            self.delete((row, 0), (row, spaces))
            self.move_cursor((row, max(0, column - spaces)))

    def action_delete_left(self) -> None:
        """Delete to the left: within the indentation, back to the step before."""
        row, column = self.cursor_location
        within = self.selection.is_empty and 0 < column <= self._indentation(row)
        if within and not self.read_only:
            self.delete((row, (column - 1) // _INDENT * _INDENT), (row, column))
        else:
            super().action_delete_left()

    def action_undo(self) -> None:
        """Undo what was typed; when nothing was, take back the last answer."""
        before = self.text
        super().action_undo()
        if self.text == before:
            self.call_later(self.screen.run_action, "undo")

    async def _on_key(self, event: Key) -> None:
        if event.key == "escape":
            event.prevent_default()  # the screen has a binding for it
        elif event.key == "enter" and not self.read_only:
            event.prevent_default()
            event.stop()
            self._break_line()

    async def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        if not self.read_only:
            self.replace(visible(event.text), *self.selection)

    def _break_line(self) -> None:
        """Begin a line as far in as this one, or one step further after a colon."""
        start, end = sorted(self.selection)
        before = self.document[start[0]][: start[1]]
        spaces = len(before) - len(before.lstrip(" "))
        if before.rstrip().endswith(":"):
            spaces += _INDENT
        self.replace("\n" + " " * spaces, start, end)

    def _indentation(self, row: int) -> int:
        line = self.document[row]
        return len(line) - len(line.lstrip(" "))
