"""The numeric questions of the built-in packs: every variant has a right key and shows mistakes."""

from __future__ import annotations

import re
from functools import cache

import pytest

from questions.compute.evaluate import evaluate
from questions.evaluation import Evaluation
from questions.grading.numeric import grade_numeric
from questions.known_mistakes import known_mistakes
from questions.model import Computation, NumericQuestion, content_hash
from questions.settle import settle
from questions.tolerance import as_written
from questions.variant import Variant
from tests.questions.packs.builtin import LOGARITHMS, computations, numerics
from tests.questions.packs.independent import value

SEEDS = 60


@cache
def variants(question_id: str) -> tuple[tuple[Variant, Evaluation], ...]:
    question = next(question for question in numerics() if question.id == question_id)
    return tuple(
        settle(
            question,
            question_id=question_id,
            content_hash=content_hash(question),
            seed=seed,
            evaluate=evaluate,
        )
        for seed in range(SEEDS)
    )


numeric = pytest.mark.parametrize("question", numerics(), ids=lambda question: question.id)


@numeric
def test_numbers_change_and_are_soon_found(question: NumericQuestion) -> None:
    stems = {variant.stem for variant, _ in variants(question.id)}
    attempts = [variant.attempt for variant, _ in variants(question.id)]
    assert len(stems) >= SEEDS // 2
    assert max(attempts) < 100, "1,000 draws are the limit; keep far away from it"


@numeric
def test_nothing_is_left_open_in_a_stem(question: NumericQuestion) -> None:
    variant, _ = variants(question.id)[0]
    assert not re.search(r"[{}$]", variant.stem + variant.explanation + "".join(variant.hints))
    assert f"小数第{question.tolerance.decimals}位まで" in variant.stem
    logarithm = any(compute.loss in LOGARITHMS for compute in computations(question))
    assert logarithm == ("自然対数" in variant.stem)


@numeric
def test_an_independent_formula_gives_the_same_key(question: NumericQuestion) -> None:
    differentiated = any(compute.gradient for compute in computations(question))
    for variant, evaluation in variants(question.id):
        separate = value(question.compute, variant.given)
        # A slope of the separate formula is an approximation, the worse the nearer to a bend.
        close = 1e-5 if differentiated else 1e-12
        assert evaluation.value == pytest.approx(separate, rel=close, abs=close)
        assert evaluation.steps[-1].value == pytest.approx(evaluation.value)


@numeric
def test_every_mistake_is_named_when_it_is_typed(question: NumericQuestion) -> None:
    known = known_mistakes(question.compute)
    wanted = set(known if question.mistakes is None else question.mistakes)
    assert len(wanted) >= 3
    for variant, evaluation in variants(question.id):
        assert {mistake.id for mistake in evaluation.mistakes} == wanted
        right = as_written(evaluation.value, question.tolerance)
        assert grade_numeric(variant, evaluation, right).outcome == "correct"
        for mistake in evaluation.mistakes:
            typed = as_written(mistake.value, question.tolerance)
            verdict = grade_numeric(variant, evaluation, typed)
            assert [found.id for found in verdict.mistakes] == [mistake.id]
            assert verdict.outcome == "mistake"


@pytest.mark.parametrize(
    "question",
    [
        question
        for question in numerics()
        if isinstance(question.compute, Computation)
        and (question.compute.loss, question.compute.gradient) == ("huber", None)
    ],
)
def test_both_branches_of_a_huber_loss_are_hit(question: NumericQuestion) -> None:
    for variant, _ in variants(question.id):
        delta = variant.given["delta"]
        assert isinstance(delta, float | int)
        assert delta != 1
        pred, target = variant.given["pred"], variant.given["target"]
        assert isinstance(pred, tuple)
        assert isinstance(target, tuple)
        small = [
            abs(p - t) <= delta
            for p, t in zip(pred, target, strict=True)
            if isinstance(p, float | int) and isinstance(t, float | int)
        ]
        assert set(small) == {True, False}
