"""Find the numbers of a variant on which every known mistake would show."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from losses.text import Text
from losses.worked.step import Value
from questions.answer import Reading
from questions.calculated_options import Offer, offered
from questions.comparing import decided, wishes
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading.numeric import rounding_slip
from questions.model import (
    CalculatedChoiceQuestion,
    CompareQuestion,
    ComputedQuestion,
    Fixed,
    Tolerance,
    ValuedQuestion,
)
from questions.tolerance import allowed, as_written, too_close
from questions.variant import Variant

ATTEMPTS = 1000
RANK_ATTEMPTS = 40  # draws in which the key of a calculated choice may find its rank

_SAME_TEXT = Text("二つの選択肢の文が同じになる。", "Two options read the same.")

Evaluate = Callable[[ComputedQuestion, Mapping[str, Value]], Evaluation]


class Undiagnosable(Exception):
    """No draw lets every mistake be told from the right value and from each other.

    `text` names what stood in the way most often.
    """

    def __init__(self, question_id: str, text: Text) -> None:
        super().__init__(f"{question_id}: {text.en}")
        self.question_id = question_id
        self.text = text


def settle(
    question: ComputedQuestion,
    *,
    question_id: str,
    content_hash: str,
    seed: int,
    evaluate: Evaluate,
) -> tuple[Variant, Evaluation]:
    """Draw until the variant is diagnosable; the same seed always ends at the same attempt.

    A calculated choice is drawn until its key has the rank that the seed wishes for; where the
    first draws do not bring it, the one that comes closest to the wish is taken. A comparison is
    drawn in the same way until the side that the seed wishes for is right. `evaluate`
    raises ValueError for numbers that the loss refuses: they are drawn again. Raises
    Undiagnosable after 1,000 draws, after one when nothing is drawn at random.
    """
    obstacles: Counter[Text] = Counter()
    search = Search()
    candidates: dict[int, tuple[Variant, Evaluation]] = {}
    for attempt in range(attempts_of(question)):
        variant = draw(
            question,
            question_id=question_id,
            content_hash=content_hash,
            seed=seed,
            attempt=attempt,
        )
        try:
            evaluation = evaluate(question, variant.given)
        except ValueError as error:
            obstacles[_refused(error)] += 1
            continue
        looked = look(variant, evaluation)
        if isinstance(looked, Text):
            obstacles[looked] += 1
        else:
            candidates[attempt] = variant, evaluation
        if search.take(attempt, looked if isinstance(looked, int) else None):
            break
    if search.best is None:
        raise Undiagnosable(question_id, obstacles.most_common(1)[0][0])
    variant, evaluation = candidates[search.best[1]]
    offer = offered(variant, evaluation) if _has_options(question) else None
    if isinstance(offer, Offer):
        variant = replace(variant, options=offer.options)
    return variant, evaluation


class Search:
    """The rule by which one of a seed's attempts is taken; they are shown to it in order."""

    __slots__ = ("best",)

    def __init__(self) -> None:
        self.best: tuple[int, int] | None = None  # how far from the wish, and the attempt

    def take(self, attempt: int, unmet: int | None) -> bool:
        """Note a draw (None: it will not do) and return whether the search is over."""
        if unmet is not None and (self.best is None or unmet < self.best[0]):
            self.best = unmet, attempt
        return self.best is not None and (self.best[0] == 0 or attempt >= RANK_ATTEMPTS)


def attempts_of(question: ComputedQuestion) -> int:
    """Return how many draws a seed has: one is enough where nothing is drawn."""
    return 1 if is_fixed(question) else ATTEMPTS


def look(variant: Variant, evaluation: Evaluation) -> int | Text:
    """Return how far a draw is from what its seed wishes for, or why it will not do.

    0 is what is wished for. Wishes have a calculated choice, which counts how many ranks of its
    key were wished for rather, and a comparison, which counts sides.
    """
    question = _computed(variant)
    if isinstance(question, CompareQuestion):
        return _look_at_sides(question, variant, evaluation)
    zero_allowed = is_fixed(question)
    if not _has_options(question):
        obstacle = _missing(question, evaluation) or hidden(
            evaluation, question.tolerance, zero_allowed=zero_allowed
        )
        return obstacle or 0
    unfit = _unfit(evaluation, question.tolerance, zero_allowed=zero_allowed)
    offer = unfit or offered(variant, evaluation)
    return offer.unmet if isinstance(offer, Offer) else offer


def _look_at_sides(
    question: CompareQuestion, variant: Variant, evaluation: Evaluation
) -> int | Text:
    key = decided(question, [side.value for side in evaluation.sides])
    if isinstance(key, Text):
        return key
    if len({option.text for option in variant.options}) < len(variant.options):
        return _SAME_TEXT
    return wishes(question, variant.seed).index(key)


def _has_options(question: ComputedQuestion) -> bool:
    return isinstance(question, CalculatedChoiceQuestion)


def hidden(
    evaluation: Evaluation, tolerance: Tolerance, *, zero_allowed: bool = False
) -> Text | None:
    """Return what makes the numbers unfit for a question, None if they are fit.

    Unfit are a value that is not finite or that would be written as 0, two values (right or
    mistaken) no more than twice the tolerance apart, and a mistaken value that would pass for the
    right one with too few places (0.120 for 0.123).
    """
    right = evaluation.value
    if unfit := _unfit(evaluation, tolerance, zero_allowed=zero_allowed):
        return unfit
    for index, mistake in enumerate(evaluation.mistakes):
        if too_close(mistake.value, right, tolerance):
            return Text(
                f"誤り「{mistake.id}」の値が正しい値と区別できない。",
                f"The value of the mistake '{mistake.id}' cannot be told from the right one.",
            )
        for other in evaluation.mistakes[:index]:
            if too_close(mistake.value, other.value, tolerance):
                return Text(
                    f"誤り「{other.id}」と「{mistake.id}」の値が区別できない。",
                    f"The values of '{other.id}' and '{mistake.id}' cannot be told apart.",
                )
    for mistake in evaluation.mistakes:
        if reads_alike(mistake.value, right, tolerance):
            return Text(
                f"誤り「{mistake.id}」の値が、正しい値を丸めたものと区別できない。",
                f"The value of the mistake '{mistake.id}' reads like the right one rounded.",
            )
    return None


def reads_alike(mistaken: float, right: float, tolerance: Tolerance) -> bool:
    """Return whether a mistaken value, as it would be typed, reads like the right one rounded."""
    return any(
        rounding_slip(reading, right, tolerance) is not None
        for reading in _typed(as_written(mistaken, tolerance))
    )


def _unfit(evaluation: Evaluation, tolerance: Tolerance, *, zero_allowed: bool) -> Text | None:
    """Return why the right value is not one to be asked for, None if it is."""
    right = evaluation.value
    if not math.isfinite(right):
        return Text("正しい値が有限の数にならない。", "The right value is not finite.")
    if abs(right) <= allowed(tolerance, right) and not zero_allowed:
        return Text("正しい値が0になる。", "The right value is 0.")
    return None


def _computed(variant: Variant) -> ComputedQuestion:
    question = variant.question
    if not isinstance(question, ComputedQuestion):
        raise TypeError(f"{variant.question_id} has no numbers to compute")
    return question


def is_fixed(question: ComputedQuestion) -> bool:
    """Return whether nothing is drawn at random."""
    return all(isinstance(sampler, Fixed) for sampler in question.given.values())


def _missing(question: ValuedQuestion, evaluation: Evaluation) -> Text | None:
    """Return which mistake that the author asks for cannot be made with these numbers."""
    possible = {mistake.id for mistake in evaluation.mistakes}
    for mistake in question.mistakes or ():
        if mistake not in possible:
            return Text(
                f"誤り「{mistake}」はこの数では起こらない。",
                f"The mistake '{mistake}' cannot be made with these numbers.",
            )
    return None


def _typed(text: str) -> Iterator[Reading]:
    """Yield the ways a person would type a number: with all its places, without zeros at the end."""
    for form in {text, text.rstrip("0").rstrip(".") if "." in text else text}:
        yield Reading(float(form), form, len(form.partition(".")[2]))


def _refused(error: ValueError) -> Text:
    return Text(
        f"損失がこの数を受け付けない（{error}）。", f"The loss refuses the numbers ({error})."
    )
