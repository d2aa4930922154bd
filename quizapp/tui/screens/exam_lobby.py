"""Before and after mock exams: go on with one, begin one, look at earlier ones."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from quizapp import exam_wording
from quizapp.history.exam import Exam
from quizapp.language import _, say
from quizapp.learning.blueprints import Blueprint
from quizapp.learning.exam_report import report
from quizapp.problem import Problem
from quizapp.tui.desk import Desk, start_computing
from quizapp.tui.opening import ExamWishes
from quizapp.tui.page import Paragraph, Sheet
from quizapp.tui.prose import plain
from quizapp.tui.screens.exam import ExamScreen
from quizapp.tui.screens.exam_report import ExamReportScreen
from quizapp.tui.typed import ordinary_key
from quizapp.tui.widgets.keybar import Hint, KeyBar
from quizapp.tui.widgets.menu import Entry, Group, Menu

if TYPE_CHECKING:
    from quizapp.learning.sitting import Sitting
    from quizapp.study import Study

_RESUME = "resume"
_PATIENCE = 0.15  # seconds of preparing before the screen says so


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is to choose from."""

    plans: dict[str, Blueprint]
    exams: tuple[Exam, ...]


class ExamLobbyScreen(Screen[None]):
    """Closes when the learner goes home."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "choose", show=False),
        Binding("p", "mode", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("f1,question_mark", "app.help", show=False),
        Binding("escape,q", "back", show=False),
    ]

    def __init__(
        self, study: Study, *, wishes: ExamWishes, desk: Desk, aside: Desk, grace: float
    ) -> None:
        super().__init__()
        self.strict = not wishes.practice
        self._study = study
        self._wishes = wishes
        self._desk = desk
        self._aside = aside
        self._grace = grace
        self._known: _Known | None = None
        self._busy = False
        self._seed: int | None = None  # of the next exam, where one was wished for

    def compose(self) -> ComposeResult:
        """Lay out the menu and what the present mode means."""
        with Horizontal(id="header"):
            yield Static(id="topic", markup=False)
        with VerticalScroll(id="body", can_focus=False):
            yield Menu(id="menu")
        yield Sheet(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Look what there is."""
        title = Content.styled(" " + _("Mock exam"), "bold $text-accent")
        self.query_one("#topic", Static).update(title)
        self._show_mode()
        self._start(self._open())

    # What is shown

    def _show_mode(self) -> None:
        self.query_one(KeyBar).show(
            [
                Hint("Enter", _("Choose"), "enter", always=True),
                Hint("p", _("Practice") if self.strict else _("Strict"), "p", always=True),
                Hint("Up Down", _("Other one"), "down"),
                Hint("Esc", _("Back"), "escape", always=True),
                Hint("F1", _("Help"), "f1"),
            ]
        )
        self._say(
            _("Strict: the clock cannot be paused, and nothing is judged before the end.")
            if self.strict
            else _("Practice: each answer is judged at once; the clock stops when you leave.")
        )

    def _say(self, text: str, *, mood: str = "") -> None:
        status = self.query_one("#status", Sheet)
        status.set_classes(f"-{mood}" if mood else "")
        status.display = True
        status.show([Paragraph(plain(text))])

    def _offer(self, known: _Known, *, present: str | None = None) -> None:
        self._known = known
        interrupted = [exam for exam in known.exams if not exam.over]
        menu = self.query_one(Menu)
        menu.offer(
            [
                Group(
                    _("Interrupted"),
                    [Entry(_RESUME, self._interrupted(e)) for e in interrupted[:1]],
                ),
                Group(
                    _("Begin an exam"),
                    [Entry(f"plan {name}", _plan(plan)) for name, plan in known.plans.items()],
                ),
                Group(
                    _("Earlier exams"),
                    [Entry(f"exam {exam.id}", _earlier(exam)) for exam in known.exams if exam.over],
                ),
            ],
            present=_RESUME if interrupted else present,
        )

    def _interrupted(self, exam: Exam) -> Content:
        clock = exam_wording.clock(exam.left(self._study.now()))
        rest = _("{answered}/{all} answered, {clock} left").format(
            answered=exam.answered, all=len(exam.questions), clock=clock
        )
        return Content.assemble(plain(exam.title, "bold"), "   ", Content(rest))

    # One thing at a time

    def _start(self, work: Coroutine[None, None, None]) -> None:
        if self._busy:
            work.close()
            return
        self._busy = True
        self.run_worker(self._to_its_end(work), group="lobby")

    async def _to_its_end(self, work: Coroutine[None, None, None]) -> None:
        saying = self.set_timer(_PATIENCE, self._say_preparing)
        try:
            await work
        except Problem as problem:
            saying.stop()
            self._say(str(problem), mood="error")
        finally:
            saying.stop()
            self._busy = False

    def _say_preparing(self) -> None:
        if self._busy:
            self._say(_("Choosing the questions and preparing their numbers..."))

    async def _open(self) -> None:
        """Look what there is, and do what was wished for when the program was started."""
        wishes, self._wishes = self._wishes, ExamWishes()
        if wishes.resume:
            self._sit(await self._desk.do(self._study.resume_exam))
        await self._look(wishes)
        self.run_worker(self._aside.do(start_computing, self._study), group="aside")

    async def _look(self, wishes: ExamWishes = ExamWishes()) -> None:  # noqa: B008 - immutable
        known = await self._desk.do(_known, self._study)
        name = wishes.blueprint or next(iter(known.plans))
        if name not in known.plans:
            self._offer(known)
            raise Problem(
                _("There is no exam {name}; there are {names}.").format(
                    name=name, names=", ".join(known.plans)
                )
            )
        known.plans[name] = known.plans[name].resized(
            questions=wishes.questions, minutes=wishes.minutes
        )
        self._seed = wishes.seed
        self._offer(known, present=f"plan {name}")
        self._show_mode()

    async def _begin(self, plan: Blueprint) -> None:
        sitting = await self._desk.do(
            self._study.begin_exam, plan, strict=self.strict, seed=self._seed
        )
        self._sit(sitting)

    async def _resume(self) -> None:
        self._sit(await self._desk.do(self._study.resume_exam))

    def _sit(self, sitting: Sitting) -> None:
        """Let the learner sit an exam; one whose time is up is reported."""
        if sitting.exam.over:
            self._ended(sitting.exam)
            return
        screen = ExamScreen(self._study, sitting, desk=self._desk, grace=self._grace)
        self.app.push_screen(screen, self._ended)

    def _ended(self, exam: Exam | None) -> None:
        if exam is None:
            self._come_back(None)
        else:
            self.app.push_screen(
                ExamReportScreen(self._study, exam, desk=self._desk, aside=self._aside),
                self._come_back,
            )

    def _come_back(self, _result: None) -> None:
        self._again()

    @work(group="again", exclusive=True)
    async def _again(self) -> None:
        await self._look()

    # Keys and clicks

    def on_key(self, event: Key) -> None:
        """Take what an input method made of a key for the key that was meant."""
        if meant := ordinary_key(event):
            event.stop()
            self.app.simulate_key(meant)

    @on(Menu.Meant)
    def _meant(self, event: Message) -> None:
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Do what the present line says."""
        present = self.query_one(Menu).present
        if present is None or self._known is None:
            return
        what, _space, name = present.partition(" ")
        match what:
            case "plan":
                self._start(self._begin(self._known.plans[name]))
            case "exam":
                self._ended(next(exam for exam in self._known.exams if exam.id == name))
            case _:
                self._start(self._resume())

    def action_mode(self) -> None:
        """Change between strict and practice."""
        self.strict = not self.strict
        self._show_mode()

    def action_step(self, by: int) -> None:
        """Go to another line."""
        menu = self.query_one(Menu)
        menu.step(by)
        body = self.query_one("#body", VerticalScroll)
        body.scroll_to_region(
            menu.lines_of_present().translate(menu.virtual_region.offset), animate=False
        )

    def action_back(self) -> None:
        """Go home."""
        self.dismiss()


def _known(study: Study) -> _Known:
    return _Known(dict(study.blueprints()), study.exams())


def _plan(plan: Blueprint) -> Content:
    return Content.assemble(
        plain(say(plan.name), "bold"), "   ", plain(exam_wording.plan(plan), "$text-muted")
    )


def _earlier(exam: Exam) -> Content:
    begun = exam.begun_at.astimezone()
    return Content.assemble(
        Content.styled(begun.strftime("%Y-%m-%d %H:%M"), "$text-muted"),
        "   ",
        plain(exam.title),
        "   ",
        plain(exam_wording.score(report(exam).score), "bold"),
    )
