"""The warnings that an author may silence, by their codes (`questions.lint.codes`)."""

from __future__ import annotations

from typing import Literal

# Errors cannot be silenced, nor that a silenced warning does not occur.
WarningCode = Literal[
    "P019", "P020",
    "N103", "N104", "N105", "N106", "N107", "N108",
    "Q101", "Q102", "Q103", "Q104", "Q105", "Q106", "Q107", "Q108",
    "Q201", "Q202", "Q203", "Q204", "Q205",
    "Q301", "Q302", "Q303",
    "Q401", "Q402",
]  # fmt: skip
