"""Answering by putting things in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message

from questions.grading.rows import read_order
from quizapp.language import _
from quizapp.tui.forms.answer_form import AnswerForm, answer_hint
from quizapp.tui.forms.labels import BACK, label_of
from quizapp.tui.forms.order_sheet import OrderSheet
from quizapp.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from questions.variant import Variant
    from questions.verdict import Verdict

_MOVES = {"shift+up": -1, "shift+down": 1}  # with Alt, many terminals send Escape first


class OrderForm(AnswerForm):
    """Items, one below the other, in the order given so far."""

    def compose(self) -> ComposeResult:
        """Lay out the items."""
        yield OrderSheet(id="order")

    @property
    def sheet(self) -> OrderSheet:
        """The items."""
        return self.query_one(OrderSheet)

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Show the items; a former answer is there again."""
        self.sheet.ask(variant.rows, placed=read_order(variant, retyped) or ())

    def judge(self, verdict: Verdict) -> None:
        """Show what was put at each place, what belongs there and why."""
        self.sheet.judge(verdict.rows)

    @property
    def raw(self) -> str | None:
        """Return the labels in the order given, once all have a place."""
        arrangement = self.sheet.arrangement
        return " ".join(arrangement.placed) if arrangement.complete else None

    @property
    def begun(self) -> bool:
        """Whether anything has a place."""
        return bool(self.sheet.arrangement.placed)

    @property
    def missing(self) -> str:
        """Ask for the whole order."""
        return _("Put all of them in order first.")

    def hints(self) -> list[Hint]:
        """Return the keys that put in order."""
        carrying = _("Drop") if self.sheet.carried else _("Carry")
        return [
            Hint(f"1-{self.sheet.count}", _("Add"), "down", always=True),
            Hint("Space", carrying, "space", always=True),
            answer_hint(),
        ]

    def press(self, character: str) -> bool:
        """Place an item by its number or letter, move the present one, or take the last back."""
        if character in _MOVES:
            self.sheet.move(_MOVES[character])
            return True
        if character in BACK:
            return self.sheet.take_back()
        label = label_of(character)
        return label is not None and self.sheet.turn(label)

    def step(self, by: int) -> bool:
        """Go to the item above or below; what was picked up goes along."""
        self.sheet.step(by)
        return True

    def toggle(self) -> None:
        """Pick the present item up, or put it down."""
        self.sheet.pick_up()

    def present(self) -> Region | None:
        """Return the lines of the present item."""
        lines = self.sheet.lines_of_present()
        return None if lines is None else lines.translate(self.sheet.virtual_region.offset)

    @on(OrderSheet.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())
