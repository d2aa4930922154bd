"""The numbers of a question over many seeds, from the compute worker.

The only place of the checks that asks the worker: a faster way to settle seeds replaces `settled`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from losses.text import Text
from losses.worked.step import Value
from questions.compute.client import ComputeRefused, ComputeWorker
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.model import NumericQuestion


@dataclass(frozen=True, slots=True)
class Settled:
    """One seed: the numbers shown, how many draws were discarded, and the values."""

    seed: int
    attempt: int
    given: tuple[tuple[str, Value], ...]
    value: float
    mistakes: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A seed without numbers that will do. `first`: what the first draw computes to, if anything."""

    seed: int
    text: Text
    first: Evaluation | None


def settled(
    worker: ComputeWorker, question: NumericQuestion, content_hash: str, seeds: Sequence[int]
) -> Iterator[Settled | Unsettled]:
    """Yield the numbers of each seed. Raises ComputeUnavailable."""
    for seed in seeds:
        try:
            attempt, evaluation = worker.settle(
                question, question_id=question.id, content_hash=content_hash, seed=seed
            )
        except ComputeRefused as error:
            yield Unsettled(seed, error.text, drawn(worker, question, seed))
            continue
        yield Settled(
            seed,
            attempt,
            _given(question, seed, attempt),
            evaluation.value,
            tuple((mistake.id, mistake.value) for mistake in evaluation.mistakes),
        )


def drawn(worker: ComputeWorker, question: NumericQuestion, seed: int) -> Evaluation | None:
    """Return what the first draw of a seed computes to, None where the loss refuses it.

    Raises ComputeUnavailable.
    """
    try:
        return worker.evaluate(question, dict(_given(question, seed, 0)))
    except ComputeRefused:
        return None


def in_single_precision(
    worker: ComputeWorker, question: NumericQuestion, variants: Sequence[Settled]
) -> tuple[float | None, ...]:
    """Return the values of variants in float32. Raises ComputeUnavailable."""
    try:
        return worker.single_precision(question, [dict(variant.given) for variant in variants])
    except ComputeRefused:
        return (None,) * len(variants)


def _given(question: NumericQuestion, seed: int, attempt: int) -> tuple[tuple[str, Value], ...]:
    variant = draw(question, question_id=question.id, content_hash="", seed=seed, attempt=attempt)
    return tuple(variant.given.items())
