"""Kinds of question beyond choice and numeric: read, and every fault told with its place."""

from __future__ import annotations

import pytest

from questions.model import TrueFalseQuestion
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
