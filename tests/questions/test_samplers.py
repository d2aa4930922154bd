"""What every sampler promises of the numbers and words it draws, for any seed."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from questions.draw import draw
from questions.model import NumericQuestion
from questions.random_source import RandomSource
from questions.sampling import Drawn, Said, drawn_givens, numbers_of
from tests.questions.examples import SAMPLERS, giving

seeds = st.integers()


def drawn_all(given: dict[str, object], seed: int) -> dict[str, Drawn | Said]:
    question = giving(given)
    return drawn_givens(question.given, lambda name: RandomSource.named("test", seed, name))


def rows(sampler: dict[str, object], seed: int) -> list[list[Decimal]]:
    """The numbers as they are shown, a lone vector as one row."""
    shown = drawn_all({"x": sampler}, seed)["x"]
    read = json.loads(shown.text, parse_float=Decimal, parse_int=Decimal)
    if not isinstance(read, list):
        return [[read]]
    return read if isinstance(read[0], list) else [read]


@hypothesis_given(st.sampled_from(SAMPLERS), seeds, st.integers(0, 999))
def test_what_is_computed_with_is_what_is_shown(
    question: NumericQuestion, seed: int, attempt: int
) -> None:
    shown = draw(question, question_id="p/x", content_hash="0", seed=seed, attempt=attempt)
    again = draw(question, question_id="q/x", content_hash="1", seed=seed, attempt=attempt)
    assert (again.stem, again.given) == (shown.stem, shown.given)
    for line in shown.stem.split("、"):
        name, _, text = line.partition(" = ")
        if question.id != "text":
            assert json.loads(text) == json.loads(json.dumps(shown.given[name]))
            continue
        phrases = {phrase["text"]: phrase["value"] for phrase in _phrases(question, name)}
        value = phrases[text]
        assert json.dumps(shown.given.get(name)) == json.dumps(value)


def _phrases(question: NumericQuestion, name: str) -> list[dict[str, object]]:
    return list(question.given[name].model_dump(mode="json")["among"])


@hypothesis_given(
    seeds,
    st.decimals(-5, 5, places=2),
    st.decimals("0.01", 3, places=2),
    st.integers(0, 40),
)
def test_a_grid_has_its_points_and_no_others(
    seed: int, low: Decimal, step: Decimal, steps: int
) -> None:
    sampler = {
        "sample": "grid",
        "low": float(low),
        "high": float(low + steps * step),
        "step": float(step),
        "size": 20,
    }
    (found,) = rows(sampler, seed)
    assert set(found) <= {low + k * step for k in range(steps + 1)}


def test_every_point_of_a_grid_is_met_and_the_last_may_lie_below_high() -> None:
    sampler = {"sample": "grid", "low": 0, "high": 1, "step": 0.3, "size": 100}
    assert set(rows(sampler, 0)[0]) == {Decimal(x) / 10 for x in (0, 3, 6, 9)}


@hypothesis_given(seeds, st.integers(2, 9), st.none() | st.integers(1, 5))
def test_one_number_of_a_row_is_hot(seed: int, classes: int, size: int | None) -> None:
    found = rows({"sample": "one_hot", "classes": classes, "size": size}, seed)
    assert len(found) == (size or 1)
    assert all(sorted(row) == [0] * (classes - 1) + [1] for row in found)


def test_every_class_is_hot_equally_often() -> None:
    hot = Counter(
        rows({"sample": "one_hot", "classes": 4}, seed)[0].index(Decimal(1)) for seed in range(4000)
    )
    assert all(abs(hot[place] - 1000) < 100 for place in range(4)), hot


@hypothesis_given(seeds, st.integers(1, 4), st.integers(1, 7), st.integers(0, 2))
def test_no_two_logits_of_a_row_are_equal(
    seed: int, size: int, classes: int, decimals: int
) -> None:
    sampler = {
        "sample": "logits",
        "size": [size, classes],
        "low": -3,
        "high": 3,
        "decimals": decimals,
    }
    for row in rows(sampler, seed):
        assert len(set(row)) == len(row) == classes
        assert -3 <= min(row) <= max(row) <= 3


def test_too_few_logits_are_refused_not_looked_for_for_ever() -> None:
    with pytest.raises(ValueError, match="fewer than 4"):
        rows({"sample": "logits", "size": 4, "low": 0, "high": 2, "decimals": 0}, 0)


@hypothesis_given(seeds, st.integers(2, 30), st.sampled_from([0, 1]))
def test_a_permutation_has_every_number_once(seed: int, size: int, first: int) -> None:
    (found,) = rows({"sample": "permutation", "size": size, "first": first}, seed)
    assert sorted(found) == list(range(first, first + size))


def test_every_permutation_is_equally_likely() -> None:
    found = Counter(
        tuple(rows({"sample": "permutation", "size": 3}, seed)[0]) for seed in range(6000)
    )
    assert len(found) == 6
    assert all(abs(count - 1000) < 105 for count in found.values()), found


@hypothesis_given(
    seeds,
    st.none() | st.integers(1, 4),
    st.tuples(st.integers(-3, 3), st.integers(1, 12), st.booleans()),
    st.integers(0, 2),
)
def test_boxes_have_an_area_and_meet_their_neighbour(
    seed: int, size: int | None, range_: tuple[int, int, bool], decimals: int
) -> None:
    low, extent, wide = range_
    fields = {"sample": "boxes", "size": size, "decimals": decimals}
    given: dict[str, object] = {
        "other": {
            **fields,
            "low": low - (2 if wide else 0),
            "high": low + extent + (1 if wide else 0),
            "near": "one",
        },
        "one": {**fields, "low": low, "high": low + extent},
    }
    found = drawn_all(given, seed)
    assert list(found) == ["other", "one"]
    tables = {
        name: json.loads(each.text, parse_float=Decimal, parse_int=Decimal)
        for name, each in found.items()
    }
    if size is None:
        tables = {name: [row] for name, row in tables.items()}
    for one, other in zip(tables["one"], tables["other"], strict=True):
        for x1, y1, x2, y2 in (one, other):
            assert x1 < x2
            assert y1 < y2
        assert low <= min(one)
        assert max(one) <= low + extent
        assert min(one[2], other[2]) > max(one[0], other[0])
        assert min(one[3], other[3]) > max(one[1], other[1])


def test_a_box_may_lie_anywhere() -> None:
    sides = Counter()
    for seed in range(3000):
        ((x1, y1, x2, y2),) = rows({"sample": "boxes", "low": 0, "high": 3}, seed)
        sides[x1, x2] += 1
        sides[y1, y2] += 1
    assert len(sides) == 6
    assert all(abs(count - 1000) < 105 for count in sides.values()), sides


def test_a_given_keeps_its_box_whether_another_lies_near_it_or_not() -> None:
    one: dict[str, object] = {"a": {"sample": "boxes", "size": 3}}
    two: dict[str, object] = {"b": {"sample": "boxes", "size": 3, "near": "a"}, **one}
    assert drawn_all(one, 5)["a"] == drawn_all(two, 5)["a"]


@hypothesis_given(seeds, st.integers(1, 6), st.integers(2, 8))
def test_a_mask_has_pixels_of_both_kinds(seed: int, height: int, width: int) -> None:
    found = rows({"sample": "masks", "size": [height, width]}, seed)
    assert {pixel for row in found for pixel in row} == {0, 1}
    assert (len(found), {len(row) for row in found}) == (height, {width})


def test_every_phrase_comes_equally_often_and_brings_its_value() -> None:
    sampler = {
        "sample": "text",
        "among": [{"text": "少ない", "value": 1}, {"text": "多い", "value": [[1, 2.5], [0, 3]]}],
    }
    found = [drawn_all({"x": sampler}, seed)["x"] for seed in range(2000)]
    counts = Counter(each.text for each in found)
    assert all(abs(counts[text] - 1000) < 80 for text in ("少ない", "多い")), counts
    values = {each.text: each.value for each in found}
    assert values == {"少ない": 1, "多い": ((1, 2.5), (0, 3))}


def test_words_without_a_value_are_shown_and_not_computed_with() -> None:
    question = giving({"when": {"sample": "text", "among": [{"text": "朝"}, {"text": "{when}"}]}})
    stems = set()
    for seed in range(20):
        shown = draw(question, question_id="p/x", content_hash="0", seed=seed)
        assert shown.given == {}
        stems.add(shown.stem)
    assert stems == {"when = 朝", "when = {when}"}  # what a phrase says is not looked into


def test_whole_numbers_have_no_decimal_point() -> None:
    for question in SAMPLERS:
        if question.id in ("one-hot", "permutation", "masks"):
            shown = draw(question, question_id="p/x", content_hash="0", seed=3)
            values = [number for value in shown.given.values() for number in numbers_of(value)]
            assert all(isinstance(number, int) for number in values)


def test_seeds_give_different_numbers() -> None:
    for question in SAMPLERS:
        stems = [
            draw(question, question_id="p/x", content_hash="0", seed=seed).stem
            for seed in range(40)
        ]
        assert sum(one != other for one, other in pairwise(stems)) > 30
