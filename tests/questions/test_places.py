"""What is put in order, matched or filled into gaps: as a seed shows it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from losses.text import Language
from questions.draw import draw
from questions.gaps import gap_names, with_gaps
from questions.model import Question
from questions.variant import Variant
from tests.questions.examples import blank, combined, match, order


def shown(question: Question, seed: int = 0, language: Language = "ja") -> Variant:
    return draw(
        question, question_id=f"p/{question.id}", content_hash="0", seed=seed, language=language
    )


def items(count: int) -> list[dict[str, object]]:
    return [{"text": f"{n}", "reason": f"理由{n}"} for n in range(count)]


@given(st.integers(3, 9), st.integers())
def test_an_order_is_shown_shuffled_but_never_in_the_right_order(count: int, seed: int) -> None:
    variant = shown(order(items=items(count)), seed)
    texts = [option.text for option in variant.rows[0].options]
    assert sorted(texts) == [str(n) for n in range(count)]
    assert texts != sorted(texts)
    assert len(variant.rows) == count
    for place, row in enumerate(variant.rows):
        assert [(option.label, option.text) for option in row.options] == [
            (str(label), text) for label, text in enumerate(texts, start=1)
        ]
        (belongs,) = [option for option in row.options if option.right]
        assert (belongs.text, belongs.reason) == (str(place), f"理由{place}")


def test_every_wrong_order_is_equally_likely() -> None:
    orders = Counter(
        "".join(option.text for option in shown(order(items=items(3)), seed).rows[0].options)
        for seed in range(5000)
    )
    assert set(orders) == {"021", "102", "120", "201", "210"}
    assert all(abs(count - 1000) < 100 for count in orders.values()), orders


@pytest.mark.parametrize(
    ("language", "places"), [("ja", ["1番目", "2番目"]), ("en", ["Place 1", "Place 2"])]
)
def test_places_are_named_in_the_language_of_the_question(
    language: Language, places: list[str]
) -> None:
    assert [row.text for row in shown(order(), 0, language).rows][:2] == places


@given(st.integers())
def test_every_row_of_a_match_offers_all_right_sides_and_the_decoys(seed: int) -> None:
    variant = shown(match(), seed)
    assert [row.text for row in variant.rows] == ["MSE", "MAE", "分位点損失"]
    assert [row.label for row in variant.rows] == ["1", "2", "3"]
    for row, right in zip(variant.rows, ("平均値", "中央値", "分位点"), strict=True):
        texts = [option.text for option in row.options]
        assert sorted(texts) == sorted(["平均値", "中央値", "分位点", "分散"])
        assert texts == [option.text for option in variant.rows[0].options]
        assert [option.text for option in row.options if option.right] == [right]


SAME = [
    {"left": "BCE", "right": "分類", "reason": "a"},
    {"left": "ヒンジ損失", "right": "分類", "reason": "b"},
    {"left": "MSE", "right": "回帰", "reason": "c"},
]


@pytest.mark.parametrize(("reuse", "texts"), [(False, 4), (True, 3)])
def test_right_sides_with_the_same_text_are_the_same_answer(reuse: bool, texts: int) -> None:
    variant = shown(match(pairs=SAME, reuse=reuse))
    assert len(variant.rows[0].options) == texts
    for row in variant.rows:
        for option in row.options:
            right = "回帰" if row.text == "MSE" else "分類"
            assert option.right == (option.text == right)
    reasons = {row.text: {o.reason for o in row.options if o.right} for row in variant.rows}
    assert reasons == {"BCE": {"a"}, "ヒンジ損失": {"b"}, "MSE": {"c"}}


@given(st.integers())
def test_every_gap_has_its_own_options_and_adding_one_shuffles_no_other(seed: int) -> None:
    variant = shown(blank(), seed)
    assert [row.text for row in variant.rows] == ["（ア）", "（イ）"]
    assert sorted(option.text for option in variant.rows[0].options) == ["一次", "二次", "指数的"]
    question = blank()
    more = blank(stem="[[ウ]]、[[イ]]、[[ア]]", gaps={**question.gaps, "ウ": question.gaps["ア"]})
    other = shown(more, seed)
    assert [row.text for row in other.rows] == ["（ウ）", "（イ）", "（ア）"]
    assert other.rows[2].options == variant.rows[0].options
    assert other.rows[1].options == variant.rows[1].options


def test_gaps_are_shuffled_independently() -> None:
    def place(seed: int, row: int) -> str:
        return next(o.label for o in shown(blank(), seed).rows[row].options if o.right)

    pairs = Counter((place(seed, 0), place(seed, 1)) for seed in range(6000))
    assert len(pairs) == 6
    assert all(abs(count - 1000) < 110 for count in pairs.values()), pairs


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("ja", "δ以下では（ア）に、δを超えると（イ）に"),
        ("en", "δ以下では(ア)に、δを超えると(イ)に"),
    ],
)
def test_gaps_are_shown_in_brackets_wherever_they_are_named(language: Language, stem: str) -> None:
    variant = shown(blank(), 0, language)
    assert stem in variant.stem
    for text in (variant.stem, variant.explanation, *variant.hints):
        assert "[[" not in text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[[ア]]と[[イ]]、もう一度[[ア]]", ("ア", "イ")),
        ("[[1, 2], [3, 4]]", ()),
        ("[[A]] [[b2]] [[日本]]", ("A", "b2", "日本")),
        ("[[]] [[ ア ]] [[ア\n]] [ア] [[123456789]]", ()),
        ("x[[[ア]]]", ("ア",)),
    ],
)
def test_what_is_a_gap(text: str, names: tuple[str, ...]) -> None:
    assert gap_names(text) == names


@given(st.text(alphabet="[]アイ1, \n", max_size=40))
def test_other_brackets_stay(text: str) -> None:
    assert with_gaps(text, (), "ja") == text
    filled = with_gaps(text, gap_names(text), "ja")
    assert gap_names(filled) == () or "[[[" in text or "]]]" in text


@given(st.integers())
def test_combinations_are_options(seed: int) -> None:
    variant = shown(combined(), seed)
    assert variant.rows == ()
    assert [option.label for option in variant.options] == ["1", "2", "3", "4"]
    for option in variant.options:
        assert len(option.cells) == 2
        assert option.text == f"（ア）{option.cells[0]}、（イ）{option.cells[1]}"
        assert option.right == (option.cells == ("二次関数", "一次関数"))
    assert {option.cells for option in variant.options} == {
        tuple(combination.values.values()) for combination in combined().combinations
    }


def test_combinations_in_english() -> None:
    texts = {option.text for option in shown(combined(), 0, "en").options}
    assert "(ア) 二次関数, (イ) 一次関数" in texts
