"""What the command line hands to the screens before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from quizapp.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which questions a session is about, and how long it is."""

    topic: str | None = None
    kind: str | None = None  # one of questions.kinds.KINDS
    pack: str | None = None  # id
    limit: int | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamWishes:
    """Which mock exam is wanted; what is None is as the blueprint says."""

    blueprint: str | None = None
    questions: int | None = None
    minutes: float | None = None
    seed: int | None = None
    practice: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How the program opens.

    `open` runs in a thread after the first frame: it imports the database layer, opens the file
    and raises `Problem` for what a person can act on.
    """

    open: Callable[[], Study]
    start: Literal["home", "study", "exam"] = "home"
    # What lists the pack files that a path leads to; raises `Problem` where there are none. None:
    # packs cannot be written from here.
    pack_files: Callable[[str], Callable[[], Sequence[Path]]] | None = None
    filters: Filters = Filters()
    exam: ExamWishes = ExamWishes()
    theme: str | None = None  # "dark", "light" or a theme's name; None: TEXTUAL_THEME, or dark
    grace: float = 0.3  # seconds after a question appears in which no key answers it
