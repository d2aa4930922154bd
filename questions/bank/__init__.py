"""The question bank in a database."""

from __future__ import annotations

from questions.bank.bank import (
    Bank,
    InstallReport,
    PackInfo,
    StoredQuestion,
    UnknownQuestion,
)
from questions.bank.builtin import install_builtin

__all__ = [
    "Bank",
    "InstallReport",
    "PackInfo",
    "StoredQuestion",
    "UnknownQuestion",
    "install_builtin",
]
