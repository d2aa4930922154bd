"""Which spellings are one term, and which are only close to it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from losses import CATALOG
from questions.terms import LEAST_NEAR, loose, losses_called, names_of, near, normal, pytorch_name

SAME = [
    ("Huber Loss", "ＨＵＢＥＲ　ｌｏｓｓ"),
    ("Log-Cosh損失", "log cosh 損失"),
    ("KLダイバージェンス", "ＫＬだいばーじぇんす"),
    ("カルバック・ライブラー情報量", "カルバックライブラー情報量"),
    ("カルバック・ライブラー情報量", "カルバックーライブラ情報量"),
    ("エントロピー", "エントロピ"),
    ("エントロピー", "ｴﾝﾄﾛﾋﾟｰ"),
    ("ヴァリアンス", "バリアンス"),
    ("Jensen–Shannon", "jensen - shannon"),
    ("Earth Mover's Distance", "earth movers distance"),
    ("Focal損失（二値）", "Focal損失 (二値)"),
    ("Poincaré", "poincare"),
    ("HuberLoss", "torch.nn.HuberLoss"),
    ("HuberLoss", "nn.HuberLoss"),
    ("ガウス負の対数尤度", "か\u3099うす負の対数尤度"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_term(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("L1損失", "L2損失"), ("二値", "多値"), ("バイアス", "ハイアス"), ("GAN", "GAM")],
)
def test_other_terms_stay_others(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(st.text("aZé損失ろスﾛヴー・-　１０かガ゙ァ．()", max_size=20))
def test_a_normal_form_is_its_own(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert loose(loose(text)) == loose(text)


@given(st.text(max_size=50))
def test_every_text_has_a_normal_form_without_punctuation(text: str) -> None:
    form = normal(text)
    assert not any(unicodedata.category(character)[0] in "PZC" for character in form)


@pytest.mark.parametrize("ending", ["損失", "損失関数", "ロス", " loss", "Loss function"])
def test_words_for_loss_at_the_end_are_one(ending: str) -> None:
    assert loose(f"Huber{ending}") == "huber損失"
    assert loose(ending) == normal(ending)


# (typed, term, close?)
CLOSE = [
    ("Hubre loss", "Huber loss", True),  # neighbours exchanged
    ("Hubr loss", "Huber loss", True),
    ("Hubber loss", "Huber loss", True),
    ("Hyber loss", "Huber loss", True),
    ("Huber", "Huber損失", True),  # the person, not the loss
    ("カルバック・ライブラリ情報量", "カルバック・ライブラー情報量", True),
    ("Huber loss", "Huber loss", False),  # the term itself
    ("Hubbre loss", "Huber loss", False),  # two slips
    ("L1損失", "L2損失", False),
    ("L1正則化付き", "L2正則化付き", False),  # a digit makes another term
    ("偽陽性の割合", "偽陰性の割合", False),  # and so does a kanji
    ("BCE", "ACE", False),  # too short
    ("平均二乗誤", "平均二乗誤差", False),
]


@pytest.mark.parametrize(("typed", "term", "close"), CLOSE)
def test_what_is_close(typed: str, term: str, close: bool) -> None:
    assert near(typed, term) is close


letters = st.text("abcdefかきくけこ", min_size=LEAST_NEAR, max_size=12)


@given(letters, st.integers(0, 11), st.sampled_from("gzさし"))
def test_one_slip_is_close_and_closeness_is_mutual(term: str, at: int, slip: str) -> None:
    at %= len(term)
    wrong = term[:at] + slip + term[at + 1 :]
    assert near(wrong, term)
    assert near(term, wrong)
    assert near(term[:at] + slip + term[at:], term)
    assert not near(slip + term + slip, term)


def test_every_name_of_a_loss_is_one_of_its_names() -> None:
    for loss, info in CATALOG.items():
        for name in (info.name.ja, info.name.en, *info.aliases):
            assert loss in losses_called(name), (loss, name)
        names = names_of(loss, "ja")
        assert names[0] == info.name.ja
        assert names_of(loss, "en")[0] == info.name.en
        assert len({normal(name) for name in names}) == len(names)


def test_no_rejected_word_is_a_name_of_its_loss() -> None:
    for loss, info in CATALOG.items():
        names = {normal(name) for name in names_of(loss, "ja")}
        assert {word for word in info.misnomers if normal(word) in names} == set(), loss


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        ("mse", "MSELoss"),
        ("reconstruction", None),
        ("cross_entropy", "CrossEntropyLoss"),
        ("distribution_cross_entropy", None),
        ("margin_ranking", "MarginRankingLoss"),
        ("pairwise_hinge", None),
        ("bce_with_logits", "BCEWithLogitsLoss"),
        ("gan_discriminator", None),
        ("entropy", None),  # a function of torch.special, with another name
    ],
)
def test_a_class_of_pytorch_is_the_name_of_one_loss(loss: str, name: str | None) -> None:
    assert pytorch_name(loss) == name


def test_brackets_may_be_left_out_where_that_names_one_loss() -> None:
    assert "平均逆順位" in names_of("mrr", "ja")
    assert "GAN生成器の損失" not in names_of("gan_generator_minimax", "ja")
