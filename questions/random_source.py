"""Random numbers that are the same on every machine and for every version of Python.

Python promises this of `random.random()` only, not of `shuffle` or `randrange`. A variant must be
the same when it is drawn again years later, so the generator and everything built on it are here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1
_GAMMA = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio, made odd


class RandomSource:
    """SplitMix64: a 64-bit counter and a mixing function.

    Source: Guy Steele, Doug Lea and Christine Flood (2014), Fast Splittable Pseudorandom Number
    Generators.
    """

    __slots__ = ("_state",)

    def __init__(self, state: int) -> None:
        self._state = state & _MASK

    @classmethod
    def named(cls, *names: str | int) -> RandomSource:
        """Return the source that belongs to these names; other names give an unrelated one."""
        key = "\x1f".join(map(str, names))
        return cls(int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big"))

    def word(self) -> int:
        """Return the next 64 random bits."""
        self._state = (self._state + _GAMMA) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to `bound` − 1, each equally likely.

        Raises ValueError for a bound below 1.
        """
        if bound < 1:
            raise ValueError(f"bound must be at least 1, not {bound}")
        bits = (bound - 1).bit_length()
        if bits <= 64:  # the usual case, written out for speed
            shift = 64 - bits
            while (drawn := self.word() >> shift) >= bound:
                pass
            return drawn
        words = -(-bits // 64)
        while True:  # a value over the bound is thrown away: folding it back would favour some
            drawn = 0
            for _ in range(words):
                drawn = drawn << 64 | self.word()
            drawn >>= 64 * words - bits
            if drawn < bound:
                return drawn

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included.

        Raises ValueError when there is none.
        """
        if high < low:
            raise ValueError(f"no whole number lies between {low} and {high}")
        return low + self.below(high - low + 1)

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """Return the items in random order, each order equally likely."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return tuple(order)

    def composition(self, total: int, parts: int) -> tuple[int, ...]:
        """Return `parts` whole numbers ≥ 0 that add up to `total`, each way equally likely.

        Raises ValueError for fewer than one part or a negative total.
        """
        if parts < 1 or total < 0:
            raise ValueError(f"{total} cannot be split into {parts} parts")
        # Stars and bars: choose which of total + parts − 1 places hold a bar.
        places = total + parts - 1
        bars: set[int] = set()
        for place in range(places - parts + 1, places):  # Floyd's sampling without repetition
            drawn = self.below(place + 1)
            bars.add(place if drawn in bars else drawn)
        edges = [-1, *sorted(bars), places]
        return tuple(right - left - 1 for left, right in pairwise(edges))
