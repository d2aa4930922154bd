"""An answer that cannot be read: it costs no attempt."""

from __future__ import annotations

from losses.text import Text
from questions.verdict import Verdict


def unreadable(raw: str, message: Text) -> Verdict:
    """Return the verdict on what cannot be read; `message` says what can."""
    return Verdict(outcome="unreadable", score=0.0, raw=raw, message=message)
