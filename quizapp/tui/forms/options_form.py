"""Answering by choosing one option, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message

from questions.gaps import gap_names
from questions.grading.options import chosen_labels
from questions.model import BlankQuestion, MultipleQuestion
from quizapp.language import _
from quizapp.tui.forms.answer_form import AnswerForm, answer_hint
from quizapp.tui.forms.choices import Choices
from quizapp.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from questions.variant import Variant
    from questions.verdict import Verdict

_NUMBERS, _LETTERS = "123456789", "abcdefghi"  # keys of the options


class OptionsForm(AnswerForm):
    """The options of a question, one below the other."""

    def compose(self) -> ComposeResult:
        """Lay out the options."""
        yield Choices(id="choices")

    @property
    def choices(self) -> Choices:
        """The options."""
        return self.query_one(Choices)

    def ask(self, variant: Variant, *, retyped: str = "") -> None:
        """Show the options; a former answer is chosen again."""
        several = isinstance(variant.question, MultipleQuestion)
        self.choices.ask(variant.options, several=several, heads=_heads(variant))
        labels = [option.label for option in variant.options]
        before = chosen_labels(variant, retyped) if several else (retyped,)
        for label in before or ():
            self.choices.choose(labels.index(label) if label in labels else -1)

    def judge(self, verdict: Verdict) -> None:
        """Mark the right and the chosen options and give every reason."""
        self.choices.judge(verdict.reasons)

    @property
    def raw(self) -> str | None:
        """Return the label of the chosen option, or those of several."""
        return self.choices.label

    def hints(self) -> list[Hint]:
        """Return the keys that choose."""
        count = self.choices.count
        if self.choices.several:
            choosing = Hint(f"1-{count} Space", _("On/off"), "space", always=True)
        else:
            choosing = Hint(f"1-{count}", _("Choose"), "down", always=True)
        return [choosing, answer_hint()]

    def press(self, character: str) -> bool:
        """Choose an option by its number or letter."""
        for keys in (_NUMBERS, _LETTERS):
            if character in tuple(keys):
                return self.choices.choose(keys.index(character))
        return False

    def step(self, by: int) -> bool:
        """Go to the next or previous option."""
        self.choices.step(by)
        return True

    def toggle(self) -> None:
        """Choose the present option, or give it up, where several can be chosen."""
        self.choices.toggle()

    def present(self) -> Region | None:
        """Return the lines of the present option."""
        lines = self.choices.lines_of_chosen()
        return None if lines is None else lines.translate(self.choices.virtual_region.offset)

    @on(Choices.Chosen)
    def _chosen(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Choices.Submitted)
    def _clicked_again(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Submitted())


def _heads(variant: Variant) -> tuple[str, ...]:
    """Return the gaps that the options fill together, none where they do not."""
    question = variant.question
    return gap_names(question.stem) if isinstance(question, BlankQuestion) else ()
