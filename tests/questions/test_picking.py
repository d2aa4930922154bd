"""The options of a pick question: one right, three wrong, all named and explained."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from losses import CATALOG
from losses.text import Language
from questions.draw import draw
from questions.model import PickQuestion
from questions.picking import available, name_of, why_not
from questions.variant import Variant
from tests.questions.examples import pick

LANGUAGES: list[Language] = ["ja", "en"]
HINGE = {"loss": "hinge", "reason": "分類に使う。"}


def drawn(question: PickQuestion, seed: int, language: Language = "ja") -> Variant:
    return draw(question, question_id="p/q", content_hash="0", seed=seed, language=language)


def losses_shown(shown: Variant) -> set[str]:
    names = {name_of(loss, "ja"): loss for loss in CATALOG}
    return {names[option.text] for option in shown.options}


@given(st.sampled_from(sorted(CATALOG)), st.integers(), st.data())
def test_four_losses_one_right_and_never_one_that_would_be_right_too(
    answer: str, seed: int, data: st.DataObject
) -> None:
    neighbours = CATALOG[answer].neighbours
    also_right = data.draw(st.lists(st.sampled_from(neighbours), unique=True))
    others = [loss for loss in CATALOG if loss != answer and loss not in also_right]
    written = data.draw(st.lists(st.sampled_from(others), unique=True, max_size=5))
    question = pick(
        answer=answer,
        also_right=also_right,
        distractors=[{"loss": loss, "reason": f"{loss}の理由"} for loss in written],
    )
    if len(written) + len(available(question)) < 3:
        with pytest.raises(ValueError, match="fewer than 3"):
            drawn(question, seed)
        return
    shown = drawn(question, seed)
    assert shown == drawn(question, seed)
    losses = losses_shown(shown)
    assert [option.label for option in shown.options] == ["1", "2", "3", "4"]
    assert len(losses) == 4
    assert answer in losses
    assert losses.isdisjoint(also_right)
    assert losses <= {answer, *written, *neighbours}
    assert len(losses & set(written)) == min(3, len(written))  # the author's come first
    for option in shown.options:
        assert option.right == (option.text == name_of(answer, "ja"))
        assert option.reason


def test_reasons_are_the_authors_or_those_of_the_catalogue() -> None:
    own = drawn(pick(reason="独自の理由", distractors=[HINGE]), 0)
    by_name = {option.text: option.reason for option in own.options}
    assert by_name["Huber損失"] == "独自の理由"
    assert by_name["ヒンジ損失"] == "分類に使う。"
    for option in drawn(pick(), 0).options:
        loss = next(each for each in CATALOG if name_of(each, "ja") == option.text)
        info = CATALOG[loss]
        assert option.reason == (info.use_when.ja if option.right else why_not(loss, "ja"))


def test_every_distractor_comes_equally_often_and_the_answer_stands_everywhere() -> None:
    question = pick()  # mse, mae, pseudo_huber and log_cosh are left: each in 3 of 4 variants
    shown = [drawn(question, seed) for seed in range(4000)]
    often = Counter(loss for each in shown for loss in losses_shown(each))
    assert often.pop("huber") == 4000
    assert set(often) == {"mse", "mae", "pseudo_huber", "log_cosh"}
    assert all(abs(count - 3000) < 100 for count in often.values()), often
    places = Counter(
        option.label for variant in shown for option in variant.options if option.right
    )
    assert all(abs(places[label] - 1000) < 100 for label in "1234"), places


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_loss_has_a_name_and_a_reason_of_its_own(language: Language) -> None:
    names = [name_of(loss, language) for loss in CATALOG]
    assert len(set(names)) == len(names)
    reasons = [why_not(loss, language) for loss in CATALOG]
    assert len(set(reasons)) == len(reasons)
    for text in reasons:
        assert text.endswith("。" if language == "ja" else ".")
        assert text.count("（") == text.count("）")
        assert text.count("(") == text.count(")")
        assert text.count("。") <= 2


@pytest.mark.parametrize(
    ("loss", "ja", "en"),
    [
        ("mse", "平均二乗誤差（MSE）", "Mean squared error (MSE)"),
        ("huber", "Huber損失", "Huber loss"),
        ("mrr", "平均逆順位（MRR）", "Mean reciprocal rank (MRR)"),
        ("wgan_critic", "WGANクリティックの損失", "WGAN critic loss"),
        (
            "wasserstein_1d",
            "Wasserstein距離（1次元、W₁）",
            "Wasserstein distance (one dimension, W₁)",
        ),
    ],
)
def test_names(loss: str, ja: str, en: str) -> None:
    assert (name_of(loss, "ja"), name_of(loss, "en")) == (ja, en)
