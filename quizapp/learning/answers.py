"""What weights are fitted to: which card, after how many days, with which grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from quizapp.history.memory import Grade

RATINGS: Final[Mapping[Grade, int]] = {"again": 1, "hard": 2, "good": 3, "easy": 4}
AGAIN: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A learner's answers in the order in which they were given, as columns of equal length.

    A long-term answer comes a study day or more after the card's answer before: only those tell
    what was remembered.
    """

    cards: tuple[int, ...] = ()  # numbers of our own, from 0
    elapsed: tuple[int, ...] = ()  # study days since the card's answer before; 0 for its first
    ratings: tuple[int, ...] = ()  # 1 again, 2 hard, 3 good, 4 easy

    def __len__(self) -> int:
        return len(self.cards)

    @property
    def long_term(self) -> tuple[int, ...]:
        """The places of the long-term answers."""
        return tuple(place for place, days in enumerate(self.elapsed) if days > 0)

    def first(self, count: int) -> Answers:
        """Return the first `count` answers."""
        return Answers(
            cards=self.cards[:count], elapsed=self.elapsed[:count], ratings=self.ratings[:count]
        )


def gathered(rows: Iterable[tuple[int, int | None, Grade]]) -> Answers:
    """Return rows of (card, days since its answer before, grade), in order, as answers.

    None for the days begins a new history: a card's first answer, also after it began anew.
    """
    numbers: dict[int, int] = {}
    cards: list[int] = []
    elapsed: list[int] = []
    ratings: list[int] = []
    begun = 0
    for card, days, grade in rows:
        if days is None or card not in numbers:
            numbers[card] = begun
            begun += 1
            elapsed.append(0)
        else:
            elapsed.append(days)
        cards.append(numbers[card])
        ratings.append(RATINGS[grade])
    return Answers(cards=tuple(cards), elapsed=tuple(elapsed), ratings=tuple(ratings))
