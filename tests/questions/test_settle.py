"""Numbers are drawn again until every mistake would show."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from losses.worked.step import Value
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.model import NumericQuestion, Tolerance
from questions.settle import ATTEMPTS, Evaluate, Undiagnosable, hidden, settle
from questions.variant import Variant
from tests.questions.evaluations import evaluation
from tests.questions.examples import giving, numeric


def settled(
    question: NumericQuestion, seed: int = 0, evaluate: Evaluate = evaluate
) -> tuple[Variant, Evaluation]:
    return settle(
        question,
        question_id=f"pack/{question.id}",
        content_hash="0",
        seed=seed,
        evaluate=evaluate,
    )


def test_the_attempt_is_the_first_that_will_do_and_draws_the_same_variant() -> None:
    question = numeric()
    attempts = []
    for seed in range(60):
        shown, known = settled(question, seed)
        attempts.append(shown.attempt)
        again = draw(
            question,
            question_id="pack/huber",
            content_hash="0",
            seed=seed,
            attempt=shown.attempt,
        )
        assert again == shown
        assert evaluate(question, shown.given) == known
        assert hidden(known, question.tolerance) is None
        for attempt in range(shown.attempt):
            discarded = draw(
                question, question_id="pack/huber", content_hash="0", seed=seed, attempt=attempt
            )
            assert hidden(evaluate(question, discarded.given), question.tolerance) is not None
    assert any(attempts)  # some seeds did need another draw


HIDDEN = [
    # value, mistakes, decimals, what is said
    (0.5, {"one": 0.6, "other": 0.7}, 3, None),
    (math.nan, {}, 3, "有限"),
    (math.inf, {}, 3, "有限"),
    (0.0, {"one": 0.6}, 3, "0になる"),
    (0.0005, {"one": 0.6}, 3, "0になる"),
    (-0.0005, {}, 3, "0になる"),
    (0.0006, {}, 3, None),
    (0.5, {"one": 0.501}, 3, "「one」の値が正しい値と区別"),
    (0.5, {"one": 0.5, "other": 0.5}, 3, "「one」の値が正しい値と区別"),
    (0.5, {"one": 0.5011}, 3, None),
    (0.5, {"one": 0.6, "other": 0.601}, 3, "「one」と「other」"),
    (0.123, {"one": 0.12}, 3, "「one」の値が、正しい値を丸めた"),
    (0.123, {"one": 0.1201}, 3, "「one」の値が、正しい値を丸めた"),  # written 0.120
    (0.1239, {"one": 0.1228}, 3, "「one」の値が、正しい値を丸めた"),  # written 0.123: cut off
    (0.1231, {"one": 0.1}, 3, None),  # a single digit passes for nothing
    (5.0, {"one": 5.9}, 0, "「one」の値が正しい値と区別"),
    (50.0, {"one": 53.0}, 0, None),
]


@pytest.mark.parametrize(("value", "mistakes", "decimals", "words"), HIDDEN)
def test_what_hides_a_mistake(
    value: float, mistakes: dict[str, float], decimals: int, words: str | None
) -> None:
    told = hidden(evaluation(value, **mistakes), Tolerance(decimals=decimals))
    if words is None:
        assert told is None
    else:
        assert told is not None
        assert words in told.ja


def test_margins_count_at_the_larger_value() -> None:
    tolerance = Tolerance(rtol=0.01)
    assert hidden(evaluation(100.0, one=101.5), tolerance) is not None
    assert hidden(evaluation(100.0, one=102.5), tolerance) is None
    assert hidden(evaluation(100.0, one=-100.0), tolerance) is None


def test_a_mistake_that_never_shows_is_named() -> None:
    # At δ = 1 Smooth L1 is Huber.
    question = numeric(
        compute={"loss": "huber", "inputs": {"pred": "$pred", "target": "$target", "delta": 1}},
        mistakes=["smooth_l1_instead", "sum_for_mean"],
    )
    with pytest.raises(Undiagnosable) as raised:
        settled(question)
    assert "smooth_l1_instead" in raised.value.text.ja
    assert "smooth_l1_instead" in raised.value.text.en
    assert raised.value.question_id == "pack/huber"


def test_the_most_frequent_obstacle_is_named_and_the_search_ends() -> None:
    calls = 0

    def unlucky(question: NumericQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal calls
        calls += 1
        return evaluation(0.5, often=0.5) if calls % 3 else evaluation(0.0)

    with pytest.raises(Undiagnosable, match="often"):
        settled(numeric(), evaluate=unlucky)
    assert calls == ATTEMPTS == 1000


def test_numbers_that_the_loss_refuses_are_drawn_again() -> None:
    calls = 0

    def choosy(question: NumericQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal calls
        calls += 1
        if calls < 4:
            raise ValueError("probabilities must be above 0")
        return evaluation(0.5)

    shown, _ = settled(numeric(), evaluate=choosy)
    assert shown.attempt == 3

    def refuses(question: NumericQuestion, given: Mapping[str, Value]) -> Evaluation:
        raise ValueError("probabilities must be above 0")

    with pytest.raises(Undiagnosable, match="probabilities must be above 0"):
        settled(numeric(), evaluate=refuses)


def test_without_chance_one_look_is_enough_and_zero_is_an_answer() -> None:
    calls = 0

    def count(question: NumericQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal calls
        calls += 1
        return evaluation(0.0, one=0.5 if calls == 1 else 0.0)

    question = giving({"x": {"sample": "fixed", "value": [1, 2]}})
    shown, _ = settled(question, evaluate=count)
    assert (shown.attempt, calls) == (0, 1)
    with pytest.raises(Undiagnosable):
        settled(question, evaluate=count)
    assert calls == 2
