"""How often a wrong number is explained: the mistake that was made, and numbers of no meaning."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from questions.compute.batch import compute_many
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading.numeric import grade_numeric
from questions.model import NumericQuestion
from questions.settle import settle
from questions.settle_many import Settled, many_at_once, settle_many
from questions.tolerance import as_written, places_needed
from questions.variant import Variant


def variants(question: NumericQuestion, count: int) -> Iterator[tuple[Variant, Evaluation]]:
    """Yield settled variants with all that is known of their numbers."""
    values = partial(evaluate, worked=False)
    if not many_at_once(question):
        for seed in range(count):
            variant, _values = settle(
                question,
                question_id=f"p/{question.id}",
                content_hash="0",
                seed=seed,
                evaluate=values,
            )
            yield variant, evaluate(question, variant.given)
        return
    for found in settle_many(
        question, seeds=range(count), evaluate=values, evaluate_many=compute_many
    ):
        assert isinstance(found, Settled)
        variant = draw(
            question,
            question_id=f"p/{question.id}",
            content_hash="0",
            seed=found.seed,
            attempt=found.attempt,
        )
        yield variant, evaluate(question, variant.given)


def false_share(question: NumericQuestion, *, numbers: int, variants_drawn: int) -> float:
    """Return the share of random wrong numbers that are told a mistake.

    Uniform from the smallest to the largest of 0, twice the right value and the values of the
    mistakes asked for; with three decimals or more: as many as are asked for, or up to three more.
    """
    chance = random.Random(question.id)
    wrong = told = 0
    for variant, known in variants(question, variants_drawn):
        ends = [0.0, 2 * known.value, *(mistake.value for mistake in known.mistakes)]
        fewest = max(3, places_needed(question.tolerance, known.value))
        for _number in range(numbers // variants_drawn):
            places = fewest + chance.randrange(4)
            typed = f"{chance.uniform(min(ends), max(ends)):.{places}f}"
            verdict = grade_numeric(variant, known, typed)
            if verdict.right or not verdict.graded:
                continue
            wrong += 1
            told += bool(verdict.mistakes)
    return told / wrong


def unrecognised(question: NumericQuestion, *, variants_drawn: int) -> list[str]:
    """Return every mistake whose own value was not recognised, as seed and what was typed."""
    missed = []
    for variant, known in variants(question, variants_drawn):
        for mistake in known.mistakes:
            for typed in (
                as_written(mistake.value, question.tolerance),
                f"{mistake.value:.{places_needed(question.tolerance, mistake.value) + 2}f}",
                f"{mistake.value:.10f}",
            ):
                verdict = grade_numeric(variant, known, typed)
                if mistake.id not in {each.id for each in verdict.mistakes}:
                    missed.append(f"seed {variant.seed}: {mistake.id} {typed} {verdict.outcome}")
    return missed
