"""How new cards are spread among due ones."""

from __future__ import annotations


def new_comes_next(*, reviewed: int, introduced: int, due: int, new: int) -> bool:
    """Whether a new card comes now, rather than a due one.

    With D due and N new cards in a day, done and to come, the new number k (from 1) comes as soon
    as more than k(D+1)/(N+1) - 1 due ones were answered: evenly, a due one first and last. It
    depends on the counts of the day alone, so that a restart changes nothing. `reviewed` and
    `introduced` are done; `due` and `new` are left, within the limits.
    """
    if not due or not new:
        return bool(new)
    due_in_all, new_in_all = reviewed + due, introduced + new
    return (introduced + 1) * (due_in_all + 1) < (reviewed + 1) * (new_in_all + 1)
