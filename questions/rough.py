"""Values of many variants computed at once: nearly those of `Evaluation`, and much cheaper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rough:
    """The right value and those of the mistakes that can be made, by id.

    Computed in one sweep over many variants, where sums may be added up in another order: they
    may be off by the last bits of a float, never by more than `error`.
    """

    value: float
    mistakes: tuple[tuple[str, float], ...]

    @property
    def error(self) -> float:
        """A bound on how far the values may be from those of an evaluation; generous."""
        largest = max((abs(value) for _, value in self.mistakes), default=0.0)
        return 1e-10 * max(1.0, abs(self.value), largest)
