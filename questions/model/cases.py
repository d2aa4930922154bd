"""Several questions about one passage."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from questions.model.base import LONGEST_PATH, Frozen, Prose, Slug
from questions.model.question import Question
from questions.model.words import REVERSE, CardQuestion


class CaseQuestion(Frozen):
    """A passage and questions about it, which are asked one by one, each below the passage.

    Each of them has an id of its own ("pack/case/part"), its own card and its own schedule. Once
    installed there are only these parts: see `questions.expansion`.
    """

    kind: Literal["case"]
    id: Slug
    passage: Prose
    questions: Annotated[tuple[Question, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _room_for_every_part(self) -> CaseQuestion:
        for part in self.questions:
            both = isinstance(part, CardQuestion) and part.both
            inside = len(part.id) + (len(REVERSE) + 1 if both else 0)
            if len(self.id) + 1 + inside > LONGEST_PATH:
                most = max(0, LONGEST_PATH - 1 - inside)
                raise PydanticCustomError(
                    "id_too_long", "at most {most} characters", {"most": most}
                )
        return self
