"""Where packs are written: the questions with their findings, and beside them the real question.

The files are read again at every save; what is edited is edited in the author's own editor.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from questions.compute.client import ComputeUnavailable, ComputeWorker
from quizapp.authoring import watching
from quizapp.authoring.bench import Bench
from quizapp.authoring.draft import Draft, Entry, Spot
from quizapp.authoring.editor import chosen_editor, command
from quizapp.authoring.following import Following
from quizapp.authoring.watching import Files, Watch
from quizapp.language import _, say
from quizapp.problem import Problem
from quizapp.tui.authoring_keys import HELP, answering_hints, listing_hints
from quizapp.tui.desk import Desk
from quizapp.tui.findings_page import finding_paragraphs, row, totals
from quizapp.tui.moment import Phase
from quizapp.tui.page import Sheet
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.typed import character_of, ordinary_key
from quizapp.tui.widgets.keybar import KeyBar
from quizapp.tui.widgets.preview import Preview

if TYPE_CHECKING:
    from questions.lint.finding import Finding

_MOST_SEEDS = 1_000_000


class AuthoringScreen(Screen[None]):
    """Shows a draft and follows what the author changes. It holds no rule of the domain."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("left", "shift(-1)", show=False),
        Binding("right", "shift(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "go_to(0)", show=False),
        Binding("end", "go_to(-1)", show=False),
        Binding("enter", "go_on", show=False),
        Binding("space", "go_on(True)", show=False),
        Binding("tab", "finding(1)", show=False),
        Binding("shift+tab", "finding(-1)", show=False),
        Binding("x,f3", "reveal('key')", show=False),
        Binding("w,f9", "reveal('steps')", show=False),
        Binding("t,f2", "hint", show=False),
        Binding("e,f4", "edit", show=False),
        Binding("left_square_bracket", "seed(-1)", show=False),
        Binding("right_square_bracket,f6", "seed(1)", show=False),
        Binding("p,f7", "go_by(-1)", show=False),
        Binding("n,f8", "go_by(1)", show=False),
        Binding("f1,question_mark", "help", show=False),
        Binding("escape,q", "back", show=False),
    ]

    def __init__(
        self,
        bench: Bench,
        watch: Watch,
        *,
        interval: float = watching.INTERVAL,
        question: str | None = None,
        seed: int = 0,
        answering: bool = False,
        editable: bool = True,
    ) -> None:
        """`question`: the id to begin with; `answering`: begin with the question, not the list.

        `editable`: False for files that nobody writes, those of a built pack.
        """
        super().__init__()
        self.draft: Draft | None = None
        self.following = Following()
        self.seed = seed
        self.answering = answering
        self._bench = bench
        self._watch = watch
        self._interval = interval
        self._wanted = question
        self._editable = editable
        self._finding = 0  # the selected one of those of the entry
        self._by_spot: dict[Spot, tuple[Finding, ...]] = {}
        self._posed: tuple[object, ...] = ()  # what the preview shows
        self._looking = Desk("files")
        self._reading = Desk("check")
        self._posing = Desk("preview")
        self._counting = Desk("numbers")
        self.preview = Preview(bench, self._posing)

    @classmethod
    def on_files(cls, files: Files, worker: ComputeWorker) -> AuthoringScreen:
        """Return the screen on the files of a pack, as the program opens it."""
        return cls(Bench(worker), Watch(files))

    def compose(self) -> ComposeResult:
        """Lay out the list, the findings below it and the preview beside it."""
        with Horizontal(id="bench"):
            with Vertical(id="left"):
                yield Static(id="totals", markup=False)
                yield Entries()
                with VerticalScroll(id="findings-box", can_focus=False):
                    yield Sheet(id="findings")
            yield self.preview
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to watch."""
        self.query_one("#findings-box").border_title = Content(_("Findings"))
        self.query_one("#totals", Static).update(Content(" " + _("Reading the pack...")))
        self._show_mode()
        self._follow_the_files()

    def on_unmount(self) -> None:
        """Let the threads end."""
        for desk in (self._looking, self._reading, self._posing, self._counting):
            desk.close()

    @property
    def entry(self) -> Entry | None:
        """The entry that the cursor is on."""
        if self.draft is None or not self.draft.entries:
            return None
        return self.draft.entries[self.following.index]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with it."""
        return self._by_spot.get(self.entry.spot, ()) if self.entry is not None else ()

    # Following the files

    @work(group="watch")
    async def _follow_the_files(self) -> None:
        while True:
            files = await self._looking.do(self._watch.look)
            if files is not None:
                await self._read(files)
            wait = self._interval if self._watch.settled else watching.SETTLING
            await asyncio.sleep(wait)

    async def _read(self, files: Sequence[Path]) -> None:
        draft = await self._reading.do(self._bench.read, files)
        self.following = self.following.after(draft.entries)
        if self._wanted is not None:
            self._go_to_wanted(draft, self._wanted)
            self._wanted = None
        self._take(draft, anew=True)
        self._compute()

    def _go_to_wanted(self, draft: Draft, wanted: str) -> None:
        for index, entry in enumerate(draft.entries):
            if entry.place is not None and entry.is_called(wanted):
                self.following = self.following.at(index, draft.entries)
                return
        self.notify(_("There is no question {id} here.").format(id=wanted), severity="warning")

    @work(group="numbers", exclusive=True)
    async def _compute(self) -> None:
        """Compute what changed, the question under the cursor first."""
        while self.draft is not None:
            missing = self._bench.uncomputed(self.draft)
            if not missing:
                break
            here = self.entry.spot if self.entry is not None else None
            item = next(
                (each for each in missing if (each.sheet.file, each.base) == here), missing[0]
            )
            try:
                await self._counting.do(self._bench.compute, item)
            except ComputeUnavailable as problem:
                self.notify(say(problem.text), severity="error", timeout=10)
                return
            self._take(self._bench.with_known_numbers(self.draft), anew=False)
        await self._counting.do(self._bench.save)

    def _take(self, draft: Draft, *, anew: bool) -> None:
        """Show a draft; `anew`: it was read again, not only computed."""
        before, self.draft = self.draft, draft
        left = len(self._bench.uncomputed(draft))
        self.query_one("#totals", Static).update(
            Content.assemble(" ", totals(draft.findings, left=left))
        )
        if not anew and before is not None and before.findings == draft.findings:
            return
        self._by_spot = dict(draft.by_spot())
        self.query_one(Entries).show(
            [row(entry, self._by_spot.get(entry.spot, ())) for entry in draft.entries]
        )
        self._finding = 0
        self._show_entry()

    # What is shown

    def _show_entry(self) -> None:
        entry = self.entry
        self.query_one(Entries).point_at(self.following.index if entry is not None else None)
        self._show_findings()
        if entry is not None and self.draft is not None:
            asked = [each for each in self.draft.entries if each.place is not None]
            at = asked.index(entry) + 1 if entry in asked else 0
            self.preview.title(entry, place=f"{at}/{len(asked)}", seed=self.seed)
            self._pose(entry)

    def _pose(self, entry: Entry) -> None:
        """Show the question, unless it is there already and perhaps half answered."""
        if entry.question is None:
            self._posed = ()
            wrong = frozenset(finding.line for finding in self.findings)
            self.preview.show_source(entry, wrong)
            return
        posed = (entry.question_id, entry.question, entry.language, self.seed)
        if posed != self._posed:
            self._posed = posed
            self.preview.pose(entry, seed=self.seed)

    def _show_findings(self) -> None:
        sheet = self.query_one("#findings", Sheet)
        sheet.show(finding_paragraphs(self.findings, self._finding))
        box = self.query_one("#findings-box", VerticalScroll)
        if self._finding == 0:
            box.scroll_home(animate=False)
        else:
            self.call_after_refresh(self._show_selected_finding)

    def _show_selected_finding(self) -> None:
        sheet = self.query_one("#findings", Sheet)
        box = self.query_one("#findings-box", VerticalScroll)
        before = finding_paragraphs(self.findings[: self._finding], -1)
        counts = sheet.page.line_counts(max(1, sheet.content_size.width))[: len(before)]
        box.scroll_to(y=sum(counts), animate=False)

    def _show_mode(self) -> None:
        self.set_class(self.answering, "-answering")
        self.set_class(not self.answering, "-listing")
        self.preview.activate(active=self.answering)
        self._show_keys()

    @on(Preview.Changed)
    def _show_keys(self) -> None:
        if not self.answering:
            hints = listing_hints(findings=len(self.findings))
        else:
            hints = answering_hints(self.preview.keys(), typing=self.preview.typing)
        self.query_one(KeyBar).show(hints)

    # Keys and clicks

    def on_key(self, event: Key) -> None:
        """Choose an option by its number or letter; see through an input method left on."""
        meant = ordinary_key(event)
        if meant is not None:
            event.stop()
            self.app.simulate_key(meant)
            return
        trying = self.answering and not self.preview.typing
        if trying and self.preview.press(character_of(event) or event.key):
            event.stop()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._move_to(event.option_index)

    def action_step(self, by: int) -> None:
        """Go to the next entry, or within the answer."""
        if self.answering:
            self.preview.step(by)
        else:
            self._move_to(self.following.index + by)

    def action_shift(self, by: int) -> None:
        """Go left or right within the answer."""
        if self.answering:
            self.preview.shift(by)

    def action_page(self, by: int) -> None:
        """Scroll the question, or go further in the list."""
        if self.answering:
            body = self.preview.body
            body.scroll_relative(y=by * max(1, body.size.height - 2), animate=False)
        else:
            rows = max(1, self.query_one(Entries).size.height - 1)
            self._move_to(self.following.index + by * rows)

    def action_go_to(self, index: int) -> None:
        """Go to the first or the last entry."""
        if not self.answering and self.draft is not None:
            self._move_to(index % max(1, len(self.draft.entries)))

    def action_go_by(self, by: int) -> None:
        """Go to the next or previous question."""
        if self.draft is not None:
            self._move_to(self.following.index + by)

    def _move_to(self, index: int) -> None:
        if self.draft is None or not self.draft.entries:
            return
        before = self.following.index
        self.following = self.following.at(index, self.draft.entries)
        if self.following.index != before:
            self._finding = 0
            self._show_entry()
            self._show_keys()

    def action_go_on(self, with_space: bool = False) -> None:
        """Try the question; give the answer; then the same question with other numbers."""
        if not self.answering:
            if self.entry is not None and not with_space:
                self.answering = True
                self._show_mode()
        elif self.preview.phase is Phase.JUDGED:
            self.action_seed(1)
        elif with_space:
            self.preview.toggle()
        else:
            self.preview.submit()

    def action_finding(self, by: int) -> None:
        """Select another finding of the entry."""
        if self.findings:
            self._finding = (self._finding + by) % len(self.findings)
            self._show_findings()

    def action_seed(self, by: int) -> None:
        """Show the same question with the numbers of another seed."""
        self.seed = (self.seed + by) % _MOST_SEEDS
        self._show_entry()

    def action_reveal(self, what: str) -> None:
        """Show or hide the key with the mistakes, or the worked steps."""
        preview = self.preview
        key = not preview.with_key if what == "key" else preview.with_key
        steps = not preview.with_steps if what == "steps" else preview.with_steps
        preview.reveal(key=key, steps=steps)
        if not self.answering and self.has_class("-narrow"):
            self.action_go_on()  # there is nothing to be seen of it here

    def action_hint(self) -> None:
        """Show one more hint of the question that is tried."""
        if self.answering:
            self.preview.hint()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(HELP))

    def action_back(self) -> None:
        """Go back to the list, or leave."""
        if self.answering:
            self.answering = False
            self._show_mode()
        else:
            self.dismiss()

    # The author's editor

    def action_edit(self) -> None:
        """Open the editor at the selected finding, or at the question; then read again."""
        entry = self.entry
        if entry is None:
            return
        if not self._editable:
            self.notify(
                _("A built pack can only be looked at. Edit the files it was built from."),
                severity="warning",
            )
            return
        place = (entry.line, 1)
        if self.findings:
            finding = self.findings[self._finding]
            place = (finding.line, finding.column)
        try:
            words = command(chosen_editor(), Path(entry.file), line=place[0], column=place[1])
            self._run(words)
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=10)

    def _run(self, words: Sequence[str]) -> None:
        try:
            with self.app.suspend():
                done = subprocess.run(words, check=False)  # noqa: S603 - the author's own editor
        except SuspendNotSupported as problem:
            raise Problem(_("There is no terminal for an editor here.")) from problem
        except OSError as error:
            raise Problem(
                _("The editor {editor} cannot be started: {why}").format(
                    editor=words[0], why=error.strerror or error
                )
            ) from error
        if done.returncode:
            raise Problem(
                _("The editor {editor} ended with code {code}.").format(
                    editor=words[0], code=done.returncode
                )
            )


class Entries(OptionList):
    """The list. It never takes the focus: the screen moves the cursor."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__(id="entries", markup=False)
        self._rows: Sequence[Content] = ()

    def show(self, rows: Sequence[Content]) -> None:
        """Show other rows."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.clear_options()
            self.add_options([Option(each) for each in rows])
            return
        for index, (old, new) in enumerate(zip(before, rows, strict=True)):
            if new is not old:
                self.replace_option_prompt_at_index(index, new)

    def point_at(self, index: int | None) -> None:
        """Mark a row and bring it into sight."""
        self.highlighted = index
