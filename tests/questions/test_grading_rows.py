"""Answers with several places: read in every form, and credited by a stated rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.draw import draw
from questions.grading.options import grade_options
from questions.grading.rows import grade_rows, to_be_moved
from questions.model import Question
from questions.variant import Variant
from tests.questions.examples import blank, choice, combined, match, order


def shown(question: Question, seed: int = 0) -> Variant:
    return draw(question, question_id=f"p/{question.id}", content_hash="0", seed=seed)


def in_order(variant: Variant) -> Variant:
    """The same, with the options of every row in the order of their text, labelled anew."""
    rows = []
    for row in variant.rows:
        options = sorted(row.options, key=lambda option: option.text)
        labelled = (replace(option, label=str(n)) for n, option in enumerate(options, start=1))
        rows.append(replace(row, options=tuple(labelled)))
    return replace(variant, rows=tuple(rows))


# Labels 1, 2, 3, 4 stand for d, c, b, a: the right order is 4 3 2 1.
STEPS = in_order(shown(order(items=[{"text": text, "reason": f"理由{text}"} for text in "dcba"])))
# Labels: 1 中央値, 2 分位点, 3 分散 (a decoy), 4 平均値. Right: 4 1 2.
MATCH = in_order(shown(match()))
REUSED = in_order(shown(match(reuse=True)))
# ア: 1 一次, 2 二次, 3 指数的; イ: 1 一次関数的, 2 二次関数的. Right: 2 1.
GAPS = in_order(shown(blank()))


@pytest.mark.parametrize(
    "typed",
    [
        "4 3 2 1",
        "4321",
        " 4,3,2,1 ",
        "４３２１",
        "４　３、２・１",
        "4→3→2→1",
        "4-3-2-1",
        "4 > 3 > 2 > 1",
        "④③②①",
        "dcba",
        "D C B A",
        "ＤＣＢＡ",
    ],
)
def test_the_right_order_in_every_form(typed: str) -> None:
    verdict = grade_rows(STEPS, typed)
    assert (verdict.outcome, verdict.score, verdict.read) == ("correct", 1.0, "4 3 2 1")
    assert (verdict.raw, verdict.expected) == (typed, "4 3 2 1")
    assert all(row.right for row in verdict.rows)


@pytest.mark.parametrize(
    ("typed", "outcome", "score"),
    [
        ("3 4 2 1", "partial", 2 / 3),
        ("3 2 1 4", "partial", 2 / 3),
        ("1 4 3 2", "partial", 2 / 3),
        ("3 4 1 2", "partial", 1 / 3),
        ("2 1 4 3", "partial", 1 / 3),
        ("1 2 3 4", "wrong", 0),
    ],
)
def test_credit_for_an_order_is_what_need_not_be_moved(
    typed: str, outcome: str, score: float
) -> None:
    verdict = grade_rows(STEPS, typed)
    assert (verdict.outcome, verdict.read) == (outcome, typed)
    assert verdict.score == pytest.approx(score)
    assert not verdict.right
    assert verdict.graded
    assert "正しい順は4 3 2 1。" in verdict.message.ja
    assert "The right order is 4 3 2 1." in verdict.message.en


def test_the_rule_of_an_order_is_said_with_its_numbers() -> None:
    verdict = grade_rows(STEPS, "3 4 1 2")
    assert "あと2個を動かせば正しい順になるので、得点は1 − 2/3 = 1/3。" in verdict.message.ja
    assert "Items still to be moved: 2; score 1 − 2/3 = 1/3." in verdict.message.en


def test_every_place_of_an_order_says_what_was_put_there_and_what_belongs_there() -> None:
    rows = grade_rows(STEPS, "4 2 3 1").rows
    assert [(row.text, row.chosen, row.expected, row.right) for row in rows] == [
        ("1番目", "d", "d", True),
        ("2番目", "b", "c", False),
        ("3番目", "c", "b", False),
        ("4番目", "a", "a", True),
    ]
    assert [row.reason for row in rows] == ["理由d", "理由c", "理由b", "理由a"]


@pytest.mark.parametrize(
    "typed", ["", " ", "4 3 2", "4 3 2 1 1", "4 4 2 1", "5 3 2 1", "0 1 2 3", "順", "4 3 2 x"]
)
def test_what_is_no_order_costs_nothing(typed: str) -> None:
    verdict = grade_rows(STEPS, typed)
    assert verdict.outcome == "unreadable"
    assert "1から4の番号" in verdict.message.ja
    assert "from 1 to 4" in verdict.message.en
    assert verdict.rows == ()


@given(st.permutations(range(6)))
def test_the_least_number_of_moves(numbers: list[int]) -> None:
    """Against every subsequence, the longest first."""
    longest = next(
        size
        for size in range(6, 0, -1)
        if any(list(part) == sorted(part) for part in combinations(numbers, size))
    )
    assert to_be_moved(numbers) == 6 - longest


def test_only_the_right_order_is_right_and_only_the_reverse_one_is_worth_nothing() -> None:
    for typed in map(" ".join, permutations("1234")):
        verdict = grade_rows(STEPS, typed)
        assert verdict.right == (typed == "4 3 2 1") == (verdict.score == 1)
        assert (verdict.score == 0) == (typed == "1 2 3 4")
        assert (verdict.outcome == "partial") == (0 < verdict.score < 1)


@pytest.mark.parametrize("typed", ["4 1 2", "412", "４、１、２", "④①②", "d a b", "ＤＡＢ"])
def test_the_right_match_in_every_form(typed: str) -> None:
    verdict = grade_rows(MATCH, typed)
    assert (verdict.outcome, verdict.score, verdict.read) == ("correct", 1.0, "4 1 2")
    assert verdict.expected == "4 1 2"


@pytest.mark.parametrize(
    ("variant", "typed", "outcome", "score"),
    [
        (MATCH, "4 2 1", "partial", 1 / 3),
        (MATCH, "4 1 3", "partial", 2 / 3),
        (MATCH, "3 4 1", "wrong", 0),
        (MATCH, "4 - -", "partial", 1 / 3),
        (MATCH, "4 1 _", "partial", 2 / 3),
        (REUSED, "4 4 4", "partial", 1 / 3),
        (GAPS, "2 1", "correct", 1),
        (GAPS, "21", "correct", 1),
        (GAPS, "b a", "correct", 1),
        (GAPS, "2 2", "partial", 1 / 2),
        (GAPS, "1 1", "partial", 1 / 2),
        (GAPS, "3 2", "wrong", 0),
        (GAPS, "－ １", "partial", 1 / 2),
    ],
)
def test_credit_for_places_is_the_share_that_is_right(
    variant: Variant, typed: str, outcome: str, score: float
) -> None:
    verdict = grade_rows(variant, typed)
    assert verdict.outcome == outcome
    assert verdict.score == pytest.approx(score)
    assert verdict.right == (outcome == "correct")
    assert verdict.explanation == variant.explanation
    assert verdict.source


def test_the_rule_of_places_is_said_with_its_numbers() -> None:
    verdict = grade_rows(MATCH, "4 2 1")
    assert verdict.message.ja == "正解は4 1 2。3個のうち1個が正しいので、得点は1/3。"
    assert verdict.message.en == "The right answer is 4 1 2. Right: 1 of 3; score 1/3."


def test_a_match_says_of_every_row_what_belongs_there_and_of_every_decoy_why_not() -> None:
    verdict = grade_rows(MATCH, "3 1 -")
    assert [(row.text, row.chosen, row.expected, row.right) for row in verdict.rows] == [
        ("MSE", "分散", "平均値", False),
        ("MAE", "中央値", "中央値", True),
        ("分位点損失", "", "分位点", False),
    ]
    assert [row.reason for row in verdict.rows] == [pair.reason for pair in match().pairs]
    (decoy,) = verdict.reasons
    assert (decoy.label, decoy.text, decoy.right, decoy.chosen) == ("3", "分散", False, True)
    assert decoy.reason == match().extra[0].reason


def test_gaps_say_of_every_wrong_option_why_not() -> None:
    verdict = grade_rows(GAPS, "1 1")
    assert [(row.text, row.chosen, row.expected, row.right) for row in verdict.rows] == [
        ("（ア）", "一次", "二次", False),
        ("（イ）", "一次関数的", "一次関数的", True),
    ]
    assert [(each.label, each.text, each.chosen) for each in verdict.reasons] == [
        ("（ア）1", "一次", True),
        ("（ア）3", "指数的", False),
        ("（イ）2", "二次関数的", False),
    ]
    assert not any(each.right for each in verdict.reasons)


@pytest.mark.parametrize(
    ("variant", "typed", "ja", "en"),
    [
        (MATCH, "", "3個の項目", "each of the 3 items"),
        (MATCH, "4 1", "3個の項目", "each of the 3 items"),
        (MATCH, "4 1 2 3", "3個の項目", "each of the 3 items"),
        (MATCH, "4 4 2", "同じ番号は一度だけ", "Use each number once"),
        (MATCH, "5 1 2", "3個の項目", "each of the 3 items"),
        (MATCH, "- - -", "3個の項目", "each of the 3 items"),
        (MATCH, "平均値", "3個の項目", "each of the 3 items"),
        (REUSED, "4 4 x", "何度使ってもよい", "used again"),
        (GAPS, "2 3", "2か所の空欄", "each of the 2 gaps"),
        (GAPS, "2", "2か所の空欄", "each of the 2 gaps"),
        (GAPS, "ア", "2か所の空欄", "each of the 2 gaps"),
    ],
)
def test_what_fills_no_places_costs_nothing(variant: Variant, typed: str, ja: str, en: str) -> None:
    verdict = grade_rows(variant, typed)
    assert verdict.outcome == "unreadable"
    assert ja in verdict.message.ja
    assert en in verdict.message.en
    assert verdict.rows == verdict.reasons == ()


SAME = [
    {"left": "BCE", "right": "分類", "reason": "a"},
    {"left": "ヒンジ損失", "right": "分類", "reason": "b"},
    {"left": "MSE", "right": "回帰", "reason": "c"},
]


def test_right_sides_with_the_same_text_may_stand_for_each_other() -> None:
    once = in_order(shown(match(pairs=SAME)))  # 1 分散, 2 分類, 3 分類, 4 回帰
    for typed in ("2 3 4", "3 2 4"):
        verdict = grade_rows(once, typed)
        assert (verdict.outcome, verdict.expected) == ("correct", typed)
    assert grade_rows(once, "2 2 4").outcome == "unreadable"
    assert grade_rows(once, "3 1 4").expected == "3 2 4"
    assert grade_rows(once, "1 2 4").expected == "3 2 4"
    again = in_order(shown(match(pairs=SAME, reuse=True)))  # 1 分散, 2 分類, 3 回帰
    assert grade_rows(again, "2 2 3").outcome == "correct"


@given(st.integers(), st.data())
def test_the_score_of_places_follows_the_rule(seed: int, data: st.DataObject) -> None:
    variant = shown(data.draw(st.sampled_from([match(), match(reuse=True), blank()])), seed)
    once = variant.question == match()
    labels = [
        data.draw(st.sampled_from([*(option.label for option in row.options), "-"]))
        for row in variant.rows
    ]
    used = [label for label in labels if label != "-"]
    verdict = grade_rows(variant, " ".join(labels))
    if not used or (once and len(set(used)) < len(used)):
        assert verdict.outcome == "unreadable"
        return
    hits = sum(
        any(option.right and option.label == label for option in row.options)
        for row, label in zip(variant.rows, labels, strict=True)
    )
    assert verdict.score == pytest.approx(hits / len(labels))
    assert verdict.read == " ".join(labels)
    assert [row.right for row in verdict.rows].count(True) == hits
    assert grade_rows(variant, str(verdict.expected)).outcome == "correct"


@given(st.text(), st.sampled_from([STEPS, MATCH, REUSED, GAPS]))
def test_whatever_is_typed_there_is_a_verdict(typed: str, variant: Variant) -> None:
    verdict = grade_rows(variant, typed)
    assert verdict.raw == typed
    assert verdict.graded == (verdict.read is not None) == bool(verdict.rows)


@pytest.mark.parametrize("seed", range(5))
def test_a_combination_is_graded_like_an_option(seed: int) -> None:
    variant = shown(combined(), seed)
    for option in variant.options:
        verdict = grade_options(variant, option.label)
        assert verdict.score == float(option.right)
        assert verdict.outcome == ("correct" if option.right else "wrong")
        assert [reason.text for reason in verdict.reasons] == [
            shown.text for shown in variant.options
        ]


def test_a_question_without_places_is_not_graded_by_them() -> None:
    with pytest.raises(TypeError, match="no places"):
        grade_rows(shown(choice()), "1")
