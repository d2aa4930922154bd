"""Answering with a number that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from questions.model import NumericQuestion
from quizapp import wording
from quizapp.language import _
from quizapp.tui.forms.answer_field import AnswerField
from quizapp.tui.forms.answer_form import AnswerForm

if TYPE_CHECKING:
    from questions.variant import Variant


class NumberForm(AnswerForm):
    """A field, and beside it how the number is wanted."""

    typing: ClassVar[bool] = True

    def compose(self) -> ComposeResult:
        """Lay out the field and what is asked for."""
        with Horizontal(id="entry"):
            yield AnswerField(id="field")
            yield Static(id="asked", markup=False)

    @property
    def field(self) -> AnswerField:
        """Where the number is typed."""
        return self.query_one(AnswerField)

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Say how the number is wanted; a former answer stands in the field again."""
        if isinstance(variant.question, NumericQuestion):
            asked = Content(wording.wanted(variant.question))
            self.query_one("#asked", Static).update(asked)
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
        """Ask for a number."""
        return _("Type a number first.")

    def take_focus(self) -> bool:
        """Focus the field."""
        self.field.focus(scroll_visible=False)
        return True

    @on(Input.Submitted)
    def _entered(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Submitted())
