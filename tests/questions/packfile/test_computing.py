"""Samplers, gradients, expressions and comparisons in a pack: read, or refused with the place."""

from __future__ import annotations

import pytest

from questions.model import Boxes, CompareQuestion, Expression, NumericQuestion, Phrases
from questions.packfile import read_pack
from tests.questions.packfile.test_kinds import HEAD
from tests.questions.packfile.test_reading import place, problems

GRADIENT = """\
  - kind: numeric
    id: slope
    topic: 13b
    stem: 予測 {pred}、正解 {target} のMSEの勾配を求めよ。
    explanation: 2e/n
    source: 微分の定義
    given:
      pred: {sample: uniform, low: 0, high: 3, size: 3}
      target: {sample: uniform, low: 0, high: 3, size: 3}
    compute:
      loss: mse
      inputs: {pred: $pred, target: $target}
      gradient: {of: pred, at: [1]}
    mistakes: [value_for_gradient, mean_forgotten, halved]
"""
RATIO = """\
  - kind: calculated_choice
    id: ratio
    topic: 13b
    stem: A {one}、B {two}、正解 {target} のMSEの比を求めよ。
    explanation: 割る。
    source: 定義
    given:
      one: {sample: uniform, low: 0, high: 3, size: 3}
      two: {sample: uniform, low: 0, high: 3, size: 3}
      target: {sample: uniform, low: 0, high: 3, size: 3}
    compute:
      expression: a / b
      parts:
        a: {loss: mse, inputs: {pred: $one, target: $target}, name: AのMSE}
        b: {loss: mse, inputs: {pred: $two, target: $target}}
    mistakes: [root_taken, a.sum_for_mean, b.sum_for_mean, operands_swapped]
"""
COMPARE = """\
  - kind: compare
    id: which
    topic: 13b
    stem: 予測 {pred}、正解 {target} で値が大きいのはどちらか。
    explanation: 1を境に入れ替わる。
    source: 定義
    ask: larger
    equal: true
    margin: 0.1
    decimals: 2
    given:
      pred: {sample: uniform, low: 0, high: 3, size: 3}
      target: {sample: uniform, low: 0, high: 3, size: 3}
    sides:
      - text: MSE
        compute: {loss: mse, inputs: {pred: $pred, target: $target}}
      - text: MAEの {half} 倍
        compute:
          expression: a * h
          parts:
            a: {loss: mae, inputs: {pred: $pred, target: $target}}
            h: {loss: mse, inputs: {pred: $half, target: 0}}
"""
COMPARE = COMPARE.replace("    sides:", "      half: {sample: choice, among: [0.5, 1]}\n    sides:")
SAMPLERS = """\
  - kind: numeric
    id: drawn
    topic: 13b
    stem: "{grid} {hot} {logits} {order} {box} {near} {mask} {words} {target}"
    explanation: 全部引く。
    source: 定義
    given:
      grid: {sample: grid, low: 0, high: 1, step: 0.25, size: 2}
      hot: {sample: one_hot, classes: 3}
      logits: {sample: logits, size: 3}
      order: {sample: permutation, size: 4, first: 0}
      box: {sample: boxes, size: 2}
      near: {sample: boxes, size: 2, near: box}
      mask: {sample: masks, size: [2, 2]}
      words:
        sample: text
        among:
          - {text: 少ない, value: 1}
          - {text: 多い, value: 2}
      target: {sample: fixed, value: 3}
    compute:
      loss: mse
      inputs: {pred: $words, target: $target}
"""

# (the question, what is changed, to what, words at the place complained of,
#  in the Japanese message or hint, in the English one)
ONE_PROBLEM = [
    # gradients
    (GRADIENT, "of: pred", "of: prd", "prd", "微分することはできない", "Did you mean 'pred'"),
    (GRADIENT, "at: [1]", "at: [3]", "at:", "位置はない", "the last is [2]"),
    (GRADIENT, "at: [1]", "at: [0, 1]", "at:", "0から数える", "Count from 0"),
    (GRADIENT, ", at: [1]", "", "gradient:", "位置はない", "no place []"),
    (GRADIENT, "at: [1]", "at: [-1]", "-1", "範囲の外", "at least 0"),
    (GRADIENT, "at: [1]", "at: 1", "1}", "リスト", "list"),
    (GRADIENT, "at: [1]", "ad: [1]", "ad:", "使えるのは of、at", "one of of, at"),
    (GRADIENT, "of: pred, ", "", "gradient:", "「of」がない", "'of' is missing"),
    (GRADIENT, "gradient: {", "gradent: {", "gradent", "「gradient」では", "'gradient'?"),
    (GRADIENT, "halved]", "power_not_brought]", "power_not_b", "power_not_brought_down", "_down"),
    (
        GRADIENT,
        "loss: mse",
        "loss: cross_entropi",
        "cross_entropi",
        "「cross_entropy」では",
        "'cross_entropy'?",
    ),
    # expressions
    (RATIO, "a / b", "a / b + c", "c\n", "「c」がparts", "'c' is not in parts"),
    (RATIO, "a / b", "a / (b", "a / (b", "括弧", "parentheses"),
    (RATIO, "a / b", "a / b b; 1", "a / b b", "読めない", "not part of a number"),
    (RATIO, "a / b", "a", "b: {loss", "「b」が式に現れない", "'b' is not in the expression"),
    (RATIO, "expression: a / b", "expression: 2", "2\n", "文字列", "A text"),
    (RATIO, "expression: a / b\n", "\n", "compute:", "「expression」がない", "'expression' is"),
    (RATIO, "name: AのMSE", "nme: AのMSE", "nme:", "「name」ではない", "'name'?"),
    (
        RATIO,
        "loss: mse, inputs: {pred: $two",
        "loss: mze, inputs: {pred: $two",
        "mze",
        "mse",
        "mse",
    ),
    (RATIO, "$two,", "$twoo,", "$twoo", "「two」ではない", "'two'?"),
    (RATIO, "{pred: $two, ", "{", "inputs: {target: $target}}", "「pred」がない", "'pred' of mse"),
    (RATIO, "a.sum_for_mean", "c.sum_for_mean", "c.sum", "登録されていない", ".sum_for_mean"),
    (RATIO, "b.sum_for_mean,", "root_taken,", "root_taken, a.", "重複", "twice"),
    # comparisons
    (COMPARE, "ask: larger", "ask: bigger", "bigger", "larger", "larger"),
    (COMPARE, "margin: 0.1", "margin: 0", "0\n    dec", "範囲の外", "above 0"),
    (
        COMPARE,
        "text: MSE",
        "text: MAEの {half} 倍",
        "MAEの {half} 倍\n        compute:\n",
        "と同じ",
        "that of",
    ),
    (COMPARE, "{half} 倍", "{halv} 倍", "{halv}", "「half」ではない", "'half'?"),
    (COMPARE, "a * h", "a * e", "h: {loss", "「h」が式", "'h' is not"),
    (COMPARE, "text: MSE\n", "txt: MSE\n", "txt", "「text」ではない", "'text'?"),
    (COMPARE, "    ask: larger\n", "    mistakes: []\n", "mistakes", "使えない", "not known"),
    (COMPARE, "loss: mae", "loss: mea", "mea", "損失「mea」はない", "no loss 'mea'"),
    # samplers
    (SAMPLERS, "step: 0.25", "step: 0", "0, size: 2}\n      hot", "範囲の外", "above 0"),
    (SAMPLERS, "high: 1, step", "high: -1, step", "-1", "この範囲には", "in the range"),
    (SAMPLERS, "classes: 3", "classes: 1", "1}\n      logits", "2以上", "at least 2"),
    (SAMPLERS, "classes: 3", "classes: 300", "300", "数が多すぎる", "Too many"),
    (
        SAMPLERS,
        "logits, size: 3",
        "logits, size: 3, low: 0, high: 1, decimals: 0",
        "1, decimals",
        "2個しかない（3個必要）",
        "Only 2",
    ),
    (SAMPLERS, "first: 0", "first: 2", "2}\n      box", "使えない", "Use one of 0, 1"),
    (SAMPLERS, "near: box", "near: bx", "bx}", "「box」ではない", "'box'?"),
    (SAMPLERS, "near: box", "near: near", "near}\n", "boxes", "no other given"),
    (SAMPLERS, "size: 2, near: box", "size: 3, near: box", "box}\n", "sizeかdecimals", "size or"),
    (
        SAMPLERS,
        "size: 2, near: box",
        "size: 2, near: box, high: 9",
        "box, high",
        "範囲より狭く",
        "narrower",
    ),
    (SAMPLERS, "permutation, size: 4", "permutation, size: 201", "201", "多すぎる", "Too many"),
    (SAMPLERS, "size: [2, 2]}", "size: 1}", "1}\n      words", "2個以上要る", "need two"),
    (SAMPLERS, "text: 多い", "text: 少ない", "少ない, value: 2", "と同じ", "that of among[0]"),
    (
        SAMPLERS,
        "{text: 多い, value: 2}",
        "{text: 多い, valu: 2}",
        "valu: 2",
        "「value」",
        "'value'?",
    ),
    (SAMPLERS, "value: 2}", 'value: "2"}', '"2"', "引用符を外す", "quotation marks"),
    (SAMPLERS, "value: 2}", "value: [2]}", "value: [2]", "形がamong[0]", "another shape"),
    (SAMPLERS, "sample: grid", "sample: gird", "gird", "「grid」ではない", "'grid'?"),
]


@pytest.mark.parametrize("row", ONE_PROBLEM, ids=lambda row: f"{row[1][:20]}-{row[2][:20]}")
def test_one_problem(row: tuple[str, ...]) -> None:
    question, old, new, words, ja, en = row
    assert question.count(old) == 1, f"{old!r} must name one place"
    text = HEAD + question.replace(old, new)
    (problem,) = problems(text)
    told_ja = problem.message.ja + (problem.hint.ja if problem.hint else "")
    told_en = problem.message.en + " " + (problem.hint.en if problem.hint else "")
    assert ja in told_ja
    assert en in told_en
    assert (problem.line, problem.column) == place(text, words)


def test_they_are_read() -> None:
    text = HEAD + GRADIENT + RATIO + COMPARE + SAMPLERS
    slope, ratio, which, drawn = read_pack(text.encode(), name="p.yaml").questions
    assert isinstance(slope, NumericQuestion)
    assert slope.compute.gradient.at == (1,)
    assert isinstance(ratio.compute, Expression)
    assert ratio.compute.parts["a"].name == "AのMSE"
    assert isinstance(which, CompareQuestion)
    assert (which.ask, which.equal, which.margin, which.decimals) == ("larger", True, 0.1, 2)
    assert isinstance(which.sides[1].compute, Expression)
    assert isinstance(drawn.given["near"], Boxes)
    assert drawn.given["near"].near == "box"
    assert isinstance(drawn.given["words"], Phrases)
    assert [phrase.value for phrase in drawn.given["words"].among] == [1, 2]


def test_words_without_a_value_cannot_be_computed_with() -> None:
    text = HEAD + SAMPLERS.replace(", value: 1", "").replace(", value: 2", "")
    (problem,) = problems(text)
    assert problem.path == "questions[0].compute.inputs.pred"
    assert "値がなく、計算に使えない" in problem.message.ja
    assert (problem.line, problem.column) == place(text, "$words")


def test_sides_that_compute_the_same_are_refused() -> None:
    same = "      - text: 別の文\n        compute: {loss: mse, inputs: {pred: $pred, target: $target}}\n"
    text = HEAD + COMPARE[: COMPARE.index("      - text: MAE")] + same
    text = text.replace("で値", "、{half}で値")
    (problem,) = problems(text)
    assert "同じ計算" in problem.message.ja
    assert problem.path == "questions[0].sides"


def test_what_is_wrong_with_several_parts_is_told_at_once() -> None:
    text = HEAD + RATIO.replace("$one", "$on").replace("$two", "$tow").replace("13b", "99")
    assert [problem.path for problem in problems(text)] == [
        "questions[0].topic",
        "questions[0].compute.parts.a.inputs.pred",
        "questions[0].compute.parts.b.inputs.pred",
    ]
