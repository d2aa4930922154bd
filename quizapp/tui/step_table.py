"""The values of a worked step as a table, aligned in terminal cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content

from quizapp.step_cells import Cell
from quizapp.tui.page import Paragraph

_GAP = 3  # cells between columns
_INDEX = "$text-muted"
_VALUE = "bold"


class StepTable(Paragraph):
    """Rows of calculations and values, numbered from 1.

    A row of values too long for a line goes on below, its columns still aligned. A matrix of
    calculations too wide for the page becomes a list of its entries, each with the numbers of its
    row and column; a calculation too long for a line is wrapped.
    """

    __slots__ = ("indent", "rows")

    def __init__(self, rows: Sequence[Sequence[Cell]], *, indent: int) -> None:
        object.__setattr__(self, "rows", tuple(map(tuple, rows)))
        object.__setattr__(self, "indent", indent)
        super().__init__(Content("\n").join(_line([cell], [0]) for row in rows for cell in row))

    rows: tuple[tuple[Cell, ...], ...]
    indent: int

    def lines(self, width: int) -> list[Content]:
        """Return the lines at a width in cells."""
        room = width - self.indent
        lines = self._numbered([(str(place), row) for place, row in enumerate(self.rows, 1)], room)
        if lines is None and not any(cell.worked for row in self.rows for cell in row):
            lines = self._folded(room)
        if lines is None:
            entries = [
                (f"{row},{column}" if len(cells) > 1 else str(row), (cell,))
                for row, cells in enumerate(self.rows, 1)
                for column, cell in enumerate(cells, 1)
            ]
            lines = self._numbered(entries, room) or self._wrapped(entries, room)
        return [Content.assemble(" " * self.indent, line) for line in lines]

    def _numbered(
        self, rows: Sequence[tuple[str, Sequence[Cell]]], room: int
    ) -> list[Content] | None:
        """Return one line for each row with its columns aligned, None where that is too wide."""
        index = max(len(name) for name, _ in rows)
        columns = max(len(row) for _, row in rows)
        worked = [_widest(rows, column, lambda cell: cell.worked) for column in range(columns)]
        values = [_widest(rows, column, lambda cell: cell.value) for column in range(columns)]
        lines = []
        for name, row in rows:
            number = Content.styled(name.rjust(index) + " " * _GAP, _INDEX)
            line = _line(row, worked, values)
            if index + _GAP + line.cell_length > room:
                return None
            lines.append(Content.assemble(number, line))
        return lines

    def _folded(self, room: int) -> list[Content]:
        """Return rows of values alone, each over as many lines as it needs."""
        index = len(str(len(self.rows)))
        column = max(cell_len(cell.value) for row in self.rows for cell in row)
        together = max(1, (room - index) // (column + _GAP))
        lines = []
        for place, row in enumerate(self.rows, 1):
            for start in range(0, len(row), together):
                name = str(place) if start == 0 else ""
                number = Content.styled(name.rjust(index) + " " * _GAP, _INDEX)
                some = row[start : start + together]
                widths = [column] * len(some)
                lines.append(Content.assemble(number, _line(some, widths, widths)))
        return lines

    def _wrapped(self, rows: Sequence[tuple[str, Sequence[Cell]]], room: int) -> list[Content]:
        index = max(len(name) for name, _ in rows)
        return [
            line
            for name, row in rows
            for line in Paragraph(
                _line(row, [0]), Content.styled(name.rjust(index) + " " * _GAP, _INDEX)
            ).lines(room)
        ]


def _widest(
    rows: Sequence[tuple[str, Sequence[Cell]]], column: int, text: Callable[[Cell], str]
) -> int:
    return max((cell_len(text(row[column])) for _, row in rows if column < len(row)), default=0)


def _line(cells: Sequence[Cell], worked: Sequence[int], values: Sequence[int] = ()) -> Content:
    """Return the cells of a row side by side, each in the width of its column."""
    parts: list[Content] = []
    for place, cell in enumerate(cells):
        if cell.worked:
            padding = " " * max(0, worked[place] - cell_len(cell.worked))
            parts.append(Content(f"{cell.worked}{padding} = "))
        parts.append(Content.styled(cell.value, _VALUE))
        if place < len(cells) - 1:
            behind = values[place] - cell_len(cell.value) if values else 0
            parts.append(Content(" " * (behind + _GAP)))
    return Content.assemble(*parts)
