"""Find the numbers of a variant on which every known mistake would show."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

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
    drawn = partial(draw, question, question_id=question_id, content_hash=content_hash, seed=seed)
    attempts = range(1 if _is_fixed(question) else ATTEMPTS)
    draws = _evaluated((drawn(attempt=attempt) for attempt in attempts), evaluate, obstacles)
    if isinstance(question, CompareQuestion):
        settled = _deciding(question, draws, obstacles)
    elif isinstance(question, CalculatedChoiceQuestion):
        settled = _with_options(draws, obstacles)
    else:
        settled = _telling(draws, obstacles)
    if settled is None:
        raise Undiagnosable(question_id, obstacles.most_common(1)[0][0])
    return settled


def _evaluated(
    variants: Iterator[Variant], evaluate: Evaluate, obstacles: Counter[Text]
) -> Iterator[tuple[Variant, Evaluation]]:
    """Yield the variants that can be computed; those that cannot are counted as obstacles."""
    for variant in variants:
        try:
            evaluation = evaluate(_computed(variant), variant.given)
        except ValueError as error:
            obstacles[_refused(error)] += 1
        else:
            yield variant, evaluation


def _telling(
    draws: Iterator[tuple[Variant, Evaluation]], obstacles: Counter[Text]
) -> tuple[Variant, Evaluation] | None:
    """Return the first draw on which every mistake shows."""
    for variant, evaluation in draws:
        question = _valued(variant)
        obstacle = _missing(question, evaluation) or hidden(
            evaluation, question.tolerance, zero_allowed=_is_fixed(question)
        )
        if obstacle is None:
            return variant, evaluation
        obstacles[obstacle] += 1
    return None


def _with_options(
    draws: Iterator[tuple[Variant, Evaluation]], obstacles: Counter[Text]
) -> tuple[Variant, Evaluation] | None:
    """Return the first draw that has options, with a key of the rank the seed wishes for."""
    best: tuple[int, Variant, Evaluation] | None = None
    for variant, evaluation in draws:
        question = _valued(variant)
        unfit = _unfit(evaluation, question.tolerance, zero_allowed=_is_fixed(question))
        offer = unfit or offered(variant, evaluation)
        if not isinstance(offer, Offer):
            obstacles[offer] += 1
        elif best is None or offer.unmet < best[0]:
            best = offer.unmet, replace(variant, options=offer.options), evaluation
        if best is not None and (best[0] == 0 or variant.attempt >= RANK_ATTEMPTS):
            break
    return None if best is None else best[1:]


def _deciding(
    question: CompareQuestion,
    draws: Iterator[tuple[Variant, Evaluation]],
    obstacles: Counter[Text],
) -> tuple[Variant, Evaluation] | None:
    """Return the first draw on which the side is right that the seed wishes for."""
    best: tuple[int, Variant, Evaluation] | None = None
    for variant, evaluation in draws:
        wished = wishes(question, variant.seed)
        key = decided(question, [side.value for side in evaluation.sides])
        if isinstance(key, Text):
            obstacles[key] += 1
        elif len({option.text for option in variant.options}) < len(variant.options):
            obstacles[_SAME_TEXT] += 1
        elif best is None or wished.index(key) < best[0]:
            best = wished.index(key), variant, evaluation
        if best is not None and (best[0] == 0 or variant.attempt >= RANK_ATTEMPTS):
            break
    return None if best is None else best[1:]


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
        if any(
            rounding_slip(reading, right, tolerance)
            for reading in _typed(as_written(mistake.value, tolerance))
        ):
            return Text(
                f"誤り「{mistake.id}」の値が、正しい値を丸めたものと区別できない。",
                f"The value of the mistake '{mistake.id}' reads like the right one rounded.",
            )
    return None


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


def _valued(variant: Variant) -> ValuedQuestion:
    question = variant.question
    if not isinstance(question, ValuedQuestion):
        raise TypeError(f"{variant.question_id} has no single value")
    return question


def _is_fixed(question: ComputedQuestion) -> bool:
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
