"""Places that are being filled, each with one of its own labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Filling:
    """For each place the labels it may have, and the one it has; `once`: no label twice."""

    labels: tuple[tuple[str, ...], ...]
    chosen: tuple[str | None, ...]
    once: bool

    @classmethod
    def of(cls, labels: Sequence[Sequence[str]], *, once: bool) -> Filling:
        """Return places that are all open."""
        return cls(tuple(map(tuple, labels)), (None,) * len(labels), once)

    @property
    def complete(self) -> bool:
        """Whether no place is open."""
        return None not in self.chosen

    def put(self, place: int, label: str | None) -> Filling:
        """Return it with a label at a place; where it stood before, what was here comes."""
        chosen = list(self.chosen)
        if self.once and label is not None and label in chosen:
            chosen[chosen.index(label)] = chosen[place]
        chosen[place] = label
        return replace(self, chosen=tuple(chosen))

    def turned(self, place: int, by: int) -> Filling:
        """Return it with the next (1) or previous (−1) label at a place that none other has."""
        present = self.chosen[place]
        taken = {label for label in self.chosen if label != present} if self.once else set()
        free = [label for label in self.labels[place] if label not in taken]
        if not free:
            return self
        if present is None:
            return self.put(place, free[0 if by > 0 else -1])
        return self.put(place, free[(free.index(present) + by) % len(free)])

    def next_open(self, place: int) -> int | None:
        """Return the first open place after this one, from the top again, None if none is open."""
        count = len(self.chosen)
        places = ((place + step) % count for step in range(1, count + 1))
        return next((other for other in places if self.chosen[other] is None), None)
