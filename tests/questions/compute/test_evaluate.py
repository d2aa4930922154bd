"""Gradients, expressions and comparisons are computed, with the values that mistakes lead to."""

from __future__ import annotations

import math

import pytest

import losses
from losses import CATALOG
from questions.compute.evaluate import evaluate, evaluate_compute
from questions.evaluation import Evaluation
from questions.known_mistakes import known_mistakes
from questions.model import Computation, Expression
from tests.questions.examples import compare, gradient, numeric, ratio

GIVEN = {
    "pred": (2.0, 1.0, 0.5),
    "target": (1.0, 3.0, 0.0),
    "other": (1.0, 1.0, 1.0),
}


def computed(compute: dict[str, object], given: dict[str, object] | None = None) -> Evaluation:
    several = "expression" in compute
    model = (Expression if several else Computation).model_validate(compute)
    return evaluate_compute(model, given or GIVEN, None)


def gradient_of(loss: str, of: str, at: list[int], **inputs: object) -> Evaluation:
    return computed({"loss": loss, "inputs": inputs, "gradient": {"of": of, "at": at}})


def by_id(known: Evaluation) -> dict[str, float]:
    return {mistake.id: mistake.value for mistake in known.mistakes}


# Gradients


def test_a_component_of_a_gradient() -> None:
    known = evaluate(gradient(mistakes=None), GIVEN)
    assert known.value == pytest.approx(-4 / 3, rel=1e-15)  # 2·(1 − 3)/3
    assert known.dtype == "float64"
    assert [step.id for step in known.steps] == [
        "errors",
        "terms",
        "mean",
        "derivative",
        "gradient",
    ]
    assert known.steps[-1].value == pytest.approx(known.value)


def test_mistakes_are_the_gradients_of_wrong_losses_and_those_of_differentiating() -> None:
    wrong = by_id(evaluate(gradient(mistakes=None), GIVEN))
    assert wrong["sum_for_mean"] == pytest.approx(-4)
    assert wrong["halved"] == pytest.approx(-2 / 3)
    assert wrong["absolute_instead"] == pytest.approx(-1 / 3)
    assert wrong["root_taken"] == pytest.approx(-4 / 3 / (2 * math.sqrt(5.25 / 3)))
    assert wrong["value_for_gradient"] == pytest.approx(5.25 / 3)
    assert wrong["gradient_reversed"] == pytest.approx(4 / 3)
    # The same as an earlier one: the sum, and the half.
    assert "mean_forgotten" not in wrong
    assert "power_not_brought_down" not in wrong


def test_a_mistake_that_is_named_is_kept_although_another_leads_to_the_same() -> None:
    question = gradient(mistakes=["sum_for_mean", "mean_forgotten", "halved"])
    assert by_id(evaluate(question, GIVEN)) == pytest.approx(
        {"sum_for_mean": -4, "mean_forgotten": -4, "halved": -2 / 3}
    )


def test_the_words_of_a_wrong_loss_say_that_it_was_wrong_before() -> None:
    (mistake,) = evaluate(gradient(mistakes=["halved"]), GIVEN).mistakes
    says = next(each.says for each in CATALOG["mse"].mistakes if each.id == "halved")
    assert mistake.says.ja == f"微分する前の損失に誤りがある。{says.ja}"
    assert mistake.says.en.endswith(says.en)


def test_a_wrong_loss_with_the_right_gradient_is_no_mistake_here() -> None:
    # Left out of |e| + ln(1 + e^(−2|e|)) − ln 2, the constant changes no gradient.
    wrong = by_id(gradient_of("log_cosh", "pred", [0], pred=[2.0], target=[1.0]))
    assert "log_two_forgotten" in known_mistakes(
        Computation(loss="log_cosh", inputs={"pred": (2.0,), "target": (1.0,)})
    )
    assert "log_two_forgotten" not in wrong
    assert wrong["inner_derivative_forgotten"] == pytest.approx(1 / math.cosh(1))


@pytest.mark.parametrize(
    ("loss", "of", "at", "inputs"),
    [
        ("soft_dice", "pred", [1], {"pred": [0.3, 0.6], "target": [0, 1]}),
        (
            "triplet_margin",
            "anchor",
            [0],
            {"anchor": [1.0, 2.0], "positive": [0.0, 1.0], "negative": [3.0, 2.5]},
        ),
        ("mse", "target", [0], {"pred": [1.0, 2.0], "target": [0.5, 0.0]}),
        (
            "giou_loss",
            "pred",
            [0, 2],
            {"pred": [[0.0, 0.0, 2.0, 2.0]], "target": [[1.0, 1.0, 3.0, 4.0]]},
        ),
    ],
)
def test_without_a_formula_the_last_step_is_an_approximation_and_says_so(
    loss: str, of: str, at: list[int], inputs: dict[str, object]
) -> None:
    known = gradient_of(loss, of, at, **inputs)
    right = losses.gradient(loss, of, **inputs)[tuple(at)].item()
    assert known.value == right
    assert known.steps[-1].value == pytest.approx(right, rel=1e-6, abs=1e-8)
    assert "中心差分" in known.steps[-1].label.ja
    assert known.steps[:-1] == losses.worked.steps(loss, **inputs)


@pytest.mark.parametrize(
    ("loss", "of", "at", "inputs"),
    [
        ("mae", "pred", [0], {"pred": [1.0, 2.0], "target": [1.0, 0.0]}),
        ("hinge", "scores", [0], {"scores": [1.0, 2.0], "target": [1, 1]}),
        ("quantile", "pred", [1], {"pred": [1.0, 2.0], "target": [0.0, 2.0], "q": 0.9}),
    ],
)
def test_at_a_kink_there_is_no_gradient(
    loss: str, of: str, at: list[int], inputs: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="kink"):
        gradient_of(loss, of, at, **inputs)


def test_huber_has_no_kink_at_delta() -> None:
    inputs = {"pred": [1.5], "target": [0.5], "delta": 1.0}
    assert gradient_of("huber", "pred", [0], **inputs).value == 1.0


def test_at_the_edge_of_the_domain_one_side_is_enough() -> None:
    inputs = {"log_probs": [1.0, 0.0], "target": [1.0, 0.0], "log_input": False}
    assert gradient_of("kl_div", "log_probs", [0], **inputs).value == -1


@pytest.mark.parametrize("at", [[], [3], [0, 0]])
def test_a_place_that_is_not_there_is_refused(at: list[int]) -> None:
    with pytest.raises(ValueError, match="has no place"):
        gradient_of("mse", "pred", at, pred=[1.0, 2.0, 3.0], target=[0.0, 0.0, 0.0])


def test_what_cannot_be_differentiated_is_refused() -> None:
    with pytest.raises(ValueError, match="real-valued"):
        gradient_of("cross_entropy", "target", [], logits=[1.0, 2.0], target=0)


@pytest.mark.parametrize("loss", sorted(CATALOG))
def test_ids_of_differentiating_are_not_those_of_a_loss(loss: str) -> None:
    for argument in CATALOG[loss].arguments:
        known = known_mistakes(
            Computation.model_validate(
                {"loss": loss, "inputs": {}, "gradient": {"of": argument.name}}
            )
        )
        assert len(set(known)) == len(known)


# Expressions


def test_a_ratio() -> None:
    known = evaluate(ratio(mistakes=None), GIVEN)
    # MSE of pred 5.25/3, of other (0 + 4 + 1)/3
    assert known.value == pytest.approx(5.25 / 5, rel=1e-15)
    assert known.steps[-1].id == "expression"
    assert known.steps[-1].formula == "a / b"
    assert known.steps[-1].substitution == "1.75 / 1.66667"
    assert known.steps[-1].value == known.value
    assert [step.id for step in known.steps[:3]] == ["a.errors", "a.terms", "a.mean"]
    assert known.steps[0].label.ja == "a（AのMSE）：誤差を求める"
    assert known.steps[3].label.ja == "b（平均二乗誤差）：誤差を求める"


def test_a_mistake_is_made_in_one_part_in_both_or_in_the_order() -> None:
    wrong = by_id(evaluate(ratio(mistakes=None), GIVEN))
    a, b = 5.25 / 3, 5 / 3
    assert wrong["root_taken"] == pytest.approx(math.sqrt(a / b))
    assert wrong["a.root_taken"] == pytest.approx(math.sqrt(a) / b)
    assert wrong["b.root_taken"] == pytest.approx(a / math.sqrt(b))
    assert wrong["a.sum_for_mean"] == pytest.approx(3 * a / b)
    assert wrong["operands_swapped"] == pytest.approx(b / a)
    assert "sum_for_mean" not in wrong, "in both parts it cancels out"
    assert next(iter(wrong)) == "root_taken", "one mistake throughout is the simplest explanation"


def test_every_mistake_departs_at_a_step_that_is_there() -> None:
    for question in (ratio(mistakes=None), gradient(mistakes=None)):
        known = evaluate(question, GIVEN)
        steps = {step.id for step in known.steps}
        assert {mistake.departs_at for mistake in known.mistakes} <= steps
        assert {mistake.id for mistake in known.mistakes} <= set(known_mistakes(question.compute))


def test_the_part_that_went_wrong_is_named() -> None:
    question = ratio(mistakes=["a.root_taken", "b.root_taken", "operands_swapped"])
    first, second, swapped = evaluate(question, GIVEN).mistakes
    assert first.says.ja.startswith("AのMSEの計算で、")
    assert second.says.ja.startswith("b（平均二乗誤差）の計算で、")
    assert swapped.says.ja == "割る値と割られる値が入れ替わっている。"


@pytest.mark.parametrize(
    ("expression", "value", "swapped"),
    [
        ("a - b", 1.75 - 5 / 3, 5 / 3 - 1.75),
        ("(a - b) / b", 1.05 - 1, 5 / 3 / 1.75 - 1),
        ("100 * a / b", 105, 100 / 1.05),
        ("a + b", 1.75 + 5 / 3, None),
    ],
)
def test_expressions_of_two_values(expression: str, value: float, swapped: float | None) -> None:
    question = ratio(mistakes=None)
    parts = question.compute.model_dump()["parts"]
    known = computed({"expression": expression, "parts": parts})
    assert known.value == pytest.approx(value)
    assert by_id(known).get("operands_swapped") == (
        None if swapped is None else pytest.approx(swapped)
    )


def test_one_part_has_no_prefix_in_its_mistakes() -> None:
    part = {"loss": "mse", "inputs": {"pred": "$pred", "target": "$target"}}
    compute = {"expression": "sqrt(a)", "parts": {"a": part}}
    known = computed(compute)
    assert known.value == pytest.approx(math.sqrt(1.75))
    assert by_id(known)["sum_for_mean"] == pytest.approx(math.sqrt(5.25))
    assert set(by_id(known)) <= set(known_mistakes(Expression.model_validate(compute)))
    assert not any("." in mistake for mistake in by_id(known))


def test_parts_may_be_gradients_and_of_different_losses() -> None:
    inputs = {"pred": "$pred", "target": "$target"}
    known = computed(
        {
            "expression": "a / b",
            "parts": {
                "a": {"loss": "mse", "inputs": inputs, "gradient": {"of": "pred", "at": [1]}},
                "b": {"loss": "mae", "inputs": inputs, "gradient": {"of": "pred", "at": [1]}},
            },
        }
    )
    assert known.value == pytest.approx(-4 / 3 / (-1 / 3))
    assert all("." in each or each == "operands_swapped" for each in by_id(known))
    assert known.steps[0].label.ja == "a（平均二乗誤差の勾配）：誤差を求める"


def test_an_expression_without_a_value_is_refused() -> None:
    part = {"loss": "mse", "inputs": {"pred": [1.0], "target": [1.0]}}
    with pytest.raises(ValueError, match="divides by zero"):
        computed({"expression": "1 / a", "parts": {"a": part}})


# Comparisons


def test_both_sides_are_computed() -> None:
    known = evaluate(compare(), GIVEN)
    assert [side.value for side in known.sides] == pytest.approx([1.75, 3.5 / 3])
    assert known.value == known.sides[0].value
    assert evaluate(compare(ask="smaller"), GIVEN).value == known.sides[1].value
    for side in known.sides:
        assert side.steps[-1].value == pytest.approx(side.value)
    assert known.mistakes == ()


def test_one_loss_is_computed_as_before() -> None:
    known = evaluate(numeric(), GIVEN)
    assert known.sides == ()
    assert known.value == losses.compute(
        "huber", pred=GIVEN["pred"], target=GIVEN["target"], delta=0.3
    )
