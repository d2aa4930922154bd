"""A page of paragraphs as one Textual visual: wrapped the Japanese way, again at every width.

A whole verdict is one widget with one page: updating it is one render, not thirty widgets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from quizapp.tui.wrapping import line_spans

_EMPTY = Content("")
_WIDTHS_KEPT = 4
_LEAST_WIDTH = 8  # of the text of a paragraph, however narrow the page


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A text with what stands before its first line; further lines are indented by `hang`."""

    text: Content
    lead: Content = _EMPTY
    hang: int | None = None  # in cells; None: as wide as the lead
    style: str = ""  # of whole lines, up to the right edge

    def lines(self, width: int) -> list[Content]:
        """Return the lines at a width in cells."""
        hang = self.lead.cell_length if self.hang is None else self.hang
        room = max(_LEAST_WIDTH, width - max(hang, self.lead.cell_length))
        spans = line_spans(self.text.plain, room)
        pieces = self.text.divide([end for _, end in spans[:-1]])
        indent = Content(" " * hang)
        lines = [
            Content.assemble(self.lead if index == 0 else indent, _without_end(piece))
            for index, piece in enumerate(pieces)
        ]
        if not self.style:
            return lines
        return [
            line.pad_right(max(0, width - line.cell_length)).stylize_before(self.style)
            for line in lines
        ]

    @property
    def widest(self) -> int:
        """Return the width at which nothing is wrapped."""
        longest = max(cell_len(line) for line in self.text.plain.split("\n"))
        return self.lead.cell_length + longest


class Rule(Paragraph):
    """A thin line across the page."""

    __slots__ = ()

    def __init__(self, style: str = "") -> None:
        super().__init__(_EMPTY, style=style)

    def lines(self, width: int) -> list[Content]:
        """Return one line as wide as the page."""
        return [Content.styled("─" * width, self.style)]


BLANK = Paragraph(_EMPTY)


class Page(Visual):
    """Paragraphs below each other. A page never changes; a widget is given another one."""

    def __init__(self, paragraphs: Iterable[Paragraph] = ()) -> None:
        self.paragraphs = tuple(paragraphs)
        self._laid_out: dict[int, Content] = {}  # a widget asks for its height, then its lines

    def at(self, width: int) -> Content:
        """Return the page as it is at a width: one line of content per line shown."""
        if width not in self._laid_out:
            if len(self._laid_out) >= _WIDTHS_KEPT:
                self._laid_out.clear()
            lines = [line for paragraph in self.paragraphs for line in paragraph.lines(width)]
            self._laid_out[width] = Content("\n").join(lines)
        return self._laid_out[width]

    def line_counts(self, width: int) -> list[int]:
        """Return how many lines each paragraph takes."""
        return [len(paragraph.lines(width)) for paragraph in self.paragraphs]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Render the page (part of Textual's protocol for visuals)."""
        if not width or not self.paragraphs:
            return []
        return self.at(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width at which no paragraph is wrapped."""
        return max((paragraph.widest for paragraph in self.paragraphs), default=0)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """Return the least width at which the page can be read."""
        return _LEAST_WIDTH

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines at a width."""
        if not width or not self.paragraphs:
            return 0
        return self.at(width).plain.count("\n") + 1


class Sheet(Static):
    """A widget that shows a page. Its text can be selected and copied."""

    def __init__(self, page: Page | None = None, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(page or Page(), id=id, markup=False)
        self.page = page or Page()

    def show(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show other paragraphs in place of the present ones."""
        self.page = Page(paragraphs)
        self.update(self.page)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text as it is on the screen."""
        if not self.page.paragraphs:
            return None
        return selection.extract(self.page.at(self.content_size.width).plain), "\n"


def _without_end(line: Content) -> Content:
    kept = len(line.plain.rstrip(" \n"))
    return line if kept == len(line.plain) else line[:kept]
