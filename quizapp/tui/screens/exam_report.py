"""What a mock exam came to, and every question of it with everything that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Static

from quizapp import exam_wording
from quizapp.history.exam import Exam
from quizapp.language import _
from quizapp.learning.exam_report import report
from quizapp.learning.exam_review import reviewed
from quizapp.problem import Problem
from quizapp.tui.desk import Desk, start_computing
from quizapp.tui.exam_page import report_paragraphs
from quizapp.tui.moment import Moment, Phase
from quizapp.tui.page import Paragraph, Sheet
from quizapp.tui.prose import plain
from quizapp.tui.screens.exam_overview import ExamOverviewScreen
from quizapp.tui.typed import ordinary_key
from quizapp.tui.widgets.exam_board import ExamBoard
from quizapp.tui.widgets.keybar import Hint, KeyBar

if TYPE_CHECKING:
    from quizapp.study import Study

_PATIENCE = 0.15  # seconds of computing before the screen says so


class ExamReportScreen(Screen[None]):
    """The report; from here to the questions, and the wrong ones into the schedule."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,v", "review", show=False),
        Binding("o", "overview", show=False),
        Binding("w", "bring_back", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
        Binding("pagedown", "scroll(12)", show=False),
        Binding("f1,question_mark", "app.help", show=False),
        Binding("escape,q", "back", show=False),
    ]

    def __init__(self, study: Study, exam: Exam, *, desk: Desk, aside: Desk) -> None:
        super().__init__()
        self.exam = exam
        self._study = study
        self._desk = desk
        self._aside = aside

    def compose(self) -> ComposeResult:
        """Lay out the report."""
        with Horizontal(id="header"):
            yield Static(id="topic", markup=False)
        with VerticalScroll(id="body", can_focus=False):
            yield Sheet(id="report")
        yield Sheet(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show it, and let PyTorch load for the worked steps."""
        title = Content.styled(" " + _("Report of the exam"), "bold $text-accent")
        self.query_one("#topic", Static).update(title)
        self.draw()
        self.query_one("#status").display = False
        self.query_one(KeyBar).show(
            [
                Hint("Enter", _("Question by question"), "enter", always=True),
                Hint("o", _("Overview"), "o"),
                Hint("w", _("Wrong ones into review"), "w", always=True),
                Hint("Esc", _("Back"), "escape", always=True),
                Hint("F1", _("Help"), "f1"),
            ]
        )
        self.run_worker(self._aside.do(start_computing, self._study), group="aside")

    def draw(self) -> None:
        """Show the report of the exam as it is."""
        self.query_one("#report", Sheet).show(report_paragraphs(report(self.exam)))

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    def action_review(self) -> None:
        """Look at the questions one by one, beginning with the first wrong one."""
        wrong = [each.position for each in self.exam.questions if not each.right]
        self._look_at(wrong[0] if wrong else 0)

    @work(exclusive=True, group="dialog")
    async def action_overview(self) -> None:
        """Show all questions at a glance and look at the chosen one."""
        to = await self.app.push_screen_wait(ExamOverviewScreen(self.exam, at=0))
        if to is not None:
            self._look_at(to)

    def _look_at(self, position: int) -> None:
        self.app.push_screen(ExamReviewScreen(self._study, self.exam, at=position, desk=self._desk))

    @work(exclusive=True, group="back")
    async def action_bring_back(self) -> None:
        """Let the wrong ones come again today."""
        status = self.query_one("#status", Sheet)
        try:
            self.exam, brought = await self._desk.do(self._study.bring_back, self.exam)
        except Problem as problem:
            said = str(problem)
        else:
            said = exam_wording.brought_back(brought)
        status.display = True
        status.show([Paragraph(plain(said))])

    def action_back(self) -> None:
        """Go back to the list of exams."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Scroll the report."""
        self.query_one("#body").scroll_relative(y=by, animate=False)


class ExamReviewScreen(Screen[None]):
    """One question of an exam after the other: the answer, the reasons, the worked steps."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,n,right", "go(1)", show=False),
        Binding("p,left", "go(-1)", show=False),
        Binding("x", "next_wrong", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
        Binding("pagedown", "scroll(12)", show=False),
        Binding("f1,question_mark", "app.help", show=False),
        Binding("escape,q", "back", show=False),
    ]

    def __init__(self, study: Study, exam: Exam, *, at: int, desk: Desk) -> None:
        super().__init__()
        self.board = ExamBoard()
        self.exam = exam
        self.at = at
        self.shown: int | None = None  # the question that is explained on the screen
        self._study = study
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Show the board."""
        yield self.board

    def on_mount(self) -> None:
        """Show the first question that is wanted."""
        self.board.hints = (
            Hint("n", _("Next one"), "n", always=True),
            Hint("p", _("Previous"), "p", always=True),
            Hint("x", _("Next wrong one"), "x", always=True),
            Hint("Esc", _("Back"), "escape", always=True),
            Hint("F1", _("Help"), "f1"),
        )
        self.board.enter(Moment(phase=Phase.PREPARING))
        self._show()

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    @work(exclusive=True, group="show")
    async def _show(self) -> None:
        asked = self.exam.questions[self.at]
        self.shown = None
        await self.board.pose(asked, of=len(self.exam.questions), retyped=asked.answer or "")
        self.board.enter(Moment(phase=Phase.CHECKING))
        seconds = exam_wording.pace(asked.milliseconds / 1000)
        self.board.note_right(f"{exam_wording.form(asked.form)}  {seconds}")
        saying = self.set_timer(_PATIENCE, self._say_computing)
        try:
            verdict = await self._desk.do(reviewed, self._study.examiner, asked)
        finally:
            saying.stop()
        self.board.explain(verdict)
        self.board.enter(Moment(phase=Phase.JUDGED))
        self.shown = self.at

    def _say_computing(self) -> None:
        self.board.say(_("Computing..."))

    def action_go(self, by: int) -> None:
        """Go to the next or the previous question."""
        if 0 <= self.at + by < len(self.exam.questions):
            self.at += by
            self._show()
        else:
            self.board.say(_("There are no more questions."), mood="warning")

    def action_next_wrong(self) -> None:
        """Go to the next question without a right answer, from the end to the first one."""
        wrong = [each.position for each in self.exam.questions if not each.right]
        if not wrong:
            self.board.say(_("No question went wrong."))
            return
        self.at = next((position for position in wrong if position > self.at), wrong[0])
        self._show()

    def action_back(self) -> None:
        """Go back to the report."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Scroll the question."""
        self.board.body.scroll_relative(y=by, animate=False)
