"""Typed terms and self-graded cards: every verdict says what was right, or what the word means."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from losses import CATALOG
from losses.text import Language
from questions.draw import draw
from questions.grading.cards import grade_card
from questions.grading.terms import LONGEST, accepted_terms, grade_term
from questions.grading.uncomputed import grade_uncomputed
from questions.model import Question, TermAnswer
from questions.rendering import verdict_json
from questions.terms import losses_called
from questions.variant import Variant
from tests.questions.examples import card, choice, term


def shown(question: Question, language: Language = "ja") -> Variant:
    return draw(question, question_id="p/q", content_hash="0", seed=0, language=language)


HUBER = shown(term())
# Author's words only.
OVERFITTING = shown(
    term(
        answer={"accept": ["過学習", "オーバーフィッティング", "overfitting"]},
        rejected=[{"text": "過剰学習", "reason": "定まった用語でない。"}],
    )
)

# (variant, typed, outcome, what was read)
RIGHT = [
    (HUBER, "Huber損失", "Huber損失"),
    (HUBER, "ｈｕｂｅｒ　loss", "Huber loss"),
    (HUBER, "フーバー損失", "フーバー損失"),
    (HUBER, "ふーばーそんしつ".replace("そんしつ", "損失"), "フーバー損失"),
    (HUBER, "フーバーロス", "フーバー損失"),
    (HUBER, "torch.nn.HuberLoss", "Huber loss"),
    (HUBER, "Huber損失関数", "Huber損失"),
    (OVERFITTING, "オーバフィッティング", "オーバーフィッティング"),
    (OVERFITTING, "Over-fitting", "overfitting"),
]


@pytest.mark.parametrize(("variant", "typed", "read"), RIGHT, ids=lambda value: str(value)[:20])
def test_the_right_term_in_any_spelling(variant: Variant, typed: str, read: str) -> None:
    verdict = grade_term(variant, typed)
    assert (verdict.outcome, verdict.score, verdict.read) == ("correct", 1.0, read)
    assert verdict.expected == verdict.accepted[0]
    assert (verdict.explanation, verdict.source) == (variant.explanation, "Huber (1964)")
    assert verdict.raw == typed


# (variant, typed, id of the mistake, words of what it says, words of the remedy)
MISTAKEN = [
    (HUBER, "ハブ損失", "misnomer", "誤訳", "「Huber損失」と書く"),
    (HUBER, "ハブはんロス", "misnomer", "ハブハンロス", "Huber損失"),
    (HUBER, "mse", "rejected_term", "大きな誤差も二乗で", "Huber損失"),
    (HUBER, "平均絶対誤差", "other_loss", "平均絶対誤差（MAE）", CATALOG["mae"].use_when.ja),
    (OVERFITTING, "過剰学習", "rejected_term", "定まった用語でない", "過学習"),
]


@pytest.mark.parametrize(
    ("variant", "typed", "mistake", "says", "remedy"), MISTAKEN, ids=lambda value: str(value)[:20]
)
def test_a_wrong_word_is_explained(
    variant: Variant, typed: str, mistake: str, says: str, remedy: str
) -> None:
    verdict = grade_term(variant, typed)
    assert (verdict.outcome, verdict.score) == ("mistake", 0.0)
    (found,) = verdict.mistakes
    assert found.id == mistake
    assert says in found.says.ja
    assert remedy in found.remedy.ja
    assert verdict.expected in verdict.message.en


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "入力する"),
        ("　・-", "入力する"),
        ("Hubre損失", "綴り"),
        ("Huber", "綴り"),
        ("x" * (LONGEST + 1), "長すぎる"),
    ],
)
def test_what_costs_no_attempt(typed: str, words: str) -> None:
    verdict = grade_term(HUBER, typed)
    assert verdict.outcome == "unreadable"
    assert words in verdict.message.ja
    assert not verdict.graded
    # The right term is not given away.
    assert "Huber" not in verdict.message.ja + verdict.message.en
    assert verdict.accepted == ()


def test_a_slip_that_makes_another_loss_is_wrong() -> None:
    variant = shown(term(answer={"loss": "ciou_loss"}, rejected=[]))
    verdict = grade_term(variant, "DIoU損失")
    assert (verdict.outcome, verdict.mistakes[0].id) == ("mistake", "other_loss")
    assert grade_term(variant, "CIuO損失").outcome == "unreadable"


def test_what_the_author_rejects_goes_before_a_name_of_the_catalogue() -> None:
    variant = shown(term(rejected=[{"text": "フーバー損失", "reason": "英語で書く。"}]))
    assert grade_term(variant, "フーバー損失").mistakes[0].says.ja == "英語で書く。"


def test_a_mixed_name_is_rejected_where_its_parts_would_be_accepted() -> None:
    variant = shown(term(answer={"loss": "cosine_embedding"}, rejected=[]))
    assert grade_term(variant, "コサイン埋め込みロス").mistakes[0].id == "misnomer"
    assert grade_term(variant, "コサイン埋め込み損失").outcome == "correct"


def test_the_standard_name_is_in_the_language_of_the_question() -> None:
    assert grade_term(shown(term(), "en"), "x").expected == "Huber loss"
    assert grade_term(shown(term(language="en")), "x").expected == "Huber loss"
    assert grade_term(shown(term(language="ja"), "en"), "x").expected == "Huber損失"


def test_the_authors_terms_come_before_those_of_the_loss() -> None:
    both = TermAnswer(loss="huber", accept=("ロバスト損失", "huber loss"))
    assert accepted_terms(both, "ja")[:3] == ("ロバスト損失", "huber loss", "Huber損失")


@pytest.mark.parametrize("loss", CATALOG)
def test_every_name_is_right_and_every_misnomer_is_named(loss: str) -> None:
    variant = shown(term(answer={"loss": loss}, rejected=[]))
    info = CATALOG[loss]
    for name in (info.name.ja, info.name.en, *info.aliases):
        assert grade_term(variant, name).outcome == "correct", name
    for word in info.misnomers:
        assert [m.id for m in grade_term(variant, word).mistakes] == ["misnomer"], word
    for other in set(CATALOG) - {loss}:
        if loss not in losses_called(name := CATALOG[other].name.ja):
            assert grade_term(variant, name).outcome in ("mistake", "wrong"), name


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict(raw: str) -> None:
    verdict = grade_term(HUBER, raw)
    assert verdict.raw == raw
    assert verdict.right == (verdict.score == 1.0)
    assert verdict_json(verdict, "en")["accepted"] == list(verdict.accepted)


@pytest.mark.parametrize(
    ("raw", "grade", "score"),
    [("1", "again", 0.0), ("2", "hard", 1.0), (" ３", "good", 1.0), ("4\n", "easy", 1.0)],
)
def test_a_learner_grades_a_card(raw: str, grade: str, score: float) -> None:
    verdict = grade_card(shown(card()), raw)
    assert (verdict.self_grade, verdict.score, verdict.raw) == (grade, score, raw)
    assert verdict.outcome == ("correct" if score else "wrong")
    assert verdict.expected == "−Σ p ln p"


@given(st.text(max_size=5) | st.sampled_from(["", "0", "5", "12", "①", "四", "good"]))
def test_anything_else_is_no_grade(raw: str) -> None:
    known = unicodedata.normalize("NFKC", raw).strip() in ("1", "2", "3", "4")
    assert grade_card(shown(card()), raw).graded is known


def test_each_kind_is_graded_as_what_it_is() -> None:
    assert grade_uncomputed(shown(card()), "2").self_grade == "hard"
    assert grade_uncomputed(HUBER, "Huber損失").read == "Huber損失"
    assert grade_uncomputed(shown(choice()), "a").reasons
    for grade in (grade_card, grade_term):
        with pytest.raises(TypeError):
            grade(shown(choice()), "1")
