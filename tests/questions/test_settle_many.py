"""Many seeds at once end at the attempts that each would end at alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial

import pytest

from losses.worked.step import Value
from questions.compute.batch import compute_many
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.model import ComputedQuestion, Tolerance
from questions.rough import Rough
from questions.settle import Undiagnosable, settle
from questions.settle_many import Settled, Unsettled, many_at_once, settle_many
from questions.tolerance import too_close
from tests.questions.examples import compare, gradient, numeric, ratio
from tests.questions.packs.builtin import calculated, numerics

EXACTLY = partial(evaluate, worked=False)
SEEDS = range(25)


def alone(question: ComputedQuestion, seed: int) -> tuple[int, Evaluation]:
    variant, evaluation = settle(
        question, question_id="p/q", content_hash="0", seed=seed, evaluate=EXACTLY
    )
    return variant.attempt, evaluation


def together(question: ComputedQuestion, seeds: Sequence[int]) -> list[Settled | Unsettled]:
    return list(settle_many(question, seeds=seeds, evaluate=EXACTLY, evaluate_many=compute_many))


def same(question: ComputedQuestion, seeds: Sequence[int]) -> None:
    found = together(question, seeds)
    assert [each.seed for each in found] == list(seeds)[: len(found)]
    for each in found:
        if isinstance(each, Unsettled):
            assert each is found[-1]
            with pytest.raises(Undiagnosable) as raised:
                alone(question, each.seed)
            assert each.text == raised.value.text
            return
        attempt, known = alone(question, each.seed)
        assert each.attempt == attempt
        assert math.isclose(each.value, known.value, rel_tol=1e-12, abs_tol=1e-12)
        assert [name for name, _ in each.mistakes] == [mistake.id for mistake in known.mistakes]
        for (_, rough), mistake in zip(each.mistakes, known.mistakes, strict=True):
            assert math.isclose(rough, mistake.value, rel_tol=1e-12, abs_tol=1e-12)
    assert len(found) == len(seeds)


@pytest.mark.parametrize(
    "question",
    [question for question in (*numerics(), *calculated()) if many_at_once(question)],
    ids=lambda question: str(question.id),
)
def test_the_attempts_are_those_of_each_seed_alone(question: ComputedQuestion) -> None:
    same(question, SEEDS)


MARGINS = [{"decimals": 0}, {"decimals": 6}, {"rtol": 0.02}, {"atol": 0.05}, {"atol": 0}]


@pytest.mark.parametrize("tolerance", MARGINS, ids=str)
def test_every_kind_of_tolerance_ends_at_the_same_attempt(tolerance: dict[str, float]) -> None:
    # With steps of 0.1 many distances are exactly a limit: there the last bits would decide.
    same(numeric(tolerance=tolerance), SEEDS)


def test_a_seed_that_cannot_be_settled_ends_the_search_with_the_reason() -> None:
    question = numeric(
        compute={"loss": "huber", "inputs": {"pred": "$pred", "target": "$target", "delta": 1}},
        mistakes=["smooth_l1_instead", "sum_for_mean"],
    )
    (found,) = together(question, range(3))
    assert isinstance(found, Unsettled)
    assert "smooth_l1_instead" in found.text.en


def test_numbers_that_a_loss_refuses_are_known_in_a_batch_too() -> None:
    # Half of the draws are no probabilities: PyTorch would compute with them.
    question = numeric(
        given={
            "probs": {"sample": "choice", "size": 3, "among": [0.2, 0.35, 0.7, 1.2]},
            "target": {"sample": "labels01", "size": 3},
        },
        compute={"loss": "bce", "inputs": {"probs": "$probs", "target": "$target"}},
    )
    givens = [
        draw(question, question_id="p/q", content_hash="0", seed=seed).given for seed in range(40)
    ]
    refused = [rough is None for rough in compute_many(question, givens)]
    assert refused == [max(numbers(given["probs"])) > 1 for given in givens]
    assert True in refused
    assert False in refused
    same(question, SEEDS)


def numbers(value: Value) -> tuple[float, ...]:
    assert isinstance(value, tuple)
    return tuple(each for each in value if not isinstance(each, tuple))


def test_what_is_unclear_is_computed_exactly() -> None:
    looked_at = 0

    def exactly(question: ComputedQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal looked_at
        looked_at += 1
        return EXACTLY(question, given)

    def vague(
        question: ComputedQuestion, givens: Sequence[Mapping[str, Value]]
    ) -> list[Rough | None]:
        # Every mistake exactly at the limit.
        del question
        return [Rough(1.0, (("sum_for_mean", 1.0 + 2 * 0.51e-3),)) for _given in givens]

    question = numeric()
    found = settle_many(question, seeds=SEEDS, evaluate=exactly, evaluate_many=vague)
    assert [each.attempt for each in found if isinstance(each, Settled)] == [
        alone(question, seed)[0] for seed in SEEDS
    ]
    assert looked_at >= len(SEEDS)


def test_the_tightest_pair_is_further_apart_than_the_tolerance_allows() -> None:
    for question in filter(many_at_once, numerics()):
        for each in together(question, range(5)):
            assert isinstance(each, Settled)
            times, one, other = each.tightest(question.tolerance)
            assert times > 2
            values = {"": each.value, **dict(each.mistakes)}
            assert not too_close(values[one], values[other], question.tolerance)
    assert Settled(0, 0, 1.0, (("a", 1.51), ("b", 2.02))).tightest(Tolerance(atol=0.5)) == (
        pytest.approx(1.02),
        "",
        "a",
    )


def test_what_is_not_the_value_of_one_loss_is_settled_seed_by_seed() -> None:
    for question in (gradient(), ratio(), compare()):
        assert not many_at_once(question)
        with pytest.raises(TypeError, match="many at a time"):
            settle_many(question, seeds=[0], evaluate=evaluate, evaluate_many=compute_many)
