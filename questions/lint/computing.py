"""The numbers of a question over many seeds, from the compute worker.

The only place of the checks that asks the worker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from losses.text import Text
from losses.worked.step import Value
from questions import settle_many
from questions.calculated_options import Offer, offered
from questions.comparing import decided
from questions.compute.client import ComputeRefused, ComputeWorker
from questions.draw import draw
from questions.evaluation import Evaluation, MistakeValue
from questions.model import CalculatedChoiceQuestion, CompareQuestion, ComputedQuestion
from questions.tolerance import as_written
from questions.variant import Variant

_AT_ONCE = 200  # seeds in one request


@dataclass(frozen=True, slots=True)
class Settled:
    """One seed: the numbers shown, how many draws were discarded, and the values.

    Of a calculated choice, `mistakes` are those among the options, and `rank` is how many of the
    options are smaller than the key. Of a comparison, `key` is the side that is right.
    """

    seed: int
    attempt: int
    given: tuple[tuple[str, Value], ...]
    value: float
    mistakes: tuple[tuple[str, float], ...]
    rank: int | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A seed without numbers that will do. `first`: what the first draw computes to, if anything."""

    seed: int
    text: Text
    first: Evaluation | None


def settled(
    worker: ComputeWorker, question: ComputedQuestion, seeds: Sequence[int]
) -> Iterator[Settled | Unsettled]:
    """Yield the numbers of each seed, up to the first without any. Raises ComputeUnavailable."""
    if not settle_many.many_at_once(question):
        yield from _one_by_one(worker, question, seeds)
        return
    for start in range(0, len(seeds), _AT_ONCE):
        some = seeds[start : start + _AT_ONCE]
        try:
            many = worker.settle_many(question, some)
        except ComputeRefused as error:
            yield Unsettled(some[0], error.text, None)
            return
        for found in many:
            if isinstance(found, settle_many.Unsettled):
                yield Unsettled(found.seed, found.text, drawn(worker, question, found.seed))
                return
            yield _settled(question, found.seed, found.attempt, _plain(found))


def _one_by_one(
    worker: ComputeWorker, question: ComputedQuestion, seeds: Sequence[int]
) -> Iterator[Settled | Unsettled]:
    for seed in seeds:
        try:
            attempt, evaluation = worker.settle(
                question, question_id=question.id, content_hash="", seed=seed
            )
        except ComputeRefused as error:
            yield Unsettled(seed, error.text, drawn(worker, question, seed))
            return
        yield _settled(question, seed, attempt, evaluation)


def _plain(found: settle_many.Settled) -> Evaluation:
    """Return the values alone as an evaluation."""
    wordless = Text("", "")
    mistakes = tuple(
        MistakeValue(name, value, wordless, wordless, "") for name, value in found.mistakes
    )
    return Evaluation(found.value, mistakes, steps=(), dtype="", torch_version="")


def _settled(
    question: ComputedQuestion, seed: int, attempt: int, evaluation: Evaluation
) -> Settled:
    variant = _variant(question, seed, attempt)
    mistakes, rank, key = evaluation.mistakes, None, None
    if isinstance(question, CompareQuestion):
        side = decided(question, [side.value for side in evaluation.sides])
        key = side if isinstance(side, int) else None
    if isinstance(question, CalculatedChoiceQuestion):
        offer = offered(variant, evaluation)
        if not isinstance(offer, Offer):  # the worker has just made the same options
            raise TypeError(f"{question.id}: seed {seed} gave options once, now none")
        wrong = [option.text for option in offer.options if not option.right]
        # Several mistakes may lead to one option: any of them stands for it.
        behind = {as_written(each.value, question.tolerance): each for each in mistakes}
        mistakes = tuple(behind[text] for text in wrong)
        rank = sum(float(text) < evaluation.value for text in wrong)
    return Settled(
        seed,
        attempt,
        tuple(variant.given.items()),
        evaluation.value,
        tuple((mistake.id, mistake.value) for mistake in mistakes),
        rank,
        key,
    )


def drawn(worker: ComputeWorker, question: ComputedQuestion, seed: int) -> Evaluation | None:
    """Return what the first draw of a seed computes to, None where the loss refuses it.

    Raises ComputeUnavailable.
    """
    try:
        return worker.evaluate(question, _variant(question, seed, 0).given)
    except ComputeRefused:
        return None


def in_single_precision(
    worker: ComputeWorker, question: ComputedQuestion, variants: Sequence[Settled]
) -> tuple[float | None, ...]:
    """Return the values of variants in float32. Raises ComputeUnavailable."""
    try:
        return worker.single_precision(question, [dict(variant.given) for variant in variants])
    except ComputeRefused:
        return (None,) * len(variants)


def _variant(question: ComputedQuestion, seed: int, attempt: int) -> Variant:
    return draw(question, question_id=question.id, content_hash="", seed=seed, attempt=attempt)
