"""The board of the study screen for one question of a draft: answered, judged, never recorded."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from questions.compute.client import ComputeRefused, ComputeUnavailable
from questions.evaluation import Evaluation
from questions.variant import Variant
from quizapp.authoring.bench import Bench
from quizapp.authoring.draft import Entry
from quizapp.language import _, say
from quizapp.learning.serving import Answered, Counts, Served
from quizapp.tui.desk import Desk
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.key_page import key_paragraphs
from quizapp.tui.moment import Moment, Phase
from quizapp.tui.page import BLANK, Paragraph, Rule, Sheet
from quizapp.tui.prose import one_line, plain
from quizapp.tui.verdict_page import steps_paragraphs
from quizapp.tui.widgets.board import Board
from quizapp.tui.widgets.keybar import Hint
from quizapp.tui.widgets.press import Press

_NOTHING = Counts(learning=0, due=0, new=0, answered=0, right=0)
_PATIENCE = 0.15  # seconds of computing before it is said
_QUIET = "$text-muted"
_NUMBER = 5  # cells of a line number


class Preview(Board):
    """Shows a question as learners will see it, and on demand what they will not.

    It knows no file and no list: it is told what to show, and given the keys of answering.
    """

    class Changed(Message):
        """Other keys may act now."""

    def __init__(self, bench: Bench, desk: Desk) -> None:
        super().__init__()
        self.phase = Phase.PREPARING
        self.variant: Variant | None = None
        self.active = False  # whether the keys are for answering
        self.with_key = False
        self.with_steps = False
        self._bench = bench
        self._desk = desk
        self._served: Served | None = None
        self._evaluation: Evaluation | None = None

    def on_mount(self) -> None:
        """Make room for what only authors see."""
        super().on_mount()
        self.body.mount(Sheet(id="behind"), after="#go")
        self._enter(Phase.PREPARING)

    @property
    def typing(self) -> bool:
        """Whether the answer is typed into a field now."""
        form = self.form
        asking = self.active and self.phase is Phase.ASKING
        return asking and form is not None and form.typing

    def count(self, counts: Counts, served: Served | None, *, judged: bool = False) -> None:
        """Count nothing: there is no learner."""

    def show_keys(self, moment: Moment) -> None:
        """Name the button; leave the keys to the screen, which has more of them."""
        super().show_keys(moment)
        if moment.phase is Phase.JUDGED:
            self.query_one("#go", Press).name_it(_("Next numbers") + "  Space")
        self.post_message(self.Changed())

    def keys(self) -> list[Hint]:
        """Return the keys of answering."""
        if self.phase is Phase.ASKING and self.form is not None and self.variant is not None:
            return self.form.hints()
        if self.phase is Phase.JUDGED:
            return [Hint("Space", _("Next numbers"), "space", always=True)]
        return []

    # What is shown

    def title(self, entry: Entry, *, place: str, seed: int) -> None:
        """Say which question this is, of how many, and with which seed."""
        kind = entry.question.kind if entry.question is not None else ""
        name = Content.assemble(
            Content.styled(" ", "bold"),
            one_line(entry.name, 34, "bold $text-accent"),
            "  ",
            Content.styled(kind, "$text-muted"),
        )
        self.query_one("#topic", Static).update(name)
        at = _("Seed {seed}").format(seed=seed)
        self.query_one("#progress", Static).update(Content(f"{place}   {at}"))

    def head_of(self, served: Served, *, judged: bool = False) -> None:
        """Leave the name of the question where a learner reads why it is shown."""

    def pose(self, entry: Entry, *, seed: int) -> None:
        """Show a question with the numbers of a seed, as soon as they are computed."""
        self._do(self._pose(entry, seed))

    def show_source(self, entry: Entry, lines: frozenset[int]) -> None:
        """Show the lines of what cannot be asked, those of findings marked."""
        self.workers.cancel_group(self, "preview")
        self.variant = self._served = self._evaluation = None
        self._enter(Phase.PREPARING)
        self.say()
        paragraphs: list[Paragraph] = []
        for number, line in enumerate(entry.source.split("\n"), start=entry.line):
            mark = ">" if number in lines else " "
            style = "$text-error" if number in lines else "$text-muted"
            lead = Content.styled(f"{mark}{number:>{_NUMBER}}  ", style)
            paragraphs.append(Paragraph(plain(line, style if number in lines else ""), lead))
        self.query_one("#stem", Sheet).show(paragraphs)
        self.query_one("#stem").display = True
        self.body.scroll_home(animate=False)

    def reveal(self, *, key: bool, steps: bool) -> None:
        """Show or hide the key with the mistakes, and the worked steps."""
        self.with_key, self.with_steps = key, steps
        if self.variant is not None:
            self._do(self._reveal(), group="reveal")

    def hint(self) -> None:
        """Show one more of the hints, as a learner may ask for."""
        served = self._served
        if self.phase is not Phase.ASKING or served is None:
            return
        if served.hints >= len(served.variant.hints):
            has = bool(served.variant.hints)
            self.say(
                _("That was the last hint.") if has else _("This question has no hints."),
                mood="warning",
            )
            return
        self._served = replace(served, hints=served.hints + 1)
        self.show_hint(self._served)

    def activate(self, *, active: bool) -> None:
        """Take the keys of answering, or take them no more."""
        self.active = active
        self._enter(self.phase)

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.enter(self._moment())
        if self.variant is None:
            self.query_one("#stem").display = True
        form = self.form if self.variant is not None else None
        asking = self.active and phase is Phase.ASKING
        if not (asking and form is not None and form.take_focus()):
            self.screen.set_focus(None)

    def _moment(self) -> Moment:
        form = self.form if self.variant is not None else None
        return Moment(
            phase=self.phase,
            answering=tuple(form.hints()) if form is not None else (),
            answer=form.button if form is not None else "",
            typing=self.typing,
        )

    # Posing and judging, off the screen's thread

    def _do(self, work: Coroutine[None, None, None], *, group: str = "preview") -> None:
        self.run_worker(work, group=group, exclusive=True)

    async def _pose(self, entry: Entry, seed: int) -> None:
        saying = self.set_timer(_PATIENCE, self._say_computing)
        try:
            variant = await self._desk.do(self._bench.present, entry, seed=seed)
        except (ComputeUnavailable, ComputeRefused) as problem:
            self.variant = self._served = self._evaluation = None
            self._enter(Phase.PREPARING)
            self.query_one("#stem", Sheet).show([])
            self.query_one("#behind", Sheet).show([])
            self.say(say(problem.text), mood="error")
            return
        finally:
            saying.stop()
        served = Served(card_id=0, version=0, why="new", variant=variant, counts=_NOTHING)
        await self.ask(served)
        self.variant, self._served, self._evaluation = variant, served, None
        self._enter(Phase.ASKING)
        await self._reveal()

    async def _reveal(self) -> None:
        variant = self.variant
        sheet = self.query_one("#behind", Sheet)
        if variant is None or not (self.with_key or self.with_steps):
            sheet.show([])
            return
        try:
            evaluation = await self._desk.do(self._bench.examiner.values, variant)
        except (ComputeUnavailable, ComputeRefused) as problem:
            self.say(say(problem.text), mood="error")
            return
        paragraphs: list[Paragraph] = []
        if self.with_key:
            paragraphs += [Rule("$border"), *key_paragraphs(variant, evaluation)]
        if self.with_steps:
            steps = steps_paragraphs(evaluation.steps) if evaluation is not None else []
            steps = steps or [Paragraph(plain(_("There is nothing to work step by step."), _QUIET))]
            paragraphs += [BLANK if self.with_key else Rule("$border"), *steps]
        sheet.show(paragraphs)
        self.call_after_refresh(self._show_behind)

    def _show_behind(self) -> None:
        """Scroll to what was revealed where not all fits."""
        if self.body.max_scroll_y > 0:
            self.body.scroll_to_widget(self.query_one("#behind"), top=True, animate=False)

    async def _judge(self, served: Served, raw: str) -> None:
        self._enter(Phase.CHECKING)
        saying = self.set_timer(_PATIENCE, self._say_computing)
        try:
            verdict = await self._desk.do(self._bench.examiner.judge, served.variant, raw)
        except (ComputeUnavailable, ComputeRefused) as problem:
            self._enter(Phase.ASKING)
            self.say(say(problem.text), mood="error")
            return
        finally:
            saying.stop()
        if not verdict.graded:
            self._enter(Phase.ASKING)
            self.say(say(verdict.message), mood="error")
            return
        answered = Answered(
            served=served,
            verdict=verdict,
            review_id=None,
            grade=None,
            next_due=None,
            counts=_NOTHING,
        )
        self.judge(answered, when=None)
        self._enter(Phase.JUDGED)
        self.call_after_refresh(self.show_answer_first)

    def _say_computing(self) -> None:
        self.say(_("Computing..."))

    # Keys of answering

    def press(self, character: str) -> bool:
        """Do what a character means in the form; False where it means nothing."""
        asking = self.active and self.phase is Phase.ASKING
        return asking and self.form is not None and self.form.press(character)

    def step(self, by: int) -> None:
        """Go to another part of the answer, or scroll where there is nothing to go to."""
        asking = self.active and self.phase is Phase.ASKING and self.form is not None
        if not (asking and self.form is not None and self.form.step(by)):
            self.body.scroll_relative(y=by, animate=False)

    def shift(self, by: int) -> None:
        """Go left or right within the answer."""
        if self.phase is Phase.ASKING and self.form is not None:
            self.form.shift(by)

    def toggle(self) -> None:
        """Do what the space bar does while answering."""
        if self.phase is Phase.ASKING and self.form is not None:
            self.form.toggle()

    def submit(self) -> None:
        """Give the answer."""
        if self.phase is not Phase.ASKING or self.form is None or self._served is None:
            return
        if self.form.enter():
            return
        raw = self.form.raw
        if raw is None:
            self.say(self.form.missing, mood="warning")
            return
        self._do(self._judge(self._served, raw))

    @on(AnswerForm.Submitted)
    def _submitted(self, event: Message) -> None:
        event.stop()
        self.submit()

    @on(AnswerForm.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.show_keys(self._moment())
        self.show_present()
