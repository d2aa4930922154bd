"""What is right, what is right but for the rounding, and which mistake a wrong number shows."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.answer import Reading, read_number
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading.numeric import grade_numeric
from questions.grading.options import grade_choice, grade_options
from questions.model import NumericQuestion, Tolerance, content_hash
from questions.settle import settle
from questions.tolerance import as_written, places_needed, within
from questions.variant import Variant
from questions.verdict import Verdict
from tests.questions.evaluations import evaluation, variant
from tests.questions.examples import choice, multiple, numeric, true_false
from tests.questions.packs.builtin import numerics


def grade(typed: str, value: float, decimals: int = 3, **mistakes: float) -> Verdict:
    return grade_numeric(variant(decimals=decimals), evaluation(value, **mistakes), typed)


# Outcomes for Huber with δ = 0.3 on the errors 0.5, −0.2, 0.2: 0.048333…
HUBER = 0.14499999999999996 / 3
MISTAKES = {
    "sum": 0.14499999999999996,
    "no_half": 0.18499999999999994 / 3,
    "linear_without_offset": 0.19 / 3,
    "smooth_l1": 0.4833333333333333 / 3,
}
OUTCOMES = {
    "0.048": "correct",
    "0.0483": "correct",
    "0.04833333": "correct",
    "0.0488": "correct",
    "0.0479": "correct",
    "48e-3": "correct",
    "4.8%": "correct",
    "０．０４８": "correct",
    "0,048": "correct",
    "0.145/3": "correct",
    "0.05": "rounding",  # one place is missing
    "0.05000": "wrong",  # five places were typed: that is another number
    "0.0489": "wrong",
    "0.047": "wrong",
    "0.145": "mistake",  # the sum
    "0.14500": "mistake",
    "0.062": "mistake",  # no ½
    "0.0617": "mistake",
    "0.06": "wrong",  # too coarse to be a sign of anything
    "0.1": "wrong",
    "0": "wrong",
    "5": "wrong",
    "-0.048": "mistake",  # the sign
    "4.833": "mistake",  # percent
    "0.4833": "mistake",  # the decimal point
    "0.483": "mistake",
    "0.48": "wrong",  # two digits agree with too much
    "": "unreadable",
    "1,000": "unreadable",
    "たぶん0.05": "unreadable",
}


@pytest.mark.parametrize("typed", OUTCOMES)
def test_outcomes(typed: str) -> None:
    verdict = grade(typed, HUBER, **MISTAKES)
    assert verdict.outcome == OUTCOMES[typed]
    assert verdict.score == {"correct": 1.0, "rounding": 0.5}.get(verdict.outcome, 0.0)
    assert verdict.right == (verdict.outcome in ("correct", "rounding"))
    assert verdict.graded == (verdict.outcome != "unreadable")
    assert bool(verdict.mistakes) == (verdict.outcome == "mistake")
    assert verdict.message.ja
    assert verdict.message.en
    if verdict.graded:
        assert verdict.expected == "0.048"
        assert verdict.expected_value == HUBER


# value, decimals, typed -> outcome, part of the message
ROUNDING = [
    (2.3456, 3, "2.35", "rounding", "桁数が足りない"),
    (2.3456, 3, "2.3", "rounding", "桁数が足りない"),
    (2.3456, 3, "2", "wrong", ""),  # one digit fits too much
    (2.3456, 3, "2.345", "rounding", "切り捨てている"),
    (2.3456, 3, "2.34", "rounding", "切り捨てている"),
    (2.3456, 3, "2.346", "correct", ""),
    (2.3456, 3, "2.3455", "correct", ""),
    (2.3456, 3, "2.347", "wrong", ""),
    (-2.3456, 3, "-2.345", "rounding", "切り捨てている"),
    (0.0488, 3, "0.048", "rounding", "切り捨てている"),
    (0.0488, 3, "0.05", "rounding", "桁数が足りない"),
    (0.0488, 3, "0.0", "wrong", ""),
    (0.9, 1, "1", "rounding", "桁数が足りない"),
    (0.4, 1, "0", "wrong", ""),
    (0.5, 3, "0.5", "correct", ""),
    (0.29, 3, "0.29", "correct", ""),
    (0.3 - 0.01, 3, "0.289", "wrong", ""),  # 0.29 in floats: nothing was cut off
    (12.3456, 2, "12", "rounding", "桁数が足りない"),
    (12.3456, 0, "12", "correct", ""),
    (12.3456, 0, "12.3456", "correct", ""),
    (1234.5678, 2, "1234.5", "rounding", "切り捨てている"),
    (1234.5678, 2, "1230", "wrong", ""),
    (1 / 3, 3, "1/3", "correct", ""),
    (1 / 3, 3, "0.3", "wrong", ""),
    (1 / 3, 3, "0.33", "rounding", "桁数が足りない"),
    (1 / 3, 3, "33%", "rounding", "桁数が足りない"),
    (1 / 3, 3, "33.3%", "correct", ""),
    (1 / 3, 3, "0.33/1", "wrong", ""),  # the result of a calculation is not rounded
]


@pytest.mark.parametrize(("value", "decimals", "typed", "outcome", "words"), ROUNDING)
def test_rounding(value: float, decimals: int, typed: str, outcome: str, words: str) -> None:
    verdict = grade(typed, value, decimals)
    assert verdict.outcome == outcome
    assert words in verdict.message.ja
    if outcome == "rounding":
        assert f"小数第{decimals}位" in verdict.message.ja
        assert str(verdict.expected) in verdict.message.en


def test_a_number_too_coarse_to_tell_right_from_mistaken_is_asked_for_again() -> None:
    verdict = grade("0.05", 0.048, mistaken=0.053)
    assert verdict.outcome == "unreadable"
    assert not verdict.graded
    assert "小数第3位まで" in verdict.message.ja
    assert grade("0.048", 0.048, mistaken=0.053).outcome == "correct"
    assert grade("0.053", 0.048, mistaken=0.053).outcome == "mistake"


def test_a_mistake_whose_value_needs_few_places_is_recognised_without_zeros() -> None:
    for typed in ("0.33", "0.330", ".33", "33%"):
        verdict = grade(typed, 0.11, summed=0.33)
        assert [mistake.id for mistake in verdict.mistakes] == ["summed"], typed
    assert grade("0.3", 0.11, summed=0.3004).outcome == "wrong"  # 0.300 would be a sign


def test_mistakes_that_explain_a_number_equally_well_are_all_named() -> None:
    verdict = grade("0.700", 0.11, one=0.7, other=0.7002, third=0.9)
    assert [mistake.id for mistake in verdict.mistakes] == ["one", "other"]
    assert verdict.mistakes[0].says.ja == "oneをした"
    assert verdict.mistakes[0].departs_at == "mean"


def test_the_mistakes_of_the_loss_come_before_general_slips() -> None:
    verdict = grade("-0.11", 0.11, swapped=-0.11)
    assert [mistake.id for mistake in verdict.mistakes] == ["swapped"]
    assert [mistake.id for mistake in grade("-0.11", 0.11).mistakes] == ["sign_flipped"]
    assert [mistake.id for mistake in grade("11", 0.11).mistakes] == ["percent_for_fraction"]
    assert [mistake.id for mistake in grade("1.1", 0.11).mistakes] == ["order_of_magnitude"]


def test_a_verdict_carries_what_explains_it() -> None:
    shown = variant(decimals=3)
    verdict = grade_numeric(shown, evaluation(HUBER, **MISTAKES), "0,145")
    assert verdict.raw == "0,145"
    assert verdict.read == "0,145 → 0.145"
    assert verdict.value == 0.145
    assert verdict.tolerance == Tolerance(decimals=3)
    assert verdict.steps[-1].id == "mean"
    assert verdict.explanation == shown.explanation
    assert "{" not in verdict.explanation
    assert verdict.source == "Huber (1964)"
    assert (verdict.torch_version, verdict.dtype) == ("2.13.0", "float64")


MARGINS = [
    ({"atol": 0.2}, 45.8, "46.0", True),  # 0.20000000000000284 away in floats
    ({"atol": 0.2}, 45.8, "45.6", True),
    ({"atol": 0.2}, 45.8, "46.01", False),
    ({"atol": 0.15}, 2.45, "2.3", True),
    ({"atol": 0.1}, 0.3, "0.2", True),
    ({"rtol": 0.01}, 100.0, "101", True),
    ({"rtol": 0.01}, 100.0, "101.01", False),
    ({"rtol": 0.01}, -100.0, "-99", True),
    ({"rtol": 0.01, "atol": 1.0}, 100.0, "102", True),
    ({"rtol": 0.01, "atol": 1.0}, 100.0, "102.1", False),
    ({"rtol": 0.01}, 1e-9, "1.01e-9", True),
    ({"decimals": 3}, 1.0, "1.0005", True),
    ({"decimals": 3}, 1.0, "1.00052", False),
    ({"decimals": 0}, 7.5, "8", True),
    ({"decimals": 0}, 7.5, "7", True),
    ({"decimals": 8}, 0.1, "0.1", True),
]


@pytest.mark.parametrize(("tolerance", "value", "typed", "right"), MARGINS)
def test_tolerances(tolerance: dict[str, float], value: float, typed: str, right: bool) -> None:
    verdict = grade_numeric(variant(**tolerance), evaluation(value), typed)
    assert (verdict.outcome == "correct") == right


def test_places_that_a_margin_needs() -> None:
    assert [places_needed(Tolerance(decimals=d), 1.0) for d in range(9)] == list(range(9))
    assert places_needed(Tolerance(atol=0.05), 1.0) == 1
    assert places_needed(Tolerance(atol=0.2), 1.0) == 1
    assert places_needed(Tolerance(atol=5), 1.0) == 0
    assert places_needed(Tolerance(rtol=0.01), 0.2345) == 3
    assert places_needed(Tolerance(rtol=0.01), 0.0) == 15


def test_too_coarse_for_a_margin_is_a_matter_of_rounding() -> None:
    verdict = grade_numeric(variant(rtol=0.001), evaluation(0.2345), "0.23")
    assert verdict.outcome == "rounding"
    assert "0.2345" in verdict.message.ja
    assert "小数第" not in verdict.message.ja  # the question asks for no number of places


WRITTEN = [
    (0.5, Tolerance(decimals=3), "0.500"),
    (-0.5, Tolerance(decimals=1), "-0.5"),
    (0.0625, Tolerance(decimals=3), "0.063"),  # halves go up, as taught in school
    (0.06249999999999999, Tolerance(decimals=3), "0.063"),  # 0.0625 but for the float's noise
    (-0.0004, Tolerance(decimals=3), "0.000"),
    (2.0, Tolerance(decimals=0), "2"),
    (1234567.0, Tolerance(rtol=0.01), "1234570"),
    (0.000123456789, Tolerance(rtol=0.01), "0.000123457"),
    (1e300, Tolerance(decimals=2), "1" + "0" * 300 + ".00"),
]


@pytest.mark.parametrize(("value", "tolerance", "text"), WRITTEN)
def test_the_right_answer_as_it_would_be_written(
    value: float, tolerance: Tolerance, text: str
) -> None:
    assert as_written(value, tolerance) == text


finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)


@given(
    st.integers(0, 8).flatmap(
        lambda d: st.tuples(st.floats(-(10 ** (12 - d)), 10 ** (12 - d)), st.just(d))
    )
)
def test_the_right_value_rounded_is_always_correct(asked: tuple[float, int]) -> None:
    value, decimals = asked  # three digits fewer than a float has
    typed = as_written(value, Tolerance(decimals=decimals))
    assert grade(typed, value, decimals).outcome == "correct"
    if decimals <= 5:  # where one place more still means something to a float of this size
        assert grade(as_written(value, Tolerance(decimals=decimals + 1)), value, decimals).right


@given(st.integers(-(10**8), 10**8), st.integers(1, 10**4), st.sampled_from([-1, 1]))
def test_the_edge_of_a_margin_is_inside_as_decimals_say(value: int, margin: int, side: int) -> None:
    """In units of a ten-thousandth: floats put many of these edges on the wrong side."""
    tolerance = Tolerance(atol=margin / 10_000)
    assert within((value + side * margin) / 10_000, value / 10_000, tolerance)
    assert not within((value + side * (margin + 1)) / 10_000, value / 10_000, tolerance)


@given(finite, finite, st.text(alphabet="0123456789.-e", min_size=1, max_size=12))
def test_every_readable_number_gets_a_verdict(value: float, wrong: float, typed: str) -> None:
    verdict = grade(typed, value, mistaken=wrong)
    readable = isinstance(read_number(typed), Reading)
    assert verdict.graded <= readable
    assert verdict.right == (verdict.score > 0)


# choice questions


def chosen(raw: str) -> Verdict:
    shown = draw(choice(), question_id="p/median", content_hash="0", seed=0)  # MSE ヒンジ MAE 交差
    return grade_choice(shown, raw)


@pytest.mark.parametrize("raw", ["3", " 3 ", "３", "c", "C", "ｃ", "③"])
def test_the_right_option_by_number_or_letter_in_any_width(raw: str) -> None:
    verdict = chosen(raw)
    assert (verdict.outcome, verdict.score, verdict.read) == ("correct", 1.0, "3")
    assert verdict.raw == raw


@pytest.mark.parametrize("raw", ["1", "2", "4", "a", "ｂ", "D"])
def test_a_wrong_option(raw: str) -> None:
    verdict = chosen(raw)
    assert (verdict.outcome, verdict.score, verdict.expected) == ("wrong", 0.0, "3")


@pytest.mark.parametrize("raw", ["", "5", "0", "e", "ab", "12", "MAE", "-1", "\x00"])
def test_what_is_no_option_costs_no_attempt(raw: str) -> None:
    verdict = chosen(raw)
    assert verdict.outcome == "unreadable"
    assert "1から4" in verdict.message.ja


def test_every_option_carries_its_reason() -> None:
    reasons = chosen("2").reasons
    assert [reason.label for reason in reasons] == ["1", "2", "3", "4"]
    assert [reason.right for reason in reasons] == [False, False, True, False]
    assert [reason.chosen for reason in reasons] == [False, True, False, False]
    assert all(reason.reason for reason in reasons)


# with the real losses

REAL = [
    numeric(),
    *(
        question
        for question in numerics()
        if question.id.startswith(("mse", "kl", "cross", "hinge"))
    ),
]


@cache
def settled(question_id: str, seed: int) -> tuple[Variant, Evaluation]:
    question = next(question for question in REAL if question.id == question_id)
    return settle(
        question,
        question_id=f"pack/{question.id}",
        content_hash=content_hash(question),
        seed=seed,
        evaluate=evaluate,
    )


@pytest.mark.parametrize("question", REAL, ids=lambda question: question.id)
def test_every_mistake_is_recognised_however_it_is_typed(question: NumericQuestion) -> None:
    for seed in range(40):
        shown, known = settled(question.id, seed)
        decimals = question.tolerance.decimals
        for mistake in known.mistakes:
            short = as_written(mistake.value, question.tolerance)
            stripped = short.rstrip("0").rstrip(".") if "." in short else short
            exact = abs(float(stripped) - mistake.value) < 1e-12
            more = f"{mistake.value:.{decimals + 2}f}"
            for typed in (short, more, repr(mistake.value), *([stripped] if exact else [])):
                verdict = grade_numeric(shown, known, typed)
                assert verdict.outcome == "mistake", (typed, known.value, mistake)
                assert mistake.id in [found.id for found in verdict.mistakes]


@pytest.mark.parametrize("question", REAL, ids=lambda question: question.id)
def test_a_random_wrong_number_is_seldom_taken_for_a_mistake(question: NumericQuestion) -> None:
    """Below 1 % of 10,000 wrong numbers: of the size of the values at hand, with all places."""
    chance = random.Random(0)
    diagnosed = wrong = 0
    for seed in range(40):
        shown, known = settled(question.id, seed)
        largest = max(abs(value) for value in (known.value, *(m.value for m in known.mistakes)))
        for _ in range(250):
            typed = as_written(chance.uniform(-1.5 * largest, 3 * largest), question.tolerance)
            verdict = grade_numeric(shown, known, typed)
            wrong += not verdict.right
            diagnosed += verdict.outcome == "mistake"
    share = diagnosed / wrong
    assert wrong > 9000
    assert share < 0.01


def statement(*, answer: bool) -> Variant:
    return draw(true_false(answer=answer), question_id="p/q", content_hash="0", seed=0)


JUDGED = {
    True: [
        "1",
        "１",
        " 1 ",
        "○",
        "〇",
        "◯",
        "o",
        "O",
        "Ｏ",
        "t",
        "True",
        "ｔｒｕｅ",
        "正",
        "正しい",
    ],
    False: ["2", "２", "×", "✕", "x", "Ｘ", "f", "FALSE", "誤", "誤り", "誤っている", "正しくない"],
}


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize(
    ("typed", "judgement"), [(typed, said) for said, all_ in JUDGED.items() for typed in all_]
)
def test_a_judgement_is_read_and_graded(typed: str, judgement: bool, answer: bool) -> None:
    verdict = grade_options(statement(answer=answer), typed)
    assert verdict.right == (judgement is answer)
    assert verdict.outcome == ("correct" if judgement is answer else "wrong")
    assert verdict.score == float(judgement is answer)
    assert (verdict.read, verdict.expected) == ("1" if judgement else "2", "1" if answer else "2")
    assert [reason.chosen for reason in verdict.reasons] == [judgement, not judgement]
    assert [reason.right for reason in verdict.reasons] == [answer, not answer]
    assert "正しい" in verdict.message.ja if answer else "誤っている" in verdict.message.ja
    assert verdict.explanation
    assert verdict.source


@given(st.text())
def test_whatever_is_typed_a_judgement_is_right_wrong_or_unreadable(typed: str) -> None:
    verdict = grade_options(statement(answer=True), typed)
    assert verdict.outcome in ("correct", "wrong", "unreadable")
    assert verdict.raw == typed
    assert verdict.graded == (verdict.read is not None)


@pytest.mark.parametrize("typed", ["", "3", "0", "12", "はい", "1 2", "○×"])
def test_no_judgement_costs_nothing(typed: str) -> None:
    verdict = grade_options(statement(answer=True), typed)
    assert verdict.outcome == "unreadable"
    assert "1（正しい）か2（誤っている）" in verdict.message.ja
    assert "1 (true) or 2 (false)" in verdict.message.en
    assert verdict.reasons == ()


def test_a_question_without_options_is_not_graded_by_them() -> None:
    with pytest.raises(TypeError, match="no options"):
        grade_options(variant(decimals=3), "1")


def several(*right: bool) -> Variant:
    """A variant whose options 1, 2, … are right or wrong as said."""
    options = [
        {"text": f"{place}", "reason": f"理由{place}", "right": is_right}
        for place, is_right in enumerate(right)
    ]
    shown = draw(multiple(options=options), question_id="p/q", content_hash="0", seed=0)
    in_order = sorted(shown.options, key=lambda option: int(option.text))
    labelled = (replace(option, label=str(n)) for n, option in enumerate(in_order, start=1))
    return replace(shown, options=tuple(labelled))


ROBUST = several(True, False, True, True, False)


@pytest.mark.parametrize(
    ("typed", "outcome", "score", "read"),
    [
        ("1 3 4", "correct", 1, "1, 3, 4"),
        ("134", "correct", 1, "1, 3, 4"),
        ("4,1,3", "correct", 1, "1, 3, 4"),
        (" 1, 3, 4 ", "correct", 1, "1, 3, 4"),
        ("１３４", "correct", 1, "1, 3, 4"),
        ("１　３、４", "correct", 1, "1, 3, 4"),
        ("１，３，４", "correct", 1, "1, 3, 4"),
        ("1・3・4", "correct", 1, "1, 3, 4"),
        ("①③④", "correct", 1, "1, 3, 4"),
        ("a c d", "correct", 1, "1, 3, 4"),
        ("ＡＣＤ", "correct", 1, "1, 3, 4"),
        ("13", "partial", 2 / 3, "1, 3"),
        ("4", "partial", 1 / 3, "4"),
        ("1 3 4 5", "partial", 2 / 3, "1, 3, 4, 5"),
        ("12345", "partial", 1 / 3, "1, 2, 3, 4, 5"),
        ("1 2", "wrong", 0, "1, 2"),
        ("1 2 5", "wrong", 0, "1, 2, 5"),
        ("2 5", "wrong", 0, "2, 5"),
    ],
)
def test_several_options_are_read_and_scored(
    typed: str, outcome: str, score: float, read: str
) -> None:
    verdict = grade_options(ROBUST, typed)
    assert (verdict.outcome, verdict.score, verdict.read) == (outcome, score, read)
    assert verdict.right == (outcome == "correct")
    assert verdict.graded
    assert verdict.expected == "1, 3, 4"
    assert [reason.chosen for reason in verdict.reasons] == [n in read for n in "12345"]
    assert [reason.right for reason in verdict.reasons] == [True, False, True, True, False]
    assert all(reason.reason for reason in verdict.reasons)
    if not verdict.right:
        assert "正解は1、3、4。" in verdict.message.ja
        assert "The right options are 1, 3, 4." in verdict.message.en


def test_the_rule_is_said_with_its_numbers() -> None:
    verdict = grade_options(ROBUST, "1345")
    assert "正しく選んだもの3、誤って選んだもの1で、得点は2/3。" in verdict.message.ja
    assert "3 right, 1 wrong; score 2/3." in verdict.message.en


@pytest.mark.parametrize(
    "typed", ["", " ", ",", "6", "1 6", "0", "11", "1 a", "1と3", "全部", "-1", "1.3"]
)
def test_what_names_no_options_costs_nothing(typed: str) -> None:
    verdict = grade_options(ROBUST, typed)
    assert verdict.outcome == "unreadable"
    assert not verdict.graded
    assert "1から5" in verdict.message.ja
    assert "from 1 to 5" in verdict.message.en
    assert verdict.reasons == ()


@given(
    st.lists(st.booleans(), min_size=3, max_size=9).filter(
        lambda right: sum(right) >= 2 and not all(right)
    ),
    st.data(),
)
def test_the_score_follows_the_rule(right: list[bool], data: st.DataObject) -> None:
    chosen = data.draw(
        st.sets(st.integers(1, len(right)), min_size=1).map(sorted).flatmap(st.permutations)
    )
    verdict = grade_options(several(*right), " ".join(map(str, chosen)))
    hits = sum(right[n - 1] for n in chosen)
    expected = max(0, (2 * hits - len(chosen)) / sum(right))
    assert verdict.score == pytest.approx(expected)
    exactly = {n for n, is_right in enumerate(right, start=1) if is_right} == set(chosen)
    assert verdict.right == exactly == (verdict.score == 1)
    assert (verdict.outcome == "partial") == (0 < verdict.score < 1)


@given(st.text())
def test_whatever_is_typed_several_options_are_graded_or_unreadable(typed: str) -> None:
    verdict = grade_options(ROBUST, typed)
    assert verdict.graded == (verdict.read is not None)
    assert 0 <= verdict.score <= 1
