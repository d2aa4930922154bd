"""The first screen: what is to be done today, and what has been done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.screen import Screen

from quizapp.language import _
from quizapp.tui.page import BLANK, Paragraph, Sheet
from quizapp.tui.typed import ordinary_key
from quizapp.tui.widgets.keybar import Hint, KeyBar
from quizapp.tui.widgets.press import Press

if TYPE_CHECKING:
    from quizapp.learning.overview import Overview

_UNKNOWN = "--"
_INSIDE = 29  # cells within a box


class HomeScreen(Screen[None]):
    """Shows the overview as soon as there is one; study can be asked for before that."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,s", "study", show=False),
        Binding("m", "exam", show=False),
        Binding("r", "readiness", show=False),
        Binding("f1,question_mark", "app.help", show=False),
        Binding("q", "app.quit", show=False),
    ]

    class Study(Message):
        """The learner wants to study."""

    class Exam(Message):
        """The learner wants to sit a mock exam."""

    class Readiness(Message):
        """The learner wants to know how an exam would go."""

    def __init__(self, *, starting: bool = False) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._next_due: str | None = None
        self._exam: str | None = None  # what the plan for the exam says, once it is computed
        self.wanted = starting  # study is asked for, perhaps before the questions are there
        self.set_class(starting, "-starting")

    def compose(self) -> ComposeResult:
        """Lay out the title, two boxes and the button."""
        with Vertical(id="home"):
            yield Sheet(id="title")
            with Horizontal(id="boxes"):
                yield Sheet(id="today")
                yield Sheet(id="so-far")
            with Horizontal(id="start-row"):
                yield Press("", key="enter", id="start")
            yield Sheet(id="message")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill in what never changes, then what is known."""
        self.query_one("#title", Sheet).show(
            [
                Paragraph(Content.styled(_("Loss functions, calculated"), "bold $text-primary")),
                Paragraph(
                    Content.styled(
                        _("For the JDLA G certificate. PyTorch checks your numbers."), "$text-muted"
                    )
                ),
            ]
        )
        self.query_one("#today").border_title = Content(_("Today"))
        self.query_one("#so-far").border_title = Content(_("So far"))
        self.query_one(KeyBar).show(
            [
                Hint("Enter", _("Study"), "enter", always=True),
                Hint("m", _("Mock exam"), "m"),
                Hint("F1", _("Help"), "f1", always=True),
                Hint("^p", _("Commands"), "ctrl+p"),
                Hint("q", _("Quit"), "q", always=True),
            ]
        )
        self.show(None)

    def show(self, overview: Overview | None, *, next_due: str | None = None) -> None:
        """Show the counts; without them, places where they will be."""
        if overview is not None:
            self.remove_class("-starting")
        self._overview, self._next_due = overview, next_due
        self.query_one("#today", Sheet).show(_today(overview))
        self.query_one("#so-far", Sheet).show(_so_far(overview))
        self._show_message()
        self._name_button()

    def show_exam(self, says: str | None) -> None:
        """Show what the plan for the exam says, in one line."""
        self._exam = says
        self._show_message()

    def _show_message(self) -> None:
        message = _message(self._overview, self._next_due)
        if self._exam is not None:
            message.append(Paragraph(Content(self._exam)))
        self.query_one("#message", Sheet).show(message)

    def _name_button(self) -> None:
        if self._overview is not None:
            label = _("Study")
        elif self.wanted:
            label = _("Starting...")
        else:
            label = _("Opening the questions...")
        self.query_one("#start", Press).name_it(f"{label}  Enter" if self._overview else label)

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    def action_exam(self) -> None:
        """Ask for a mock exam, once the questions are there."""
        if self._overview is not None:
            self.post_message(self.Exam())

    def action_study(self) -> None:
        """Ask for study; once is enough."""
        if not self.wanted:
            self.wanted = True
            self._name_button()
            self.post_message(self.Study())

    def action_readiness(self) -> None:
        """Ask how an exam would go, once the questions are there."""
        if self._overview is not None:
            self.post_message(self.Readiness())


def _message(overview: Overview | None, next_due: str | None) -> list[Paragraph]:
    if overview is None:
        return []
    counts = overview.counts
    if counts.learning or counts.due or counts.new:
        return []
    parts = [_("Nothing is left for today.")]
    if next_due is not None:
        parts.append(_("Next: {when}").format(when=next_due))
    return [Paragraph(Content("   ".join(parts)))]


def _today(overview: Overview | None) -> list[Paragraph]:
    counts = overview.counts if overview else None
    rows = [
        (_("Review"), _number(counts.due if counts else None)),
        (_("Once more"), _number(counts.learning if counts else None)),
        (_("New"), _number(counts.new if counts else None)),
        (_("Answered"), _number(counts.answered if counts else None)),
        (_("of these right"), _number(counts.right if counts else None)),
    ]
    return _table(rows)


def _so_far(overview: Overview | None) -> list[Paragraph]:
    if overview is None:
        rows = [(_("Days in a row"), _UNKNOWN), (_("Questions"), _UNKNOWN), (_("Seen"), _UNKNOWN)]
        return _table(rows)
    rows = [
        (_("Days in a row"), str(overview.streak_days)),
        (_("Questions"), str(overview.total)),
        (_("Seen"), str(overview.seen)),
    ]
    return [*_table(rows), BLANK, Paragraph(Content(""), _bar(overview.seen, overview.total))]


def _number(value: int | None) -> str:
    return _UNKNOWN if value is None else str(value)


def _table(rows: list[tuple[str, str]]) -> list[Paragraph]:
    column = max(cell_len(name) for name, _value in rows)
    return [
        Paragraph(
            Content.styled(value.rjust(_INSIDE - column), _style_of(value)),
            Content(name + " " * (column - cell_len(name))),
        )
        for name, value in rows
    ]


def _style_of(value: str) -> str:
    return "$text-muted" if value in ("0", _UNKNOWN) else "bold $text-primary"


def _bar(part: int, whole: int) -> Content:
    filled = round(_INSIDE * part / whole) if whole else 0
    return Content.assemble(
        Content.styled(" " * filled, "on $primary"),
        Content.styled(" " * (_INSIDE - filled), "on $panel"),
    )
