"""The words that the history uses for what was done and said; known before a database is."""

from __future__ import annotations

from typing import Literal

ActionKind = Literal["answer", "amend", "bury", "suspend", "resume"]
Confidence = Literal["sure", "half", "guess"]
Origin = Literal["study", "drill", "exam"]
