"""Whether a question still asks the same after it was edited.

Meaning is the kind, the key, what is computed from which numbers, and which options are right.
The wording is not: a learner who knew the answer still knows it. Compared are two contents, not
two hashes, because an option that only moved or was only reworded is recognised by the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Whatever explains, shows or files a question, and how exactly a number has to be given.
_WORDING = frozenset(
    {
        *("stem", "explanation", "source", "hints", "tags", "passage", "language"),
        *("topic", "scope", "difficulty", "level", "tolerance", "mistakes", "distractors"),
        *("text", "reason", "right_reason", "wrong_reason", "says"),
    }
)


def same_meaning(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Return whether two contents of a question, as JSON values, have the same meaning."""
    return _same(before, after)


def _same(before: object, after: object) -> bool:
    match before, after:
        case Mapping(), Mapping():
            names = (before.keys() | after.keys()) - _WORDING
            return all(_same(before.get(name), after.get(name)) for name in names)
        case [*old], [*new]:
            was, now = _options(old), _options(new)
            if was and now:
                return _same_options(was, now)
            return len(old) == len(new) and all(map(_same, old, new))
    # A field that a later version of the program added has its default: as good as not there.
    return before == after or not (before or after)


def _options(values: Sequence[object]) -> list[Mapping[str, object]]:
    """Return the options that a list holds; none if it is a list of something else."""
    found = [each for each in values if isinstance(each, Mapping) and "right" in each]
    return found if len(found) == len(values) else []


def _same_options(
    before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]
) -> bool:
    """Compare options: those of the same text, then the others in their order.

    Wrong ones may come and go: the key stays.
    """
    texts = {each.get("text") for each in before} & {each.get("text") for each in after}
    old = {each.get("text"): each for each in before}
    pairs = [(old[each.get("text")], each) for each in after if each.get("text") in texts]
    gone = [each for each in before if each.get("text") not in texts]
    fresh = [each for each in after if each.get("text") not in texts]
    # A right option that was reworded is the right one of the others, wherever it stands now.
    right = sum(bool(each["right"]) for each in gone), sum(bool(each["right"]) for each in fresh)
    return all(_same(one, other) for one, other in pairs) and right[0] == right[1]
