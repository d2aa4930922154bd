"""Kinds of question beyond choice and numeric: read, and every fault told with its place."""

from __future__ import annotations

import pytest

from questions.model import Distractor, MultipleQuestion, PickQuestion, TrueFalseQuestion
from questions.packfile import read_pack
from tests.questions.packfile.test_reading import place, problems

HEAD = """\
id: kinds
title: 問題の形式
version: 1.0.0
licence: CC BY 4.0
authors: [山田]
syllabus: G検定 2024
description: 試験用
questions:
"""
TRUE_FALSE = """\
  - kind: true_false
    id: kl-symmetric
    topic: 13d
    stem: KL情報量は対称である。
    answer: false
    right_reason: 入れ替えると値が変わる。
    wrong_reason: 距離と混同している。
    explanation: 定義の式から分かる。
    source: Kullback and Leibler (1951)
"""

MULTIPLE = """\
  - kind: multiple
    id: robust
    topic: 13b
    stem: 外れ値に強い損失をすべて選べ。
    options:
      - {text: MAE, reason: 一次, right: true}
      - {text: MSE, reason: 二次}
      - {text: Huber損失, reason: 大きな誤差では一次, right: true}
    explanation: 増え方を比べる。
    source: Huber (1964)
"""
PICK = """\
  - kind: pick
    id: outliers
    topic: 13b
    stem: 外れ値のある回帰に使う損失を1つ選べ。
    answer: huber
    reason: 大きな誤差で勾配が頭打ちになる。
    also_right: [smooth_l1, pseudo_huber]
    distractors:
      - loss: hinge
        reason: 分類に使う。
    explanation: δを境に形が変わる。
    source: Huber (1964)
"""

# (the question, what is changed, to what, words at the place complained of,
#  in the Japanese message or hint, in the English one)
ONE_PROBLEM = [
    (TRUE_FALSE, "kind: true_false", "kind: true-false", "true-false", "「true_false」では", "'tr"),
    (TRUE_FALSE, "answer: false", "answer: no", "no\n", "trueかfalseが必要", "true or false"),
    (TRUE_FALSE, "answer: false", 'answer: "false"', '"false"', "trueかfalse", "true or false"),
    (TRUE_FALSE, "    answer: false\n", "", "kind: true", "「answer」がない", "'answer' is mis"),
    (TRUE_FALSE, "right_reason", "rigth_reason", "rigth", "「right_reason」では", "'right_reason'"),
    (
        TRUE_FALSE,
        "wrong_reason: 距離と混同している。",
        "wrong_reason:",
        "wrong_reason",
        "空",
        "empty",
    ),
    (
        TRUE_FALSE,
        "距離と混同している。",
        "入れ替えると値が変わる。 # 同じ",
        "入れ替えると値が変わる。 #",
        "right_reasonと同じ",
        "that of right_reason",
    ),
    (
        TRUE_FALSE,
        "    topic: 13d\n",
        "    topic: 13d\n    negative: true\n",
        "negative",
        "使えない",
        "not known",
    ),
    (
        MULTIPLE,
        "一次, right: true}\n      - {text: MSE",
        "一次}\n      - {text: MSE",
        "options",
        "1個ある",
        "1 options",
    ),
    (
        MULTIPLE,
        "二次",
        "二次, right: true",
        "options",
        "少なくとも一つは誤り",
        "at least one wrong",
    ),
    (MULTIPLE, "text: MSE", "text: MAE", "MAE, reason: 二次", "選択肢1と同じ", "of option 1"),
    (MULTIPLE, "reason: 二次", "reson: 二次", "reson", "「reason」ではない", "'reason'?"),
    (MULTIPLE, "      - {text: MSE, reason: 二次}\n", "", "options", "3個以上", "at least 3"),
    (
        MULTIPLE,
        "    topic: 13b",
        "    topic: 13b\n    negative: true",
        "negative",
        "使えない",
        "not known",
    ),
    (PICK, "answer: huber", "answer: hubr", "hubr", "「huber」ではないか", "'huber'?"),
    (PICK, "answer: huber", "answer: xyz", "xyz", "使えるのは mse", "Use one of mse"),
    (PICK, "answer: huber", "answer: 3", "3\n    reason", "文字列が必要", "A text is needed"),
    (PICK, "    answer: huber\n", "", "kind: pick", "「answer」がない", "'answer' is missing"),
    (PICK, "[smooth_l1, ", "[smoth_l1, ", "smoth_l1", "「smooth_l1」で", "'smooth_l1'?"),
    (PICK, "[smooth_l1, ", "[huber, ", "huber, ps", "すでに正解にある", "the answer already"),
    (PICK, "loss: hinge", "loss: hing", "hing\n", "「hinge」ではないか", "'hinge'?"),
    (PICK, "loss: hinge", "loss: huber", "huber\n        reason", "すでに正解", "the answer alr"),
    (PICK, "loss: hinge", "loss: smooth_l1", "smooth_l1\n", "すでにalso_right", "in also_right"),
    (
        PICK,
        "    explanation",
        "      - {loss: hinge, reason: 同じ}\n    explanation",
        "hinge, reason",
        "すでに前のdistractors",
        "an earlier distractor",
    ),
    (PICK, "loss: hinge", "los: hinge", "los: hinge", "「loss」ではないか", "'loss'?"),
    (
        PICK,
        "        reason: 分類に使う。\n",
        "",
        "loss: hinge",
        "「reason」がない",
        "'reason' is m",
    ),
    (PICK, "pseudo_huber]", "pseudo_huber, mse, mae]", "distractors", "2個しかない", "Only 2"),
    (PICK, "pseudo_huber]", "pseudo_huber, mse, mae]", "distractors", "log_cosh", "log_cosh"),
]


@pytest.mark.parametrize("row", ONE_PROBLEM, ids=lambda row: row[2].strip())
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


def test_a_statement_is_read() -> None:
    (question,) = read_pack((HEAD + TRUE_FALSE).encode(), name="p.yaml").questions
    assert isinstance(question, TrueFalseQuestion)
    assert question.answer is False
    assert question.right_reason == "入れ替えると値が変わる。"


def test_everything_wrong_with_a_statement_is_told_at_once() -> None:
    text = HEAD + TRUE_FALSE.replace("answer: false", "answer: maybe").replace("13d", "99")
    assert [problem.path for problem in problems(text)] == [
        "questions[0].topic",
        "questions[0].answer",
    ]


def test_several_right_options_are_read() -> None:
    (question,) = read_pack((HEAD + MULTIPLE).encode(), name="p.yaml").questions
    assert isinstance(question, MultipleQuestion)
    assert [option.right for option in question.options] == [True, False, True]


def test_everything_wrong_with_several_right_options_is_told_at_once() -> None:
    text = HEAD + MULTIPLE.replace("right: true", "right: 1").replace("13b", "99")
    assert [problem.path for problem in problems(text)] == [
        "questions[0].topic",
        "questions[0].options[0].right",
        "questions[0].options[2].right",
    ]


def test_a_scenario_is_read() -> None:
    (question,) = read_pack((HEAD + PICK).encode(), name="p.yaml").questions
    assert isinstance(question, PickQuestion)
    assert question.answer == "huber"
    assert question.distractors == (Distractor(loss="hinge", reason="分類に使う。"),)


def test_without_distractors_the_answer_is_what_has_too_few() -> None:
    start, end = PICK.index("    also_right"), PICK.index("    explanation")
    text = HEAD + PICK.replace("answer: huber", "answer: ctc").replace(PICK[start:end], "")
    (problem,) = problems(text)
    assert (problem.line, problem.column) == place(text, "ctc")
    assert "2個しかない" in problem.message.ja


def test_everything_wrong_with_a_scenario_is_told_at_once() -> None:
    text = HEAD + PICK.replace("answer: huber", "answer: hubr").replace("hinge", "hnge").replace(
        "13b", "99"
    )
    assert [problem.path for problem in problems(text)] == [
        "questions[0].topic",
        "questions[0].answer",
        "questions[0].distractors[0].loss",
    ]
