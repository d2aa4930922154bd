"""Drawing an exam: the shares, never-seen questions first, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learning.blueprints import BLUEPRINTS, FORMS, apportioned
from quizapp.learning.paper import Candidate, TooFewQuestions, drawn, question_seed

MINI = BLUEPRINTS["loss-mini"]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
# Plenty of every topic and form.
PLENTY = [
    Candidate(f"p/{topic}-{form}-{number}", topic, form)
    for topic in MINI.topics
    for form in FORMS
    for number in range(6)
]

candidate_lists = st.lists(
    st.tuples(
        st.sampled_from(["13a", "13b", "37", "beyond"]),
        st.sampled_from(FORMS),
        st.none() | st.integers(0, 3),
    ),
    min_size=1,
    max_size=60,
).map(
    lambda rows: [
        Candidate(
            f"p/q{number}", topic, form, None if day is None else LONG_AGO + timedelta(days=day)
        )
        for number, (topic, form, day) in enumerate(rows)
    ]
)


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_topics_and_forms_get_their_shares_where_there_is_plenty(name: str) -> None:
    blueprint = BLUEPRINTS[name]
    paper = drawn(PLENTY, blueprint, seed=5)
    assert len(set(paper)) == blueprint.questions
    topics = apportioned(blueprint.topics, blueprint.questions)
    assert Counter(each.topic for each in paper) == Counter(topics)
    forms = apportioned(dict(blueprint.forms), blueprint.questions)
    assert Counter(each.form for each in paper) == Counter(forms)


@given(candidates=candidate_lists, seed=st.integers(0, 2**63 - 1), data=st.data())
def test_never_seen_questions_come_first_then_those_not_seen_for_longest(
    candidates: list[Candidate], seed: int, data: st.DataObject
) -> None:
    suitable = [each for each in candidates if each.topic in MINI.topics]
    if not suitable:
        return
    blueprint = replace(MINI, questions=data.draw(st.integers(1, len(suitable))))
    paper = drawn(candidates, blueprint, seed=seed)
    assert len(set(paper)) == blueprint.questions
    assert set(paper) <= set(suitable)
    for left_out in set(suitable) - set(paper):
        for each in paper:
            if each.topic == left_out.topic:
                assert seen(each) <= seen(left_out)


def seen(candidate: Candidate) -> datetime:
    return candidate.last_seen or datetime.min.replace(tzinfo=UTC)


@given(order=st.permutations(PLENTY[::3]), seed=st.integers(0, 1000))
def test_the_same_seed_draws_the_same_exam(order: list[Candidate], seed: int) -> None:
    assert drawn(order, MINI, seed=seed) == drawn(PLENTY[::3], MINI, seed=seed)


def test_another_seed_draws_another_exam() -> None:
    papers = {drawn(PLENTY, MINI, seed=seed) for seed in range(20)}
    assert len(papers) == 20
    assert len({question_seed(seed, "p/q") for seed in range(20)}) == 20
    assert all(0 <= question_seed(seed, "p/q") < 2**63 for seed in range(20))


def test_what_a_form_lacks_the_others_fill() -> None:
    best = [each for each in PLENTY if each.form == "best"]
    paper = drawn(best, MINI, seed=1)
    assert Counter(each.form for each in paper) == {"best": 30}


def test_too_few_questions_are_counted() -> None:
    with pytest.raises(TooFewQuestions) as problem:
        drawn(PLENTY[:7], MINI, seed=1)
    assert problem.value.count == 7
    assert "7" in str(problem.value)
    assert "--questions" in str(problem.value)
