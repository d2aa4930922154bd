"""Guessers who know nothing: what each would choose, and that our packs give them nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from questions.guessing import STRATEGIES, guessed, of_four_options
from tests.questions.examples import choice, numeric
from tests.questions.packs.builtin import packs

# What each strategy likes best among these, by what stands there.
LIKES = {
    "longest": ("短い", "少し長い文", "とても長く詳しい文である", "中くらい"),
    "shortest": ("短", "少し長い", "とても長い文", "中くらい"),
    "most hedged": ("勾配は0になる", "勾配は0になる場合が多い", "勾配は1になる", "勾配は残る"),
    "most technical": ("損失", "誤差", "KL(p‖q)の勾配", "尤度"),
    "odd one out": ("勾配が消える", "勾配が増える", "木を植える", "勾配が残る"),
    "most typical": ("勾配が消える", "勾配が残る", "損失が残る", "木を植える"),
}
LIKED = {
    "longest": 2,
    "shortest": 0,
    "most hedged": 1,
    "most technical": 2,
    "odd one out": 2,
    "most typical": 1,
}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_strategy_chooses_what_it_looks_for(strategy: str) -> None:
    for key in range(4):
        options = [
            {"text": text, "reason": "理由", "right": place == key}
            for place, text in enumerate(LIKES[strategy])
        ]
        right, count = guessed([choice(options=options)], strategy)
        assert (right, count) == (Fraction(int(key == LIKED[strategy])), 1)


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
