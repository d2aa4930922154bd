"""Whether a question still asks the same after it was edited.

Meaning is the kind, the key, what is computed from which numbers, and which options are right.
The wording is not: a learner who knew the answer still knows it. Compared are two contents, not
two hashes, because an option that only moved or was only reworded is recognised by the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

# Whatever explains, shows or files a question, and how exactly a number has to be given. A key
# that is not listed is meaning, so a kind that is added later asks once too often, never too
# seldom.
_WORDING = frozenset(
    {
        *("stem", "explanation", "source", "hints", "tags", "passage", "language"),
        *("topic", "scope", "difficulty", "level", "tolerance", "mistakes", "distractors"),
        *("text", "reason", "right_reason", "wrong_reason", "says", "extra", "reuse"),
        "allow",
        *("entry", "starter", "solution", "back", "both", "rejected", "margin"),
        "accept",  # compared on its own
        *("items", "pairs"),  # compared on their own
    }
)

_Json = Mapping[str, object]


def same_meaning(before: _Json, after: _Json) -> bool:
    """Return whether two contents of a question, as JSON values, have the same meaning."""
    return (
        _same(before, after)
        and _same_order(_mappings(before.get("items")), _mappings(after.get("items")))
        and _same_pairs(_mappings(before.get("pairs")), _mappings(after.get("pairs")))
    )


def _same(before: object, after: object) -> bool:
    match before, after:
        case Mapping(), Mapping():
            names = (before.keys() | after.keys()) - _WORDING
            return _same_terms(before, after) and all(
                _same(before.get(name), after.get(name)) for name in names
            )
        case [*old], [*new]:
            was, now = _options(old), _options(new)
            if was and now:
                return _same_options(was, now)
            return len(old) == len(new) and all(map(_same, old, new))
    # A field that a later version of the program added has its default: as good as not there.
    return before == after or not (before or after)


def _options(values: Sequence[object]) -> list[_Json]:
    """Return the options that a list holds; none if it is a list of something else."""
    found = [each for each in _mappings(values) if "right" in each]
    return found if len(found) == len(values) else []


def _same_options(before: Sequence[_Json], after: Sequence[_Json]) -> bool:
    """Compare options: those that say the same, and how many others are right.

    A right option that was reworded is the right one of the others, wherever it stands now. Wrong
    ones may come and go: the key stays.
    """
    was = {_said(each): bool(each["right"]) for each in before}
    now = {_said(each): bool(each["right"]) for each in after}
    both = was.keys() & now.keys()
    return all(was[said] == now[said] for said in both) and (
        sum(was[said] for said in was.keys() - both) == sum(now[said] for said in now.keys() - both)
    )


def _same_order(before: Sequence[_Json], after: Sequence[_Json]) -> bool:
    """Compare things to be put in order, which are written in the right one."""
    was, now = [_said(each) for each in before], [_said(each) for each in after]
    both = set(was) & set(now)
    return len(was) == len(now) and (
        [said for said in was if said in both] == [said for said in now if said in both]
    )


def _same_pairs(before: Sequence[_Json], after: Sequence[_Json]) -> bool:
    """Compare pairs: a side that was reworded is none that another pair had."""
    was = {each.get("left"): each.get("right") for each in before}
    now = {each.get("left"): each.get("right") for each in after}
    if len(before) != len(after):
        return False
    return all(
        was[left] == right or (right not in was.values() and was[left] not in now.values())
        for left, right in now.items()
        if left in was
    )


def _same_terms(before: _Json, after: _Json) -> bool:
    """Compare the terms that are accepted: one that stays is enough, others are added to it."""
    was, now = (each.get("accept") or [] for each in (before, after))
    if not isinstance(was, list) or not isinstance(now, list) or not was or not now:
        return True
    return any(term in was for term in now)


def _said(option: _Json) -> str:
    """Return what an option says: its text, or the values that it puts into the gaps."""
    said = option.get("text", option.get("values"))
    return said if isinstance(said, str) else json.dumps(said, sort_keys=True)


def _mappings(values: object) -> list[_Json]:
    return (
        [each for each in values if isinstance(each, Mapping)] if isinstance(values, list) else []
    )
