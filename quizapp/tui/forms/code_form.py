"""Answering with a program that is typed and run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.widgets import TextArea

from questions.model import CodeQuestion
from quizapp.language import _
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.forms.code_editor import CodeEditor
from quizapp.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from questions.variant import Variant
    from questions.verdict import Verdict


class CodeForm(AnswerForm):
    """An editor that begins with what the author gives."""

    typing: ClassVar[bool] = True
    key: ClassVar[str] = "f5"

    def __init__(self) -> None:
        super().__init__()
        self._starter = ""

    def compose(self) -> ComposeResult:
        """Lay out the editor."""
        yield CodeEditor(id="editor")

    @property
    def editor(self) -> CodeEditor:
        """Where the program is typed."""
        return self.query_one(CodeEditor)

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Show the author's program, or a former answer."""
        question = variant.question
        given = question.starter if isinstance(question, CodeQuestion) else ""
        self.remove_class("-judged")
        self.editor.begin(given)
        self._starter = self.editor.text
        if retyped:
            self.editor.begin(retyped)

    def judge(self, verdict: Verdict) -> None:
        """Make room for the verdict."""
        self.add_class("-judged")
        if verdict.finding is not None and verdict.finding.line is not None:
            self.editor.move_cursor((verdict.finding.line - 1, 0))

    def open(self, *, asking: bool) -> None:
        """Let the editor be typed into, or no longer."""
        self.editor.read_only = not asking

    @property
    def raw(self) -> str | None:
        """Return the program."""
        return self.editor.text if self.editor.text.strip() else None

    @property
    def begun(self) -> bool:
        """Return whether the program is no longer what the author gave."""
        return self.editor.text != self._starter

    @property
    def missing(self) -> str:
        """Ask for a program."""
        return _("Write the code first.")

    def hints(self) -> list[Hint]:
        """Return the keys of the editor."""
        return [Hint("F5 ^s", _("Run"), "f5", always=True), Hint("Tab", _("Indent"), "tab")]

    @property
    def button(self) -> str:
        """Say what the button does."""
        return _("Run") + "  F5"

    def take_focus(self) -> bool:
        """Focus the editor."""
        self.editor.focus(scroll_visible=False)
        return True

    def present(self) -> Region | None:
        """Return the line of the cursor."""
        editor = self.editor
        line = editor.cursor_location[0] - round(editor.scroll_offset.y)
        return Region(0, 1 + max(0, line), 1, 1).translate(editor.virtual_region.offset)

    @on(CodeEditor.Run)
    def _run(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Submitted())

    @on(TextArea.SelectionChanged)
    def _moved(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())
