"""Terms, cards and cases: read, and every fault told with its place."""

from __future__ import annotations

import pytest

from questions.model import CardQuestion, CaseQuestion, RejectedTerm, TermQuestion
from questions.packfile import read_pack
from tests.questions.packfile.test_kinds import HEAD, TRUE_FALSE
from tests.questions.packfile.test_reading import place, problems

TERM = """\
  - kind: term
    id: huber-name
    topic: 13b
    language: ja
    stem: 二次と一次をδでつなぐ損失の名前は何か。
    answer:
      loss: huber
      accept: [ロバスト損失]
    rejected:
      - {text: MSE, reason: どこでも二次である。}
    explanation: δを境に形が変わる。
    source: Huber (1964)
"""
CARD = """\
  - kind: card
    id: entropy
    topic: 13c
    stem: エントロピーの式
    back: −Σ p ln p
    both: true
    source: Shannon (1948)
"""
CASE = """\
  - kind: case
    id: rents
    passage: |
      家賃を予測する。
      極端な値が混じっている。
    questions:
      - kind: term
        id: name
        topic: 13b
        stem: 外れ値に強い損失の名前は何か。
        answer: {accept: [平均絶対誤差, MAE]}
        explanation: 中央値を推定する。
        source: 統計学
      - kind: numeric
        id: value
        topic: 13b
        stem: この予測のMAEはいくらか。
        given:
          pred: {sample: fixed, value: [3, 5]}
          target: {sample: fixed, value: [4, 9]}
        compute:
          loss: mae
          inputs: {pred: $pred, target: $target}
        explanation: 差は1と4
        source: 統計学
"""

# (the question, what is changed, to what, words at the place complained of,
#  in the Japanese message or hint, in the English one)
ONE_PROBLEM = [
    (TERM, "loss: huber", "loss: hubr", "hubr", "「huber」ではないか", "'huber'?"),
    (
        TERM,
        "      loss: huber\n      accept: [ロバスト損失]\n",
        "      accept: []\n",
        "answer:",
        "正解の用語がない",
        "no right term",
    ),
    (TERM, "loss: huber", "los: huber", "los: huber", "「loss」ではないか", "'loss'?"),
    (TERM, "answer:\n      loss: huber\n      accept: [ロバスト損失]", "answer: huber", "huber\n    rej", "項目の集まり", "A mapping"),
    (TERM, "[ロバスト損失]", "[ロバスト損失, ろばすと 損失]", "ろばすと 損失", "同じ語として", "same term as an accepted"),
    (TERM, "text: MSE", "text: ﾛﾊﾞｽﾄ損失", "ﾛﾊﾞｽﾄ損失", "受け入れる語と同じ", "an accepted term"),
    (TERM, "[ロバスト損失]", "[ロバスト損失, ・]", "・", "文字も数字もない", "neither letters"),
    (TERM, "reason: どこ", "reson: どこ", "reson", "「reason」ではないか", "'reason'?"),
    (TERM, "language: ja", "language: jp", "jp", "使えるのは ja、en", "Use one of ja, en"),
    (TERM, "    answer:\n      loss: huber\n      accept: [ロバスト損失]\n", "", "kind: term", "「answer」がない", "'answer' is missing"),
    (CARD, "back: −Σ p ln p", "back: エントロピーの式", "エントロピーの式\n    both", "表（stem）と同じ", "that of the front"),
    (CARD, "    back: −Σ p ln p\n", "", "kind: card", "「back」がない", "'back' is missing"),
    (CARD, "both: true", "both: 1", "1\n", "trueかfalse", "true or false"),
    (CARD, "id: entropy", f"id: {'e' * 77}", "e" * 77, "75文字以内", "at most 75"),
    (CASE, "    id: rents\n", "", "kind: case", "「id」がない", "'id' is missing"),
    (CASE, "id: rents", f"id: {'r' * 75}", "r" * 75, "74文字以内", "at most 74"),
    (CASE, "    passage:", "    pasage:", "pasage", "「passage」ではないか", "'passage'?"),
    (CASE, "id: value", "id: name", "name\n        topic: 13b\n        stem: この", "重複", "used twice"),
    (CASE, "kind: numeric", "kind: case", "case\n        id: value", "使えるのは choice", "Use one of choice"),
    (CASE, "loss: mae", "loss: maee", "maee", "「mae」ではないか", "'mae'?"),
    (CASE, "        id: name\n", "        id: name\n        passage: 別の場面。\n", "passage: 別の", "自分のpassage", "no passage of its own"),
    (CASE, "sample: fixed, value: [3, 5]", "sample: uniform, low: 0, high: 1, size: 2", "pred: {sample", "示されていない", "not shown"),
    (CASE, "        topic: 13b\n        stem: 外", "        topic: \"99\"\n        stem: 外", '"99"', "topic「99」はない", "no topic"),
    (CASE, "    questions:\n", "    parts:\n", "parts", "「parts」", "'parts'"),
]  # fmt: skip


@pytest.mark.parametrize("row", ONE_PROBLEM, ids=lambda row: row[1].strip()[:30])
def test_one_problem(row: tuple[str, ...]) -> None:
    question, old, new, words, ja, en = row
    assert question.count(old) == 1, f"{old!r} must name one place"
    text = HEAD + question.replace(old, new)
    found = problems(text)
    told_ja = [each.message.ja + (each.hint.ja if each.hint else "") for each in found]
    told_en = [each.message.en + " " + (each.hint.en if each.hint else "") for each in found]
    at = [(each.line, each.column) for each in found]
    assert len(found) == (2 if new.strip() == "parts:" else 1), told_ja
    assert ja in told_ja[-1]
    assert en in told_en[-1]
    assert at[-1] == place(text, words)


def test_a_term_is_read() -> None:
    (question,) = read_pack((HEAD + TERM).encode(), name="p.yaml").questions
    assert isinstance(question, TermQuestion)
    assert (question.answer.loss, question.answer.accept) == ("huber", ("ロバスト損失",))
    assert question.rejected == (RejectedTerm(text="MSE", reason="どこでも二次である。"),)
    assert question.language == "ja"


def test_a_card_is_read_without_an_explanation() -> None:
    (question,) = read_pack((HEAD + CARD).encode(), name="p.yaml").questions
    assert isinstance(question, CardQuestion)
    assert (question.stem, question.back, question.both) == ("エントロピーの式", "−Σ p ln p", True)
    assert question.explanation == ""


def test_a_case_is_read_with_its_parts() -> None:
    text = HEAD + "  " + TRUE_FALSE.strip() + "\n" + CASE
    _statement, case = read_pack(text.encode(), name="p.yaml").questions
    assert isinstance(case, CaseQuestion)
    assert case.passage == "家賃を予測する。\n極端な値が混じっている。"
    assert [(part.kind, part.id) for part in case.questions] == [
        ("term", "name"),
        ("numeric", "value"),
    ]


def test_everything_wrong_with_a_case_is_told_at_once() -> None:
    text = HEAD + CASE.replace("id: rents", "id: Rents").replace("13b", '"99"').replace(
        "[平均絶対誤差, MAE]", "[MAE, mae]"
    )
    assert [problem.path for problem in problems(text)] == [
        "questions[0].id",
        "questions[0].questions[0].topic",
        "questions[0].questions[0].answer.accept[1]",
        "questions[0].questions[1].topic",
    ]


def test_a_case_with_one_question_is_too_small() -> None:
    text = HEAD + CASE[: CASE.index("      - kind: numeric")]
    (problem,) = problems(text)
    assert problem.path == "questions[0].questions"
    assert "2個以上" in problem.hint.ja if problem.hint else False


def test_a_supplement_says_so() -> None:
    text = HEAD.replace("questions:", "supplement: true\nquestions:") + CARD
    assert read_pack(text.encode(), name="p.yaml").supplement
