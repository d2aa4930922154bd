"""The question bank in a database."""

from __future__ import annotations

from questions.bank.bank import (
    Bank,
    Installation,
    InstallReport,
    StoredQuestion,
    UnknownQuestion,
)
from questions.bank.builtin import install_builtin
from questions.bank.images import image
from questions.bank.pack_info import PackInfo
from questions.bank.packs import (
    InstalledPack,
    PackNotThere,
    installed_packs,
    put_back,
    remove,
)

__all__ = [
    "Bank",
    "InstallReport",
    "Installation",
    "InstalledPack",
    "PackInfo",
    "PackNotThere",
    "StoredQuestion",
    "UnknownQuestion",
    "image",
    "install_builtin",
    "installed_packs",
    "put_back",
    "remove",
]
