"""Questions that ask the same in nearly the same words, in one pack or in several."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from losses.text import Text
from questions.lint.normal_form import grams, likeness
from questions.lint.rule import Item
from questions.model import (
    ChoiceQuestion,
    ComputedQuestion,
    MultipleQuestion,
    PickQuestion,
    Question,
    TrueFalseQuestion,
)
from questions.packfile.complaint import Complaint
from questions.packfile.computations import computations

_STEMS = 0.8  # likeness of the stems from which they count as nearly the same
_ANSWERS = 0.5  # and of what is right: "Which describes X?" is asked of many X


def duplicate_complaints(items: Sequence[Item]) -> Iterator[tuple[Item, Complaint]]:
    """Yield a complaint for each question that nearly repeats an earlier one."""
    stems = [grams(item.question.stem) for item in items]
    found: dict[int, tuple[float, int]] = {}
    for later, earlier, alike in _pairs(stems):
        if _same_answer(items[later].question, items[earlier].question):
            found[later] = max(found.get(later, (0.0, 0)), (alike, earlier))
    for later, (alike, earlier) in sorted(found.items()):
        other = items[earlier]
        same_file = other.sheet is items[later].sheet
        where = other.question.id if same_file else f"{other.sheet.file}: {other.question.id}"
        yield (
            items[later],
            Complaint(
                ("stem",),
                Text(
                    f"問題文が「{where}」とほとんど同じである（{alike:.0%}）。",
                    f"The stem is nearly that of '{where}' ({alike:.0%}).",
                ),
                Text("一方を削除するか、別のことを問う。", "Remove one or ask for something else."),
                code="Q402",
            ),
        )


def _pairs(sets: Sequence[frozenset[str]]) -> Iterator[tuple[int, int, float]]:
    """Yield (later, earlier, likeness) of all pairs that are alike enough.

    Prefix filtering: two sets can only be alike enough if they share one of the rarest
    |s| − ⌈t·|s|⌉ + 1 members of each. So a phrase that all stems have costs nothing.
    """
    counts = Counter(member for each in sets for member in each)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for later, each in enumerate(sets):
        rarest = sorted(each, key=lambda member: (counts[member], member))
        prefix = rarest[: len(each) - math.ceil(_STEMS * len(each)) + 1]
        candidates = {earlier for member in prefix for earlier in holders[member]}
        for earlier in sorted(candidates):
            if len(sets[earlier]) * _STEMS <= len(each) <= len(sets[earlier]) / _STEMS:
                alike = likeness(each, sets[earlier])
                if alike >= _STEMS:
                    yield later, earlier, alike
        for member in prefix:
            holders[member].append(later)


def _same_answer(one: Question, other: Question) -> bool:
    if isinstance(one, ComputedQuestion) and isinstance(other, ComputedQuestion):
        return one.kind == other.kind and _computed(one) == _computed(other)
    match one, other:
        case PickQuestion(), PickQuestion():
            return one.answer == other.answer
        case TrueFalseQuestion(), TrueFalseQuestion():
            return one.answer is other.answer
        case ChoiceQuestion() | MultipleQuestion(), ChoiceQuestion() | MultipleQuestion():
            return likeness(grams(_right(one)), grams(_right(other))) >= _ANSWERS
    return False


def _computed(question: ComputedQuestion) -> list[tuple[str, bool]]:
    return [(compute.loss, compute.gradient is not None) for _, compute in computations(question)]


def _right(question: ChoiceQuestion | MultipleQuestion) -> str:
    return "\n".join(option.text for option in question.options if option.right)
