"""What is to be put in order: numbered one after the other, or moved up and down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.message import Message

from quizapp.language import _
from quizapp.tui.forms.arrangement import Arrangement
from quizapp.tui.forms.judged import judged_rows
from quizapp.tui.page import Paragraph, Sheet
from quizapp.tui.prose import plain, prose
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from questions.variant import ShownRow
    from questions.verdict import RowReason

_PRESENT = "bold on $panel"
_CARRIED = "bold reverse"
_LEAD = "bold $text-primary"
_QUIET = "$text-muted"


class OrderSheet(Sheet):
    """Shows what has a place already, in order, and below it what has none yet."""

    ALLOW_SELECT = False

    class Changed(Message):
        """Another item is the present one, or the order is another one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.arrangement = Arrangement((), ())
        self.carried = False  # the present item goes where the arrow keys go
        self._rows: tuple[ShownRow, ...] = ()
        self._texts: dict[str, str] = {}
        self._present = 0  # the place of the present item among those shown

    def ask(self, rows: Sequence[ShownRow], *, placed: Sequence[str] = ()) -> None:
        """Show the items of these rows; some may have their places already."""
        self._rows = tuple(rows)
        self._texts = {option.label: option.text for option in rows[0].options}
        self.arrangement = Arrangement.of(tuple(self._texts), placed)
        self.carried = False
        self._present = 0
        self._draw()

    def judge(self, rows: Sequence[RowReason]) -> None:
        """Show what was put at each place and what belongs there."""
        self._texts = {}
        self.show(judged_rows(rows, shown=self._rows))

    @property
    def count(self) -> int:
        """Return how many items there are."""
        return len(self._rows)

    def turn(self, label: str) -> bool:
        """Give an item the next place, or take its place away; False where there is none such."""
        if label not in self._texts:
            return False
        self.carried = False
        self.arrangement = self.arrangement.turned(label)
        # What comes next is what has no place yet.
        self._go_to(min(len(self.arrangement.placed), self.count - 1))
        return True

    def take_back(self) -> bool:
        """Take the last place away that was given; False where none was."""
        placed = self.arrangement.placed
        return bool(placed) and self.turn(placed[-1])

    def pick_up(self) -> None:
        """Let the present item go where the arrow keys go, or put it down."""
        if self._texts:
            self.carried = not self.carried
            if self.carried:
                self.arrangement = Arrangement(self.arrangement.shown, ())
            self._go_to(self._present)

    def step(self, by: int) -> None:
        """Go to the item above or below, or carry the present one there."""
        if self.carried:
            self.move(by)
        elif self._texts:
            self._go_to((self._present + by) % self.count)

    def move(self, by: int) -> None:
        """Move the present item up (−1) or down (1); at the end it stays."""
        if self._texts:
            self.arrangement = self.arrangement.moved(self._present, by)
            self._go_to(max(0, min(self._present + by, self.count - 1)))

    def lines_of_present(self) -> Region | None:
        """Return where the present item stands among the lines of this widget."""
        if not self._texts:
            return None
        width = self.content_size.width
        counts = self.page.line_counts(width)
        return Region(0, sum(counts[: self._present]), width, counts[self._present])

    def on_click(self, event: Click) -> None:
        """Give the item that was clicked the next place, or take its place away."""
        if not self._texts:
            return
        ends = accumulate(self.page.line_counts(self.content_size.width))
        for label, end in zip(self.arrangement.shown, ends, strict=False):
            if event.y < end:
                self.turn(label)
                return

    def _go_to(self, place: int) -> None:
        self._present = place
        self._draw()
        self.post_message(self.Changed())

    def _draw(self) -> None:
        names = [visible_line(row.text) for row in self._rows]
        column = max(cell_len(name) for name in names)
        paragraphs: list[Paragraph] = []
        for place, label in enumerate(self.arrangement.shown):
            has_place = place < len(self.arrangement.placed)
            name = names[place] if has_place else ""
            present = place == self._present
            carried = present and self.carried
            colour = "" if carried else _LEAD
            lead = Content.assemble(
                Content.styled(("=" if carried else ">") if present else " ", colour),
                " ",
                plain(name, colour),
                " " * (column - cell_len(name) + 2),
                Content.styled(label, "bold" if has_place else colour),
                "  ",
            )
            style = _CARRIED if carried else _PRESENT if present else ""
            paragraphs.append(Paragraph(prose(self._texts[label]), lead, style=style))
        how = _("Press the numbers in the right order, or move items with Shift+Up and Shift+Down.")
        paragraphs += [Paragraph(Content("")), Paragraph(Content.styled(how, _QUIET))]
        self.show(paragraphs)
