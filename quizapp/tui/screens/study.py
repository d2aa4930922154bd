"""A question and its verdict, on one screen that is updated in place.

Imported after the first frame: with it come the models of questions and sessions.
"""

from __future__ import annotations

from collections.abc import Coroutine
from contextlib import suppress
from datetime import date, datetime
from enum import Enum, auto
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from questions.compute.client import ComputeRefused, ComputeUnavailable
from questions.model import ChoiceQuestion, NumericQuestion
from quizapp import wording
from quizapp.language import _, say
from quizapp.learning.serving import Answered, Counts, Finished, Served, Waiting
from quizapp.problem import Problem
from quizapp.tui.desk import Desk
from quizapp.tui.opening import Filters
from quizapp.tui.page import Paragraph, Sheet
from quizapp.tui.progress_page import progress_line, progress_paragraphs, topic_line
from quizapp.tui.prose import plain, prose
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.summary_page import summary_paragraphs
from quizapp.tui.typed import character_of, ordinary_key
from quizapp.tui.verdict_page import verdict_paragraphs
from quizapp.tui.widgets.answer_field import AnswerField
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.keybar import Hint, KeyBar
from quizapp.tui.widgets.press import Press

if TYPE_CHECKING:
    from quizapp.learning.session import StudySession
    from quizapp.study import Study

_PATIENCE = 0.15  # seconds of checking before the screen says so
_POLL = 0.2  # seconds between two looks whether the numbers are ready
_LONGEST_WAIT = 30.0  # seconds after which the worker is asked although it does not seem ready
_LABELS = "123456789"
_LETTERS = "abcdefghi"


class Phase(Enum):
    """What the screen is doing."""

    PREPARING = auto()  # nothing to show yet
    STUCK = auto()  # nothing can be shown; it can be tried again
    ASKING = auto()
    CHECKING = auto()
    JUDGED = auto()
    FINISHED = auto()


class StudyScreen(Screen[None]):
    """Serves one question after the other until nothing is left for now."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("space", "go_on(True)", show=False),
        Binding("h", "amend('hard')", show=False),
        Binding("e", "amend('easy')", show=False),
        Binding("u,ctrl+z", "undo", show=False),
        Binding("f1,question_mark", "app.help", show=False),
        Binding("escape,q", "back", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]

    def __init__(
        self, study: Study, *, filters: Filters, desk: Desk, aside: Desk, grace: float
    ) -> None:
        super().__init__()
        self._study = study
        self._filters = filters
        self._desk = desk
        self._aside = aside
        self._grace = grace
        self._session: StudySession | None = None
        self.phase = Phase.PREPARING
        self._served: Served | None = None
        self._answered: Answered | None = None
        self._answers: list[Answered] = []  # of this session, for its summary
        self._shown_at = 0.0  # when the present question or verdict appeared
        self._retyped: str | None = None  # what was answered before an undo
        self._waiting_since: float | None = None
        self._busy = False  # the session is doing something

    # What is on the screen

    def compose(self) -> ComposeResult:
        """Lay out every part once; which of them are seen depends on the phase."""
        with Horizontal(id="header"):
            yield Static(id="topic", markup=False)
            yield Static(id="progress", markup=False)
        with Horizontal(id="middle"):
            with VerticalScroll(id="body", can_focus=False):
                yield Sheet(id="stem")
                yield Choices(id="choices")
                with Horizontal(id="entry"):
                    yield AnswerField(id="field")
                    yield Static(id="asked", markup=False)
                yield Sheet(id="verdict")
                yield Press("", key="enter", id="go")
            yield Sheet(id="side")
        yield Sheet(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin the session."""
        self.query_one("#side").border_title = Content(_("Today"))
        self._prepare_screen()
        self._start(self._begin())

    @property
    def _choices(self) -> Choices:
        return self.query_one("#choices", Choices)

    @property
    def _field(self) -> AnswerField:
        return self.query_one("#field", AnswerField)

    @property
    def _body(self) -> VerticalScroll:
        return self.query_one("#body", VerticalScroll)

    @property
    def _numeric(self) -> bool:
        return self._served is not None and isinstance(
            self._served.variant.question, NumericQuestion
        )

    def _enter(self, phase: Phase) -> None:
        """Show the parts of a phase and its keys."""
        self.phase = phase
        numeric = self._numeric
        asked = phase in (Phase.ASKING, Phase.CHECKING, Phase.JUDGED)
        self.query_one("#stem").display = asked
        self._choices.display = asked and not numeric
        self.query_one("#entry").display = asked and numeric
        verdict = self.query_one("#verdict")
        verdict.display = phase in (Phase.JUDGED, Phase.FINISHED)
        verdict.set_class(phase is Phase.JUDGED and not numeric, "-below-options")
        go = self.query_one("#go", Press)
        go.display = phase not in (Phase.PREPARING, Phase.CHECKING)
        go.name_it(self._label_of_go())
        self.query_one(KeyBar).show(self._hints())

    def _label_of_go(self) -> str:
        if self.phase is Phase.ASKING:
            return _("Answer") + "  Enter"
        if self.phase is Phase.FINISHED:
            return _("Back to the start") + "  Enter"
        if self.phase is Phase.STUCK:
            return _("Try again") + "  Enter"
        return _("Next") + "  Space"

    def _hints(self) -> list[Hint]:
        undo = [Hint("u", _("Undo"), "u")] if self._answers else []
        back = Hint("Esc", _("Back"), "escape", always=True)
        rest = [back, Hint("F1", _("Help"), "f1", always=True), Hint("^p", _("Commands"), "ctrl+p")]
        if self.phase is Phase.ASKING:
            answer = Hint("Enter", _("Answer"), "enter", always=True)
            if self._numeric:
                undo = [Hint("^z", _("Undo"), "ctrl+z")] if self._answers else []
                return [answer, *undo, *rest]
            last = _LABELS[len(self._served.variant.options) - 1] if self._served else "1"
            return [Hint(f"1-{last}", _("Choose"), "down", always=True), answer, *undo, *rest]
        if self.phase is Phase.JUDGED:
            right = self._answered is not None and self._answered.verdict.right
            amend = [Hint("h", _("Was hard"), "h"), Hint("e", _("Was easy"), "e")] if right else []
            return [Hint("Space", _("Next"), "space", always=True), *amend, *undo, *rest]
        if self.phase is Phase.STUCK:
            return [Hint("Enter", _("Try again"), "enter", always=True), *undo, *rest]
        return [*undo, *rest]

    def _say(self, *paragraphs: Paragraph, mood: str = "") -> None:
        """Show a line above the keys; nothing removes it."""
        status = self.query_one("#status", Sheet)
        status.set_classes(f"-{mood}" if mood else "")
        status.display = bool(paragraphs)
        status.show(paragraphs)

    def _show_counts(self, counts: Counts) -> None:
        self.query_one("#progress", Static).update(Content(progress_line(counts)))
        self.query_one("#side", Sheet).show(progress_paragraphs(counts, self._served))

    # Serving

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
                limit=filters.limit,
                minutes=filters.minutes,
            )
        except Problem as problem:
            self._get_stuck(problem)
            return
        await self._serve()

    async def _serve(self) -> None:
        """Ask for the next question and show it, or what there is instead."""
        try:
            following = await self._desk.do(
                self._in_session().next, computing_ready=self._worth_asking()
            )
        except Problem as problem:
            self._get_stuck(problem)
            return
        match following:
            case Served():
                self._ask(following)
            case Waiting(counts):
                self._prepare_screen()
                self._show_counts(counts)
                self._waiting_since = self._waiting_since or monotonic()
                self.set_timer(_POLL, self._look_again)
            case Finished():
                self._finish(following)

    def _worth_asking(self) -> bool:
        """Whether questions may be served that the worker must compute first.

        While it loads, others are served. One that died or takes very long is asked all the
        same: it is started again, or it says why not.
        """
        compute = self._study.compute
        if compute.ready or self._waiting_since is None:
            return compute.ready
        return compute.pid is None or monotonic() - self._waiting_since > _LONGEST_WAIT

    def _get_stuck(self, problem: Problem) -> None:
        self._waiting_since = None
        self._served = self._answered = None
        self._enter(Phase.STUCK)
        self._say(Paragraph(plain(str(problem))), mood="error")
        self._shown_at = monotonic()

    def _look_again(self) -> None:
        if self.phase is Phase.PREPARING:
            if self._busy:
                self.set_timer(_POLL, self._look_again)
            self._start(self._serve())

    def _prepare_screen(self) -> None:
        self._served = self._answered = None
        self._enter(Phase.PREPARING)
        self._say(Paragraph(Content(_("Preparing the numbers of the next question..."))))

    def _ask(self, served: Served) -> None:
        self._served, self._answered = served, None
        self._waiting_since = None
        variant = served.variant
        negative = isinstance(variant.question, ChoiceQuestion) and variant.question.negative
        self.query_one("#topic", Static).update(topic_line(served))
        self.query_one("#stem", Sheet).show([Paragraph(prose(variant.stem, negative=negative))])
        self._show_counts(served.counts)
        self._say()
        if isinstance(variant.question, NumericQuestion):
            self.query_one("#asked", Static).update(
                Content(wording.asked(variant.question.tolerance))
            )
            self._field.disabled = False
            self._field.value = self._retyped or ""
            self._field.cursor_position = len(self._field.value)
            self._field.focus(scroll_visible=False)
        else:
            self._choices.ask(variant.options)
            if self._retyped:
                self._choices.choose(_LABELS.find(self._retyped))
            self.set_focus(None)
        self._retyped = None
        self._enter(Phase.ASKING)
        self._body.scroll_home(animate=False)
        self._shown_at = monotonic()
        self._look_ahead(served)

    @work(group="aside")
    async def _look_ahead(self, served: Served) -> None:
        """While the learner reads, compute this question, then find the next ones' numbers.

        What cannot be computed is said when it is needed.
        """
        if self._filters.kind == "choice":
            return
        session = self._in_session()
        with suppress(ComputeUnavailable, ComputeRefused, Problem):
            await self._aside.do(session.prepare, served)
            await self._aside.do(session.settle_ahead)

    def _finish(self, finished: Finished) -> None:
        self._served = self._answered = None
        self.set_focus(None)
        self._enter(Phase.FINISHED)
        self.query_one("#topic", Static).update(Content(" " + _("Summary")))
        self._show_counts(finished.counts)
        self._say()
        due = finished.next_due
        self.query_one("#verdict", Sheet).show(
            summary_paragraphs(
                self._answers,
                finished.counts,
                next_due=None if due is None else self._when(due),
            )
        )
        self._body.scroll_home(animate=False)
        self._shown_at = monotonic()

    # Answering

    def _too_soon(self) -> bool:
        """Whether a key was still meant for what was on the screen before."""
        return monotonic() - self._shown_at < self._grace

    def on_key(self, event: Key) -> None:
        """Choose an option by its number or letter; see through an input method left on."""
        meant = ordinary_key(event)
        if meant is not None:
            event.stop()
            self.app.simulate_key(meant)
            return
        if self.phase is not Phase.ASKING or self._numeric:
            return
        typed = character_of(event) or event.key
        if len(typed) == 1 and typed in _LABELS + _LETTERS and not self._too_soon():
            index = _LABELS.find(typed) if typed in _LABELS else _LETTERS.find(typed)
            if self._choices.choose(index):
                event.stop()

    @on(Input.Submitted)
    @on(Choices.Submitted)
    def _submitted(self, event: Message) -> None:
        event.stop()
        self.action_go_on()

    @on(Choices.Chosen)
    def _show_chosen(self, event: Message) -> None:
        event.stop()
        lines = self._choices.lines_of_chosen()
        if lines is not None:
            region = lines.translate(self._choices.virtual_region.offset)
            self._body.scroll_to_region(region, animate=False)

    def action_go_on(self, with_space: bool = False) -> None:
        """Do what comes next: give the answer, take the next question, go home."""
        if self._too_soon():
            return
        match self.phase:
            case Phase.ASKING if not with_space:
                self._submit()
            case Phase.JUDGED | Phase.STUCK:
                self._start(self._begin() if self._session is None else self._serve())
            case Phase.FINISHED:
                self.dismiss()
            case _:
                pass

    def _submit(self) -> None:
        raw = self._field.value if self._numeric else self._choices.label
        if not raw or not raw.strip():
            hint = _("Type a number first.") if self._numeric else _("Choose an option first.")
            self._say(Paragraph(Content(hint)), mood="warning")
            return
        if self._served is not None:
            milliseconds = round(1000 * (monotonic() - self._shown_at))
            self._start(self._judge(self._served, raw, milliseconds))

    async def _judge(self, served: Served, raw: str, milliseconds: int) -> None:
        session = self._in_session()
        self._enter(Phase.CHECKING)
        self._field.disabled = True
        saying = self.set_timer(_PATIENCE, self._say_checking)
        try:
            answered = await self._desk.do(session.answer, served, raw, milliseconds=milliseconds)
        except (ComputeUnavailable, ComputeRefused, Problem) as problem:
            self._keep_the_answer(_why_not(problem, served))
            return
        finally:
            saying.stop()
        if answered.verdict.graded:
            self._show_verdict(answered)
        else:
            self._keep_the_answer(say(answered.verdict.message))

    def _say_checking(self) -> None:
        if self.phase is Phase.CHECKING:
            self._say(Paragraph(Content(_("Checking..."))))

    def _keep_the_answer(self, why: str) -> None:
        """Leave the question unanswered, with what was typed, and say why."""
        self._enter(Phase.ASKING)
        self._field.disabled = False
        if self._numeric:
            self._field.focus(scroll_visible=False)
        self._say(Paragraph(plain(why)), mood="error")

    def _show_verdict(self, answered: Answered) -> None:
        self._answered = answered
        self._answers.append(answered)
        verdict = answered.verdict
        self.set_focus(None)
        if verdict.reasons:
            self._choices.judge(verdict.reasons)
        self.query_one("#verdict", Sheet).show(verdict_paragraphs(verdict))
        self._show_counts(answered.counts)
        self._say_outcome(answered)
        self._enter(Phase.JUDGED)
        self.call_after_refresh(self._scroll_to_verdict)
        self._shown_at = monotonic()

    def _say_outcome(self, answered: Answered) -> None:
        verdict = answered.verdict
        outcome = wording.outcome(verdict.outcome)
        badge = Content.styled(f" {outcome} ", "bold reverse")
        happened = verdict.mistakes[0].says if verdict.mistakes else verdict.message
        parts = [plain(say(happened).removeprefix(outcome).lstrip("。.: "))]
        if answered.next_due is not None:
            when = _("Next: {when}").format(when=self._when(answered.next_due))
            if answered.grade in ("hard", "easy"):
                when = f"{wording.grade(answered.grade)}  {when}"
            parts.append(Content.styled(when, "$text-muted"))
        text = Content("   ").join(parts)
        self._say(
            Paragraph(text, Content.assemble(badge, "  ")),
            mood="right" if verdict.right else "wrong",
        )

    def _scroll_to_verdict(self) -> None:
        """Where not all fits, begin with the answer and let the stem scroll away."""
        if self.phase is Phase.JUDGED and self._body.max_scroll_y > 0:
            first = self.query_one("#entry") if self._numeric else self._choices
            self._body.scroll_to_widget(first, top=True, animate=False)

    # Amending, taking back, leaving

    def action_amend(self, grade: Literal["hard", "easy"]) -> None:
        """Say that a right answer was hard or easy."""
        answered = self._answered
        if self.phase is Phase.JUDGED and answered is not None and answered.verdict.right:
            self._start(self._amend(answered, grade))

    async def _amend(self, answered: Answered, grade: Literal["hard", "easy"]) -> None:
        try:
            amended = await self._desk.do(self._in_session().amend, answered, grade)
        except Problem as problem:
            self._say(Paragraph(plain(str(problem))), mood="error")
            return
        self._answered = self._answers[-1] = amended
        self._say_outcome(amended)

    def action_undo(self) -> None:
        """Take the last answer back; its question is asked again with the same numbers."""
        if self._session is not None:
            self._start(self._undo())

    async def _undo(self) -> None:
        try:
            undone = await self._desk.do(self._in_session().undo)
        except Problem as problem:
            self._say(Paragraph(plain(str(problem))), mood="error")
            return
        if undone is None:
            self._say(Paragraph(Content(_("There is nothing to take back."))), mood="warning")
            return
        if self._answers:
            self._answers.pop()
        self._retyped = undone.raw
        await self._serve()
        if self.phase is Phase.ASKING:
            self._say(Paragraph(Content(_("The last answer was taken back."))), mood="warning")

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
        if self.phase is not Phase.ASKING:
            return False
        return (
            bool(self._field.value.strip()) if self._numeric else self._choices.chosen is not None
        )

    def action_step(self, by: int) -> None:
        """Choose another option, or scroll where there is nothing to choose."""
        if self.phase is Phase.ASKING and not self._numeric:
            if not self._too_soon():
                self._choices.step(by)
        else:
            self._body.scroll_relative(y=by, animate=False)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by a screenful, less two lines."""
        self._body.scroll_relative(y=by * max(1, self._body.size.height - 2), animate=False)

    def _when(self, due: date | datetime) -> str:
        return wording.due(due, now=self._study.now(), today=self._study.today())

    def _in_session(self) -> StudySession:
        if self._session is None:
            raise RuntimeError("the session has not begun")
        return self._session


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
