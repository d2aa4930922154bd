"""A hint costs an equal share of the score, and never all of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.draw import draw
from questions.grading.terms import grade_term
from questions.hints import after_hints, score_share
from tests.questions.examples import term

HUBER = draw(term(), question_id="p/q", content_hash="0", seed=0)


@given(st.integers(0, 20), st.integers(0, 20))
def test_each_hint_costs_the_same(of: int, used: int) -> None:
    if used > of:
        with pytest.raises(ValueError, match="cannot have been used"):
            score_share(used=used, of=of)
        return
    assert score_share(used=used, of=of) == 1 - Fraction(used, of + 1)
    assert score_share(used=used, of=of) > 0


def test_a_right_answer_stays_right_and_counts_less() -> None:
    verdict = after_hints(grade_term(HUBER, "Huber損失"), used=1, of=2)
    assert (verdict.outcome, verdict.right, verdict.hints_used) == ("correct", True, 1)
    assert verdict.score == pytest.approx(2 / 3)


def test_without_hints_and_without_an_attempt_nothing_changes() -> None:
    for raw, used in (("Huber損失", 0), ("", 2)):
        verdict = grade_term(HUBER, raw)
        assert after_hints(verdict, used=used, of=2) == verdict
