"""The comparisons of the built-in packs: right keys, and no side that is seldom right."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from losses.text import Text
from questions.comparing import decided
from questions.compute.evaluate import evaluate
from questions.evaluation import Evaluation
from questions.grading.compare import grade_compare
from questions.model import CompareQuestion, content_hash
from questions.settle import settle
from questions.variant import Variant
from tests.questions.packs.builtin import comparisons
from tests.questions.packs.independent import value

SEEDS = 200

every = pytest.mark.parametrize("question", comparisons(), ids=lambda question: question.id)


@cache
def variants(question_id: str) -> tuple[tuple[Variant, Evaluation], ...]:
    question = next(question for question in comparisons() if question.id == question_id)
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


@every
def test_a_stem_asks_for_one_side(question: CompareQuestion) -> None:
    variant, _ = variants(question.id)[0]
    shown = variant.stem + variant.explanation + "".join(variant.hints)
    assert not re.search(r"[{}$]", shown + "".join(option.text for option in variant.options))
    assert variant.stem.count("。") <= 3
    assert variant.stem.strip().endswith("を1つ選べ。")
    assert ("大き" in variant.stem) == (question.ask == "larger")
    assert ("小さ" in variant.stem) == (question.ask == "smaller")


@every
def test_separate_formulas_decide_alike(question: CompareQuestion) -> None:
    for variant, evaluation in variants(question.id):
        separate = [value(side.compute, variant.given) for side in question.sides]
        assert [side.value for side in evaluation.sides] == pytest.approx(
            separate, rel=1e-9, abs=1e-9
        )
        for side in evaluation.sides:
            assert side.steps[-1].value == pytest.approx(side.value)
        best = (max if question.ask == "larger" else min)(separate)
        right = [i for i, each in enumerate(separate) if each == pytest.approx(best, rel=1e-9)]
        key = decided(question, [side.value for side in evaluation.sides])
        assert key == (right[0] if len(right) == 1 else len(question.sides))


@every
def test_every_option_is_right_about_equally_often(question: CompareQuestion) -> None:
    keys: Counter[int] = Counter()
    labels: Counter[str | None] = Counter()
    for variant, evaluation in variants(question.id):
        key = decided(question, [side.value for side in evaluation.sides])
        assert not isinstance(key, Text)
        keys[key] += 1
        labels[grade_compare(variant, evaluation, "1").expected] += 1
    options = len(question.sides) + question.equal
    assert set(keys) == set(range(options))
    share = SEEDS / options
    deviation = 3.5 * (SEEDS * (1 / options) * (1 - 1 / options)) ** 0.5
    assert all(abs(count - share) < deviation for count in keys.values()), keys
    assert max(labels.values()) < 0.6 * SEEDS


@every
def test_the_numbers_change_and_are_soon_found(question: CompareQuestion) -> None:
    assert len({variant.stem for variant, _ in variants(question.id)}) >= 40
    assert max(variant.attempt for variant, _ in variants(question.id)) <= 40


@every
def test_every_answer_is_explained(question: CompareQuestion) -> None:
    for variant, evaluation in variants(question.id)[:40]:
        for option in variant.options:
            verdict = grade_compare(variant, evaluation, option.label)
            assert verdict.right == (option.label == verdict.expected)
            assert len(verdict.reasons) == len(variant.options)
            assert all(
                isinstance(each.reason, Text) and re.search(r"\d（|[<>=≠] -?\d", each.reason.ja)
                for each in verdict.reasons
            )
