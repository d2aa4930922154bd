"""The options of a calculated choice: reproducible, told apart, and no help to a guesser."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from losses.text import Text
from losses.worked.step import Value
from questions.calculated_options import Offer, offered
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading.options import grade_calculated
from questions.model import CalculatedChoiceQuestion
from questions.settle import ATTEMPTS, RANK_ATTEMPTS, Evaluate, Undiagnosable, settle
from questions.tolerance import as_written, too_close
from questions.variant import Variant
from tests.questions.evaluations import evaluation
from tests.questions.examples import calculated, choice

GOLDEN = Path(__file__).with_name("golden_calculated.json")
HUBER = calculated()
SIX = evaluation(0.5, a=0.1, b=0.2, c=0.3, d=0.7, e=0.8, f=0.9)  # every rank of the key is possible


def drawn(seed: int, question: CalculatedChoiceQuestion = HUBER, attempt: int = 0) -> Variant:
    return draw(question, question_id="p/h", content_hash="0", seed=seed, attempt=attempt)


def offer(seed: int, known: Evaluation = SIX, question: CalculatedChoiceQuestion = HUBER) -> Offer:
    found = offered(drawn(seed, question), known)
    assert isinstance(found, Offer), found
    return found


def rank(found: Offer) -> int:
    right = next(float(option.text) for option in found.options if option.right)
    return sum(float(option.text) < right for option in found.options)


def place(found: Offer) -> str:
    return next(option.label for option in found.options if option.right)


def settled(
    seed: int, evaluate: Evaluate = evaluate, question: CalculatedChoiceQuestion = HUBER
) -> tuple[Variant, Evaluation]:
    return settle(question, question_id="p/h", content_hash="0", seed=seed, evaluate=evaluate)


def golden_records() -> list[dict[str, object]]:
    records = []
    for seed, attempt in [*((seed, 0) for seed in range(16)), (-1, 0), (2**63, 0), (0, 1), (5, 39)]:
        variant = drawn(seed, attempt=attempt)
        found = offered(variant, SIX)
        assert isinstance(found, Offer)
        records.append(
            {
                "seed": seed,
                "attempt": attempt,
                "stem": variant.stem,
                "options": [option.text for option in found.options],
            }
        )
    return records


def test_options_are_those_offered_when_this_was_written() -> None:
    """Rewrite only when it is meant: python -m tests.questions.test_calculated_options"""
    written = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert len(written) == 20
    assert golden_records() == written


def test_neither_place_nor_size_tells_the_right_option() -> None:
    offers = [offer(seed) for seed in range(10_000)]
    assert {found.unmet for found in offers} == {0}
    for counts, names in (
        (Counter(map(place, offers)), ["1", "2", "3", "4"]),
        (Counter(map(rank, offers)), [0, 1, 2, 3]),
    ):
        assert sorted(counts) == names
        # Three and a half standard deviations of a binomial count, with fixed seeds.
        assert all(abs(count - 2500) < 152 for count in counts.values()), counts
    together = Counter((place(found), rank(found)) for found in offers)
    assert all(abs(together[at, size] - 625) < 85 for at in "1234" for size in range(4)), together


def test_every_mistake_has_its_turn() -> None:
    used = Counter(
        option.text for seed in range(6000) for option in offer(seed).options if not option.right
    )
    assert len(used) == 6
    assert all(abs(count - 3000) < 140 for count in used.values()), used


@pytest.mark.parametrize(
    ("mistakes", "ranks"),
    [
        ({"a": 0.6, "b": 0.7, "c": 0.8, "d": 0.9}, {0}),
        ({"a": 0.1, "b": 0.2, "c": 0.3}, {3}),
        ({"a": 0.1, "b": 0.7, "c": 0.8, "d": 0.9}, {0, 1}),
        ({"a": 0.1, "b": 0.2, "c": 0.8, "d": 0.9}, {1, 2}),
        ({"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.9}, {2, 3}),
    ],
)
def test_the_ranks_that_the_mistakes_allow_come_equally_often(
    mistakes: dict[str, float], ranks: set[int]
) -> None:
    counts = Counter(rank(offer(seed, evaluation(0.5, **mistakes))) for seed in range(2000))
    assert set(counts) == ranks
    assert all(abs(count - 2000 / len(ranks)) < 80 for count in counts.values()), counts


def test_the_same_variant_has_the_same_options_and_a_fresh_seed_others() -> None:
    assert offer(1) == offer(1)
    assert len({tuple(option.text for option in offer(seed).options) for seed in range(50)}) > 30


values = st.dictionaries(
    st.sampled_from("abcdefgh"), st.floats(-20, 20, allow_subnormal=False), max_size=8
)


@hypothesis_given(st.integers(), st.floats(-20, 20), values, st.integers(0, 4))
def test_options_are_told_apart_and_each_is_explained(
    seed: int, right: float, mistakes: dict[str, float], decimals: int
) -> None:
    question = calculated(tolerance={"decimals": decimals})
    known = evaluation(right, **mistakes)
    found = offered(drawn(seed, question), known)
    if isinstance(found, Text):
        assert found.ja
        assert found.en
        return
    assert [option.label for option in found.options] == ["1", "2", "3", "4"]
    assert [option.text for option in found.options if option.right] == [
        as_written(right, question.tolerance)
    ]
    shown = [float(option.text) for option in found.options]
    assert len({option.text for option in found.options}) == 4
    assert all(len(option.text.partition(".")[2]) == decimals for option in found.options)
    for option in found.options:
        if option.right:
            continue
        leading = [
            m for m in known.mistakes if as_written(m.value, question.tolerance) == option.text
        ]
        assert leading
        assert isinstance(option.reason, Text)
        assert all(m.says.ja in option.reason.ja for m in leading)
        assert all(m.says.en in option.reason.en for m in leading)
        assert not any(too_close(m.value, right, question.tolerance) for m in leading)
    assert min(abs(a - b) for i, a in enumerate(shown) for b in shown[:i]) > 0


def test_mistakes_with_one_value_share_an_option_and_are_both_named() -> None:
    known = evaluation(0.5, a=0.1, twin=0.1001, b=0.7, c=0.8)
    for seed in range(20):
        (shared,) = (option for option in offer(seed, known).options if option.text == "0.100")
        assert shared.reason == Text("aをしたまたは、twinをした", "did a Or: did twin")


@pytest.mark.parametrize(
    ("mistakes", "words"),
    [
        ({"a": 0.1, "b": 0.2}, "足りない: a, b"),
        ({"a": 0.1, "b": 0.2, "like": 0.501}, "正しい値と区別できない: like"),
        ({"a": 0.1, "b": 0.2, "twin": 0.2009}, "互いに区別できない、または足りない: a, b, twin"),
        ({}, "足りない"),
    ],
)
def test_too_few_values_are_said_with_the_mistakes_in_the_way(
    mistakes: dict[str, float], words: str
) -> None:
    said = offered(drawn(0), evaluation(0.5, **mistakes))
    assert isinstance(said, Text)
    assert words in said.ja


def test_only_a_calculated_choice_has_such_options() -> None:
    other = draw(choice(), question_id="p/m", content_hash="0", seed=0)
    with pytest.raises(TypeError, match="p/m"):
        offered(other, SIX)
    with pytest.raises(TypeError, match="p/m"):
        grade_calculated(other, SIX, "1")


# Settling


def test_settling_ends_at_an_attempt_whose_options_can_be_offered_again() -> None:
    ranks: Counter[int] = Counter()
    for seed in range(80):
        shown, known = settled(seed)
        again = offered(drawn(seed, attempt=shown.attempt), evaluate(HUBER, shown.given))
        assert isinstance(again, Offer)
        assert again.options == shown.options
        assert known == evaluate(HUBER, shown.given)
        ranks[rank(again)] += 1
    assert len(ranks) >= 3


def test_a_rank_wished_for_is_looked_for_among_the_first_draws() -> None:
    high = evaluation(0.5, a=0.6, b=0.7, c=0.8)
    for seed in range(40):
        calls = 0

        def late(question: CalculatedChoiceQuestion, given: Mapping[str, Value]) -> Evaluation:
            nonlocal calls
            calls += 1
            return SIX if calls == 20 else high

        shown, known = settled(seed, late)
        wished_for_zero = shown.attempt == 0
        assert wished_for_zero or (shown.attempt == 19 and known == SIX)
        assert rank(Offer(shown.options, 0)) == 0 or known == SIX


def test_a_rank_that_never_comes_does_not_take_long() -> None:
    calls = 0

    def high(question: CalculatedChoiceQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal calls
        calls += 1
        return evaluation(0.5, a=0.6, b=0.7, c=0.8)

    for seed in range(20):
        calls = 0
        shown, _ = settled(seed, high)
        assert shown.attempt == 0
        assert calls <= RANK_ATTEMPTS + 1


def test_what_has_no_options_is_undiagnosable_and_says_why() -> None:
    calls = 0

    def alike(question: CalculatedChoiceQuestion, given: Mapping[str, Value]) -> Evaluation:
        nonlocal calls
        calls += 1
        return evaluation(0.5, a=0.5, b=0.7, c=0.8)

    with pytest.raises(Undiagnosable, match="like the right value: a"):
        settled(0, alike)
    assert calls == ATTEMPTS


def test_a_value_of_zero_is_drawn_again() -> None:
    def zero(question: CalculatedChoiceQuestion, given: Mapping[str, Value]) -> Evaluation:
        return evaluation(0.0, a=0.6, b=0.7, c=0.8)

    with pytest.raises(Undiagnosable, match="right value is 0"):
        settled(0, zero)


# Grading


@hypothesis_given(st.integers(0, 10**6), st.integers(0, 3))
def test_the_verdict_names_the_mistake_of_the_option(seed: int, at: int) -> None:
    found = offer(seed)
    variant = replace(drawn(seed), options=found.options)
    option = found.options[at]
    verdict = grade_calculated(variant, SIX, option.label)
    assert grade_calculated(variant, SIX, f" {chr(ord('Ａ') + at)} ").outcome == verdict.outcome
    assert verdict.right == option.right
    assert verdict.outcome == ("correct" if option.right else "mistake")
    assert verdict.score == (1.0 if option.right else 0.0)
    assert verdict.value == float(option.text)
    assert verdict.expected == place(found)
    assert verdict.expected_value == SIX.value
    assert verdict.steps == SIX.steps
    assert (verdict.dtype, verdict.torch_version) == ("float64", "2.13.0")
    assert [(reason.label, reason.text) for reason in verdict.reasons] == [
        (each.label, each.text) for each in found.options
    ]
    assert [reason.chosen for reason in verdict.reasons].index(True) == at
    assert verdict.explanation == variant.explanation
    assert verdict.source == HUBER.source
    wanted = [m.id for m in SIX.mistakes if not option.right and f"{m.value:.3f}" == option.text]
    assert [mistake.id for mistake in verdict.mistakes] == wanted
    assert all(mistake.remedy == Text("直す", "mend") for mistake in verdict.mistakes)


@pytest.mark.parametrize("raw", ["", "5", "0", "0.500", "e", "十"])
def test_what_is_no_option_costs_nothing(raw: str) -> None:
    shown, known = settled(0)
    verdict = grade_calculated(shown, known, raw)
    assert (verdict.outcome, verdict.graded) == ("unreadable", False)


if __name__ == "__main__":
    lines = [json.dumps(record, ensure_ascii=False) for record in golden_records()]
    GOLDEN.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
