"""Where a card stands among the others: its queue, and its place there as one number."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Literal

from quizapp.history.memory import Memory

Queue = Literal["new", "learning", "review", "suspended", "buried", "retired"]

EVERY_PLACE = 2**62  # lies behind every card

_SHUFFLE_BITS = 32


def queue_of(memory: Memory) -> Queue:
    """Return the queue of a card that nothing keeps from being asked."""
    if memory.state == "relearning":
        return "learning"
    return memory.state


def place_of(memory: Memory, *, card_key: str, teaching_order: int) -> int:
    """Return the card's place in its queue; the smallest is served first.

    Cards of one day stand in an order that looks random and stays as it is until they are
    answered: it depends on `card_key` and the number of reviews only.
    """
    if memory.state == "review" and memory.due_on is not None:
        return first_place_of(memory.due_on) + hashed(
            "order", card_key, memory.reviews, bits=_SHUFFLE_BITS
        )
    if memory.due_at is not None:
        return place_at(memory.due_at)
    return teaching_order


def first_place_of(day: date) -> int:
    """Return the place in "review" from which on cards are due on `day` or later."""
    return day.toordinal() << _SHUFFLE_BITS


def day_at(place: int) -> date:
    """Return the day of a place in "review"."""
    return date.fromordinal(place >> _SHUFFLE_BITS)


def place_at(moment: datetime) -> int:
    """Return the place in "learning" of a card that comes at `moment`: its milliseconds."""
    return int(moment.timestamp() * 1000)


def hashed(purpose: str, card_key: str, reviews: int, *, bits: int) -> int:
    """Return a number that looks random and is the same on every machine, below 2**bits."""
    text = f"{purpose}\0{card_key}\0{reviews}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") >> (64 - bits)
