"""Plans for exams: the ones that come with the program, and sharing whole questions out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.topics import TOPICS
from quizapp.learning.blueprints import BLUEPRINTS, FORMS, REAL_PACE, apportioned, blueprints
from quizapp.problem import Problem
from quizapp.settings import OwnBlueprint

SHARES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1).filter(
    lambda shares: any(shares.values())
)


@pytest.mark.parametrize(
    ("name", "questions", "seconds"),
    [("loss-mini", 30, 1200), ("loss-full", 60, 2484), ("item13-sprint", 10, 300)],
)
def test_the_blueprints_of_the_program(name: str, questions: int, seconds: int) -> None:
    blueprint = BLUEPRINTS[name]
    assert (blueprint.questions, blueprint.seconds) == (questions, seconds)
    assert set(blueprint.topics) <= set(TOPICS)
    assert set(blueprint.forms) <= set(FORMS)
    assert sum(blueprint.forms.values()) == pytest.approx(1)


def test_the_full_exam_has_the_real_pace() -> None:
    assert BLUEPRINTS["loss-full"].pace == pytest.approx(REAL_PACE)


@pytest.mark.parametrize(
    ("questions", "minutes", "wanted"),
    [
        (None, None, (30, 1200)),
        (15, None, (15, 600)),
        (None, 10, (30, 600)),
        (145, 100, (145, 6000)),
    ],
)
def test_another_size(
    questions: int | None, minutes: float | None, wanted: tuple[int, int]
) -> None:
    resized = BLUEPRINTS["loss-mini"].resized(questions=questions, minutes=minutes)
    assert (resized.questions, resized.seconds) == wanted


@pytest.mark.parametrize(("questions", "minutes"), [(0, None), (-1, None), (10, 0)])
def test_no_exam_at_all(questions: int | None, minutes: float | None) -> None:
    with pytest.raises(ValueError, match="no exam"):
        BLUEPRINTS["loss-mini"].resized(questions=questions, minutes=minutes)


def test_one_of_the_settings_joins_ours_and_may_take_their_place() -> None:
    own = OwnBlueprint(questions=145, minutes=100, topics={"37": 1.0}, title="本番の長さ")
    known = blueprints({"real": own, "loss-mini": own})
    assert [*known] == ["loss-mini", "loss-full", "item13-sprint", "real"]
    assert known["real"].name.ja == "本番の長さ"
    assert known["loss-mini"].topics == {"37": 1.0}
    assert known["real"].forms == BLUEPRINTS["loss-mini"].forms


def test_a_topic_that_does_not_exist_is_named() -> None:
    with pytest.raises(Problem, match="99z"):
        blueprints({"mine": OwnBlueprint(questions=1, minutes=1, topics={"99z": 1})})


@given(shares=SHARES, total=st.integers(0, 200))
def test_shares_add_up_and_stay_within_one_of_their_quota(
    shares: dict[str, int], total: int
) -> None:
    seats = apportioned(shares, total)
    whole = sum(shares.values())
    assert sum(seats.values()) == total
    for name, share in shares.items():
        assert abs(seats.get(name, 0) - total * share / whole) < 1


@given(shares=SHARES, data=st.data())
def test_nobody_gets_more_than_there_is(shares: dict[str, int], data: st.DataObject) -> None:
    most = {name: data.draw(st.integers(0, 12)) for name in shares}
    available = sum(most[name] for name, share in shares.items() if share)
    total = data.draw(st.integers(0, available))
    seats = apportioned(shares, total, most=most)
    assert sum(seats.values()) == total
    assert all(count <= most[name] for name, count in seats.items())
    with pytest.raises(ValueError, match="shared out"):
        apportioned(shares, available + 1, most=most)


def test_what_one_cannot_have_goes_to_the_others_in_proportion() -> None:
    shares = {"a": 50.0, "b": 30.0, "c": 20.0}
    assert apportioned(shares, 10) == {"a": 5, "b": 3, "c": 2}
    assert apportioned(shares, 10, most={"a": 0, "b": 9, "c": 9}) == {"b": 6, "c": 4}
    assert apportioned(shares, 10, most={"a": 1, "b": 9, "c": 9}) == {"a": 1, "b": 5, "c": 4}
