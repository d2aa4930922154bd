"""Find the numbers of a variant on which every known mistake would show."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from losses.worked.step import Value
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading import as_written, rounding_slip
from questions.model import NumericQuestion, Tolerance
from questions.tolerance import allowed
from questions.variant import Variant

ATTEMPTS = 1000

Evaluate = Callable[[NumericQuestion, Mapping[str, Value]], Evaluation]


class Undiagnosable(Exception):
    """No draw lets every mistake be told from the right value and from each other."""

    def __init__(self, question_id: str, why: str) -> None:
        super().__init__(f"{question_id}: {why}")
        self.question_id = question_id
        self.why = why


def settle(
    question: NumericQuestion,
    *,
    question_id: str,
    content_hash: str,
    seed: int,
    evaluate: Evaluate,
) -> tuple[Variant, Evaluation]:
    """Draw until the variant is diagnosable; the same seed always ends at the same attempt.

    Raises Undiagnosable, naming what stood in the way most recently, after 1,000 draws.
    """
    why = ""
    for attempt in range(ATTEMPTS):
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
            why = str(error)
            continue
        fault = hidden(evaluation, question.tolerance)
        if fault is None:
            return variant, evaluation
        why = fault
    raise Undiagnosable(question_id, why)


def hidden(evaluation: Evaluation, tolerance: Tolerance) -> str | None:
    """Return what makes the numbers unfit for a question, None if they are fit.

    Unfit are a value that is not finite or that would be written as 0, two values (right or
    mistaken) no more than twice the tolerance apart, and a mistaken value that would pass for the
    right one with too few places (0.120 for 0.123).
    """
    if not math.isfinite(evaluation.value):
        return "the value is not finite"
    if abs(evaluation.value) <= allowed(tolerance, evaluation.value):
        return "the value is 0"
    named = [("the right value", evaluation.value)]
    named += [(mistake.id, mistake.value) for mistake in evaluation.mistakes]
    for index, (name, value) in enumerate(named):
        for other_name, other in named[:index]:
            if abs(value - other) <= 2 * max(allowed(tolerance, value), allowed(tolerance, other)):
                return f"{name} cannot be told from {other_name}"
    right = as_written(evaluation.value, tolerance)
    for mistake in evaluation.mistakes:
        typed = float(as_written(mistake.value, tolerance))
        if rounding_slip(typed, evaluation.value, tolerance, right) is not None:
            return f"{mistake.id} reads like the right value rounded"
    return None
