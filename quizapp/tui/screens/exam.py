"""A mock exam against the clock: one question at a time, in any order.

A chosen option is stored half a second after the choice, or when the question is left. In an exam
for practice Enter gives the answer, which is judged at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from quizapp import exam_wording
from quizapp.history.exam import Exam, ExamQuestion
from quizapp.language import N_, _, ngettext
from quizapp.learning.exam import ExamOver
from quizapp.learning.exam_review import reviewed
from quizapp.problem import Problem
from quizapp.tui.desk import Desk
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.moment import Moment, Phase
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.exam_overview import ExamOverviewScreen
from quizapp.tui.screens.help import HelpScreen, Keys
from quizapp.tui.typed import character_of, ordinary_key
from quizapp.tui.widgets.exam_board import ExamBoard
from quizapp.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from quizapp.learning.sitting import Sitting
    from quizapp.study import Study

_SETTLE = 0.5  # seconds that a choice must stand to be stored
_HURRY = 60.0  # seconds before the end in which the clock is red
_DIGITS = tuple("123456789")

EXAM_KEYS: Keys = (
    (
        N_("In the exam"),
        (
            ("1-9  Up  Down", N_("choose an option")),
            ("Enter", N_("store the answer and go on")),
            ("n  Right", N_("next question, without answering too")),
            ("p  Left", N_("previous question")),
            ("f", N_("flag: look at it again later")),
            ("g", N_("the answer is a guess")),
            ("o", N_("all questions: go to one of them")),
            ("s", N_("submit the exam")),
            ("Esc  q", N_("leave: a strict clock runs on, one for practice stops")),
        ),
    ),
    (
        N_("At any time"),
        (
            ("PageUp  PageDown", N_("scroll")),
            ("F1  ?", N_("this help")),
            ("Ctrl+P", N_("all commands")),
            ("Ctrl+Q", N_("quit")),
        ),
    ),
)


class ExamScreen(Screen[Exam | None]):
    """Closes with the exam when it is over, with None when it was left."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", show=False),
        Binding("space", "answer(True)", show=False),
        Binding("n,right,tab", "go(1)", show=False),
        Binding("p,left,shift+tab", "go(-1)", show=False),
        Binding("f", "flag", show=False),
        Binding("g", "guess", show=False),
        Binding("o", "overview", show=False),
        Binding("s", "submit", show=False),
        Binding("f1,question_mark", "help", show=False),
        Binding("escape,q", "back", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]

    def __init__(self, study: Study, sitting: Sitting, *, desk: Desk, grace: float) -> None:
        super().__init__()
        self.board = ExamBoard()
        self.sitting = sitting
        self.phase = Phase.PREPARING
        self.grace = grace
        self._study = study
        self._desk = desk
        self._turn = asyncio.Lock()
        self._doing = 0  # things that are being done or wait for their turn
        self._ended = False
        self._uncovered: Screen[object] | None = None  # what was closed above the exam last
        self._leaving = False  # the question on the screen is about to go away
        self._since = 0.0  # when the time on the present question was counted last
        self._shown_at = 0.0
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        """Show the board."""
        yield self.board

    def on_mount(self) -> None:
        """Show the question that was on the screen last, and let the clock be seen."""
        self._enter(Phase.PREPARING)
        self._start(self._show(), leaving=True)
        self.set_interval(1.0, self._tick)

    @property
    def exam(self) -> Exam:
        """The exam as it stands."""
        return self.sitting.exam

    @property
    def asked(self) -> ExamQuestion:
        """The question on the screen."""
        return self.exam.questions[self.exam.present]

    @property
    def form(self) -> AnswerForm | None:
        """How the question on the screen is answered."""
        return self.board.form

    # One thing after the other

    @property
    def busy(self) -> bool:
        """Whether something is being stored or fetched."""
        return self._doing > 0

    def _start(self, work: Coroutine[None, None, None], *, leaving: bool = False) -> None:
        """Do one thing after those before it; `leaving`: the question on the screen goes away.

        What is asked for while it goes was meant for it, and is dropped.
        """
        if self._leaving:
            work.close()
            return
        self._leaving = leaving
        self._doing += 1
        self.run_worker(self._to_its_end(work, leaving=leaving), group="exam")

    async def _to_its_end(self, work: Coroutine[None, None, None], *, leaving: bool) -> None:
        try:
            async with self._turn:
                try:
                    await work
                except ExamOver:
                    self._tick()
                except Problem as problem:
                    await self._show()
                    self.board.say(str(problem), mood="warning")
        finally:
            work.close()
            self._doing -= 1
            if leaving:
                self._leaving = False

    async def _show(self) -> None:
        """Show the present question with the answer it has so far."""
        exam, asked = self.exam, self.asked
        await self.board.pose(asked, of=len(exam.questions), retyped=asked.answer or "")
        self._since = self._shown_at = monotonic()
        if not exam.strict and asked.answer is not None:
            await self._explain()
        else:
            self._enter(Phase.ASKING)
        self._tick()

    async def _explain(self) -> None:
        """Judge the present question, for practice."""
        self._enter(Phase.CHECKING)
        verdict = await self._desk.do(reviewed, self._study.examiner, self.asked)
        self.board.explain(verdict)
        self._enter(Phase.JUDGED)
        self._shown_at = monotonic()
        self.call_after_refresh(self.board.show_answer_first)

    async def _keep(self) -> None:
        """Store what is chosen, if it is not stored yet."""
        raw = self.form.raw if self.form is not None else None
        if self.phase is not Phase.ASKING or raw is None or raw == self.asked.answer:
            return
        await self._desk.do(self.sitting.answer, self.exam.present, raw, milliseconds=self._spent())
        self._tick()

    async def _leave_for(self, to: int) -> None:
        if self.exam.strict:
            await self._keep()
        await self._desk.do(self.sitting.go, to, milliseconds=self._spent())
        await self._show()

    async def _answer(self) -> None:
        last = len(self.exam.questions) - 1
        if self.exam.strict:
            await self._keep()
            if self.exam.present < last:
                await self._leave_for(self.exam.present + 1)
            else:
                self.board.say(_("That was the last question: o shows all, s submits."))
        else:
            await self._keep()
            await self._explain()

    async def _mark(self, mark: Callable[[int], Exam]) -> None:
        if self.exam.strict:
            await self._keep()
        await self._desk.do(mark, self.exam.present)
        self.board.head(self.asked, of=len(self.exam.questions))

    def _spent(self) -> int:
        """Return the milliseconds since the time on this question was counted last."""
        before, self._since = self._since, monotonic()
        return round(1000 * (self._since - before))

    # The clock

    def _tick(self) -> None:
        """Show the time that is left; when there is none, the exam is over."""
        if not self.is_attached:
            return
        left = self.sitting.left()
        seconds = left.total_seconds()
        self.board.tick(
            self.exam,
            exam_wording.clock(left),
            exam_wording.tempo(self.exam, left),
            hurry=seconds < _HURRY,
        )
        if seconds > 0 and not self.exam.over:
            return
        if self.is_current:
            self.run_worker(self._time_is_up(), group="end", exclusive=True)
        elif self.app.screen is not self._uncovered:
            self._close_above(self.app.screen)

    def _close_above(self, above: Screen[object]) -> None:
        """Close a dialog of ours that lies above the exam; once, for closing takes its time."""
        self._uncovered = above
        if isinstance(above, ConfirmScreen):
            above.dismiss(False)
        elif isinstance(above, ExamOverviewScreen | HelpScreen):
            above.dismiss(None)

    def _end(self, exam: Exam | None) -> None:
        """Close, once."""
        if not self._ended:
            self._ended = True
            self.dismiss(exam)

    async def _time_is_up(self) -> None:
        exam = await self._desk.do(self.sitting.settle)
        if exam.over and self.is_current and not self._ended:
            self.app.notify(_("The time is up. The exam was submitted."), severity="warning")
            self._end(exam)

    # What is shown

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        form = self.form
        self.board.hints = tuple(self._hints())
        self.board.enter(Moment(phase=phase, answer=form.button if form is not None else ""))
        self.set_focus(None)

    def _hints(self) -> list[Hint]:
        options = len(self.asked.variant.options)
        answering = {
            Phase.ASKING: [
                Hint(f"1-{options}", _("Choose"), "down", always=True),
                Hint("Enter", _("Answer"), "enter", always=True),
            ],
            Phase.JUDGED: [Hint("Space", _("Next"), "space", always=True)],
        }
        return [
            *answering.get(self.phase, []),
            Hint("n", _("Next one"), "n"),
            Hint("p", _("Previous"), "p"),
            Hint("f", _("Flag"), "f"),
            Hint("o", _("Overview"), "o", always=True),
            Hint("s", _("Submit"), "s", always=True),
            Hint("Esc", _("Leave"), "escape", always=True),
            Hint("F1", _("Help"), "f1"),
            Hint("g", _("Guess"), "g"),
        ]

    # Keys and clicks

    def _too_soon(self) -> bool:
        """Whether a key was still meant for what was on the screen before."""
        return monotonic() - self._shown_at < self.grace

    def on_key(self, event: Key) -> None:
        """Choose an option by its number; see through an input method left on."""
        meant = ordinary_key(event)
        if meant is not None:
            event.stop()
            self.app.simulate_key(meant)
            return
        if self.phase is not Phase.ASKING or self.form is None or self._leaving:
            return
        # Letters are commands here, so that none of them means two things.
        character = character_of(event) or ""
        if character in _DIGITS and not self._too_soon() and self.form.press(character):
            event.stop()

    @on(AnswerForm.Submitted)
    def _submitted(self, event: Message) -> None:
        event.stop()
        self.action_answer()

    @on(AnswerForm.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.board.show_present()
        if self._settling is not None:
            self._settling.stop()
        if self.exam.strict:
            self._settling = self.set_timer(_SETTLE, lambda: self._start(self._keep()))

    def action_answer(self, with_space: bool = False) -> None:
        """Give the answer and go on; or go on from a judged one."""
        if self._too_soon() or self.form is None:
            return
        if self.phase is Phase.JUDGED:
            self.action_go(1)
        elif self.phase is Phase.ASKING and not with_space:
            if self.form.raw is None:
                self.board.say(_("Choose an option first; n goes on without one."), mood="warning")
            else:
                self._start(self._answer(), leaving=True)

    def action_go(self, by: int) -> None:
        """Go to the next or the previous question."""
        to = self.exam.present + by
        if not 0 <= to < len(self.exam.questions):
            end = _("That was the last question: o shows all, s submits.")
            self.board.say(end if by > 0 else _("This is the first question."))
            return
        self._start(self._leave_for(to), leaving=True)

    def action_flag(self) -> None:
        """Flag the question, or take its flag away."""
        self._start(self._mark(self.sitting.flag))

    def action_guess(self) -> None:
        """Say that the answer is a guess, or that it is none."""
        self._start(self._mark(self.sitting.guess))

    @work(exclusive=True, group="dialog")
    async def action_overview(self) -> None:
        """Show all questions and go to the chosen one."""
        await self._kept()
        to = await self.app.push_screen_wait(ExamOverviewScreen(self.exam, at=self.exam.present))
        if to is not None and to != self.exam.present:
            self._start(self._leave_for(to), leaving=True)

    @work(exclusive=True, group="dialog")
    async def action_submit(self) -> None:
        """Submit the exam, once the learner is sure."""
        await self._kept()
        missing = len(self.exam.questions) - self.exam.answered
        question = (
            ngettext(
                "{n} question is not answered. Submit the exam all the same?",
                "{n} questions are not answered. Submit the exam all the same?",
                missing,
            ).format(n=missing)
            if missing
            else _("All questions are answered. Submit the exam?")
        )
        sure = await self.app.push_screen_wait(
            ConfirmScreen(question, yes=_("Submit"), no=_("Go on"))
        )
        if sure:
            self._end(await self._desk.do(self.sitting.submit))

    @work(exclusive=True, group="dialog")
    async def action_back(self) -> None:
        """Leave the exam: the clock runs on, or stops in an exam for practice."""
        await self._kept()
        if self.exam.strict:
            sure = await self.app.push_screen_wait(
                ConfirmScreen(
                    _("The clock runs on while you are away. Leave the exam?"),
                    yes=_("Leave"),
                    no=_("Go on"),
                )
            )
            if not sure:
                return
        try:
            await self._desk.do(self.sitting.go, self.exam.present, milliseconds=self._spent())
            if not self.exam.strict:
                await self._desk.do(self.sitting.pause)
        except ExamOver:
            self._tick()
            return
        self._end(None)

    async def _kept(self) -> None:
        """Store what is chosen before something else covers the question."""
        async with self._turn:
            if not self.exam.strict:
                return
            try:
                await self._keep()
            except ExamOver:
                self._tick()
            except Problem as problem:
                self.board.say(str(problem), mood="warning")

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(EXAM_KEYS))

    def action_step(self, by: int) -> None:
        """Choose the option above or below, or scroll."""
        asking = self.phase is Phase.ASKING and self.form is not None
        if asking and (self._too_soon() or self._leaving):
            return
        if not (asking and self.form is not None and self.form.step(by)):
            self.board.body.scroll_relative(y=by, animate=False)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by a screenful, less two lines."""
        body = self.board.body
        body.scroll_relative(y=by * max(1, body.size.height - 2), animate=False)
