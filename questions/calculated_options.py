"""The options of a calculated choice: the right value and three that known mistakes lead to.

A learner must not find the key by its place or its size. Its place among the options is random;
its rank (how many options are smaller) is what the seed wishes for, as far as the mistakes allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from losses.text import Text
from questions.evaluation import Evaluation, MistakeValue
from questions.model import CalculatedChoiceQuestion, Tolerance
from questions.random_source import RandomSource
from questions.tolerance import as_written, too_close
from questions.variant import ShownOption, Variant

WRONG = 3  # options beside the right one

RIGHT_REASON = Text(
    "問題文の数値から正しく計算した値である。", "This is what the numbers shown give."
)

Trio = tuple[MistakeValue, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Options in the order shown. `unmet`: how many ranks of the key were wished for rather."""

    options: tuple[ShownOption, ...]
    unmet: int


def offered(variant: Variant, evaluation: Evaluation) -> Offer | Text:
    """Return the options of a variant, or why its numbers give none.

    The same variant and evaluation always give the same options. Raises TypeError when the
    variant is not one of a calculated choice.
    """
    question = variant.question
    if not isinstance(question, CalculatedChoiceQuestion):
        raise TypeError(f"{variant.question_id} is not a calculated choice")
    tolerance, right = question.tolerance, evaluation.value
    usable = [mistake for mistake in evaluation.mistakes if _apart(mistake.value, right, tolerance)]
    alike = {
        (one.id, other.id)
        for one, other in combinations(usable, 2)
        if not _apart(one.value, other.value, tolerance)
    }
    by_rank: dict[int, list[Trio]] = {}
    for trio in combinations(usable, WRONG):
        if not any((one.id, other.id) in alike for one, other in combinations(trio, 2)):
            rank = sum(mistake.value < right for mistake in trio)
            by_rank.setdefault(rank, []).append(trio)
    if not by_rank:
        return _too_few(evaluation.mistakes, usable)
    wishes = wished_ranks(question, variant.seed)
    unmet, rank = next((place, rank) for place, rank in enumerate(wishes) if rank in by_rank)
    drawing = ("mistakes", question.id, variant.seed, variant.attempt)
    trio = RandomSource.named(*drawing).shuffled(by_rank[rank])[0]
    shown = [(as_written(right, tolerance), RIGHT_REASON, True)]
    for mistake in trio:
        text = as_written(mistake.value, tolerance)
        shown.append((text, _reason(text, evaluation, tolerance), False))
    order = RandomSource.named("options", question.id, variant.seed, variant.attempt)
    return Offer(
        tuple(
            ShownOption(str(place), text, reason, is_right)
            for place, (text, reason, is_right) in enumerate(order.shuffled(shown), start=1)
        ),
        unmet,
    )


def wished_ranks(question: CalculatedChoiceQuestion, seed: int) -> tuple[int, ...]:
    """Return the ranks that the key may have, in the order in which a seed wishes for them.

    Of the seed only: every attempt of a seed wishes for the same.
    """
    return RandomSource.named("rank", question.id, seed).shuffled(range(WRONG + 1))


def _apart(value: float, other: float, tolerance: Tolerance) -> bool:
    """Whether two values differ, as numbers and as they are written."""
    return not too_close(value, other, tolerance) and (
        as_written(value, tolerance) != as_written(other, tolerance)
    )


def _reason(text: str, evaluation: Evaluation, tolerance: Tolerance) -> Text:
    """Say which mistake leads to an option; several may."""
    says = [
        mistake.says
        for mistake in evaluation.mistakes
        if as_written(mistake.value, tolerance) == text
    ]
    return Text("または、".join(each.ja for each in says), " Or: ".join(each.en for each in says))


def _too_few(mistakes: Sequence[MistakeValue], usable: Sequence[MistakeValue]) -> Text:
    like_the_key = [mistake.id for mistake in mistakes if mistake not in usable]
    ids = ", ".join(like_the_key or [mistake.id for mistake in usable])
    if like_the_key:
        return Text(
            f"区別できる誤りの値が3つない（正しい値と区別できない: {ids}）。",
            f"No three mistakes give values that can be told apart (like the right value: {ids}).",
        )
    return Text(
        f"区別できる誤りの値が3つない（互いに区別できない、または足りない: {ids}）。",
        f"No three mistakes give values that can be told apart (alike or too few: {ids}).",
    )
