"""How an exam would go today, over the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Static

from quizapp.language import _
from quizapp.problem import Problem
from quizapp.tui.desk import Desk
from quizapp.tui.page import Paragraph, Sheet
from quizapp.tui.readiness_page import readiness_paragraphs
from quizapp.tui.typed import ordinary_key
from quizapp.tui.widgets.keybar import Hint, KeyBar

if TYPE_CHECKING:
    from quizapp.learning.readiness_report import ReadinessReport
    from quizapp.study import Study


class ReadinessScreen(Screen[None]):
    """Shows a forecast as soon as it is made; making it keeps it."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,r", "back", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("f1,question_mark", "app.help", show=False),
    ]

    def __init__(self, study: Study, *, desk: Desk) -> None:
        super().__init__()
        self._study, self._desk = study, desk

    def compose(self) -> ComposeResult:
        """Lay out a page that scrolls."""
        yield Static(Content(" " + _("Readiness")), id="header", markup=False)
        with VerticalScroll(id="body", can_focus=False):
            yield Sheet(id="readiness")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the keys, and begin to calculate."""
        self.query_one(KeyBar).show(
            [
                Hint("Esc", _("Back"), "escape", always=True),
                Hint("PageDown", _("Scroll"), "pagedown"),
                Hint("F1", _("Help"), "f1", always=True),
            ]
        )
        self.query_one("#readiness", Sheet).show([Paragraph(Content(_("Computing...")))])
        self._show()

    @work(exclusive=True, group="readiness")
    async def _show(self) -> None:
        try:
            report = await self._desk.do(_report, self._study)
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=10)
            self.dismiss()
            return
        self.query_one("#readiness", Sheet).show(readiness_paragraphs(report))

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#body").scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        """Go home."""
        self.dismiss()


def _report(study: Study) -> ReadinessReport:
    """Make the report; numpy is imported here, off the screen's thread."""
    return study.readiness(next(iter(study.blueprints().values())))
