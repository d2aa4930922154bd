"""Answering with a term that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from quizapp.language import _
from quizapp.tui.forms.answer_field import COMMANDS_OF_TERMS, AnswerField
from quizapp.tui.forms.answer_form import AnswerForm

if TYPE_CHECKING:
    from questions.variant import Variant


class TermForm(AnswerForm):
    """A field as wide as the question."""

    typing: ClassVar[bool] = True

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        yield AnswerField(id="term-field", commands=COMMANDS_OF_TERMS)

    @property
    def field(self) -> AnswerField:
        """Where the term is typed."""
        return self.query_one(AnswerField)

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Empty the field; a former answer stands in it again."""
        self.field.value = retyped
        self.field.cursor_position = len(self.field.value)

    def open(self, *, asking: bool) -> None:
        """Let the field be typed into, or no longer."""
        self.field.disabled = not asking

    @property
    def raw(self) -> str | None:
        """Return what stands in the field."""
        return self.field.value if self.field.value.strip() else None

    @property
    def missing(self) -> str:
        """Ask for a term."""
        return _("Type a term first.")

    def take_focus(self) -> bool:
        """Focus the field."""
        self.field.focus(scroll_visible=False)
        return True

    @on(Input.Submitted)
    def _entered(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Submitted())
