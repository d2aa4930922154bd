"""Answering a flashcard: turn it over, then say how well it was remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message

from questions.variant import ShownOption
from quizapp import wording
from quizapp.language import _
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.forms.choices import Choices
from quizapp.tui.page import BLANK, Paragraph, Rule, Sheet
from quizapp.tui.prose import prose
from quizapp.tui.verdict_page import explained
from quizapp.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from questions.variant import Variant


class CardForm(AnswerForm):
    """The back of the card, hidden at first, and below it the four grades."""

    at_once: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self._turned = False

    def compose(self) -> ComposeResult:
        """Lay out the back and the grades."""
        yield Sheet(id="back")
        yield Choices(id="grades")

    @property
    def grades(self) -> Choices:
        """The grades."""
        return self.query_one(Choices)

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Show the front alone; a former grade is forgotten, for it is given anew."""
        back = Paragraph(prose(variant.back, style="bold"))
        more = explained(variant.explanation, variant.question.source)
        between = [BLANK] if more else []
        self.query_one("#back", Sheet).show([Rule("$text-muted"), back, *between, *more])
        self.grades.ask(
            [ShownOption(key, says, "", right=False) for key, says in wording.own_grades()]
        )
        self._show(turned=False)

    def _show(self, *, turned: bool) -> None:
        self._turned = turned
        self.query_one("#back").display = turned
        self.grades.display = turned

    def turn(self) -> bool:
        """Show the back; False where it is shown already."""
        if self._turned:
            return False
        self._show(turned=True)
        self.post_message(self.Changed())
        return True

    @property
    def raw(self) -> str | None:
        """Return the grade, 1 to 4."""
        return self.grades.label if self._turned else None

    @property
    def begun(self) -> bool:
        """Return False: nothing is lost by leaving."""
        return False

    @property
    def missing(self) -> str:
        """Ask for a grade."""
        return _("Say from 1 to 4 how well you remembered it.")

    @property
    def button(self) -> str:
        """Return what the button says; once the card is turned, the grades are the buttons."""
        return "" if self._turned else _("Turn the card") + "  Space"

    def hints(self) -> list[Hint]:
        """Return the keys that turn the card or grade it."""
        if self._turned:
            return [Hint("1-4", _("How well remembered"), "3", always=True)]
        return [Hint("Space", _("Turn the card"), "space", always=True)]

    def press(self, character: str) -> bool:
        """Give a grade once the back is seen."""
        known = tuple(key for key, _says in wording.own_grades())
        return self._turned and character in known and self.grades.choose(known.index(character))

    def toggle(self) -> None:
        """Turn the card."""
        self.turn()

    def enter(self) -> bool:
        """Turn the card before it is graded."""
        return self.turn()

    def present(self) -> Region | None:
        """Return the grades, so that they are seen below a long back."""
        return self.grades.virtual_region if self._turned else None

    @on(Choices.Chosen)
    @on(Choices.Submitted)
    def _graded(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Submitted())
