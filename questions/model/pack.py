"""A pack, and what tells two contents apart."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated

from pydantic import Field, StringConstraints

from questions.model.base import Frozen, Language, Prose, Slug
from questions.model.cases import CaseQuestion
from questions.model.question import Question
from questions.model.silencing import WarningCode

# What may stand in a pack: a question, or several about one passage.
WrittenQuestion = Annotated[Question | CaseQuestion, Field(discriminator="kind")]


class PackHead(Frozen):
    """What is known of a pack apart from its questions."""

    id: Slug
    title: Prose
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    language: Language = "ja"
    licence: Prose
    authors: tuple[str, ...] = Field(min_length=1)
    syllabus: Prose
    description: Prose
    allow: tuple[WarningCode, ...] = ()  # warnings that its author has looked at, in all files
    supplement: bool = False  # its questions come after those of all other packs
    # The pack whose questions these are in another language, each under the id it has there.
    translates: Slug | None = None


class Pack(PackHead):
    """A pack of questions and what is known of the pack."""

    questions: tuple[WrittenQuestion, ...] = Field(min_length=1)


def content_hash(question: Question) -> str:
    """Return the SHA-256 (hex) of a question's canonical JSON: same content, same hash.

    What has its default is left out: a field that a later version adds changes no hash. Nor do
    the warnings that are silenced: no learner sees them.
    """
    canonical = json.dumps(
        question.model_dump(mode="json", exclude_defaults=True, exclude={"allow"}),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
