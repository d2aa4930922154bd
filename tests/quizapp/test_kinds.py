"""Every kind of question without a screen: asked, answered, judged, and stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import select

from questions.bank import Bank
from questions.compute.client import ComputeWorker
from questions.examiner import Examiner, needs_computing
from questions.kinds import COMPUTED_KINDS, KINDS, may_need_computing
from questions.model import Question, content_hash
from questions.variant import Variant
from quizapp import plain
from quizapp.arguments import read
from quizapp.ask import ask
from quizapp.database import open_database
from quizapp.history.learners import learner
from quizapp.history.tables import Review
from quizapp.language import use
from quizapp.learning.day import Calendar
from quizapp.settings import Settings
from quizapp.study import Study
from tests.packs import pack
from tests.questions.examples import (
    card,
    case,
    choice,
    code,
    multiple,
    numeric,
    pick,
    term,
    true_false,
)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Kind:
    """A question of a kind whose answers are chosen, and what may be typed."""

    question: Question
    right: Callable[[Variant], str]
    wrong: Callable[[Variant], str]
    shows: tuple[str, ...]  # lines that belong to the question
    says: str  # in the verdict on the right answer


def the_right(variant: Variant) -> str:
    return next(option.label for option in variant.options if option.right)


def a_wrong(variant: Variant) -> str:
    return next(option.label for option in variant.options if not option.right)


EXAMPLES = [
    Kind(choice(), the_right, a_wrong, ("中央値を推定する",), "適切な選択肢を選んだ。"),
    Kind(
        multiple(),
        lambda variant: "、".join(o.label for o in variant.options if o.right),
        lambda variant: "".join(o.label for o in variant.options if not o.right),
        ("外れ値に強い損失を", "正解は複数ある。番号をすべて並べて答える（例: 1 3）。"),
        "適切な選択肢をすべて選んだ。",
    ),
    Kind(
        true_false(),
        lambda _: "×",
        lambda _: "○",
        ("KL情報量は2つの分布を", "1. 正しい\n2. 誤っている\n"),
        "この記述は誤っている。",
    ),
    Kind(
        pick(),
        the_right,
        a_wrong,
        ("外れ値の混じる回帰", ". Huber損失\n"),
        "適切な選択肢を選んだ。",
    ),
]
each = pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.question.kind)


@pytest.fixture
def open_study(tmp_path: Path) -> Iterator[Callable[[Question], Study]]:
    """Open a database with one question; the worker is never started for these kinds."""
    opened: list[Study] = []

    def open_it(question: Question, language: str = "ja") -> Study:
        engine = open_database(tmp_path / "quizapp.db")
        Bank(engine).install(pack([question], language=language), digest=language)
        worker = ComputeWorker()
        opened.append(
            Study(
                engine=engine,
                bank=Bank(engine),
                compute=worker,
                examiner=Examiner(worker),
                settings=Settings(),
                learner=learner(engine, now=NOW),
                calendar=Calendar(zone=UTC),
                clock=lambda: NOW,
            )
        )
        return opened[-1]

    use("ja")
    yield open_it
    use("ja")
    for study in opened:
        study.close()


OpenStudy = Callable[..., Study]


def studied(study: Study, *typed: str) -> str:
    writing = StringIO()
    reading = StringIO("".join(f"{line}\n" for line in typed))
    plain.study(study, study.session(), reading=reading, writing=writing)
    return writing.getvalue()


def shown(study: Study) -> Variant:
    """The variant that a session serves first."""
    served = study.session().next(computing_ready=False)
    return served.variant  # type: ignore[union-attr]  # nothing else can come


def test_the_names_of_the_kinds_are_those_of_the_models() -> None:
    models = get_args(get_args(Question)[0])
    named = [get_args(model.model_fields["kind"].annotation)[0] for model in models]
    assert sorted(named) == sorted(KINDS)
    for kind in KINDS:
        assert read(["study", "--kind", kind]).kind == kind
    assert may_need_computing(None)
    for question in (numeric(), term(), card(), *(kind.question for kind in EXAMPLES)):
        assert needs_computing(question) == (question.kind in COMPUTED_KINDS)
        assert may_need_computing(question.kind) == (question.kind in COMPUTED_KINDS)
    # Shown at once, judged beside what PyTorch gives.
    assert not needs_computing(code())
    assert may_need_computing("code")


@each
def test_a_right_answer_in_plain_mode(kind: Kind, open_study: OpenStudy) -> None:
    study = open_study(kind.question)
    variant = shown(study)
    out = studied(study, kind.right(variant))
    for words in kind.shows:
        assert words in out
    assert f"正解: {kind.says}" in out
    for option in variant.options:
        assert f"{option.label}. {option.text} (" in out
        assert option.reason in out
    assert f"解説: {kind.question.explanation}" in out
    assert "今日: 1問解答、1問正解" in out


@each
def test_a_wrong_answer_in_plain_mode(kind: Kind, open_study: OpenStudy) -> None:
    study = open_study(kind.question)
    out = studied(study, "そう思う", kind.wrong(shown(study)))
    assert out.count("読み取れない: ") == 1
    assert "不正解: " in out
    assert "選んだもの" in out


@each
def test_what_is_stored_of_an_answer(kind: Kind, open_study: OpenStudy) -> None:
    study = open_study(kind.question)
    stored = study.bank.question(f"test/{kind.question.id}")
    assert stored.question == kind.question
    assert stored.content_hash == content_hash(kind.question)
    variant = shown(study)
    raw = kind.right(variant)
    studied(study, raw)
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.raw, row.outcome, row.score, row.grade) == (raw, "correct", 1.0, "good")
    assert (row.seed, row.question_id) == (variant.seed, stored.id)
    # What the learner saw can be shown again from what was stored.
    again = study.examiner.present(
        stored.question,
        question_id=row.question_id,
        content_hash=row.content_hash,
        seed=row.seed,
        attempt=row.attempt,
    )
    assert again == variant


@each
def test_asking_as_text_and_as_json(kind: Kind, open_study: OpenStudy) -> None:
    study = open_study(kind.question)
    asked = ask(study, kind.question.id, seed=3, answer=None)
    assert all(words in asked.as_text() for words in kind.shows)
    data = json.loads(asked.as_json())
    assert data["variant"]["kind"] == kind.question.kind
    assert data["verdict"] is None
    assert [option["text"] for option in data["variant"]["options"]] == [
        option.text for option in asked.variant.options
    ]
    right = ask(study, kind.question.id, seed=3, answer=kind.right(asked.variant))
    assert f"正解: {kind.says}" in right.as_text()
    verdict = json.loads(right.as_json())["verdict"]
    assert (verdict["outcome"], verdict["score"], verdict["right"]) == ("correct", 1.0, True)
    assert len(verdict["reasons"]) == len(asked.variant.options)
    wrong = json.loads(
        ask(study, kind.question.id, seed=3, answer=kind.wrong(asked.variant)).as_json()
    )["verdict"]
    assert (wrong["outcome"], wrong["right"]) == ("wrong", False)


def test_an_english_statement_is_judged_in_english(open_study: OpenStudy) -> None:
    study = open_study(true_false(), "en")
    assert "1. True\n2. False\n" in ask(study, "kl-symmetric", seed=0, answer=None).as_text()
    assert "1. True\n2. False\n" in studied(study)


def test_losses_are_named_in_the_language_of_the_pack(open_study: OpenStudy) -> None:
    study = open_study(pick(), "en")
    asked = ask(study, "outliers", seed=0, answer="1")
    assert ". Huber loss\n" in asked.as_text()
    assert re.search("[ぁ-ん]", "".join(o.text + o.reason for o in asked.variant.options)) is None


def test_what_is_partly_right_counts_in_the_score_but_comes_again_like_a_wrong_answer(
    open_study: OpenStudy,
) -> None:
    study = open_study(multiple())
    some = the_right(shown(study))
    out = studied(study, some, ":easy")
    assert "一部正解: 正解は" in out
    assert "得点は1/3。" in out
    assert "正解のときだけ選べる" in out
    assert "今日: 1問解答、0問正解" in out
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.outcome, row.grade, row.raw) == ("partial", "again", some)
    assert row.score == pytest.approx(1 / 3)
    verdict = json.loads(ask(study, "robust", seed=row.seed, answer=some).as_json())["verdict"]
    assert (verdict["outcome"], verdict["right"]) == ("partial", False)
    assert verdict["score"] == pytest.approx(1 / 3)


def test_a_term_in_plain_mode(open_study: OpenStudy) -> None:
    out = studied(open_study(term()), "Hubre損失", "ふーばーロス")
    assert "用語を入力して答える。" in out
    assert "読み取れない: 惜しい。" in out
    assert "正解: 正しい用語である。" in out
    assert "正しい用語: Huber損失" in out
    assert "これも正解: Huber loss、フーバー損失、ヒューバー損失" in out
    assert "今日: 1問解答、1問正解" in out


def test_a_misnomer_in_plain_mode_and_as_json(open_study: OpenStudy) -> None:
    study = open_study(term())
    out = studied(study, "ハブ損失")
    assert "誤り: 「ハブ損失」は誤訳・誤記・取り違えから生じた呼び方で" in out
    assert ": 正しくは「Huber損失」と書く。" in out
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.raw, row.outcome, row.mistakes) == ("ハブ損失", "mistake", ["misnomer"])
    verdict = json.loads(ask(study, "huber-name", seed=0, answer="ハブ損失").as_json())["verdict"]
    assert verdict["expected"] == "Huber損失"
    assert verdict["accepted"][0] == "Huber損失"
    assert verdict["mistakes"][0]["id"] == "misnomer"


def test_hints_in_plain_mode(open_study: OpenStudy) -> None:
    study = open_study(term())
    out = studied(study, ":hint", ":repeat", "：ｈｉｎｔ", ":hint", "Huber損失", ":easy")
    assert out.count("ヒント1/2: 統計学者の名前が付いている。") == 2
    assert out.count("ヒント2/2: 頭文字はHである。") == 1
    assert "ヒントはもうない。" in out
    assert "ヒントを2個見たので、得点は0.33。この問題は今日もう一度出る。" in out
    assert "次回: 10分後" in out
    assert "ヒントを見た解答には" in out
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.hints, row.outcome, row.grade) == (2, "correct", "again")
    variant = json.loads(ask(study, "huber-name", seed=0, answer=None).as_json())["variant"]
    assert variant["hints"] == list(term().hints)


def test_without_hints_plain_mode_says_so(open_study: OpenStudy) -> None:
    assert "この問題にヒントはない。" in studied(open_study(choice()), ":hint")


def test_a_card_in_plain_mode_is_turned_and_then_graded(open_study: OpenStudy) -> None:
    study = open_study(card())
    out = studied(study, "", "", "6", "４")
    front, _, back = out.partition("Enter: 裏を見る\n")
    assert "エントロピーの式" in front
    assert "Σ p ln p" not in front
    assert (
        back.index("裏: −Σ p ln p") < back.index("解説: 一様分布で") < back.index("4. 易しかった")
    )
    assert (out.count("裏: "), out.count("解説: ")) == (1, 1)
    assert "1（思い出せなかった）から4（易しかった）で答える。" in out
    assert "正解: すぐに思い出せた。" in out
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.raw, row.grade, row.outcome) == ("４", "easy", "correct")


def test_asking_a_card(open_study: OpenStudy) -> None:
    study = open_study(card())
    front = ask(study, "entropy", seed=0, answer=None)
    assert "Σ" not in front.as_text()
    assert json.loads(front.as_json())["variant"]["back"] == "−Σ p ln p"
    graded = ask(study, "entropy", seed=0, answer="3")
    assert "裏: −Σ p ln p" in graded.as_text()
    assert json.loads(graded.as_json())["verdict"]["self_grade"] == "good"


def test_a_case_in_plain_mode_and_by_its_part(open_study: OpenStudy) -> None:
    study = open_study(case())
    out = studied(study, "1", "2")
    passage = f"本文: {case().passage}"
    assert out.count(passage) >= 2  # and once more where the first guess was wrong
    assert out.index(passage) < out.index("中央値を推定する") < out.index("MSEは極端な値に強い")
    for name in ("test/rents/squares", "rents/squares"):
        asked = ask(study, name, seed=0, answer="2")
        assert passage in asked.as_text()
        assert json.loads(asked.as_json())["variant"]["passage"] == case().passage
        assert asked.verdict is not None
        assert asked.verdict.right


def test_a_question_may_have_a_language_of_its_own(open_study: OpenStudy) -> None:
    study = open_study(true_false(language="en"))
    asked = ask(study, "kl-symmetric", seed=0, answer=None)
    assert "1. True\n2. False\n" in asked.as_text()
    assert json.loads(asked.as_json())["variant"]["language"] == "en"


@pytest.mark.parametrize("question", [term(), card()], ids=lambda question: question.kind)
def test_what_is_stored_is_what_was_shown(question: Question, open_study: OpenStudy) -> None:
    study = open_study(question)
    stored = study.bank.question(question.id)
    assert (stored.question, stored.content_hash) == (question, content_hash(question))
    variant = shown(study)
    studied(study, *(["", "3"] if question.kind == "card" else ["Huber損失"]))
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    again = study.examiner.present(
        stored.question,
        question_id=row.question_id,
        content_hash=row.content_hash,
        seed=row.seed,
        attempt=row.attempt,
    )
    assert again == variant
    assert (row.outcome, row.grade, row.hints) == ("correct", "good", 0)
