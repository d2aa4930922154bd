"""Packs for tests of the bank and of everything above it."""

from __future__ import annotations

from collections.abc import Sequence

from questions.model import Pack, Question
from tests.questions.examples import calculated, choice, numeric


def pack(questions: Sequence[Question], **changes: object) -> Pack:
    """A pack of these questions."""
    fields: dict[str, object] = {
        "id": "test",
        "title": "試験用",
        "version": "1.0.0",
        "language": "ja",
        "licence": "CC BY 4.0",
        "authors": ("誰か",),
        "syllabus": "G検定",
        "description": "試験に使う。",
        "questions": tuple(questions),
    }
    return Pack.model_validate(fields | changes)


def choices(count: int, *, start: int = 0, **changes: object) -> tuple[Question, ...]:
    """Choice questions q0, q1, …; the right option is the second of the pack's order."""
    return tuple(choice(id=f"q{n}", **changes) for n in range(start, start + count))


def numerics(count: int, **changes: object) -> tuple[Question, ...]:
    """Numeric questions n0, n1, …"""
    return tuple(numeric(id=f"n{n}", **changes) for n in range(count))


def calculateds(count: int, **changes: object) -> tuple[Question, ...]:
    """Calculated choices c0, c1, …"""
    return tuple(calculated(id=f"c{n}", **changes) for n in range(count))
