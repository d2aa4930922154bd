"""Orders, matches and gaps without a screen: asked, answered, judged, and stored."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from questions.model import Question, content_hash
from questions.variant import Variant
from quizapp.ask import ask
from quizapp.history.tables import Review
from tests.questions.examples import blank, combined, match, order
from tests.quizapp.test_kinds import OpenStudy, open_study, shown, studied

__all__ = ["open_study"]  # a fixture

QUESTIONS = (order(), match(), match(id="tasks", reuse=True), blank(), combined())
each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)

ASKED = {
    "training-step": (
        "4. ",
        "正しい順に番号をすべて並べて答える（例: 2 1 3 4）。",
    ),
    "estimates": (
        "(1) MSE\n(2) MAE\n(3) 分位点損失\n1. ",
        "(1)から(3)に当てはまる番号を順に1つずつ答える（例: 2 1 3）。同じ番号は一度だけ使う。",
    ),
    "tasks": ("(3) 分位点損失\n1. ", "同じ番号を何度使ってもよい。"),
    "huber-pieces": (
        "δ以下では（ア）に、",
        "（ア）\n1. ",
        "（イ）\n1. ",
        "空欄に入る番号を順に1つずつ答える（例: 2 1）。",
    ),
    "huber-combined": ("（ア）二次関数、（イ）一次関数\n", "4. "),
}


def right(variant: Variant) -> str:
    if not variant.rows:
        return next(option.label for option in variant.options if option.right)
    return " ".join(next(o.label for o in row.options if o.right) for row in variant.rows)


def partly(variant: Variant) -> str:
    """The right answer but for its last two places, or for its last one."""
    labels = right(variant).split()
    if isinstance(variant.question, type(blank())):
        labels[-1] = "-"
    else:
        labels[-2:] = reversed(labels[-2:])
    return " ".join(labels)


@each
def test_a_right_answer_in_plain_mode(question: Question, open_study: OpenStudy) -> None:
    study = open_study(question)
    variant = shown(study)
    out = studied(study, right(variant))
    for words in ASKED[question.id]:
        assert words in out
    assert "正解: " in out
    assert "不正解" not in out.replace(" (不正解): ", "")
    for row in variant.rows:
        belongs = next(option for option in row.options if option.right)
        assert f"{row.text}: {belongs.text} (正解)\n{belongs.reason}\n" in out
        if row.text.startswith("（"):
            for option in row.options:
                assert option.reason in out
    assert f"解説: {variant.explanation}" in out
    assert "[[" not in out
    assert "今日: 1問解答、1問正解" in out


@pytest.mark.parametrize("question", QUESTIONS[:4], ids=lambda question: question.id)
def test_what_is_partly_right_in_plain_mode(question: Question, open_study: OpenStudy) -> None:
    study = open_study(question)
    variant = shown(study)
    raw = partly(variant)
    out = studied(study, "わからない", raw)
    assert out.count("読み取れない: ") == 1
    assert "一部正解: 正" in out
    assert "得点は" in out
    assert f": {raw}\n" in out  # how it was read
    last = variant.rows[-1]
    belongs = next(option for option in last.options if option.right)
    assert f"正しくは: {belongs.text}\n{belongs.reason}\n" in out
    assert "今日: 1問解答、0問正解" in out
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.raw, row.outcome, row.grade) == (raw, "partial", "again")
    assert 0 < row.score < 1


def test_a_decoy_says_why_it_belongs_nowhere(open_study: OpenStudy) -> None:
    study = open_study(match())
    variant = shown(study)
    decoy = next(option for option in variant.rows[0].options if option.text == "分散")
    labels = right(variant).split()
    out = studied(study, " ".join([decoy.label, *labels[1:]]))
    assert f"{decoy.label}. 分散 (不正解、選んだもの): 位置ではなく散らばりを表す。" in out
    assert "MSE: 分散 (不正解)\n正しくは: 平均値\n" in out


@each
def test_what_is_stored_of_an_answer(question: Question, open_study: OpenStudy) -> None:
    study = open_study(question)
    stored = study.bank.question(f"test/{question.id}")
    assert stored.question == question
    assert stored.content_hash == content_hash(question)
    variant = shown(study)
    raw = right(variant)
    studied(study, raw)
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.raw, row.outcome, row.score, row.grade) == (raw, "correct", 1.0, "good")
    again = study.examiner.present(
        stored.question,
        question_id=row.question_id,
        content_hash=row.content_hash,
        seed=row.seed,
        attempt=row.attempt,
    )
    assert again == variant
    assert study.examiner.judge(again, row.raw).right


@each
def test_asking_as_text_and_as_json(question: Question, open_study: OpenStudy) -> None:
    study = open_study(question)
    asked = ask(study, question.id, seed=3, answer=None)
    assert all(words in asked.as_text() for words in ASKED[question.id])
    data = json.loads(asked.as_json())
    assert data["verdict"] is None
    assert data["variant"]["kind"] == question.kind
    assert [
        (row["label"], row["text"], [option["text"] for option in row["options"]])
        for row in data["variant"]["rows"]
    ] == [
        (row.label, row.text, [option.text for option in row.options]) for row in asked.variant.rows
    ]
    assert "right" not in json.dumps(data["variant"])
    assert "reason" not in json.dumps(data["variant"])
    verdict = json.loads(ask(study, question.id, seed=3, answer=right(asked.variant)).as_json())[
        "verdict"
    ]
    assert (verdict["outcome"], verdict["score"], verdict["right"]) == ("correct", 1.0, True)
    assert [row["right"] for row in verdict["rows"]] == [True] * len(asked.variant.rows)
    assert all(row["chosen"] == row["expected"] for row in verdict["rows"])
    assert all(row["reason"] for row in verdict["rows"])


def test_a_place_left_open_is_null(open_study: OpenStudy) -> None:
    study = open_study(blank())
    variant = ask(study, "huber-pieces", seed=1, answer=None).variant
    data = json.loads(ask(study, "huber-pieces", seed=1, answer=partly(variant)).as_json())
    assert [row["chosen"] for row in data["verdict"]["rows"]] == ["二次", None]
    assert data["verdict"]["score"] == 0.5
    assert (
        "（イ）: 空欄のまま (不正解)"
        in ask(study, "huber-pieces", seed=1, answer=partly(variant)).as_text()
    )


def test_places_in_english(open_study: OpenStudy) -> None:
    study = open_study(order(), "en")
    asked = ask(study, "training-step", seed=0, answer=None)
    assert (
        "Place 1: 順伝播"
        in ask(study, "training-step", seed=0, answer=right(asked.variant)).as_text()
    )
