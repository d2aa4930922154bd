"""Answering by filling places: what belongs together, or the gaps of a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message

from questions.grading.rows import OPEN, read_places, uses_each_once
from questions.model import MatchQuestion
from quizapp.language import _
from quizapp.tui.forms.answer_form import AnswerForm, answer_hint
from quizapp.tui.forms.labels import BACK, label_of
from quizapp.tui.forms.places_sheet import PlacesSheet
from quizapp.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from questions.variant import Variant
    from questions.verdict import Verdict


class PlacesForm(AnswerForm):
    """Places, one below the other, each with what was put there."""

    def compose(self) -> ComposeResult:
        """Lay out the places."""
        yield PlacesSheet(id="places")

    @property
    def sheet(self) -> PlacesSheet:
        """The places."""
        return self.query_one(PlacesSheet)

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Show the places; a former answer fills them again."""
        self.sheet.ask(
            variant.rows,
            once=uses_each_once(variant),
            how=_how(variant),
            chosen=read_places(variant, retyped),
        )

    def judge(self, verdict: Verdict) -> None:
        """Show what was put into each place, what belongs there and why."""
        self.sheet.judge(verdict.rows, verdict.reasons)

    @property
    def raw(self) -> str | None:
        """Return one label for each place, once all are filled."""
        filling = self.sheet.filling
        if not filling.complete:
            return None
        return " ".join(label or OPEN for label in filling.chosen)

    @property
    def begun(self) -> bool:
        """Whether any place is filled."""
        return any(label is not None for label in self.sheet.filling.chosen)

    @property
    def missing(self) -> str:
        """Name the first place that is open."""
        first = self.sheet.filling.chosen.index(None)
        return _("{place} is still open.").format(place=self.sheet.called(first))

    def hints(self) -> list[Hint]:
        """Return the keys that fill places."""
        return [
            Hint(f"1-{self.sheet.choices}", _("Fill"), "right", always=True),
            Hint("Up Down", _("Place"), "down"),
            answer_hint(),
        ]

    def press(self, character: str) -> bool:
        """Fill the present place by a number or letter, or leave it open again."""
        if character in BACK:
            return self.sheet.clear()
        label = label_of(character)
        return label is not None and self.sheet.put(label)

    def step(self, by: int) -> bool:
        """Go to the place above or below."""
        self.sheet.step(by)
        return True

    def shift(self, by: int) -> bool:
        """Put the next or previous option into the present place."""
        self.sheet.turn(by)
        return True

    def toggle(self) -> None:
        """Put the next option into the present place."""
        self.sheet.turn(1)

    def present(self) -> Region | None:
        """Return the lines of the present place."""
        lines = self.sheet.lines_of_present()
        return None if lines is None else lines.translate(self.sheet.virtual_region.offset)

    @on(PlacesSheet.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())


def _how(variant: Variant) -> str:
    """Return what cannot be seen from the places themselves."""
    if not isinstance(variant.question, MatchQuestion):
        return ""
    if variant.question.reuse:
        return _("An option may belong to several.")
    return _("Each option is used once.")
