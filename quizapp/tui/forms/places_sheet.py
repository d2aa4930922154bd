"""Places to be filled, and below them what may fill them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.message import Message

from quizapp.tui.columns import TableRow, natural_widths
from quizapp.tui.forms.filling import Filling
from quizapp.tui.forms.judged import judged_rows
from quizapp.tui.page import BLANK, Paragraph, Sheet
from quizapp.tui.prose import plain, prose
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from questions.variant import ShownRow
    from questions.verdict import OptionReason, RowReason

_PRESENT = "bold on $panel"
_LEAD = "bold $text-primary"
_QUIET = "$text-muted"
_WIDEST = 96  # cells that a page takes at most
_MARGIN = 7  # cells beside it
_AROUND = 9  # lines that the header, the stem, the button and the keys take at least


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a paragraph belongs to: a place, or an option of the present place."""

    place: int | None = None
    label: str | None = None


class PlacesSheet(Sheet):
    """Shows each place with what was put there.

    What may be put there stands below the present place; where all places share it and all fits
    on the screen, below the last one.
    """

    ALLOW_SELECT = False

    class Changed(Message):
        """Another place is the present one, or a place was filled otherwise."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.filling = Filling((), (), once=False)
        self.present = 0
        self._rows: tuple[ShownRow, ...] = ()
        self._how = ""
        self._below_all = False  # the options stand below the last place
        self._owners: list[_Owner] = []

    def ask(
        self,
        rows: Sequence[ShownRow],
        *,
        once: bool,
        how: str,
        chosen: Sequence[str | None] | None = None,
    ) -> None:
        """Show these places and `how` they are filled; `chosen`: what fills them to begin with."""
        self._rows = tuple(rows)
        self._how = how
        self.filling = Filling.of([[o.label for o in row.options] for row in rows], once=once)
        for place, label in enumerate(chosen or ()):
            self.filling = self.filling.put(place, label)
        self.present = 0
        self._draw()

    def judge(self, rows: Sequence[RowReason], others: Sequence[OptionReason]) -> None:
        """Show what was put into each place, what belongs there, and why the others do not."""
        self.show(judged_rows(rows, others, shown=self._rows))
        self._rows = ()
        self._owners = []

    @property
    def choices(self) -> int:
        """Return how many options the present place has."""
        return len(self._rows[self.present].options) if self._rows else 0

    def called(self, place: int) -> str:
        """Return what a place is called."""
        return visible_line(self._rows[place].text)

    def put(self, label: str) -> bool:
        """Fill the present place and go on to the next open one; False without such a label."""
        if not self._rows or label not in self.filling.labels[self.present]:
            return False
        self.filling = self.filling.put(self.present, label)
        following = self.filling.next_open(self.present)
        self._go_to(self.present if following is None else following)
        return True

    def clear(self) -> bool:
        """Leave the present place open; False where it is."""
        if not self._rows or self.filling.chosen[self.present] is None:
            return False
        self.filling = self.filling.put(self.present, None)
        self._go_to(self.present)
        return True

    def turn(self, by: int) -> None:
        """Put the next or the previous option into the present place."""
        if self._rows:
            self.filling = self.filling.turned(self.present, by)
            self._go_to(self.present)

    def step(self, by: int) -> None:
        """Go to the next or the previous place, around the ends."""
        if self._rows:
            self._go_to((self.present + by) % len(self._rows))

    def lines_of_present(self) -> Region | None:
        """Return where the present place stands, with its own options, among the lines here."""
        if not self._rows:
            return None
        width = self.content_size.width
        counts = self.page.line_counts(width)
        own = [
            index
            for index, owner in enumerate(self._owners)
            if owner.place == self.present or (owner.label is not None and not self._below_all)
        ]
        first, last = min(own), max(own)
        return Region(0, sum(counts[:first]), width, sum(counts[first : last + 1]))

    def on_click(self, event: Click) -> None:
        """Go to the place that was clicked, or put the option that was clicked there."""
        ends = accumulate(self.page.line_counts(self.content_size.width))
        for owner, end in zip(self._owners, ends, strict=False):
            if event.y < end:
                if owner.label is not None:
                    self.put(owner.label)
                elif owner.place is not None:
                    self._go_to(owner.place)
                return

    @property
    def _shared(self) -> bool:
        """Whether all places have the same options."""
        first = [option.text for option in self._rows[0].options]
        return all([option.text for option in row.options] == first for row in self._rows)

    def _go_to(self, place: int) -> None:
        self.present = place
        self._draw()
        self.post_message(self.Changed())

    def _draw(self) -> None:
        places = self._places()
        options = self._options()
        how = [(_Owner(), Paragraph(Content.styled(self._how, _QUIET)))] if self._how else []
        drawn = [*places, *_apart(options), *_apart(how)]
        width = min(_WIDEST, self.app.size.width - _MARGIN)
        lines = sum(len(paragraph.lines(width)) for _owner, paragraph in drawn)
        self._below_all = self._shared and lines <= self.app.size.height - _AROUND
        if not self._below_all:
            after = self.present + 1
            drawn = [*places[:after], *options, *places[after:], *_apart(how)]
        self._owners = [owner for owner, _paragraph in drawn]
        self.show(paragraph for _owner, paragraph in drawn)

    def _places(self) -> list[tuple[_Owner, Paragraph]]:
        table = [(self.called(place), self._shown(place)) for place in range(len(self._rows))]
        widths = natural_widths(table)
        places: list[tuple[_Owner, Paragraph]] = []
        for place, (name, shown) in enumerate(table):
            present = place == self.present
            style = _QUIET if self.filling.chosen[place] is None else "bold"
            row = TableRow(
                Content(""),
                Content.styled("> " if present else "  ", _LEAD),
                style=_PRESENT if present else "",
                cells=(plain(name), prose(shown, style=style)),
                widths=widths,
            )
            places.append((_Owner(place=place), row))
        return places

    def _shown(self, place: int) -> str:
        label = self.filling.chosen[place]
        if label is None:
            return "[ ]"
        text = next(o.text for o in self._rows[place].options if o.label == label)
        return f"[{label}] {visible_line(text)}"

    def _options(self) -> list[tuple[_Owner, Paragraph]]:
        mine = self.filling.chosen[self.present]
        elsewhere = set(self.filling.chosen) - {mine} if self._shared else set()
        options: list[tuple[_Owner, Paragraph]] = []
        for option in self._rows[self.present].options:
            style = "bold" if option.label == mine else ""
            if option.label in elsewhere:
                style = _QUIET
            lead = Content.styled(f"    {option.label}  ", style or _LEAD)
            text = prose(option.text, style=style)
            options.append((_Owner(label=option.label), Paragraph(text, lead)))
        return options


def _apart(
    drawn: Sequence[tuple[_Owner, Paragraph]],
) -> list[tuple[_Owner, Paragraph]]:
    """Return paragraphs with an empty line before them, if there are any."""
    return [(_Owner(), BLANK), *drawn] if drawn else []
