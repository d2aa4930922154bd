"""Comparisons: a computed key that no place gives away, and a reason in numbers for each side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from losses.text import Text
from losses.worked.step import Step, Value
from questions.comparing import decided, reason, shown_order, wishes
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation, SideValue
from questions.grading.compare import grade_compare, side_steps, with_key
from questions.model import CompareQuestion, ComputedQuestion
from questions.settle import ATTEMPTS, RANK_ATTEMPTS, Evaluate, Undiagnosable, settle
from questions.variant import Variant
from tests.questions.examples import choice, compare, numeric

INPUTS = {"pred": "$pred", "target": "$target"}
HUBER = {"text": "Huber損失", "compute": {"loss": "huber", "inputs": INPUTS}}
THREE = compare(sides=[*compare().model_dump(exclude_unset=True)["sides"], HUBER], decimals=2)
# Both sides are the same where target and prediction lie equally far apart in both pairs.
SYMMETRIC = compare(
    id="swapped",
    equal=True,
    sides=[
        {"text": "MSE(予測, 正解)", "compute": {"loss": "mse", "inputs": INPUTS}},
        {
            "text": "倍の予測とのMSE",
            "compute": {"loss": "mse", "inputs": {"pred": "$other", "target": "$target"}},
        },
    ],
    given={
        name: {"sample": "integer", "low": 0, "high": 3, "size": 2}
        for name in ("pred", "other", "target")
    },
    stem="予測 {pred} と {other}、正解 {target} では、どちらの値が大きいか。",
)


def drawn(question: CompareQuestion, seed: int, attempt: int = 0) -> Variant:
    return draw(question, question_id="p/c", content_hash="0", seed=seed, attempt=attempt)


def settled(
    question: CompareQuestion, seed: int, evaluate: Evaluate = evaluate
) -> tuple[Variant, Evaluation]:
    return settle(question, question_id="p/c", content_hash="0", seed=seed, evaluate=evaluate)


def values(*numbers: float) -> Evaluation:
    step = Step("mean", Text("平均する", "Mean"), "Σ/n", "…", 0.0)
    return Evaluation(
        value=max(numbers),
        mistakes=(),
        steps=(),
        dtype="float64",
        torch_version="2.13.0",
        sides=tuple(SideValue(number, (step,)) for number in numbers),
    )


def key_label(variant: Variant, evaluation: Evaluation) -> str:
    verdict = grade_compare(variant, evaluation, "1")
    (right,) = (each.label for each in verdict.reasons if each.right)
    return right


DECIDED = [
    # the values, what is changed, the right side or what is said
    ((0.25, 1.386), {}, 1),
    ((1.386, 0.25), {}, 0),
    ((0.25, 1.386), {"ask": "smaller"}, 0),
    ((-3.0, -2.0), {}, 1),
    ((-3.0, -2.0), {"ask": "smaller"}, 0),
    ((1.0, 0.96), {}, "小さすぎる"),
    ((1.0, 0.95), {}, 0),
    ((1.0, 0.95), {"margin": 0.1}, "小さすぎる"),
    ((0.001, 0.002), {}, "小さすぎる"),  # too close for three decimals
    ((0.001, 0.002), {"decimals": 5}, 1),
    ((0.5, 0.5), {}, "すべて等しい"),
    ((0.5, 0.5), {"equal": True}, 2),
    ((0.5, 0.5 + 1e-14), {"equal": True}, 2),
    ((0.5, 0.501), {"equal": True}, "小さすぎる"),
    ((0.0, 0.0), {"equal": True}, 2),
    ((float("nan"), 0.5), {}, "有限"),
    ((float("inf"), 0.5), {}, "有限"),
]


@pytest.mark.parametrize(("numbers", "changes", "wanted"), DECIDED)
def test_what_is_decided(
    numbers: Sequence[float], changes: dict[str, object], wanted: int | str
) -> None:
    found = decided(compare(**changes), numbers)
    if isinstance(wanted, int):
        assert found == wanted
    else:
        assert isinstance(found, Text)
        assert wanted in found.ja


def test_of_three_the_others_may_be_alike_but_not_with_the_right_one() -> None:
    assert decided(THREE, (2.0, 1.0, 1.0)) == 0
    assert isinstance(decided(THREE, (2.0, 2.0, 1.0)), Text)
    assert isinstance(decided(THREE, (1.0, 1.0, 1.0)), Text)


@hypothesis_given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=2),
    st.sampled_from(["larger", "smaller"]),
    st.booleans(),
)
def test_the_reason_holds(numbers: list[float], ask: str, equal: bool) -> None:
    question = compare(ask=ask, equal=equal, decimals=1)
    key = decided(question, numbers)
    if isinstance(key, Text):
        return
    for place in range(2 + equal):
        said = reason(question, numbers, place, key)
        assert said.en
        inside = said.ja[said.ja.rindex("（") + 1 : said.ja.rindex("）")]
        left, sign, right = inside.split(" ")
        holds = {
            "<": float(left) < float(right),
            ">": float(left) > float(right),
            "=": float(left) == float(right),
            "≠": float(left) != float(right),
        }
        assert holds[sign], inside


def test_reasons_in_words() -> None:
    assert reason(compare(), (0.25, 1.3862), 0, 1).ja == (
        "値は0.250で、正解の1.386より小さい（0.250 < 1.386）。"
    )
    assert reason(compare(), (0.25, 1.3862), 1, 1).ja == (
        "値は1.386で、最も大きい（1.386 > 0.250）。"
    )
    smaller = compare(ask="smaller", equal=True)
    assert "（0.250 < 1.386）" in reason(smaller, (0.25, 1.3862), 0, 0).ja
    assert reason(smaller, (0.25, 1.3862), 2, 0).ja == "値は等しくない（0.250 ≠ 1.386）。"
    assert reason(smaller, (0.5, 0.5), 2, 2).ja == "値はすべて同じである（0.500 = 0.500）。"
    assert "0.500 = 0.500" in reason(smaller, (0.5, 0.5), 0, 2).ja
    assert "2.00 > 1.00 = 1.00" in reason(THREE, (1.0, 2.0, 1.0), 1, 1).en


# Drawing and settling


def test_sides_are_shuffled_and_equality_comes_last() -> None:
    places: Counter[tuple[str, ...]] = Counter(
        tuple(option.text for option in drawn(compare(equal=True), seed).options)
        for seed in range(1000)
    )
    assert set(places) == {("MSE", "MAE", "等しい"), ("MAE", "MSE", "等しい")}
    assert all(abs(count - 500) < 56 for count in places.values()), places


def test_an_option_says_nothing_of_the_key_and_carries_the_numbers() -> None:
    sides = compare().model_dump(exclude_unset=True)["sides"]
    sides[0]["text"] = "{pred} のMSE"
    shown = drawn(compare(sides=sides), 3)
    assert not any(option.right or option.reason for option in shown.options)
    numbers = "[" + ", ".join(f"{number:.1f}" for number in shown.given["pred"]) + "]"
    assert f"{numbers} のMSE" in [option.text for option in shown.options]


def test_equality_is_said_in_the_language_of_the_pack() -> None:
    shown = draw(compare(equal=True), question_id="p/c", content_hash="0", seed=0, language="en")
    assert shown.options[-1].text == "They are equal"


@pytest.mark.parametrize("question", [compare(), compare(ask="smaller"), THREE, SYMMETRIC])
def test_every_side_is_right_about_equally_often(question: CompareQuestion) -> None:
    seeds = 600
    keys: Counter[object] = Counter()
    labels: Counter[str] = Counter()
    for seed in range(seeds):
        shown, known = settled(question, seed)
        numbers = [side.value for side in known.sides]
        key = decided(question, numbers)
        assert isinstance(key, int)
        assert known == evaluate(question, shown.given)
        assert drawn(question, seed, shown.attempt) == shown
        keys[key] += 1
        labels[key_label(shown, known)] += 1
    share = seeds / (len(question.sides) + question.equal)
    deviation = 3.5 * share**0.5
    if question is THREE:  # the Huber loss lies below MSE and MAE: it is never the largest
        assert keys[2] == 0
        share, deviation = seeds / 2, 3.5 * (seeds / 4) ** 0.5
        assert all(abs(keys[key] - share) < deviation for key in (0, 1)), keys
        return
    assert all(abs(keys[key] - share) < deviation for key in keys), keys
    assert len(keys) == len(question.sides) + question.equal
    assert max(labels.values()) < seeds * 0.6


def test_a_side_wished_for_is_looked_for_among_the_first_draws() -> None:
    for seed in range(60):
        calls = 0

        def late(question: ComputedQuestion, given: Mapping[str, Value]) -> Evaluation:
            nonlocal calls
            calls += 1
            return values(1.0, 2.0) if calls == 20 else values(2.0, 1.0)

        shown, known = settled(compare(), seed, late)
        wished = wishes(compare(), seed)[0]
        assert shown.attempt == (0 if wished == 0 else 19)
        assert decided(compare(), [side.value for side in known.sides]) == wished


def test_a_side_that_is_never_right_does_not_take_long() -> None:
    calls = 0

    def same(question: ComputedQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal calls
        calls += 1
        return values(2.0, 1.0)

    for seed in range(20):
        calls = 0
        shown, _ = settled(compare(), seed, same)
        assert shown.attempt == 0
        assert calls <= RANK_ATTEMPTS + 1


def test_what_is_never_decided_is_refused_and_says_why() -> None:
    calls = 0

    def alike(question: ComputedQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal calls
        calls += 1
        return values(1.0, 1.01)

    with pytest.raises(Undiagnosable, match="differ too little"):
        settled(compare(), 0, alike)
    assert calls == ATTEMPTS


def test_options_that_read_the_same_are_drawn_again() -> None:
    phrases = [{"text": text, "value": value} for text, value in (("少ない", 1), ("多い", 2))]
    question = compare(
        given={
            **compare().model_dump(exclude_unset=True)["given"],
            "one": {"sample": "text", "among": phrases},
            "two": {"sample": "text", "among": phrases},
        },
        sides=[
            {
                "text": f"{{{name}}}",
                "compute": {"loss": "huber", "inputs": {**INPUTS, "delta": f"${name}"}},
            }
            for name in ("one", "two")
        ],
    )
    for seed in range(30):
        shown, _ = settled(question, seed)
        assert {option.text for option in shown.options} == {"少ない", "多い"}


# Grading


@hypothesis_given(
    st.integers(0, 10**6), st.sampled_from([compare(), compare(equal=True), THREE]), st.data()
)
def test_a_verdict_explains_every_side(
    seed: int, question: CompareQuestion, data: st.DataObject
) -> None:
    shown, known = settled(question, seed)
    label = data.draw(st.sampled_from([option.label for option in shown.options]))
    verdict = grade_compare(shown, known, f" {label} ")
    order = shown_order(question, seed, shown.attempt)
    key = decided(question, [side.value for side in known.sides])
    assert verdict.right == (order[int(label) - 1] == key)
    assert verdict.outcome == ("correct" if verdict.right else "wrong")
    assert verdict.score == float(verdict.right)
    assert verdict.expected == str(order.index(key) + 1)
    assert [each.text for each in verdict.reasons] == [option.text for option in shown.options]
    assert [each.label for each in verdict.reasons if each.chosen] == [label]
    assert [each.label for each in verdict.reasons if each.right] == [verdict.expected]
    assert len({step.id for step in verdict.steps}) == len(verdict.steps)
    prefixes = {step.label.ja[:3] for step in verdict.steps}
    assert prefixes == {
        f"［{option.label}］"
        for option, place in zip(shown.options, order, strict=True)
        if place < len(known.sides)
    }
    assert (verdict.dtype, verdict.expected_value) == ("float64", known.value)
    assert verdict.explanation == shown.explanation
    assert verdict.source == question.source


@pytest.mark.parametrize(("raw", "label"), [("1", "1"), ("２", "2"), ("b", "2"), ("Ａ", "1")])
def test_what_can_be_typed(raw: str, label: str) -> None:
    shown, known = settled(compare(), 0)
    assert grade_compare(shown, known, raw).read == label


@pytest.mark.parametrize("raw", ["", "3", "0", "MSE", "0.5", "12"])
def test_what_is_no_option_costs_nothing(raw: str) -> None:
    shown, known = settled(compare(), 0)
    verdict = grade_compare(shown, known, raw)
    assert (verdict.outcome, verdict.graded) == ("unreadable", False)


def test_only_a_comparison_is_graded_like_this() -> None:
    for question in (choice(), numeric()):
        other = draw(question, question_id="p/m", content_hash="0", seed=0)
        with pytest.raises(TypeError, match="p/m"):
            grade_compare(other, values(1.0, 2.0), "1")


def test_values_that_decide_nothing_are_not_graded() -> None:
    with pytest.raises(ValueError, match="decide nothing"):
        grade_compare(drawn(compare(), 0), values(1.0, 1.01), "1")


def test_an_author_sees_the_key_with_its_reasons() -> None:
    shown, known = settled(compare(equal=True), 3)
    keyed = with_key(shown, known)
    verdict = grade_compare(shown, known, "1")
    assert [(o.right, o.reason) for o in keyed.options] == [
        (each.right, each.reason) for each in verdict.reasons
    ]
    assert side_steps(shown, known) == verdict.steps
    undecided = drawn(compare(), 0)
    assert with_key(undecided, values(1.0, 1.01)) == undecided
    assert with_key(shown, None) == shown
    other = draw(choice(), question_id="p/m", content_hash="0", seed=0)
    assert with_key(other, known) == other
    assert side_steps(other, known) == ()
