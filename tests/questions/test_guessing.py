"""Guessers who know nothing: what each would choose, and that our packs give them nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from questions.guessing import STRATEGIES, alone_at_an_end, guessed, of_four_options
from questions.model import ChoiceQuestion
from tests.questions.examples import choice, numeric
from tests.questions.packs.builtin import packs

# What each strategy likes best among these, by what stands there.
LIKES = {
    "longest": ("短い", "少し長い文", "とても長く詳しい文である", "中くらい"),
    "second longest": ("短い", "少し長い文", "とても長く詳しい文である", "中くらい"),
    "third longest": ("短い", "少し長い文", "とても長く詳しい文である", "中くらい"),
    "shortest": ("短", "少し長い", "とても長い文", "中くらい"),
    "most hedged": ("勾配は0になる", "勾配は0になる場合が多い", "勾配は1になる", "勾配は残る"),
    "most technical": ("損失", "誤差", "KL(p‖q)の勾配", "尤度"),
    "odd one out": ("勾配が消える", "勾配が増える", "木を植える", "勾配が残る"),
    "most typical": ("勾配が消える", "勾配が残る", "損失が残る", "木を植える"),
}
LIKED = {
    "longest": 2,
    "second longest": 1,
    "third longest": 3,
    "shortest": 0,
    "most hedged": 1,
    "most technical": 2,
    "odd one out": 2,
    "most typical": 1,
}


# Of three and more options left, each is as good: by the key, in the order of the texts.
CROSSED_OUT = [
    ("not the longest", ("一", "二三", "四五六", "七八"), (3, 3, 0, 3)),
    ("not the longest", ("一", "二三四", "五六七", "八九"), (4, 4, 4, 4)),  # two are: none is
    ("not the shortest", ("一", "二三", "四五六", "七八"), (0, 3, 3, 3)),
    ("not the shortest", ("一", "二三", "四五六", "七"), (4, 4, 4, 4)),
    ("neither longest nor shortest", ("一", "二三", "四五六", "七八"), (0, 2, 0, 2)),
    ("neither longest nor shortest", ("一", "二三", "四五六", "七"), (3, 3, 0, 3)),
]


def with_key(texts: tuple[str, ...], key: int) -> ChoiceQuestion:
    return choice(
        options=[
            {"text": text, "reason": "理由", "right": place == key}
            for place, text in enumerate(texts)
        ]
    )


@pytest.mark.parametrize("strategy", LIKES)
def test_a_strategy_chooses_what_it_looks_for(strategy: str) -> None:
    for key in range(4):
        right, count = guessed([with_key(LIKES[strategy], key)], strategy)
        assert (right, count) == (Fraction(int(key == LIKED[strategy])), 1)


@pytest.mark.parametrize(("strategy", "texts", "among"), CROSSED_OUT)
def test_what_is_left_is_guessed_among(
    strategy: str, texts: tuple[str, ...], among: tuple[int, ...]
) -> None:
    for key, left in enumerate(among):
        right, _ = guessed([with_key(texts, key)], strategy)
        assert right == (Fraction(1, left) if left else 0)


def test_every_strategy_is_tried_here() -> None:
    assert set(STRATEGIES) == set(LIKES) | {strategy for strategy, _, _ in CROSSED_OUT}


def test_how_often_an_end_alone_is_the_key() -> None:
    texts = ("一", "二三", "四五六", "七八")
    asked = [with_key(texts, key) for key in range(4)]
    asked.append(with_key(("一", "二", "三四", "五六"), 2))  # nothing stands alone
    assert alone_at_an_end(asked) == ((1, 4), (1, 4))
    assert alone_at_an_end(asked, length=lambda text: -len(text)) == ((1, 4), (1, 4))
    assert alone_at_an_end(asked, length=lambda text: 1) == ((0, 0), (0, 0))


def test_options_that_score_alike_share_the_guess() -> None:
    options = [
        {"text": text, "reason": "理由", "right": text == "甲乙"} for text in ("甲乙", "丙丁", "戊")
    ]
    assert guessed([choice(options=options)], "longest") == (Fraction(1, 2), 1)


def test_only_choice_questions_with_four_options_are_looked_at() -> None:
    whole = packs()[0]
    two = [{"text": text, "reason": "理由", "right": text == "甲"} for text in "甲乙"]
    mixed = whole.model_copy(update={"questions": (choice(), choice(options=two), numeric())})
    assert of_four_options([mixed]) == (choice(),)


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("part", ["", "beyond-"])
def test_the_built_in_questions_give_a_guesser_nothing(part: str, strategy: str) -> None:
    looked_at = [pack for pack in packs() if pack.id.startswith(part)]
    right, count = guessed(of_four_options(looked_at), strategy)
    assert count >= 30
    assert right / count < Fraction(35, 100)


RANKS = ("longest", "second longest", "third longest", "shortest")


@pytest.mark.parametrize("rank", RANKS)
def test_the_built_in_keys_are_of_every_length_rank(rank: str) -> None:
    right, count = guessed(of_four_options(packs()), rank)
    assert Fraction(15, 100) < right / count < Fraction(35, 100)


def test_the_longest_option_is_not_to_be_crossed_out() -> None:
    for right, count in alone_at_an_end(of_four_options(packs())):
        assert count >= 60
        assert Fraction(15, 100) < Fraction(right, count) < Fraction(35, 100)
