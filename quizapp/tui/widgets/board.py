"""Everything that is seen while studying: question, answer, verdict, counts, messages, keys.

Each part is laid out once and updated in place; which of them are seen depends on the moment.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from quizapp import wording
from quizapp.language import _, say
from quizapp.learning.serving import Answered, Counts, Served
from quizapp.tui.forms.answer_form import AnswerForm
from quizapp.tui.forms.forms_of_kinds import form_of
from quizapp.tui.moment import Moment, Phase
from quizapp.tui.page import Paragraph, Sheet
from quizapp.tui.progress_page import progress_line, progress_paragraphs, topic_line
from quizapp.tui.prose import plain
from quizapp.tui.question_page import question_paragraphs
from quizapp.tui.summary_page import summary_paragraphs
from quizapp.tui.verdict_page import verdict_paragraphs
from quizapp.tui.widgets.keybar import KeyBar
from quizapp.tui.widgets.press import Press


class Board(Vertical):
    """Shows what it is told; it knows no session and no key."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: dict[type[AnswerForm], AnswerForm] = {}  # those that were needed so far
        self.form: AnswerForm | None = None  # of the question on the screen

    def compose(self) -> ComposeResult:
        """Lay out every part."""
        with Horizontal(id="header"):
            yield Static(id="topic", markup=False)
            yield Static(id="progress", markup=False)
        with Horizontal(id="middle"):
            with VerticalScroll(id="body", can_focus=False):
                yield Sheet(id="stem")
                yield Sheet(id="verdict")
                yield Press("", key="enter", id="go")
            yield Sheet(id="side")
        yield Sheet(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Name the panel."""
        self.query_one("#side").border_title = Content(_("Today"))

    @property
    def body(self) -> VerticalScroll:
        """The part that scrolls."""
        return self.query_one("#body", VerticalScroll)

    def enter(self, moment: Moment) -> None:
        """Show the parts of a moment and its keys."""
        self.query_one("#stem").display = moment.asked
        for form in self._forms.values():
            form.display = moment.asked and form is self.form
        if self.form is not None:
            self.form.open(asking=moment.phase is Phase.ASKING)
        verdict = self.query_one("#verdict")
        verdict.display = moment.phase in (Phase.JUDGED, Phase.FINISHED)
        verdict.set_class(moment.phase is Phase.JUDGED and not moment.typing, "-below-options")
        self.show_keys(moment)

    def show_keys(self, moment: Moment) -> None:
        """Show the button and the keys of a moment."""
        go = self.query_one("#go", Press)
        go.display = moment.button is not None
        go.name_it(moment.button or "")
        asking = moment.phase is Phase.ASKING
        go.key = self.form.key if asking and self.form is not None else "enter"
        self.query_one(KeyBar).show(moment.hints())

    def say(self, text: Content | str = "", *, badge: str = "", mood: str = "") -> None:
        """Show a line above the keys until the next one; an empty one removes it."""
        status = self.query_one("#status", Sheet)
        status.set_classes(f"-{mood}" if mood else "")
        content = text if isinstance(text, Content) else plain(text)
        status.display = bool(content)
        lead = Content.assemble(Content.styled(f" {badge} ", "bold reverse"), "  ")
        status.show([Paragraph(content, lead if badge else Content(""))])

    def count(self, counts: Counts, served: Served | None, *, judged: bool = False) -> None:
        """Show where the learner stands."""
        self.query_one("#progress", Static).update(Content(progress_line(counts)))
        self.query_one("#side", Sheet).show(progress_paragraphs(counts, served, judged=judged))

    def head_of(self, served: Served, *, judged: bool = False) -> None:
        """Say above the question why it is shown, and once it is judged what it is about."""
        self.query_one("#topic", Static).update(topic_line(served, judged=judged))

    async def ask(self, served: Served, *, retyped: str = "") -> None:
        """Show a question; `retyped` is an answer to begin with."""
        variant = served.variant
        self.head_of(served)
        self.query_one("#stem", Sheet).show(question_paragraphs(served))
        self.count(served.counts, served)
        self.say()
        self.form = await self._form(form_of(variant))
        self.form.ask(variant, retyped=retyped)
        self.body.scroll_home(animate=False)

    def show_hint(self, served: Served) -> None:
        """Show one more hint below the stem, in sight also where not all fits."""
        stem = self.query_one("#stem", Sheet)
        stem.show(question_paragraphs(served))
        self.say(_("Even if right, it comes again today."), mood="warning")
        self.call_after_refresh(self._show_end_of, stem)

    def _show_end_of(self, sheet: Sheet) -> None:
        region = sheet.virtual_region
        height = min(region.height, self.body.size.height)
        end = Region(region.x, region.bottom - height, region.width, height)
        self.body.scroll_to_region(end, animate=False)

    async def _form(self, wanted: type[AnswerForm]) -> AnswerForm:
        """Return the form of a kind of question, laid out when it is needed first."""
        if wanted not in self._forms:
            self._forms[wanted] = wanted()
            self._forms[wanted].display = False
            await self.body.mount(self._forms[wanted], before="#verdict")
        return self._forms[wanted]

    def judge(self, answered: Answered, *, when: str | None) -> None:
        """Show a verdict; `when`: the next time of this question, in words."""
        verdict = answered.verdict
        if self.form is not None:
            self.form.judge(verdict)
        self.query_one("#verdict", Sheet).show(verdict_paragraphs(verdict))
        self.head_of(answered.served, judged=True)
        self.count(answered.counts, answered.served, judged=True)
        self.grade(answered, when=when)

    def grade(self, answered: Answered, *, when: str | None) -> None:
        """Say the outcome and what follows from it."""
        verdict = answered.verdict
        outcome = wording.outcome(verdict.outcome)
        happened = verdict.mistakes[0].says if verdict.mistakes else verdict.message
        parts = [plain(say(happened).removeprefix(outcome).lstrip("。.: "))]
        if answered.grade in ("hard", "easy"):
            parts.append(Content.styled(wording.grade(answered.grade), "bold"))
        if verdict.hints_used:
            parts.append(Content.styled(_("Hints used: once more today"), "bold"))
        if when is not None:
            parts.append(Content.styled(_("Next: {when}").format(when=when), "$text-muted"))
        text = Content("   ").join([part for part in parts if part])
        self.say(text, badge=outcome, mood="right" if verdict.right else "wrong")

    def note(self, answered: Answered, *, when: str | None) -> None:
        """Say what became of the answer before, while the next question is there already."""
        verdict = answered.verdict
        parts = [plain(say(verdict.message))]
        if verdict.hints_used:
            parts.append(plain(_("Hints used: once more today")))
        if when is not None:
            parts.append(Content.styled(_("Next: {when}").format(when=when), "$text-muted"))
        text = Content("   ").join(parts)
        self.say(text, badge=_("Last card"), mood="right" if verdict.right else "wrong")

    def summarise(self, answers: Sequence[Answered], counts: Counts, *, when: str | None) -> None:
        """Show what the session came to; `when`: the next question, in words."""
        self.query_one("#topic", Static).update(Content(" " + _("Summary")))
        self.count(counts, None)
        self.say()
        paragraphs = summary_paragraphs(answers, counts, next_due=when)
        self.query_one("#verdict", Sheet).show(paragraphs)
        self.body.scroll_home(animate=False)

    def show_present(self) -> None:
        """Scroll to the part of the answer that is the present one."""
        form = self.form
        lines = form.present() if form is not None else None
        if form is not None and lines is not None:
            region = lines.translate(form.virtual_region.offset)
            self.body.scroll_to_region(region, animate=False)

    def show_answer_first(self) -> None:
        """Where not all fits, begin with the answer and let the stem scroll away."""
        if self.body.max_scroll_y > 0 and self.form is not None:
            self.body.scroll_to_widget(self.form, top=True, animate=False)
