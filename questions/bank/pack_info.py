"""What the bank knows of a pack apart from its questions."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from losses.text import Language


class PackInfo(BaseModel):
    """What is known of an installed pack."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    version: str
    language: Language
    licence: str
    authors: tuple[str, ...]
    syllabus: str
    description: str
    translates: str | None = None


@cache
def pack_info(about: str) -> PackInfo:
    """Return what a row of the pack table says of its pack."""
    return PackInfo.model_validate_json(about)
