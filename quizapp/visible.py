"""What of a text may reach a terminal: what can be seen, nothing that acts.

Packs, imported files and answers are written by others. A terminal obeys control characters and
escape sequences, and bidirectional controls make text look like another. They are taken out here,
once, for every front end; the visible characters stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

# Escape sequences, whole: OSC, DCS, SOS, PM and APC up to their terminator (or, where it is
# missing, the end of the line), then CSI, then the short ones.
_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_DECEPTIVE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    r"|[\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MOST_MARKS = 4  # combining marks on one character; more would smear over the lines above


def visible(text: str) -> str:
    """Return the visible text: without controls, escapes and bidi marks; tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _ESCAPES.sub("", text)
    text = _CONTROLS.sub("", text.replace("\t", "    "))
    text = _DECEPTIVE.sub("", text)
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    return _without_piled_marks(text)


def visible_line(text: str) -> str:
    """Return the visible text as one line; runs of white space become one space."""
    return " ".join(visible(text).split())


def _without_piled_marks(text: str) -> str:
    if not any(unicodedata.combining(character) for character in text):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)
