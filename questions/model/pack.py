"""A pack, the union of all kinds of question, and what tells two contents apart."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from questions.model.base import Frozen, Prose, Slug
from questions.model.code import CodeQuestion
from questions.model.computed import ComputedQuestion
from questions.model.options import (
    ChoiceQuestion,
    MultipleQuestion,
    PickQuestion,
    TrueFalseQuestion,
)
from questions.model.rows import BlankQuestion, MatchQuestion, OrderQuestion

Question = Annotated[
    ChoiceQuestion
    | MultipleQuestion
    | TrueFalseQuestion
    | PickQuestion
    | OrderQuestion
    | MatchQuestion
    | BlankQuestion
    | ComputedQuestion
    | CodeQuestion,
    Field(discriminator="kind"),
]


class PackHead(Frozen):
    """What is known of a pack apart from its questions."""

    id: Slug
    title: Prose
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    language: Literal["ja", "en"] = "ja"
    licence: Prose
    authors: tuple[str, ...] = Field(min_length=1)
    syllabus: Prose
    description: Prose


class Pack(PackHead):
    """A pack of questions and what is known of the pack."""

    questions: tuple[Question, ...] = Field(min_length=1)


def content_hash(question: Question) -> str:
    """Return the SHA-256 (hex) of a question's canonical JSON: same content, same hash.

    What has its default is left out: a field that a later version adds changes no hash.
    """
    canonical = json.dumps(
        question.model_dump(mode="json", exclude_defaults=True),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
