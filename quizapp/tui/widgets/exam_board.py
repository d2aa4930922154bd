"""The board of the study screen for a question of an exam: with a clock, without hints."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from questions.verdict import Verdict
from quizapp import wording
from quizapp.history.exam import Exam, ExamQuestion
from quizapp.language import _, say
from quizapp.learning.serving import Counts, Served
from quizapp.tui.moment import Moment
from quizapp.tui.page import Sheet
from quizapp.tui.prose import plain
from quizapp.tui.verdict_page import verdict_paragraphs
from quizapp.tui.widgets.board import Board
from quizapp.tui.widgets.keybar import Hint, KeyBar
from quizapp.tui.widgets.press import Press

_NOTHING = Counts(learning=0, due=0, new=0, answered=0, right=0)


class ExamBoard(Board):
    """Shows what it is told; it knows no exam but the values it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.hints: tuple[Hint, ...] = ()  # the keys of the present moment

    def count(self, counts: Counts, served: Served | None, *, judged: bool = False) -> None:
        """Count nothing: the line above says what there is to say."""

    def show_keys(self, moment: Moment) -> None:
        """Show the button of a moment and the keys that the screen has given."""
        super().show_keys(moment)
        self.query_one(KeyBar).show(self.hints)
        if moment.button is None:
            self.query_one("#go", Press).display = False

    async def pose(self, asked: ExamQuestion, *, of: int, retyped: str = "") -> None:
        """Show a question; `retyped`: the answer that it has so far."""
        await self.ask(
            Served(card_id=0, version=0, why="new", variant=asked.variant, counts=_NOTHING),
            retyped=retyped,
        )
        self.query_one("#verdict", Sheet).show([])
        self.head(asked, of=of)

    def head_of(self, served: Served, *, judged: bool = False) -> None:
        """Leave the number of the question where it is."""

    def head(self, asked: ExamQuestion, *, of: int) -> None:
        """Say which question this is, and its marks."""
        marks = [_("flagged")] if asked.flagged else []
        if asked.guessed:
            marks.append(_("guessed"))
        place = _("Question {n}/{all}").format(n=asked.position + 1, all=of)
        self.query_one("#topic", Static).update(
            Content.assemble(
                Content.styled(f" {place} ", "bold $text-accent"),
                " ",
                Content.styled(_(", ").join(marks), "bold $text-warning"),
            )
        )

    def tick(self, exam: Exam, clock: str, tempo: str, *, hurry: bool) -> None:
        """Show the clock and the pace."""
        done = _("{answered}/{all} answered").format(
            answered=exam.answered, all=len(exam.questions)
        )
        left = _("left:")
        self.query_one("#progress", Static).update(
            Content.assemble(
                Content(f"{done}  {tempo}  {left} "),
                Content.styled(clock, "bold $text-error" if hurry else "bold $text-primary"),
            )
        )

    def note_right(self, text: str) -> None:
        """Show something in the place of the clock."""
        self.query_one("#progress", Static).update(Content(text))

    def explain(self, verdict: Verdict) -> None:
        """Show a verdict: the options judged, and below them everything that explains it."""
        if self.form is not None:
            self.form.judge(verdict)
        self.query_one("#verdict", Sheet).show(verdict_paragraphs(verdict))
        outcome = wording.outcome(verdict.outcome)
        happened = verdict.mistakes[0].says if verdict.mistakes else verdict.message
        self.say(
            plain(say(happened).removeprefix(outcome).lstrip("。.: ")),
            badge=outcome,
            mood="right" if verdict.right else "wrong",
        )
