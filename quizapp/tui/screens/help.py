"""The keys, on top of whatever screen asked for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from quizapp.language import N_, _
from quizapp.tui.page import BLANK, Paragraph, Sheet
from quizapp.tui.typed import ordinary_key
from quizapp.tui.widgets.press import Press

# Headings, and below each of them keys and what they do.
Keys = Sequence[tuple[str, Sequence[tuple[str, str]]]]

_KEYS: Keys = (
    (
        N_("While answering"),
        (
            ("1-9  a-i", N_("choose an option")),
            ("Up  Down", N_("choose the option above or below")),
            ("Space", N_("choose an option, or not, where several are right")),
            ("Left  Right", N_("fill a place with another option")),
            ("Shift+Up  Down", N_("move what is to be put in order; Space picks it up")),
            ("Backspace", N_("take back what was put there last")),
            ("Enter", N_("give the answer")),
            ("F5  Ctrl+S", N_("run the code that was written")),
            ("t  F2", N_("show a hint: even if right, it comes again today")),
        ),
    ),
    (
        N_("Flashcards"),
        (
            ("Space  Enter", N_("turn the card")),
            ("1  2  3  4", N_("not remembered, hard, good, easy")),
        ),
    ),
    (
        N_("After the answer"),
        (
            ("Space  Enter", N_("go on to the next question")),
            ("h", N_("right, but it was hard: comes back sooner")),
            ("e", N_("right, and it was easy: comes back later")),
        ),
    ),
    (
        N_("At any time"),
        (
            ("u  Ctrl+Z", N_("take the last step back, as often as you like")),
            ("r  Ctrl+Y", N_("do again what was taken back")),
            ("-  F7", N_("put this question off until tomorrow")),
            ("!  F8", N_("ask this question no more; u takes that back")),
            ("PageUp  PageDown", N_("scroll")),
            ("Esc  q", N_("back")),
            ("F1  ?", N_("this help")),
            ("Ctrl+P", N_("all commands")),
            ("Ctrl+Q", N_("quit")),
        ),
    ),
)


class HelpScreen(ModalScreen[None]):
    """Shows what each key does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark,enter,space", "dismiss", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
    ]
    AUTO_FOCUS = None

    def __init__(self, keys: Keys = _KEYS) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Show the table and a place to click."""
        with VerticalScroll(id="dialog", can_focus=False):
            yield Sheet(id="text")
            yield Press(_("Close"), key="escape", id="close")

    def on_mount(self) -> None:
        """Fill the table."""
        self.query_one("#dialog").border_title = Content(_("Keys"))
        self.query_one("#text", Sheet).show(_table(self._keys))

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    def action_scroll(self, by: int) -> None:
        """Scroll where the table is longer than the screen."""
        self.query_one("#dialog").scroll_relative(y=by, animate=False)


def _table(keys: Keys) -> list[Paragraph]:
    column = max(cell_len(names) for _title, rows in keys for names, _does in rows) + 3
    paragraphs: list[Paragraph] = []
    for title, rows in keys:
        paragraphs.append(Paragraph(Content.styled(_(title), "bold $text-primary")))
        for names, does in rows:
            lead = Content.styled(f"  {names}".ljust(column + 2), "bold")
            paragraphs.append(Paragraph(Content(_(does)), lead))
        paragraphs.append(BLANK)
    note = _("Numbers may be typed in full width; a fraction such as 1/3 or ln 2 is read too.")
    paragraphs.append(Paragraph(Content.styled(note, "$text-muted")))
    return paragraphs
