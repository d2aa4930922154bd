"""What a person sees on the screen, as text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.events import Key
from textual.keys import _character_to_key

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

PATIENCE = 60.0  # seconds until a test gives up waiting


def lines(app: App[object]) -> list[str]:
    """Return the lines of the screen, without the spaces at their ends."""
    screen = app.screen
    strips = screen._compositor.render_strips(screen.size)
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def text(app: App[object]) -> str:
    """Return the screen as one text."""
    return "\n".join(lines(app))


def flowing(app: App[object]) -> str:
    """Return the screen without any white space: text is found wherever it was broken."""
    return "".join(text(app).split())


def place(app: App[object], words: str) -> tuple[int, int]:
    """Return the column (in cells) and the line where words stand, to click on them."""
    for number, line in enumerate(lines(app)):
        if words in line:
            return cell_len(line[: line.index(words)]) + 1, number
    raise AssertionError(f"{words!r} is not on the screen:\n{text(app)}")


async def until(app: App[object], condition: Callable[[], object]) -> None:
    """Wait until a condition holds, however slow the machine is."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


async def shows(app: App[object], words: str) -> None:
    """Wait until words are on the screen."""
    try:
        await until(app, lambda: words in flowing(app) or words in text(app))
    except TimeoutError:
        raise AssertionError(f"{words!r} never came:\n{text(app)}") from None


async def commit(pilot: Pilot[object], characters: str) -> None:
    """Send characters as an input method commits them: in one burst, each as itself."""
    driver = pilot.app._driver
    assert driver is not None
    for character in characters:
        event = Key(_character_to_key(character), character)
        event.set_sender(pilot.app)
        driver.send_message(event)
    await pilot.pause()


async def painted(app: App[object]) -> None:
    """Wait until what was changed has been laid out and drawn."""
    for _layout_then_lines in range(2):
        drawn = asyncio.Event()
        app.screen.call_after_refresh(drawn.set)
        async with asyncio.timeout(PATIENCE):
            await drawn.wait()
