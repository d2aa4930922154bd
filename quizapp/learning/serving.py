"""What a study session hands to whoever shows it: values only, the same for every front end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from questions.variant import Variant
from questions.verdict import Verdict
from quizapp.history import memory, vocabulary

Grade: TypeAlias = memory.Grade
Confidence: TypeAlias = vocabulary.Confidence
ActionKind: TypeAlias = vocabulary.ActionKind
Why = Literal["learning", "due", "new"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is left today, within the daily limits, and what was done."""

    learning: int  # to be seen again today
    due: int
    new: int
    answered: int  # today, retracted answers not counted
    right: int


@dataclass(frozen=True, slots=True)
class Served:
    """A question to be shown. `version` guards against answering a card that changed meanwhile."""

    card_id: int
    version: int
    why: Why
    variant: Variant
    counts: Counts
    hints: int = 0  # how many of the hints have been shown

    @property
    def hints_shown(self) -> tuple[str, ...]:
        """Return the hints that were asked for so far."""
        return self.variant.hints[: self.hints]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Only questions are left whose numbers need PyTorch, and it is not ready yet."""

    counts: Counts


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing is left for now. `next_due`: when the next card comes, None if there is none."""

    counts: Counts
    next_due: date | datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A graded answer, already committed. An unreadable one is not recorded: review_id is None."""

    served: Served
    verdict: Verdict
    review_id: str | None
    grade: Grade | None
    next_due: date | datetime | None  # a date, or a time of today for a card in learning
    counts: Counts
    lapses: int = 0  # of the card, where this answer is one that makes it a leech, or still one

    @property
    def amendable(self) -> bool:
        """Whether the learner may say that it was hard or easy.

        Only of a right answer that needed no hint, and not where the learner has graded it.
        """
        verdict = self.verdict
        return verdict.right and verdict.self_grade is None and not self.served.hints


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of an answer after its amendment was taken back or done again."""

    review_id: str
    version: int  # of the card
    grade: Grade
    next_due: date | datetime | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A step was taken back. The card of an answer is served next, with the same numbers."""

    kind: ActionKind
    question_id: str
    raw: str  # what had been answered; empty for other steps
    counts: Counts
    standing: Standing | None = None  # of an amendment


@dataclass(frozen=True, slots=True)
class Redone:
    """A step was done again."""

    kind: ActionKind
    question_id: str
    counts: Counts
    standing: Standing | None = None  # of an amendment


@dataclass(frozen=True, slots=True)
class Held:
    """A card was put aside, or taken back into use."""

    kind: ActionKind
    question_id: str
    counts: Counts
