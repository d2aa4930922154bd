"""The line at the bottom: the keys of the moment, each of them a place to click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, Resize
from textual.style import Style
from textual.widgets import Static

_EDGE = 1  # cell before the first key
_GAP = 2  # cells between two keys


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, what it does now, and the key event that a click on it sends."""

    shown: str
    does: str
    key: str
    always: bool = False  # stays when there is no room for all


def width(hints: Sequence[Hint]) -> int:
    """Return how many cells the hints take."""
    cells = sum(cell_len(hint.shown) + 1 + cell_len(hint.does) for hint in hints)
    return 2 * _EDGE + cells + _GAP * max(0, len(hints) - 1)


def fitting(hints: Sequence[Hint], room: int) -> list[Hint]:
    """Return the hints that fit; the last ones give way first, those that are `always` last."""
    kept = list(hints)
    for hint in [*reversed([h for h in hints if not h.always]), *reversed(hints)]:
        if width(kept) <= room:
            break
        if hint in kept:
            kept.remove(hint)
    return kept


class KeyBar(Static):
    """Shows hints on one line, as many as fit."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="keys", markup=False)
        self.hints: tuple[Hint, ...] = ()

    def show(self, hints: Iterable[Hint]) -> None:
        """Show other keys."""
        self.hints = tuple(hints)
        self._draw()

    def _draw(self) -> None:
        parts: list[Content] = [Content(" " * _EDGE)]
        for number, hint in enumerate(fitting(self.hints, self.app.size.width)):
            target = Style.from_meta({"key": hint.key})
            parts.append(Content(" " * _GAP if number else ""))
            parts.append(Content.styled(hint.shown, "bold $text-primary").stylize(target))
            parts.append(Content(f" {hint.does}").stylize(target))
        self.update(Content.assemble(*parts))

    def on_resize(self, _event: Resize) -> None:
        """Show as many keys as fit the new width."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """Send the key that was clicked."""
        key = event.style.meta.get("key")
        if isinstance(key, str):
            self.app.simulate_key(key)
