"""An order that is being made: what has a place already, and what is waiting for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Labels in the order given so far, and the others ascending, as they are shown."""

    placed: tuple[str, ...]
    waiting: tuple[str, ...]

    @classmethod
    def of(cls, labels: Sequence[str], placed: Sequence[str] = ()) -> Arrangement:
        """Return the arrangement of these labels in which some are placed."""
        return cls(tuple(placed), tuple(sorted(set(labels) - set(placed))))

    @property
    def shown(self) -> tuple[str, ...]:
        """Return all labels from top to bottom."""
        return self.placed + self.waiting

    @property
    def complete(self) -> bool:
        """Whether everything has a place."""
        return not self.waiting

    def turned(self, label: str) -> Arrangement:
        """Return it with a label placed next, or, if it was placed, taken back."""
        if label in self.waiting:
            placed = (*self.placed, label)
        else:
            placed = tuple(other for other in self.placed if other != label)
        return Arrangement.of(self.shown, placed)

    def moved(self, place: int, by: int) -> Arrangement:
        """Return it with what stands at a place moved up (−1) or down (1).

        Whoever moves things has the whole order in view: everything is placed as it stands then.
        """
        order = list(self.shown)
        if not (0 <= place < len(order) and 0 <= place + by < len(order)):
            return self
        order.insert(place + by, order.pop(place))
        return Arrangement(tuple(order), ())
