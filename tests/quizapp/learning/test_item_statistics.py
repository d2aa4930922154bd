"""Item statistics: against published figures, tables worked by hand, and their own laws."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learning.item_statistics import (
    Response,
    fisher_interval,
    item_statistics,
    pearson,
    wilson,
)

# LSAT section 6 (Bock & Lieberman, 1970): 1,000 persons, 5 items. What is published of it: the
# proportions right, and the point-biserial correlations with the total without the item.
LSAT = Path(__file__).with_name("lsat6_patterns.csv")
PUBLISHED = {
    "q1": (0.924, 0.1128),
    "q2": (0.709, 0.1532),
    "q3": (0.553, 0.1728),
    "q4": (0.763, 0.1444),
    "q5": (0.870, 0.1216),
}


def lsat() -> list[Response]:
    responses = []
    with LSAT.open(newline="") as file:
        for row, pattern in enumerate(csv.DictReader(file)):
            for person in range(int(pattern["count"])):
                responses += [
                    answer(f"{row}-{person}", item, float(pattern[item])) for item in PUBLISHED
                ]
    return responses


def answer(learner: str, question: str, score: float, **more: object) -> Response:
    values: dict[str, object] = {"content_hash": "1", "milliseconds": 1000, **more}
    return Response(learner=learner, question_id=question, score=score, **values)  # type: ignore[arg-type]  # by name


def test_the_published_figures_come_out() -> None:
    found = {
        item.question_id: (item.facility, item.discrimination) for item in item_statistics(lsat())
    }
    assert found.keys() == PUBLISHED.keys()
    for item, (facility, discrimination) in PUBLISHED.items():
        assert found[item][0] == pytest.approx(facility, abs=1e-12)
        assert found[item][1] == pytest.approx(discrimination, abs=5e-5)


def test_a_table_worked_by_hand() -> None:
    # Four learners, two questions; the rest score of one is the score of the other.
    scores = {"a": (1, 1), "b": (1, 1), "c": (0, 1), "d": (0, 0)}
    responses = [
        answer(learner, question, score, milliseconds=1000 * (place + 1))
        for place, (learner, both) in enumerate(scores.items())
        for question, score in zip("xy", both, strict=True)
    ]
    x, y = item_statistics(responses)
    assert (x.learners, x.facility, y.facility) == (4, 0.5, 0.75)
    # cov = 1/2·1 − 1/2·3/4 = 1/8; var x = 1/4, var y = 3/16; r = (1/8)/√(3/64)
    assert x.discrimination == pytest.approx((1 / 8) / (3 / 64) ** 0.5)
    assert y.discrimination == pytest.approx(x.discrimination)
    assert x.seconds == 2.5
    assert x.few


def test_only_the_first_answer_of_a_learner_counts() -> None:
    (only,) = item_statistics([answer("a", "x", 0.0), answer("a", "x", 1.0), answer("b", "x", 1.0)])
    assert (only.learners, only.facility) == (2, 0.5)


def test_contents_are_never_mixed() -> None:
    old, new = item_statistics(
        [answer("a", "x", 0.0, content_hash="old"), answer("a", "x", 1.0, content_hash="new")]
    )[::-1]
    assert (old.facility, new.facility) == (0.0, 1.0)
    # Another content of the same question is no rest score either.
    assert old.discrimination is None


def test_shares_of_options_and_mistakes() -> None:
    responses = [
        answer("a", "x", 0.0, chosen=("MSE",), mistakes=("sum_for_mean",)),
        answer("b", "x", 0.0, chosen=("MSE",)),
        answer("c", "x", 1.0, chosen=("MAE", "Huber損失")),
        answer("d", "x", 0.0),
    ]
    (only,) = item_statistics(responses)
    assert {name: (share.count, share.of) for name, share in only.chosen.items()} == {
        "MSE": (2, 4),
        "Huber損失": (1, 4),
        "MAE": (1, 4),
    }
    assert next(iter(only.chosen)) == "MSE"
    assert only.mistakes["sum_for_mean"].share == 0.25


def test_what_cannot_be_said_is_not_said() -> None:
    alone = item_statistics([answer("a", "x", 1.0)])[0]
    assert alone.discrimination is None
    everybody_right = [answer(learner, q, 1.0) for learner in "abcde" for q in "xy"]
    assert all(item.discrimination is None for item in item_statistics(everybody_right))
    assert item_statistics([]) == ()


def test_known_intervals() -> None:
    # Wilson, 0 of 10 and 5 of 10; Fisher's z, r = 0.5 with 28 pairs.
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=5e-5)
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=5e-5)
    assert fisher_interval(0.5, 28) == pytest.approx((0.1559, 0.7356), abs=5e-4)
    assert fisher_interval(0.5, 3) is None
    assert fisher_interval(1.0, 50) is None
    with pytest.raises(ValueError, match="at least one"):
        wilson(0.0, 0)


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_an_interval_holds_its_share_and_shrinks(share: float, count: int) -> None:
    low, high = wilson(share, count)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    wider = wilson(share, max(1, count // 4))
    assert high - low <= wider[1] - wider[0] + 1e-12


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=20),
    st.floats(0.1, 10),
    st.floats(-5, 5),
)
def test_correlation_knows_no_unit(
    pairs: list[tuple[float, float]], factor: float, shift: float
) -> None:
    found = pearson(pairs)
    if found is not None:
        assert -1 <= found <= 1
        assert pearson([(y, x) for x, y in pairs]) == pytest.approx(found, abs=1e-9)
        moved = pearson([(factor * x + shift, y) for x, y in pairs])
        assert moved is None or moved == pytest.approx(found, abs=1e-3)
