"""A question and its verdict, one after the other, on one screen.

Imported after the first frame: with it come the models of questions and sessions.
"""

from __future__ import annotations

from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.screen import Screen

from questions.compute.client import ComputeRefused, ComputeUnavailable
from questions.kinds import may_need_computing
from quizapp import wording
from quizapp.language import _, say
from quizapp.learning.leeches import to_read
from quizapp.learning.serving import (
    Answered,
    Confidence,
    Counts,
    Finished,
    Redone,
    Served,
    Undone,
    Waiting,
)
from quizapp.problem import Problem
from quizapp.tui.desk import Desk, start_computing
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.moment import Moment, Phase
from quizapp.tui.opening import Filters
from quizapp.tui.screens.confidence import ConfidenceScreen
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.typed import character_of, ordinary_key
from quizapp.tui.widgets.board import Board

if TYPE_CHECKING:
    from quizapp.learning.session import StudySession
    from quizapp.study import Study

_PATIENCE = 0.15  # seconds of checking before the screen says so
_POLL = 0.2  # seconds between two looks whether the numbers are ready
_LONGEST_WAIT = 30.0  # seconds after which the worker is asked although it does not seem ready


class StudyScreen(Screen[None]):
    """Asks the session for a question, shows it, hands the answer back, until nothing is left."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("space", "go_on(True)", show=False),
        Binding("h", "amend('hard')", show=False),
        Binding("e", "amend('easy')", show=False),
        Binding("t,f2", "hint", show=False),
        Binding("u,ctrl+z", "undo", show=False),
        Binding("r,ctrl+y", "redo", show=False),
        Binding("minus,f7", "put_aside('bury')", show=False),
        Binding("exclamation_mark,f8", "put_aside('suspend')", show=False),
        Binding("f1,question_mark", "app.help", show=False),
        Binding("escape,q", "back", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("left", "shift(-1)", show=False),
        Binding("right", "shift(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]

    def __init__(
        self, study: Study, *, filters: Filters, desk: Desk, aside: Desk, grace: float
    ) -> None:
        super().__init__()
        self.board = Board()
        self.phase = Phase.PREPARING
        self.served: Served | None = None
        self.grace = grace
        self.shown_at = 0.0  # when the present question or verdict appeared
        self._study = study
        self._filters = filters
        self._desk = desk
        self._aside = aside
        self._session: StudySession | None = None
        self._answered: Answered | None = None
        self._answers: list[Answered] = []  # of this session, for its summary
        self._taken_back: list[Answered] = []  # of these, what may be done again
        self._asked_at = 0.0
        self._retyped = ""  # what was answered before an undo
        self._waiting_since: float | None = None
        self._busy = False  # the session is doing something

    def compose(self) -> ComposeResult:
        """Show the board."""
        yield self.board

    def on_mount(self) -> None:
        """Begin the session."""
        self._enter(Phase.PREPARING)
        self._start(self._begin())

    @property
    def form(self) -> AnswerForm | None:
        """How the question on the screen is answered, None where there is none."""
        return self.board.form if self.served is not None else None

    @property
    def typing(self) -> bool:
        """Whether the answer is typed into a field."""
        return self.form is not None and self.form.typing

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.shown_at = monotonic()
        self.board.enter(self._moment())
        if phase is Phase.ASKING and self.form is not None and self.form.take_focus():
            return
        self.set_focus(None)

    def _moment(self) -> Moment:
        form = self.form
        return Moment(
            phase=self.phase,
            answering=tuple(form.hints()) if form is not None else (),
            answer=form.button if form is not None else "",
            typing=self.typing,
            right=self._answered is not None and self._answered.amendable,
            hints_left=self._hints_left(),
            undoable=bool(self._answers),
        )

    def _hints_left(self) -> int:
        return 0 if self.served is None else len(self.served.variant.hints) - self.served.hints

    # The session, one thing at a time

    def _start(self, work: Coroutine[None, None, None]) -> None:
        """Let the session do one thing; a key pressed meanwhile is not a second one."""
        if self._busy:
            work.close()
            return
        self._busy = True
        self.run_worker(self._to_its_end(work), group="session")

    async def _to_its_end(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        finally:
            self._busy = False

    async def _begin(self) -> None:
        filters = self._filters
        try:
            self._session = await self._desk.do(
                self._study.session,
                topic=filters.topic,
                kind=filters.kind,
                pack=filters.pack,
                limit=filters.limit,
                minutes=filters.minutes,
            )
        except Problem as problem:
            self._show_problem(problem)
            return
        await self._serve()
        # After the first question: loading PyTorch would take the processor from it.
        if may_need_computing(filters.kind):
            self.run_worker(self._aside.do(start_computing, self._study), group="aside")

    async def _serve(self) -> None:
        """Ask for the next question and show it, or what there is instead."""
        try:
            following = await self._desk.do(
                self._in_session().next, computing_ready=self._worth_asking()
            )
        except Problem as problem:
            self._show_problem(problem)
            return
        match following:
            case Served():
                await self._show_question(following)
            case Waiting(counts):
                self._show_waiting(counts)
                self.set_timer(_POLL, self._look_again)
            case Finished():
                self._show_summary(following)

    def _worth_asking(self) -> bool:
        """Whether questions may be served that the worker must compute first.

        While it loads, others are served. One that died or takes very long is asked all the
        same: it is started again, or it says why not.
        """
        compute = self._study.compute
        if compute.ready or self._waiting_since is None:
            return compute.ready
        return compute.pid is None or monotonic() - self._waiting_since > _LONGEST_WAIT

    def _look_again(self) -> None:
        if self.phase is Phase.PREPARING:
            if self._busy:
                self.set_timer(_POLL, self._look_again)
            self._start(self._serve())

    async def _judge(self, served: Served, raw: str, milliseconds: int) -> None:
        confidence: Confidence | None = None
        if self._study.settings.ask_confidence and not served.variant.back:
            confidence = await self.app.push_screen_wait(ConfidenceScreen())
            if confidence is None:
                self._enter(Phase.ASKING)
                return
        self._enter(Phase.CHECKING)
        saying = self.set_timer(_PATIENCE, self._say_checking)
        try:
            answered = await self._desk.do(
                self._in_session().answer,
                served,
                raw,
                milliseconds=milliseconds,
                confidence=confidence,
            )
        except (ComputeUnavailable, ComputeRefused, Problem) as problem:
            self._keep_the_answer(_why_not(problem, served))
            return
        finally:
            saying.stop()
        if answered.verdict.graded:
            self._answers.append(answered)
            self._taken_back.clear()
            if self.form is not None and self.form.at_once:
                await self._follow(answered)
            else:
                self._show_verdict(answered)
        else:
            self._keep_the_answer(say(answered.verdict.message))

    async def _follow(self, answered: Answered) -> None:
        """Go on at once, and say beside the next question what became of the answer."""
        await self._serve()
        if self.phase is Phase.ASKING:
            self.board.note(answered, when=self._when(answered.next_due))

    async def _hint(self, served: Served) -> None:
        self.served = await self._desk.do(self._in_session().hint, served)
        self.board.show_hint(self.served)
        self.board.show_keys(self._moment())

    async def _amend(self, answered: Answered, grade: Literal["hard", "easy"]) -> None:
        try:
            amended = await self._desk.do(self._in_session().amend, answered, grade)
        except Problem as problem:
            self.board.say(str(problem), mood="error")
            return
        self._show_grade(amended)

    def _show_grade(self, amended: Answered) -> None:
        """Show the grade that the answer on the screen has now."""
        self._answered = amended
        if self._answers:
            self._answers[-1] = amended
        self.board.grade(amended, when=self._when(amended.next_due))

    async def _undo(self) -> None:
        try:
            undone = await self._desk.do(self._in_session().undo)
        except Problem as problem:
            self.board.say(str(problem), mood="error")
            return
        if undone is None:
            self.board.say(_("There is nothing to take back."), mood="warning")
            return
        if undone.kind == "answer" and self._answers:
            self._taken_back.append(self._answers.pop())
        self._retyped = undone.raw
        await self._follow_step(undone)
        self.board.say(wording.undone(undone.kind, undone.question_id), mood="warning")

    async def _redo(self) -> None:
        try:
            redone = await self._desk.do(self._in_session().redo)
        except Problem as problem:
            self.board.say(str(problem), mood="error")
            return
        if redone is None:
            self.board.say(_("There is nothing to do again."), mood="warning")
            return
        if redone.kind == "answer" and self._taken_back:
            self._answers.append(self._taken_back.pop())
        await self._follow_step(redone)
        self.board.say(wording.done(redone.kind, redone.question_id), mood="warning")

    async def _follow_step(self, step: Undone | Redone) -> None:
        """Show what comes after a step back or forth: another grade, or the next question."""
        answered, standing = self._answered, step.standing
        if standing is None:
            await self._serve()
        elif answered is not None and answered.served.variant.question_id == step.question_id:
            served = replace(answered.served, version=standing.version - 1)
            self._show_grade(
                replace(
                    answered,
                    served=served,
                    review_id=standing.review_id,
                    grade=standing.grade,
                    next_due=standing.next_due,
                )
            )

    async def _put_aside(self, served: Served, kind: Literal["bury", "suspend"]) -> None:
        session = self._in_session()
        try:
            held = await self._desk.do(session.bury if kind == "bury" else session.suspend, served)
        except Problem as problem:
            self.board.say(str(problem), mood="error")
            return
        self._taken_back.clear()
        await self._serve()
        self.board.say(wording.done(held.kind, held.question_id), mood="warning")

    @work(group="aside")
    async def _look_ahead(self, served: Served) -> None:
        """While the learner reads, compute this question, then find the next ones' numbers.

        What cannot be computed is said when it is needed.
        """
        if not may_need_computing(self._filters.kind):
            return
        session = self._in_session()
        with suppress(ComputeUnavailable, ComputeRefused, Problem):
            await self._aside.do(session.prepare, served)
            await self._aside.do(session.settle_ahead)

    def _in_session(self) -> StudySession:
        if self._session is None:
            raise RuntimeError("the session has not begun")
        return self._session

    def _when(self, due: date | datetime | None) -> str | None:
        if due is None:
            return None
        return wording.due(due, now=self._study.now(), today=self._study.today())

    # What is shown

    async def _show_question(self, served: Served) -> None:
        await self.board.ask(served, retyped=self._retyped)
        self.served, self._answered = served, None
        self._waiting_since = None
        self._retyped = ""
        self._enter(Phase.ASKING)
        self._asked_at = monotonic()
        self._look_ahead(served)

    def _show_verdict(self, answered: Answered) -> None:
        self._answered = answered
        self.board.judge(answered, when=self._when(answered.next_due))
        self._enter(Phase.JUDGED)
        if answered.lapses:
            loss = to_read(answered.served.variant.question)
            self.board.say(wording.leech(answered.lapses, loss), mood="warning")
        self.call_after_refresh(self._show_answer_first)

    def _show_answer_first(self) -> None:
        if self.phase is Phase.JUDGED:
            self.board.show_answer_first()

    def _keep_the_answer(self, why: str) -> None:
        """Leave the question unanswered, with what was typed, and say why."""
        self._enter(Phase.ASKING)
        self.board.say(why, mood="error")

    def _say_checking(self) -> None:
        if self.phase is Phase.CHECKING:
            self.board.say(_("Checking..."))

    def _show_waiting(self, counts: Counts) -> None:
        if self._waiting_since is not None:
            return
        self._waiting_since = monotonic()
        self.served = self._answered = None
        self.board.count(counts, None)
        self._enter(Phase.PREPARING)
        self.board.say(_("Preparing the numbers of the next question..."))

    def _show_problem(self, problem: Problem) -> None:
        self.served = self._answered = None
        self._waiting_since = None
        self._enter(Phase.STUCK)
        self.board.say(str(problem), mood="error")

    def _show_summary(self, finished: Finished) -> None:
        self.served = self._answered = None
        self.board.summarise(self._answers, finished.counts, when=self._when(finished.next_due))
        self._enter(Phase.FINISHED)

    # Keys and clicks

    def _too_soon(self) -> bool:
        """Whether a key was still meant for what was on the screen before."""
        return monotonic() - self.shown_at < self.grace

    def on_key(self, event: Key) -> None:
        """Choose an option by its number or letter; see through an input method left on."""
        meant = ordinary_key(event)
        if meant is not None:
            event.stop()
            self.app.simulate_key(meant)
            return
        if self.phase is not Phase.ASKING or self.form is None or self.typing:
            return
        if not self._too_soon() and self.form.press(character_of(event) or event.key):
            event.stop()

    @on(AnswerForm.Submitted)
    def _submitted(self, event: Message) -> None:
        event.stop()
        self.action_go_on()

    @on(AnswerForm.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        if self.phase is Phase.ASKING:  # otherwise it was said before the verdict came
            self.board.show_keys(self._moment())
            self.board.show_present()

    def action_go_on(self, with_space: bool = False) -> None:
        """Do what comes next: give the answer, take the next question, go home."""
        if self._too_soon():
            return
        form = self.form
        match self.phase:
            case Phase.ASKING if form is not None and with_space:
                form.toggle()
            case Phase.ASKING if form is not None:
                if not form.enter():
                    self._submit()
            case Phase.JUDGED | Phase.STUCK:
                self._start(self._begin() if self._session is None else self._serve())
            case Phase.FINISHED:
                self.dismiss()
            case _:
                pass

    def _submit(self) -> None:
        if self.served is None or self.form is None:
            return
        raw = self.form.raw
        if raw is None:
            self.board.say(self.form.missing, mood="warning")
            return
        milliseconds = round(1000 * (monotonic() - self._asked_at))
        self._start(self._judge(self.served, raw, milliseconds))

    def action_amend(self, grade: Literal["hard", "easy"]) -> None:
        """Say that a right answer was hard or easy."""
        answered = self._answered
        if self.phase is Phase.JUDGED and answered is not None and answered.amendable:
            self._start(self._amend(answered, grade))

    def action_hint(self) -> None:
        """Show one more hint; the answer is then scheduled like a wrong one."""
        if self.phase is not Phase.ASKING or self.served is None or self._too_soon():
            return
        if self._hints_left():
            self._start(self._hint(self.served))
        else:
            has = bool(self.served.variant.hints)
            text = _("That was the last hint.") if has else _("This question has no hints.")
            self.board.say(text, mood="warning")

    def action_undo(self) -> None:
        """Take the last step back; a question is asked again with the same numbers."""
        if self._session is not None:
            self._start(self._undo())

    def action_redo(self) -> None:
        """Do the step again that was taken back last."""
        if self._session is not None:
            self._start(self._redo())

    def action_put_aside(self, kind: Literal["bury", "suspend"]) -> None:
        """Put the question off until tomorrow, or ask it no more."""
        if self._too_soon():
            return
        if self.phase is Phase.ASKING and self.served is not None:
            self._start(self._put_aside(self.served, kind))
        elif self.phase is Phase.JUDGED and self._answered is not None:
            answered = self._answered.served
            now = replace(answered, version=answered.version + 1)  # that the answer has left
            self._start(self._put_aside(now, kind))

    @work(exclusive=True, group="leave")
    async def action_back(self) -> None:
        """Go home; ask first when an answer has been begun."""
        if self._half_answered() and not await self.app.push_screen_wait(
            ConfirmScreen(
                _("This question is not answered yet. Go back all the same?"),
                yes=_("Go back"),
                no=_("Stay"),
            )
        ):
            return
        self.dismiss()

    def _half_answered(self) -> bool:
        return self.phase is Phase.ASKING and self.form is not None and self.form.begun

    def action_step(self, by: int) -> None:
        """Go to another part of the answer, or scroll where there is nothing to go to."""
        asking = self.phase is Phase.ASKING and self.form is not None
        if asking and self._too_soon() and not self.typing:
            return
        if not (asking and self.form is not None and self.form.step(by)):
            self.board.body.scroll_relative(y=by, animate=False)

    def action_shift(self, by: int) -> None:
        """Go left or right within the answer."""
        if self.phase is Phase.ASKING and self.form is not None and not self._too_soon():
            self.form.shift(by)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by a screenful, less two lines."""
        body = self.board.body
        body.scroll_relative(y=by * max(1, body.size.height - 2), animate=False)


def _why_not(problem: ComputeUnavailable | ComputeRefused | Problem, served: Served) -> str:
    """Return why an answer could not be judged."""
    match problem:
        case ComputeUnavailable():
            return say(problem.text)
        case ComputeRefused():
            return _("The numbers of {id} cannot be computed: {reason}").format(
                id=served.variant.question_id, reason=str(problem)
            )
        case _:
            return str(problem)
