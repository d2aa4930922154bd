"""The forecast of an exam: what more, better, older and scattered answers do to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import trapezoid
from scipy.special import expit
from scipy.stats import norm

from questions.topics import TOPICS
from quizapp.learning.readiness import FEW, Answer, Forecast, Target, forecast, weight
from quizapp.learning.syllabus_weights import QUESTIONS_BY_TOPIC, weight_of, weights_of
from quizapp.learning.topic_model import TopicAnswers, TopicModel, posterior, right_on_average

TODAY = date(2026, 11, 21)
TARGET = Target(name="exam", questions=60, weights={"a": 0.5, "b": 0.3, "c": 0.2})


def answers(topic: str, pattern: str, *, day: date = TODAY, **changes: float) -> list[Answer]:
    """`+-+`: right, wrong, right."""
    difficulty, guess = changes.get("difficulty", 0.0), changes.get("guess", 0.25)
    return [
        Answer(topic=topic, difficulty=difficulty, guess=guess, right=sign == "+", day=day)
        for sign in pattern
    ]


def forecast_of(given_answers: Sequence[Answer], target: Target = TARGET) -> Forecast:
    return forecast(given_answers, target, today=TODAY, draws=500)


def of_topic(made: Forecast, topic: str) -> tuple[float, float]:
    """Return what is expected of a topic, and how wide its interval is."""
    (found,) = (each for each in made.topics if each.topic == topic)
    return found.expected, found.high - found.low


patterns = st.text("+-", max_size=25)
histories = st.lists(
    st.tuples(st.sampled_from("abcd"), st.booleans(), st.floats(-2, 2), st.integers(0, 400)),
    max_size=25,
).map(
    lambda rows: [
        Answer(
            topic=topic,
            difficulty=difficulty,
            guess=0.25,
            right=right,
            day=TODAY - timedelta(days=ago),
        )
        for topic, right, difficulty, ago in rows
    ]
)


@given(histories)
def test_a_forecast_is_a_sound_statement(history: list[Answer]) -> None:
    made = forecast_of(history)
    assert 0 <= made.low < made.expected < made.high <= 1
    assert 0 <= made.pass_probability <= 1
    assert made.answers == len(history)
    assert {"a", "b", "c"} <= {each.topic for each in made.topics}
    for each in made.topics:
        assert 0 < each.low < each.expected < each.high < 1
        assert each.unknown == (each.topic not in {answer.topic for answer in history})
    # Neither chance nor the order of the answers changes anything.
    again = forecast_of(history[::-1])
    assert again.expected == pytest.approx(made.expected, abs=1e-9)
    assert (again.low, again.high) == (made.low, made.high)


@given(patterns, st.integers(0, 24))
def test_a_wrong_answer_made_right_raises_the_forecast(pattern: str, place: int) -> None:
    wrong = pattern[:place] + "-" + pattern[place:]
    right = pattern[:place] + "+" + pattern[place:]
    worse, better = (forecast_of(answers("a", each)) for each in (wrong, right))
    assert better.expected > worse.expected
    assert better.pass_probability > worse.pass_probability


def test_what_each_circumstance_does() -> None:
    """The same answers; what stands later in a row expects more."""
    right, wrong = "++++++++", "--------"
    rows = {
        "an easy or a hard question right": [
            answers("a", right, difficulty=-1.0),
            answers("a", right, difficulty=1.0),
        ],
        "an easy or a hard question wrong": [
            answers("a", wrong, difficulty=-1.0),
            answers("a", wrong, difficulty=1.0),
        ],
        "what may be guessed, or not": [
            answers("a", right, guess=0.5),
            answers("a", right, guess=0.25),
            answers("a", right, guess=0.0),
        ],
        "right long ago, or lately": [
            answers("a", right, day=TODAY - timedelta(days=days)) for days in (300, 30, 0)
        ],
        "wrong lately, or long ago": [
            answers("a", wrong, day=TODAY - timedelta(days=days)) for days in (0, 30, 300)
        ],
        "in a light or a heavy topic": [answers(topic, right) for topic in "cba"],
    }
    for name, row in rows.items():
        expected = [forecast_of(given_answers).expected for given_answers in row]
        assert expected == sorted(expected), name
        assert expected[-1] - expected[0] > 0.005, name


def test_untried_topics_stay_wide_and_follow_the_others() -> None:
    made = forecast_of(answers("a", "+" * 40))
    none = forecast_of([])
    tried, width = of_topic(made, "a")
    untried, untried_width = of_topic(made, "b")
    assert of_topic(none, "b")[0] < untried < tried
    assert width < untried_width < of_topic(none, "b")[1]
    # As many answers over all topics say more of the exam.
    spread = answers("a", "+++-" * 5) + answers("b", "+++-" * 3) + answers("c", "+++-" * 2)
    narrow = forecast_of(spread)
    one_sided = forecast_of(answers("a", "+++-" * 10))
    assert narrow.high - narrow.low < one_sided.high - one_sided.low


def test_few_answers_are_few_and_a_topic_beyond_the_exam_still_speaks() -> None:
    assert [forecast_of(answers("a", "+" * n)).few for n in (0, FEW - 1, FEW)] == [
        True,
        True,
        False,
    ]
    beyond = forecast_of(answers("other", "+" * 20))
    assert beyond.expected > forecast_of([]).expected
    assert {each.topic: each.weight for each in beyond.topics}["other"] == 0


@pytest.mark.parametrize(
    ("questions", "mark", "needed"), [(10, 0.7, 7), (60, 0.7, 42), (30, 0.65, 20), (1, 0.01, 1)]
)
def test_the_mark_in_questions(questions: int, mark: float, needed: int) -> None:
    assert replace(TARGET, questions=questions, mark=mark).needed == needed


@pytest.mark.parametrize(
    "change", [{"questions": 0}, {"mark": 0.0}, {"mark": 1.1}, {"weights": {"a": 0.5}}]
)
def test_an_exam_that_cannot_be(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|has"):
        replace(TARGET, **change)  # type: ignore[arg-type]  # by name


def test_an_answer_counts_half_after_thirty_days() -> None:
    assert [weight(TODAY - timedelta(days=days), today=TODAY) for days in (0, 30, 60)] == [
        1.0,
        0.5,
        0.25,
    ]
    assert weight(TODAY + timedelta(days=1), today=TODAY) == 1.0  # studied further east


class TestTheModel:
    """The grid against integration by an independent routine."""

    MODEL = TopicModel(mean=0.3, spread=1.0, topic_spread=0.5, difficulty_error=0.4)

    def answered(self, right: Sequence[bool], difficulty: Sequence[float]) -> TopicAnswers:
        return TopicAnswers(
            difficulty=np.array(difficulty),
            guess=np.full(len(right), 0.25),
            right=np.array(right, dtype=bool),
            weight=np.array([1.0, 0.5, 1.0, 0.25][: len(right)]),
        )

    def test_one_topic(self) -> None:
        right, difficulty = [True, False, True, True], [-1.0, 0.0, 0.5, 1.0]
        answered = self.answered(right, difficulty)
        found = posterior(self.MODEL, [answered])
        # By the trapezoidal rule over abilities and over the errors of the difficulties.
        abilities = np.linspace(-6, 6.6, 253)
        errors = np.linspace(-6, 6, 241)
        density = norm.pdf(abilities, 0.3, math.hypot(1.0, 0.5))
        for was_right, b, counts in zip(right, difficulty, answered.weight, strict=True):
            knows = expit(abilities[:, None] - b - 0.4 * errors)
            chance = 0.25 + 0.75 * trapezoid(knows * norm.pdf(errors), errors, axis=1)
            density *= (chance if was_right else 1 - chance) ** counts
        mean = trapezoid(abilities * density, abilities) / trapezoid(density, abilities)
        marginal = found.of_topics()[0]
        assert float(marginal @ found.ability) == pytest.approx(mean, abs=2e-3)

    def test_topics_that_nobody_tried_keep_the_prior(self) -> None:
        nothing = self.answered([], [])
        found = posterior(self.MODEL, [nothing, nothing])
        for marginal in found.of_topics():
            mean = float(marginal @ found.ability)
            assert mean == pytest.approx(0.3, abs=1e-3)
            variance = float(marginal @ (found.ability - mean) ** 2)
            assert variance == pytest.approx(1.25, rel=0.01)

    def test_draws_follow_the_posterior(self) -> None:
        topics = [self.answered([True, True, False], [0.0, 0.0, 0.0]), self.answered([], [])]
        found = posterior(self.MODEL, topics)
        drawn = found.draw(20_000, seed=1)
        means = found.of_topics() @ found.ability
        assert drawn.mean(axis=0) == pytest.approx(means, abs=0.03)
        # Topics of one learner go together: Cov = Var(θ) before any answer.
        prior = posterior(self.MODEL, [self.answered([], [])] * 2).draw(20_000, seed=2)
        assert np.corrcoef(prior.T)[0, 1] == pytest.approx(1 / 1.25, abs=0.02)

    def test_new_questions_are_right_by_guessing_and_by_ability(self) -> None:
        grid = np.array([-30.0, 0.0, 30.0])
        shares = right_on_average(replace(self.MODEL, exam_mean=0.0), grid, guess=0.25)
        assert shares == pytest.approx([0.25, 0.625, 1.0], abs=1e-6)


class TestSyllabusWeights:
    def test_every_weight_belongs_to_a_topic_of_the_syllabus(self) -> None:
        assert set(QUESTIONS_BY_TOPIC) == {each.id for each in TOPICS.values() if each.item}
        assert sum(QUESTIONS_BY_TOPIC.values()) == 190
        assert sum(map(weight_of, TOPICS)) == pytest.approx(1)
        assert weight_of("beyond") == weight_of("no such topic") == 0

    @given(st.sets(st.sampled_from([*TOPICS, "mine", "other"])))
    def test_weights_of_some_topics(self, topics: set[str]) -> None:
        found = weights_of(topics)
        assert set(found) == topics
        if topics:
            assert sum(found.values()) == pytest.approx(1)
        if any(map(weight_of, topics)):
            assert all((share > 0) == (weight_of(topic) > 0) for topic, share in found.items())
