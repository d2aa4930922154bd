"""The calculated choices of the built-in packs: a right key, mistakes behind the others."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from questions.compute.evaluate import evaluate
from questions.evaluation import Evaluation
from questions.grading.options import grade_calculated
from questions.model import CalculatedChoiceQuestion, content_hash
from questions.settle import settle
from questions.tolerance import as_written
from questions.variant import Variant
from tests.questions.packs.builtin import LOGARITHMS, calculated
from tests.questions.packs.independent import value

SEEDS = 80


@cache
def variants(question_id: str) -> tuple[tuple[Variant, Evaluation], ...]:
    question = next(question for question in calculated() if question.id == question_id)
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


every = pytest.mark.parametrize("question", calculated(), ids=lambda question: question.id)


def test_they_are_about_different_losses() -> None:
    assert len(calculated()) >= 12
    assert len({question.compute.loss for question in calculated()}) == len(calculated())


@every
def test_a_stem_is_short_and_says_what_is_agreed(question: CalculatedChoiceQuestion) -> None:
    variant, _ = variants(question.id)[0]
    assert not re.search(r"[{}$]", variant.stem + variant.explanation + "".join(variant.hints))
    assert variant.stem.count("。") <= 3
    assert "値として正しいものを1つ選べ。" in variant.stem
    assert f"小数第{question.tolerance.decimals}位まで" in variant.stem
    assert (question.compute.loss in LOGARITHMS) == ("自然対数" in variant.stem)


@every
def test_an_independent_formula_gives_the_same_key(question: CalculatedChoiceQuestion) -> None:
    for variant, evaluation in variants(question.id):
        separate = value(question.compute, variant.given)
        assert evaluation.value == pytest.approx(separate, rel=1e-12, abs=1e-12)
        (right,) = (option for option in variant.options if option.right)
        assert right.text == as_written(evaluation.value, question.tolerance)


@every
def test_every_wrong_option_has_its_mistake(question: CalculatedChoiceQuestion) -> None:
    assert question.mistakes is not None
    met: set[str] = set()
    for variant, evaluation in variants(question.id):
        for option in variant.options:
            verdict = grade_calculated(variant, evaluation, option.label)
            assert verdict.right == option.right
            assert option.right or verdict.mistakes
            met |= {mistake.id for mistake in verdict.mistakes}
            assert verdict.steps
    assert met == set(question.mistakes), "a mistake that never comes"


@every
def test_the_numbers_change_and_are_soon_found(question: CalculatedChoiceQuestion) -> None:
    assert len({variant.stem for variant, _ in variants(question.id)}) >= SEEDS // 2
    assert max(variant.attempt for variant, _ in variants(question.id)) < 60


@every
def test_no_size_gives_the_key_away(question: CalculatedChoiceQuestion) -> None:
    ranks = Counter(
        sorted(variant.options, key=lambda option: float(option.text)).index(
            next(option for option in variant.options if option.right)
        )
        for variant, _ in variants(question.id)
    )
    assert len(ranks) >= 3
    assert max(ranks.values()) < SEEDS / 2
