"""Find the numbers of a variant on which every known mistake would show."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from losses.text import Text
from losses.worked.step import Value
from questions.answer import Reading
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading import as_written, rounding_slip
from questions.model import Fixed, NumericQuestion, Tolerance
from questions.tolerance import allowed
from questions.variant import Variant

ATTEMPTS = 1000

Evaluate = Callable[[NumericQuestion, Mapping[str, Value]], Evaluation]


class Undiagnosable(Exception):
    """No draw lets every mistake be told from the right value and from each other.

    `text` names what stood in the way most often.
    """

    def __init__(self, question_id: str, text: Text) -> None:
        super().__init__(f"{question_id}: {text.en}")
        self.question_id = question_id
        self.text = text


def settle(
    question: NumericQuestion,
    *,
    question_id: str,
    content_hash: str,
    seed: int,
    evaluate: Evaluate,
) -> tuple[Variant, Evaluation]:
    """Draw until the variant is diagnosable; the same seed always ends at the same attempt.

    `evaluate` raises ValueError for numbers that the loss refuses: they are drawn again. Raises
    Undiagnosable after 1,000 draws, after one when nothing is drawn at random.
    """
    fixed = all(isinstance(sampler, Fixed) for sampler in question.given.values())
    obstacles: Counter[Text] = Counter()
    for attempt in range(1 if fixed else ATTEMPTS):
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
        obstacle = _missing(question, evaluation) or hidden(
            evaluation, question.tolerance, zero_allowed=fixed
        )
        if obstacle is None:
            return variant, evaluation
        obstacles[obstacle] += 1
    raise Undiagnosable(question_id, obstacles.most_common(1)[0][0])


def hidden(
    evaluation: Evaluation, tolerance: Tolerance, *, zero_allowed: bool = False
) -> Text | None:
    """Return what makes the numbers unfit for a question, None if they are fit.

    Unfit are a value that is not finite or that would be written as 0, two values (right or
    mistaken) no more than twice the tolerance apart, and a mistaken value that would pass for the
    right one with too few places (0.120 for 0.123).
    """
    right = evaluation.value
    if not math.isfinite(right):
        return Text("正しい値が有限の数にならない。", "The right value is not finite.")
    if abs(right) <= allowed(tolerance, right) and not zero_allowed:
        return Text("正しい値が0になる。", "The right value is 0.")
    for index, mistake in enumerate(evaluation.mistakes):
        if _too_close(mistake.value, right, tolerance):
            return Text(
                f"誤り「{mistake.id}」の値が正しい値と区別できない。",
                f"The value of the mistake '{mistake.id}' cannot be told from the right one.",
            )
        for other in evaluation.mistakes[:index]:
            if _too_close(mistake.value, other.value, tolerance):
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


def _missing(question: NumericQuestion, evaluation: Evaluation) -> Text | None:
    """Return which mistake that the author asks for cannot be made with these numbers."""
    possible = {mistake.id for mistake in evaluation.mistakes}
    for mistake in question.mistakes or ():
        if mistake not in possible:
            return Text(
                f"誤り「{mistake}」はこの数では起こらない。",
                f"The mistake '{mistake}' cannot be made with these numbers.",
            )
    return None


def _too_close(value: float, other: float, tolerance: Tolerance) -> bool:
    margin = max(allowed(tolerance, value), allowed(tolerance, other))
    return abs(value - other) <= 2 * margin


def _typed(text: str) -> Iterator[Reading]:
    """Yield the ways a person would type a number: with all its places, without zeros at the end."""
    for form in {text, text.rstrip("0").rstrip(".") if "." in text else text}:
        yield Reading(float(form), form, len(form.partition(".")[2]))


def _refused(error: ValueError) -> Text:
    return Text(
        f"損失がこの数を受け付けない（{error}）。", f"The loss refuses the numbers ({error})."
    )
