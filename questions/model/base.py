"""What every part of a pack and every kind of question has."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from questions.model.silencing import WarningCode

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Difficulty = Literal["basic", "standard", "advanced"]
Level = Literal["recall", "understand", "apply", "analyse"]
Scope = Literal["exam", "beyond"]
Language = Literal["ja", "en"]

# Characters of what stands behind "pack/" in the id of a stored question: "case/part".
LONGEST_PATH = 80


class Frozen(BaseModel):
    """A value of a pack: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class QuestionBase(Frozen):
    """What every kind of question has."""

    id: Slug
    topic: str  # a key of `questions.topics.TOPICS`
    scope: Scope = "exam"
    difficulty: Difficulty = "standard"
    level: Level = "understand"
    stem: Prose
    explanation: Prose
    source: Prose
    hints: tuple[Prose, ...] = ()
    tags: tuple[str, ...] = ()
    language: Language | None = None  # of its text; None: that of the pack
    allow: tuple[WarningCode, ...] = ()  # warnings that its author has looked at
    passage: Annotated[str, StringConstraints(max_length=20_000)] = ""  # shown above the stem
