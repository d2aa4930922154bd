"""A wrong number is told the simplest mistake that leads to it, and hardly ever a wrong one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import mean

import pytest

from losses.catalog import CATALOG
from losses.mistakes import of
from losses.mistakes.generic import FIRST, LAST, generic, twofold
from losses.text import Text
from questions.compute.batch import compute_many
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation, MistakeValue
from questions.grading.numeric import grade_numeric
from questions.model import NumericQuestion
from tests.questions.diagnosing import false_share, unrecognised, variants
from tests.questions.evaluations import evaluation, variant
from tests.questions.examples import numeric
from tests.questions.packs.builtin import numerics


def knowing(value: float, *, named: dict[str, float], further: dict[str, float]) -> Evaluation:
    """An evaluation; "a+b" is two mistakes."""
    return replace(
        evaluation(value, **named),
        further=tuple(
            MistakeValue(name, wrong, Text(name, name), Text("-", "-"), "mean", name.count("+") + 1)
            for name, wrong in further.items()
        ),
    )


KNOWN = knowing(
    0.8,
    named={"named": 2.4, "other": 1.2},
    further={"general": 1.6, "same": 1.60004, "named+general": 4.8, "other+general": 1.6},
)
# typed -> what is told (three decimals are asked for)
TOLD = {
    "2.400": ["named"],
    "2.4": ["named"],
    "2.40003": ["named"],  # a little beside: nothing else explains it
    "2.39999": ["named"],  # cut off
    "1.600": ["general", "same"],  # both agree with what was typed
    "1.60000": ["general"],
    "1.60004": ["same"],
    "1.6001": [],
    "-0.8": ["sign_flipped"],
    "-2.400": ["named+sign_flipped"],
    "-1.600": [],  # a general mistake and a slip: too far-fetched
    "4.8000": ["named+general"],  # two mistakes, and nothing simpler
    "80": ["percent_for_fraction"],
    "0.555": [],
}


@pytest.mark.parametrize("typed", TOLD)
def test_the_simplest_explanation_wins(typed: str) -> None:
    verdict = grade_numeric(variant(decimals=3), KNOWN, typed)
    assert [mistake.id for mistake in verdict.mistakes] == TOLD[typed]


def test_more_decimals_leave_room_for_more_explanations() -> None:
    # Between 0 and 0.1 a number of three decimals fits one value in a hundred by chance.
    known = knowing(0.0412, named={"named": 0.0871}, further={"general": 0.0234567})
    told = {
        typed: [each.id for each in grade_numeric(variant(decimals=3), known, typed).mistakes]
        for typed in ("0.023", "0.0235", "0.02346", "0.023457", "0.087")
    }
    assert told == {
        "0.023": [],
        "0.0235": ["general"],
        "0.02346": ["general"],
        "0.023457": ["general"],
        "0.087": ["named"],  # what the numbers were chosen to show is always told
    }


PERCENT = [
    ("25", "correct", []),
    ("25%", "correct", []),
    ("２５％", "correct", []),
    ("25.0", "correct", []),
    ("0.250", "mistake", ["fraction_for_percent"]),
    ("0.25", "mistake", ["fraction_for_percent"]),
    ("0.25%", "mistake", ["fraction_for_percent"]),  # a quarter of a percent: not what is right
    ("75", "mistake", ["named"]),
    ("2500", "wrong", []),
]


@pytest.mark.parametrize(("typed", "outcome", "told"), PERCENT)
def test_where_percent_are_asked_for(typed: str, outcome: str, told: list[str]) -> None:
    question = numeric(percent=True, tolerance={"decimals": 1})
    shown = draw(question, question_id="p/q", content_hash="0", seed=0)
    verdict = grade_numeric(shown, evaluation(25.0, named=75.0), typed)
    assert (verdict.outcome, [each.id for each in verdict.mistakes]) == (outcome, told)


def test_percent_are_a_hundred_times_the_loss_with_a_step_that_says_so() -> None:
    plain, percent = numeric(), numeric(percent=True)
    given = draw(plain, question_id="p/q", content_hash="0", seed=0).given
    one, hundred = evaluate(plain, given), evaluate(percent, given)
    assert hundred.value == pytest.approx(100 * one.value)
    for own, other in zip(one.mistakes, hundred.mistakes, strict=True):
        assert other.value == pytest.approx(100 * own.value)
    assert [step.id for step in hundred.steps] == [*(step.id for step in one.steps), "percent"]
    assert hundred.steps[-1].value == pytest.approx(hundred.value)
    (rough,) = compute_many(percent, [given])
    assert rough is not None
    assert rough.value == pytest.approx(hundred.value)


def test_general_mistakes_say_something_new_and_where_they_depart() -> None:
    for loss_id, info in CATALOG.items():
        known = {mistake.id for mistake in info.mistakes}
        for mistake in generic(loss_id):
            assert mistake.id not in known
            assert mistake.departs_at in (FIRST, LAST)
        for first in of(loss_id):
            for both in twofold(loss_id, first.id):
                assert both.id.startswith(f"{first.id}+")
                assert first.says.ja in both.says.ja
                assert both.departs_at == first.departs_at
    with pytest.raises(KeyError):
        twofold("mse", "no_such_mistake")


@pytest.mark.parametrize("question", numerics(), ids=lambda question: str(question.id))
def test_what_explains_a_number_is_a_step_of_this_calculation(question: NumericQuestion) -> None:
    for _, known in variants(question, 2):
        steps = {step.id for step in known.steps}
        values = [known.value, *(each.value for each in (*known.mistakes, *known.further))]
        assert {each.departs_at for each in known.further} <= steps
        assert [each.count for each in known.further] == sorted(
            each.count for each in known.further
        )
        assert all(one != other for one, other in pairwise(sorted(values)))


@pytest.mark.parametrize("question", numerics(), ids=lambda question: str(question.id))
def test_every_mistake_is_recognised_by_its_own_value(question: NumericQuestion) -> None:
    # The benchmark does the same with 1,000 variants.
    assert unrecognised(question, variants_drawn=8) == []


def test_random_numbers_hardly_ever_look_like_a_mistake() -> None:
    # The benchmark judges each question by itself, by 10,000 numbers.
    shares = [false_share(question, numbers=400, variants_drawn=5) for question in numerics()]
    assert mean(shares) < 0.01
    assert max(shares) < 0.02


def test_intermediate_values_rounded_on_the_way_are_said_and_count() -> None:
    # p = e^0/(e^0 + e^4.6) = 0.0099518 → 0.010; −ln 0.010 = 4.605 for 4.610.
    question = numeric(
        given={"logits": {"sample": "fixed", "value": [0, 4.6]}},
        compute={"loss": "cross_entropy", "inputs": {"logits": "$logits", "target": 0}},
        stem="{logits}",
        explanation="-",
        hints=[],
        mistakes=["base_two"],
    )
    shown = draw(question, question_id="p/q", content_hash="0", seed=0)
    known = evaluate(question, shown.given)
    verdict = grade_numeric(shown, known, "4.605")
    assert (verdict.outcome, verdict.score, verdict.right) == ("rounding", 0.75, True)
    assert "「合計で割って確率にする」" in verdict.message.ja
    assert "小数第3位" in verdict.message.ja
    assert "4.610" in verdict.message.ja
    assert grade_numeric(shown, known, "4.6049").outcome == "rounding"
    assert grade_numeric(shown, known, "4.610").outcome == "correct"
    assert grade_numeric(shown, known, "4.607").outcome == "wrong"
    # Where a mistake leads to the same number, it is a mistake.
    (other,) = known.mistakes
    both = replace(known, mistakes=(replace(other, id="there", value=4.6052),))
    assert [each.id for each in grade_numeric(shown, both, "4.605").mistakes] == ["there"]


@pytest.mark.parametrize("question", numerics(), ids=lambda question: str(question.id))
def test_no_mistake_passes_for_rounding(question: NumericQuestion) -> None:
    for shown, known in variants(question, 6):
        for mistake in known.mistakes:
            for places in (question.tolerance.decimals, question.tolerance.decimals + 2):
                assert not grade_numeric(shown, known, f"{mistake.value:.{places}f}").right
