"""Lines to choose from, with headings between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.message import Message

from quizapp.tui.page import BLANK, Paragraph, Sheet

_PRESENT = "bold on $panel"
_HEADING = "bold $text-primary"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that can be chosen; `key` says what it stands for."""

    key: str
    text: Content


@dataclass(frozen=True, slots=True)
class Group:
    """Entries below a heading."""

    heading: str
    entries: Sequence[Entry]


class Menu(Sheet):
    """Shows groups of entries; one of them is the present one."""

    ALLOW_SELECT = False

    class Meant(Message):
        """The present entry was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._groups: tuple[Group, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._owners: list[int | None] = []  # the entry of each paragraph
        self._at = 0

    @property
    def present(self) -> str | None:
        """The key of the present entry, None where there are none."""
        return self._entries[self._at].key if self._entries else None

    def offer(self, groups: Iterable[Group], *, present: str | None = None) -> None:
        """Show other entries; the one of the key `present` is the present one, or the first."""
        self._groups = tuple(group for group in groups if group.entries)
        self._entries = tuple(entry for group in self._groups for entry in group.entries)
        keys = [entry.key for entry in self._entries]
        self._at = keys.index(present) if present in keys else 0
        self._draw()

    def step(self, by: int) -> None:
        """Go to the next or the previous entry, around the ends."""
        if self._entries:
            self._at = (self._at + by) % len(self._entries)
            self._draw()

    def lines_of_present(self) -> Region:
        """Return where the present entry stands among the lines of this widget."""
        width = self.content_size.width
        counts = self.page.line_counts(width)
        at = self._owners.index(self._at)
        return Region(0, sum(counts[:at]), width, counts[at])

    def on_click(self, event: Click) -> None:
        """Go to the entry that was clicked; the present one is meant by it."""
        ends = accumulate(self.page.line_counts(self.content_size.width))
        for owner, end in zip(self._owners, ends, strict=True):
            if event.y < end:
                if owner is not None and owner == self._at:
                    self.post_message(self.Meant())
                elif owner is not None:
                    self._at = owner
                    self._draw()
                return

    def _draw(self) -> None:
        paragraphs: list[Paragraph] = []
        self._owners = []
        index = 0
        for group in self._groups:
            head = [BLANK] if paragraphs else []
            head.append(Paragraph(Content.styled(group.heading, _HEADING)))
            paragraphs += head
            self._owners += [None] * len(head)
            for entry in group.entries:
                present = index == self._at
                lead = Content("> " if present else "  ")
                paragraphs.append(Paragraph(entry.text, lead, style=_PRESENT if present else ""))
                self._owners.append(index)
                index += 1
        self.show(paragraphs)
