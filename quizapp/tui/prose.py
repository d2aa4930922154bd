"""Text of packs and of the program as content: never markup, with the two emphases we know."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from quizapp.visible import visible, visible_line

CODE = "$text-accent"
NEGATIVE = "bold underline"

_CODE = re.compile(r"`([^`\n]+)`")
_NEGATIVE = re.compile(
    r"最も不適切|最も適切でない|最も不適当|不適切|適切でない|誤っている|正しくない|not\b|NOT\b|\bleast\b"
)


def plain(text: str, style: str = "") -> Content:
    """Return the visible text as it stands, in one style."""
    return Content.styled(visible(text), style)


def one_line(text: str, width: int, style: str = "") -> Content:
    """Return the visible text on one line of at most `width` cells, cut off where it is longer."""
    line = visible_line(text)
    if cell_len(line) > width:
        line = set_cell_size(line, max(0, width - 2)).rstrip() + ".." if width > 2 else ""
    return Content.styled(line, style)


def prose(text: str, *, style: str = "", negative: bool = False) -> Content:
    """Return a text with `code` in its own colour and, in a negative question, the turning word.

    The backticks around code are not shown; one without a partner is.
    """
    parts: list[Content] = []
    shown = visible(text).strip("\n")
    position = 0
    for found in _CODE.finditer(shown):
        parts.append(Content.styled(shown[position : found.start()], style))
        parts.append(Content.styled(found[1], CODE))
        position = found.end()
    parts.append(Content.styled(shown[position:], style))
    content = Content.assemble(*parts)
    if negative and (word := _NEGATIVE.search(content.plain)):
        content = content.stylize(NEGATIVE, word.start(), word.end())
    return content
