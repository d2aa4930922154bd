"""How well a card is known and when it comes again: the value that reviews change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypedDict

State = Literal["new", "learning", "review", "relearning"]
Grade = Literal["again", "hard", "good", "easy"]


class MemoryJson(TypedDict):
    """A Memory as the review log keeps it."""

    state: State
    step: int | None
    stability: float | None
    difficulty: float | None
    due_on: str | None
    due_at: str | None
    last_on: str | None
    last_at: str | None
    reviews: int
    lapses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The state of one card between two reviews.

    A card in `review` comes on a study day (`due_on`), one in `learning` or `relearning` at a
    moment (`due_at`), a `new` one when its turn comes.
    """

    state: State = "new"
    step: int | None = None
    stability: float | None = None  # days until recall falls to 90 %
    difficulty: float | None = None  # 1 to 10
    due_on: date | None = None
    due_at: datetime | None = None
    last_on: date | None = None  # study day of the last review
    last_at: datetime | None = None
    reviews: int = 0  # answers so far, retracted ones not counted
    lapses: int = 0  # how often it was forgotten after it had been learnt

    @property
    def due(self) -> date | datetime | None:
        """When it comes next: a day, a moment, or None while it is new."""
        return self.due_on if self.state == "review" else self.due_at

    def to_json(self) -> MemoryJson:
        """Return it as plain JSON values; floats survive exactly."""
        return {
            "state": self.state,
            "step": self.step,
            "stability": self.stability,
            "difficulty": self.difficulty,
            "due_on": _text(self.due_on),
            "due_at": _text(self.due_at),
            "last_on": _text(self.last_on),
            "last_at": _text(self.last_at),
            "reviews": self.reviews,
            "lapses": self.lapses,
        }

    @classmethod
    def from_json(cls, stored: MemoryJson) -> Memory:
        """Return the Memory that `to_json` wrote."""
        return cls(
            state=stored["state"],
            step=stored["step"],
            stability=stored["stability"],
            difficulty=stored["difficulty"],
            due_on=_day(stored["due_on"]),
            due_at=_moment(stored["due_at"]),
            last_on=_day(stored["last_on"]),
            last_at=_moment(stored["last_at"]),
            reviews=stored["reviews"],
            lapses=stored["lapses"],
        )


def _text(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
