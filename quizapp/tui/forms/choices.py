"""The options of a question: chosen by key or click, judged in place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.message import Message

from quizapp.tui.columns import TableRow, natural_widths
from quizapp.tui.forms.judged import judged_option
from quizapp.tui.page import BLANK, Paragraph, Sheet
from quizapp.tui.prose import prose
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from questions.variant import ShownOption
    from questions.verdict import OptionReason

# Options are set apart by empty lines where there is room, and where one takes several lines.
_TALL = 32  # lines of the terminal
_LONG = 64  # cells of an option
_CHOSEN = "bold on $panel"
_LEAD = "bold $text-primary"
_LEAD_CELLS = 5  # "> 1  "


class Choices(Sheet):
    """Shows the options; one of them, or several, can be chosen until they are judged.

    Where several can be, choosing one that is chosen already gives it up, and one of them is the
    present one: the one that arrow keys move to and `toggle` is about.
    """

    ALLOW_SELECT = False

    class Chosen(Message):
        """Another option is the present one, or was chosen or given up."""

    class Submitted(Message):
        """The chosen option was clicked again: it is the answer."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._options: tuple[ShownOption, ...] = ()
        self._heads: tuple[str, ...] = ()  # of the columns, where the options are a table
        self._cells: dict[str, tuple[str, ...]] = {}  # by label, where the options are a table
        self._owners: list[int | None] = []  # the option that each paragraph belongs to
        self._marked: set[int] = set()  # where several can be chosen: those that are
        self.several = False
        self.chosen: int | None = None  # the present one; where one can be chosen, that one

    def ask(
        self,
        options: Sequence[ShownOption],
        *,
        several: bool = False,
        heads: Sequence[str] = (),
    ) -> None:
        """Show options, none of them chosen; with `heads`, as a table of their cells."""
        self._options = tuple(options)
        self._heads = tuple(map(visible_line, heads))
        self._cells = {
            option.label: tuple(map(visible_line, option.cells)) for option in options if heads
        }
        self._marked = set()
        self.several = several
        self.chosen = 0 if several else None
        self._draw()

    def judge(self, reasons: Sequence[OptionReason]) -> None:
        """Show which option is right, which was chosen, and the reason for each."""
        self._options = ()
        self._marked = set()
        self.chosen = None  # there is nothing to go to any more
        self._owners = []
        paragraphs = self._head()
        for reason in reasons:
            cells = self._cells.get(reason.label, ())
            paragraphs += judged_option(reason, cells=cells, widths=self._widths)
        self.show(paragraphs)

    @property
    def count(self) -> int:
        """Return how many options there are to choose from."""
        return len(self._options)

    @property
    def label(self) -> str | None:
        """Return the label of the chosen option, the labels of several, None if there is none."""
        if self.several:
            return " ".join(self._options[index].label for index in sorted(self._marked)) or None
        return None if self.chosen is None else self._options[self.chosen].label

    def choose(self, index: int) -> bool:
        """Choose an option, or give it up again where several can be chosen.

        False where there is none of that number.
        """
        if not 0 <= index < len(self._options):
            return False
        if self.several:
            self._marked ^= {index}
        elif index == self.chosen:
            return True
        self._go_to(index)
        return True

    def toggle(self) -> None:
        """Choose the present option, or give it up; nothing where only one can be chosen."""
        if self.several and self.chosen is not None:
            self.choose(self.chosen)

    def step(self, by: int) -> None:
        """Go to the next or the previous option, around the ends; one alone is chosen by that."""
        if self._options:
            count = len(self._options)
            start = self.chosen if self.chosen is not None else (-1 if by > 0 else count)
            self._go_to((start + by) % count)

    def _go_to(self, index: int) -> None:
        self.chosen = index
        self._draw()
        self.post_message(self.Chosen())

    def lines_of_chosen(self) -> Region | None:
        """Return where the present option stands among the lines of this widget."""
        if self.chosen is None:
            return None
        width = self.content_size.width
        counts = self.page.line_counts(width)
        at = self._owners.index(self.chosen)
        return Region(0, sum(counts[:at]), width, counts[at])

    def on_click(self, event: Click) -> None:
        """Choose the option that was clicked; a single one, clicked again, is the answer."""
        index = self._option_at(event.y)
        if index is None:
            return
        if index == self.chosen and not self.several:
            self.post_message(self.Submitted())
        else:
            self.choose(index)

    def _draw(self) -> None:
        apart = self.app.size.height >= _TALL or any(
            cell_len(option.text) > _LONG for option in self._options
        )
        paragraphs = self._head()
        self._owners = [None] * len(paragraphs)
        for index, option in enumerate(self._options):
            if apart and index:
                paragraphs.append(BLANK)
                self._owners.append(None)
            chosen = index in self._marked if self.several else index == self.chosen
            box = f"[{'x' if chosen else ' '}] " if self.several else ""
            present = ">" if index == self.chosen else " "
            lead = Content.styled(f"{present} {box}{option.label}  ", _LEAD)
            style = _CHOSEN if chosen else ""
            if cells := self._cells.get(option.label):
                paragraphs.append(_row(cells, self._widths, lead=lead, style=style))
            else:
                paragraphs.append(Paragraph(prose(option.text), lead, style=style))
            self._owners.append(index)
        self.show(paragraphs)

    @property
    def _widths(self) -> tuple[int, ...]:
        return natural_widths([self._heads, *self._cells.values()]) if self._heads else ()

    def _head(self) -> list[Paragraph]:
        """Return the line above the columns, where there are any."""
        if not self._heads:
            return []
        lead = Content(" " * _LEAD_CELLS)
        return [_row(self._heads, self._widths, lead=lead, cell_style=_LEAD)]

    def _option_at(self, line: int) -> int | None:
        ends = accumulate(self.page.line_counts(self.content_size.width))
        for owner, end in zip(self._owners, ends, strict=False):  # judged: nothing to click
            if line < end:
                return owner
        return None


def _row(
    cells: Sequence[str],
    widths: tuple[int, ...],
    *,
    lead: Content,
    style: str = "",
    cell_style: str = "",
) -> TableRow:
    return TableRow(
        Content(""),
        lead,
        style=style,
        cells=tuple(prose(cell, style=cell_style) for cell in cells),
        widths=widths,
    )
