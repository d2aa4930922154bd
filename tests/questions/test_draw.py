"""(question, seed) gives the same variant on every machine, and its numbers are those shown."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from losses.text import Language
from questions.draw import draw
from questions.model import Question, content_hash
from questions.random_source import RandomSource
from questions.sampling import Drawn, numbers_of, sample
from questions.variant import Variant
from tests.questions.examples import (
    DRAWN,
    DRAWN_LATER,
    choice,
    giving,
    multiple,
    numeric,
    pick,
    true_false,
)

GOLDEN = Path(__file__).with_name("golden_variants.json")


def variant(question: Question, seed: int, attempt: int = 0) -> Variant:
    return draw(
        question, question_id=f"pack/{question.id}", content_hash="0", seed=seed, attempt=attempt
    )


def drawn(sampler: dict[str, object], seed: int) -> Drawn:
    question = giving({"x": sampler})
    number = sample(question.given["x"], RandomSource.named("test", seed))
    assert isinstance(number, Drawn)
    return number


def golden_record(question: Question, seed: int, attempt: int) -> dict[str, object]:
    shown = variant(question, seed, attempt)
    rows = {row.text: [option.text for option in row.options] for row in shown.rows}
    return {
        "question": question.id,
        "seed": seed,
        "attempt": attempt,
        "stem": shown.stem,
        "options": [option.text for option in shown.options],
        "given": {name: json.loads(json.dumps(value)) for name, value in shown.given.items()},
        **({"rows": rows} if rows else {}),
    }


def golden_records() -> list[dict[str, object]]:
    seeds = [(seed, 0) for seed in range(14)]
    seeds += [(-1, 0), (2**63, 0), (10**30, 0), (0, 1), (0, 2), (5, 999)]
    records = [
        golden_record(question, seed, attempt) for question in DRAWN for seed, attempt in seeds
    ]
    return records + [
        golden_record(question, seed, 0) for question in DRAWN_LATER for seed in range(10)
    ]


def test_variants_are_those_drawn_when_this_was_written() -> None:
    """Rewrite only when a change of all stored numbers is meant: python -m tests.questions.test_draw"""
    written = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert len(written) == 200 + 10 * len(DRAWN_LATER)
    assert golden_records() == written


def test_splitmix64_gives_the_published_numbers() -> None:
    # The sequence for seed 1234567 that implementations of SplitMix64 are checked with.
    source = RandomSource(1234567)
    assert [source.word() for _ in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_the_right_option_is_everywhere_equally_often() -> None:
    places = Counter(
        next(option.label for option in variant(choice(), seed).options if option.right)
        for seed in range(10_000)
    )
    assert set(places) == {"1", "2", "3", "4"}
    # Three and a half standard deviations of a binomial count: about one run in 500 if chance
    # decided, but the seeds are fixed.
    assert all(abs(count - 2500) < 152 for count in places.values()), places


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize(
    ("language", "words"), [("ja", ["正しい", "誤っている"]), ("en", ["True", "False"])]
)
def test_a_statement_is_judged_in_the_same_order_for_every_seed(
    answer: bool, language: Language, words: list[str]
) -> None:
    question = true_false(answer=answer)
    for seed in range(20):
        shown = draw(question, question_id="p/q", content_hash="0", seed=seed, language=language)
        assert [option.text for option in shown.options] == words
        assert [option.label for option in shown.options] == ["1", "2"]
        assert [option.right for option in shown.options] == [answer, not answer]
        for option in shown.options:
            assert option.reason == (
                question.right_reason if option.right else question.wrong_reason
            )


def test_two_questions_with_the_same_seed_are_shuffled_independently() -> None:
    def right(question: Question, seed: int) -> str:
        return next(option.label for option in variant(question, seed).options if option.right)

    agreements = sum(right(choice(), seed) == right(DRAWN[1], seed) for seed in range(2000))
    assert abs(agreements - 500) < 70


def test_every_shuffle_is_equally_likely() -> None:
    orders = Counter(RandomSource.named("s", seed).shuffled("abc") for seed in range(6000))
    assert len(orders) == 6
    assert all(abs(count - 1000) < 105 for count in orders.values()), orders


def test_every_composition_is_equally_likely() -> None:
    ways = Counter(RandomSource.named("c", seed).composition(3, 3) for seed in range(10_000))
    assert len(ways) == 10
    assert all(abs(count - 1000) < 110 for count in ways.values()), ways


@hypothesis_given(st.integers(), st.integers(1, 2**200))
def test_below_is_inside_the_bound(seed: int, bound: int) -> None:
    assert 0 <= RandomSource(seed).below(bound) < bound


def test_below_is_even_just_above_a_power_of_two() -> None:
    source = RandomSource(7)
    counts = Counter(source.below(5) for _ in range(10_000))
    assert all(abs(counts[value] - 2000) < 150 for value in range(5)), counts


@pytest.mark.parametrize("bound", [0, -1])
def test_below_refuses_an_empty_range(bound: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        RandomSource(0).below(bound)


@hypothesis_given(st.sampled_from(DRAWN), st.integers(), st.integers(0, 999))
def test_numbers_are_computed_with_exactly_as_shown(
    question: Question, seed: int, attempt: int
) -> None:
    shown = variant(question, seed, attempt)
    assert shown == variant(question, seed, attempt)
    if question.kind == "choice":
        assert sorted(option.text for option in shown.options) == sorted(
            option.text for option in question.options
        )
        return
    for name, sampler in question.given.items():
        number = sample(sampler, RandomSource.named("given", question.id, seed, attempt, name))
        assert isinstance(number, Drawn)
        assert json.loads(number.text) == json.loads(json.dumps(shown.given[name]))
        assert number.text in shown.stem
        assert "{" not in shown.stem


@pytest.mark.parametrize("decimals", range(7))
def test_uniform_numbers_stay_in_range_and_reach_both_ends(decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    low, high = -3 * step, 3 * step
    sampler = {
        "sample": "uniform",
        "low": float(low),
        "high": float(high),
        "decimals": decimals,
        "size": 200,
    }
    texts = json.loads(drawn(sampler, 3).text, parse_float=Decimal, parse_int=Decimal)
    assert set(texts) == {step * units for units in range(-3, 4)}


@hypothesis_given(st.integers(), st.integers(1, 4), st.integers(2, 6), st.integers(0, 1))
def test_probabilities_add_up_to_one_exactly_as_shown(
    seed: int, decimals: int, classes: int, floor_units: int
) -> None:
    floor = floor_units * 10**-decimals
    text = drawn(
        {"sample": "probs", "size": [2, classes], "decimals": decimals, "floor": floor}, seed
    ).text
    for row in json.loads(text, parse_float=Decimal):
        assert sum(row) == 1
        assert min(row) >= floor_units * Decimal(1).scaleb(-decimals)
        assert len(row) == classes


@hypothesis_given(st.integers(), st.integers(2, 70), st.sampled_from(["labels01", "labels_pm1"]))
def test_both_labels_appear(seed: int, size: int, kind: str) -> None:
    labels = set(numbers_of(drawn({"sample": kind, "size": size}, seed).value))
    assert labels == ({0, 1} if kind == "labels01" else {-1, 1})


def test_whole_numbers_are_whole() -> None:
    shown = variant(DRAWN[8], 3)  # class numbers index a list of logits
    assert all(
        isinstance(number, int) for value in shown.given.values() for number in numbers_of(value)
    )


def test_a_fixed_number_is_rounded_to_the_decimals_shown() -> None:
    number = drawn({"sample": "fixed", "value": [0.125, -0.04], "decimals": 1}, 0)
    assert number.text == "[0.1, 0.0]"
    assert number.value == (0.1, 0.0)


def test_mending_words_keeps_the_numbers_and_renaming_the_pack_too() -> None:
    before = draw(numeric(), question_id="a/huber", content_hash="1", seed=9)
    after = draw(numeric(stem="{target}と{pred}"), question_id="b/huber", content_hash="2", seed=9)
    assert before.given == after.given


@pytest.mark.parametrize(
    ("question", "written"),
    [
        (numeric(), "2fc310a94159122c17e97b524ca1f31bfb6f4ad716a24059b8401bc4a519f3d3"),
        (choice(), "fb68976d38ca63bd71bc3019114c86d2535efc9c37f7d1cae9c707c5c8ad3e37"),
        (multiple(), "82105caf6f2ae81cedf7b6a63495e40bd5c4092da9b69459cb7c9b2da22686b1"),
        (true_false(), "5d929797841d818c2d4febd3cda86f5d687df3e6337c879e7b724ede810778e5"),
        (pick(), "6d484030b7f346f4867e0b373950047337dc447fc2bbb844ab9ff6c5653f0be0"),
    ],
    ids=lambda each: getattr(each, "id", ""),
)
def test_a_content_keeps_its_hash_whatever_the_models_learn(
    question: Question, written: str
) -> None:
    assert content_hash(question) == written


def test_adding_a_given_keeps_the_others() -> None:
    one = {"a": {"sample": "uniform", "low": 0, "high": 9, "size": 5}}
    two = {"b": {"sample": "uniform", "low": 0, "high": 9, "size": 5}, **one}
    assert variant(giving(one), 4).given["a"] == variant(giving(two), 4).given["a"]
    assert variant(giving(two), 4).given["a"] != variant(giving(two), 4).given["b"]


def test_hints_and_explanation_carry_the_numbers() -> None:
    shown = variant(numeric(), 0)
    numbers = [
        "[" + ", ".join(f"{n:.1f}" for n in shown.given[name]) + "]" for name in ("pred", "target")
    ]
    for text in (shown.hints[0], shown.explanation):
        assert all(number in text for number in numbers)


def test_drawing_does_not_import_torch() -> None:
    script = "import sys, questions.draw; print('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


if __name__ == "__main__":
    lines = [json.dumps(record, ensure_ascii=False) for record in golden_records()]
    GOLDEN.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
