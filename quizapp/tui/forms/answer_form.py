"""What every way of answering on the screen has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message

from quizapp.language import _
from quizapp.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from questions.variant import Variant
    from questions.verdict import Verdict


class AnswerForm(Vertical):
    """Takes one answer: shows what there is to answer with, then what became of it.

    It is laid out once and asks one question after the other. It knows no session; the screen
    gives it keys and takes `raw`, the answer as one text, which is what is judged and stored.
    """

    typing: ClassVar[bool] = False  # whether the keys that write a character belong to a field
    key: ClassVar[str] = "enter"  # what a click on the button sends while answering

    # Whether the next question follows at once: the verdict says nothing that is not known.
    at_once: ClassVar[bool] = False

    class Changed(Message):
        """Another part is the present one, or the answer is another one."""

    class Submitted(Message):
        """The answer is complete and meant."""

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Show what to answer with; `retyped` is an answer to begin with, "" for none."""

    def judge(self, verdict: Verdict) -> None:
        """Show what became of the answer, where the answer stands. Nothing can be changed now."""

    def open(self, *, asking: bool) -> None:
        """Take answers, or take none any more."""

    @property
    def raw(self) -> str | None:
        """Return the answer as one text, None while it is not complete."""
        return None

    @property
    def begun(self) -> bool:
        """Return whether something would be lost by leaving."""
        return self.raw is not None

    @property
    def missing(self) -> str:
        """Say what must be done before there is an answer."""
        return _("Choose an option first.")

    def hints(self) -> list[Hint]:
        """Return the keys of answering, the most needed first."""
        return [answer_hint()]

    @property
    def button(self) -> str:
        """Return what the button says while answering."""
        return _("Answer") + "  Enter"

    def press(self, character: str) -> bool:
        """Do what a character means here; False where it means nothing."""
        return False

    def step(self, by: int) -> bool:
        """Go up (−1) or down (1); False where there is nowhere to go and the page may scroll."""
        return False

    def shift(self, by: int) -> bool:
        """Go left (−1) or right (1); False where that means nothing."""
        return False

    def toggle(self) -> None:
        """Do what the space bar does here."""

    def enter(self) -> bool:
        """Do what has to come before the answer is given; True where something was done."""
        return False

    def take_focus(self) -> bool:
        """Focus the field that is typed into; False where there is none."""
        return False

    def present(self) -> Region | None:
        """Return where the present part stands within this form."""
        return None


def answer_hint() -> Hint:
    """Return the key that gives the answer."""
    return Hint("Enter", _("Answer"), "enter", always=True)
