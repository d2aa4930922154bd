"""Time-ordered unique ids (UUID version 7, RFC 9562)."""

from __future__ import annotations

import random
import secrets
from datetime import datetime
from uuid import UUID

_RANDOM_BITS = 74
_MILLISECONDS_BITS = 48


class Uuid7:
    """Makes ids that only ever grow, also when the clock is set back.

    `after`: the latest id there is already; every new one sorts behind it.
    """

    def __init__(self, after: str | None = None) -> None:
        # Seeded by the system once; asking it each time would cost a system call per answer.
        self._chance = random.Random(secrets.randbits(128))  # noqa: S311 - ids are no secrets
        self._last = _count(UUID(after)) if after is not None else -1

    def next(self, now: datetime) -> str:
        """Return a new id made at `now` (aware)."""
        milliseconds = max(0, int(now.timestamp() * 1000)) & ((1 << _MILLISECONDS_BITS) - 1)
        count = milliseconds << _RANDOM_BITS | self._chance.getrandbits(_RANDOM_BITS)
        if count <= self._last:
            # Same millisecond, or a clock set back: step on from the last id, at random so that
            # two machines that share a history do not meet.
            count = self._last + 1 + self._chance.getrandbits(_RANDOM_BITS // 2)
        self._last = count
        return str(_uuid(count))


def between(earlier: str, later: str | None) -> str:
    """Return a new id that sorts behind one and before another (None: there is no other).

    For a row that takes the place of an earlier one. Raises ValueError where there is no room,
    which after about 70 such replacements of rows of the same millisecond may happen.
    """
    low = _count(UUID(earlier))
    high = _count(UUID(later)) if later is not None else low + (1 << _RANDOM_BITS)
    # In the nearer half, at most: so there is room for many more.
    room = (high - low) // 2
    if room < 1:
        raise ValueError(f"there is no id between {earlier} and {later}")
    return str(_uuid(low + 1 + secrets.randbelow(min(room, 1 << _RANDOM_BITS // 2))))


def _uuid(count: int) -> UUID:
    """Spread 48 bits of time and 74 of chance around the version and the variant."""
    high = count >> 62  # time and 12 bits of chance
    time, chance = high >> 12, high & 0xFFF
    low = count & ((1 << 62) - 1)
    return UUID(int=time << 80 | 0x7 << 76 | chance << 64 | 0b10 << 62 | low)


def _count(identity: UUID) -> int:
    whole = identity.int
    return (whole >> 80) << _RANDOM_BITS | (whole >> 64 & 0xFFF) << 62 | whole & ((1 << 62) - 1)
