"""Rows of a table as paragraphs: aligned in cells, whatever characters they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content

from quizapp.tui.page import Paragraph

_GAP = 3  # cells between two columns
_NARROWEST = 8  # cells that a column keeps however narrow the page


@dataclass(frozen=True, slots=True, eq=False)
class TableRow(Paragraph):
    """One row of a table: each cell is wrapped within its column.

    `widths` are those at which no row of the table is wrapped; `text` is not shown.
    """

    cells: tuple[Content, ...] = ()
    widths: tuple[int, ...] = ()

    def lines(self, width: int) -> list[Content]:
        """Return the lines at a width in cells."""
        widths = column_widths(self.widths, width - self.lead.cell_length)
        columns = [
            Paragraph(cell).lines(room) for cell, room in zip(self.cells, widths, strict=True)
        ]
        indent = Content(" " * self.lead.cell_length)
        lines: list[Content] = []
        for parts in zip_longest(*columns, fillvalue=Content("")):
            line = self.lead if not lines else indent
            for place, (part, room) in enumerate(zip(parts, widths, strict=True)):
                padding = room - part.cell_length + _GAP if place < len(parts) - 1 else 0
                line = Content.assemble(line, part, " " * max(0, padding))
            lines.append(line)
        if not self.style:
            return lines
        return [
            line.pad_right(max(0, width - line.cell_length)).stylize_before(self.style)
            for line in lines
        ]

    @property
    def widest(self) -> int:
        """Return the width at which nothing is wrapped."""
        return self.lead.cell_length + sum(self.widths) + _GAP * (len(self.widths) - 1)


def natural_widths(rows: Iterable[Sequence[str]]) -> tuple[int, ...]:
    """Return for each column of a table the width of its longest line, in cells."""
    return tuple(
        max(cell_len(line) for cell in column for line in cell.split("\n"))
        for column in zip(*rows, strict=True)
    )


def column_widths(natural: Sequence[int], room: int) -> tuple[int, ...]:
    """Return the widths of columns that share a room in cells: the widest give way first."""
    left = max(room - _GAP * (len(natural) - 1), _NARROWEST * len(natural))
    most = max(natural, default=0)
    while most > _NARROWEST and sum(min(width, most) for width in natural) > left:
        most -= 1
    return tuple(min(width, most) for width in natural)
