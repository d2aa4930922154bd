"""What a rule of quality looks at, and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from questions.model import Question
from questions.packfile import Survey
from questions.packfile.complaint import Complaint
from questions.packfile.tree import Path


@dataclass(frozen=True, slots=True)
class Sheet:
    """A pack file under check."""

    file: str
    seen: Survey


@dataclass(frozen=True, slots=True)
class Item:
    """A sound question and its path in the file."""

    sheet: Sheet
    base: Path
    question: Question


# A rule about one question: complaints with paths below the question.
QuestionRule = Callable[[Question], Iterator[Complaint]]

# A rule about all questions of one pack: complaints with paths of the file.
PackRule = Callable[[Sequence[Item]], Iterator[Complaint]]
