"""All questions of an exam at a glance: answered, not answered, flagged; go to one of them."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click, Key
from textual.screen import ModalScreen

from quizapp.history.exam import Exam, ExamQuestion
from quizapp.language import _
from quizapp.tui.page import BLANK, Paragraph, Sheet
from quizapp.tui.typed import ordinary_key
from quizapp.tui.widgets.press import Press

COLUMNS = 6  # questions in a row
_CELL = 10  # cells of a question
_ANSWERED, _OPEN = "$text-success", "bold $text-warning"
_RIGHT, _WRONG = "$text-success", "bold $text-error"


class ExamOverviewScreen(ModalScreen[int | None]):
    """Answers the position of the question to go to, None for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "choose", show=False),
        Binding("left,h", "step(-1)", show=False),
        Binding("right,l", "step(1)", show=False),
        Binding("up,k", "step(-6)", show=False),
        Binding("down,j", "step(6)", show=False),
        Binding("escape,q,o", "dismiss(None)", show=False),
    ]
    AUTO_FOCUS = None

    def __init__(self, exam: Exam, *, at: int) -> None:
        super().__init__()
        self._exam = exam
        self.at = at

    def compose(self) -> ComposeResult:
        """Show the grid and two places to click."""
        with VerticalScroll(id="dialog", can_focus=False):
            yield Sheet(id="grid")
            yield Press("", key="enter", id="there")

    def on_mount(self) -> None:
        """Name the dialog and draw the grid."""
        self.query_one("#dialog").border_title = Content(_("All questions"))
        self._draw()

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    def on_click(self, event: Click) -> None:
        """Go to the question that was clicked."""
        grid = self.query_one("#grid", Sheet)
        if event.widget is not grid:
            return
        position = event.y * COLUMNS + min(event.x // _CELL, COLUMNS - 1)
        if position < len(self._exam.questions):
            self.dismiss(position)

    def action_step(self, by: int) -> None:
        """Go to another question of the grid, and stay where there is none."""
        if 0 <= self.at + by < len(self._exam.questions):
            self.at += by
            self._draw()

    def action_choose(self) -> None:
        """Close with the present question."""
        self.dismiss(self.at)

    def _draw(self) -> None:
        questions = self._exam.questions
        rows = [questions[start : start + COLUMNS] for start in range(0, len(questions), COLUMNS)]
        paragraphs = [
            Paragraph(Content.assemble(*(self._cell(each) for each in row))) for row in rows
        ]
        self.query_one("#grid", Sheet).show([*paragraphs, BLANK, Paragraph(self._summary())])
        there = _("Go to question {n}").format(n=self.at + 1)
        self.query_one("#there", Press).name_it(f"{there}  Enter")

    def _cell(self, asked: ExamQuestion) -> Content:
        present = asked.position == self.at
        lead = f"{'>' if present else ' '}{asked.position + 1:>3} "
        state, style = self._state(asked)
        mark = "*" if asked.flagged else " "
        text = f"{state}{mark}"
        cell = Content.assemble(
            lead,
            Content.styled(state, style),
            Content.styled(mark, "bold $text-accent"),
            " " * (_CELL - cell_len(lead) - cell_len(text)),
        )
        return cell.stylize("bold on $panel") if present else cell

    def _state(self, asked: ExamQuestion) -> tuple[str, str]:
        if self._exam.over:
            if asked.right:
                return _("ok"), _RIGHT
            return (_("bad"), _WRONG) if asked.answer is not None else (_("--"), _WRONG)
        return (_("done"), _ANSWERED) if asked.answer is not None else (_("open"), _OPEN)

    def _summary(self) -> Content:
        questions = self._exam.questions
        flagged = sum(each.flagged for each in questions)
        if self._exam.over:
            right = sum(each.right for each in questions)
            text = _("{right} right, {wrong} wrong, {open} not answered; * flagged {flagged}")
            return Content(
                text.format(
                    right=right,
                    wrong=self._exam.answered - right,
                    open=len(questions) - self._exam.answered,
                    flagged=flagged,
                )
            )
        text = _("{answered} answered, {open} not answered; * flagged {flagged}")
        return Content(
            text.format(
                answered=self._exam.answered,
                open=len(questions) - self._exam.answered,
                flagged=flagged,
            )
        )
