"""A fit is made when it is time, stored, used from then on, and the log still tells everything."""

from __future__ import annotations

import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from questions.compute.client import ComputeUnavailable
from quizapp.history import fits, log
from quizapp.history.export import counting, log_lines
from quizapp.history.fits import StoredFit
from quizapp.history.learners import deal
from quizapp.history.metrics import MetricsJson
from quizapp.history.uuid7 import Uuid7
from quizapp.learning.exam_outlook import exam_outlook
from quizapp.learning.fitting.client import FittingWorker
from quizapp.learning.optimizing import Optimized, fit_due, optimize
from quizapp.learning.replay import replayed
from quizapp.learning.rescoring import rechained
from quizapp.learning.scheduler import PUBLISHED, Scheduler, Weights
from quizapp.settings import Settings
from tests.packs import choices
from tests.quizapp.learning.classroom import Classroom, answer, served, wrong
from tests.quizapp.learning.fitting.learners import forgetful, rows_of
from tests.quizapp.learning.lived import live

FORGETFUL: Weights = tuple(weight * (0.7 if n < 4 else 1.0) for n, weight in enumerate(PUBLISHED))
_NONE = {"log_loss": 0.5, "rmse_bins": 0.1, "auc": 0.6}
METRICS: MetricsJson = {"held_out": 80, "published": _NONE, "before": _NONE, "after": _NONE}  # type: ignore[typeddict-item]  # three numbers


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine, settings=Settings(new_per_day=9999, reviews_per_day=9999))
    room.install(choices(60))
    deal(engine, room.learner)
    return room


def past(room: Classroom, long_term: int) -> None:
    live(room.engine, room.learner, room.calendar, forgetful(long_term=long_term))


def more(room: Classroom, long_term: int) -> None:
    """Answer 60 known cards so many more times."""
    rows = rows_of(long_term=long_term, recall=lambda _share: 0.5)
    live(room.engine, room.learner, room.calendar, [row for row in rows if row[1] is not None])


def due(room: Classroom) -> bool:
    return fit_due(room.engine, room.learner)


def adopt(room: Classroom, weights: Weights, *, adopted: bool = True, long_term: int = 400) -> str:
    """Store a fit to everything answered so far, whoever made it."""
    with room.engine.execution_options(writes=True).begin() as connection:
        last = fits.latest(connection, room.learner.id)
        logged = fits.logged(connection, room.learner.id)
        fit = StoredFit(
            id=Uuid7(after=last.id if last else None).next(room.now),
            learner_id=room.learner.id,
            model="FSRS-6",
            weights=weights,
            compared_with=None,
            last_review_id=logged.last_review_id or "",
            last_answered_at=logged.last_answered_at or room.now,
            long_term=long_term,
            metrics=METRICS,
            adopted=adopted,
            fitted_at=room.now,
        )
        fits.add(connection, fit)
    return fit.id


def check_replay(room: Classroom) -> None:
    """Every card is what its reviews make of a new one, each under the weights of its time."""
    with room.engine.connect() as connection:
        weights = fits.weights_of(connection, room.learner.id)
        for question_id, memory in room.memories().items():
            told = tuple(each for each in room.reviews() if each.question_id == question_id)
            key = room.learner.card_key(question_id)
            assert memory == replayed(told, card_key=key, weights=weights)


# When


def test_a_fit_is_due_from_400_answers_a_day_or_more_apart(room: Classroom) -> None:
    assert not due(room)
    past(room, 399)
    assert not due(room)
    more(room, 1)
    assert due(room)
    other = Classroom(room.engine)
    assert not due(other)


@pytest.mark.parametrize(("learnt_from", "wanted"), [(400, 200), (2000, 200), (2101, 211)])
def test_the_next_fit_is_due_after_200_more_or_a_tenth_more(
    room: Classroom, learnt_from: int, wanted: int
) -> None:
    past(room, 10)
    adopt(room, PUBLISHED, adopted=False, long_term=learnt_from)
    more(room, wanted - 1)
    assert not due(room)
    more(room, 1)
    assert due(room)


def test_answers_taken_back_do_not_count(room: Classroom) -> None:
    past(room, 400)
    latest = next(each for each in reversed(room.reviews()) if each.before.last_on is not None)
    with room.engine.execution_options(writes=True).begin() as connection:
        for review in room.reviews():
            if review.id >= latest.id or review.card_id == latest.card_id:
                log.retract(connection, review.id, reason="undo", now=room.now)
    assert not due(room)


def fits_of(room: Classroom) -> tuple[StoredFit, ...]:
    with room.engine.connect() as connection:
        return fits.all_of(connection, room.learner.id)


# What is stored


def test_a_fit_that_wins_is_stored_and_schedules_what_is_answered_next(room: Classroom) -> None:
    """The whole way through the fitting process. No card is moved by it."""
    past(room, 400)
    memories = room.memories()
    with closing(FittingWorker()) as worker:
        optimized = optimize(room.engine, room.learner, worker, now=room.now)
    assert optimized.adopted
    (stored,) = fits_of(room)
    assert stored == optimized.stored
    assert (stored.model, len(stored.weights), stored.long_term) == ("FSRS-6", 21, 400)
    assert stored.last_review_id == room.reviews()[-1].id
    assert stored.metrics["held_out"] == 80
    assert stored.metrics["after"]["log_loss"] < stored.metrics["before"]["log_loss"]
    assert room.memories() == memories

    answered = answer(room.session())
    review = room.reviews()[-1]
    assert (review.id, review.fit_id) == (answered.review_id, stored.id)
    told = Scheduler(weights=stored.weights).review(
        review.before,
        review.grade,
        now=review.answered_at,
        day=review.study_day,
        card_key=room.learner.card_key(review.question_id),
    )
    assert review.after == told
    check_replay(room)


def test_with_few_answers_nothing_is_stored(room: Classroom) -> None:
    past(room, 12)
    worker = FittingWorker(command=(sys.executable, "-c", "raise SystemExit('not asked for')"))
    found = optimize(room.engine, room.learner, worker, now=room.now)
    assert found == Optimized(long_term=12, used=None, trial=None)
    assert fits_of(room) == ()


def test_a_fit_that_did_not_win_changes_nothing(room: Classroom) -> None:
    past(room, 10)
    first = adopt(room, FORGETFUL)
    adopt(room, PUBLISHED, adopted=False)
    answer(room.session())
    assert room.reviews()[-1].fit_id == first


def test_every_learner_has_their_own_weights(room: Classroom) -> None:
    adopt(room, FORGETFUL)
    other = Classroom(room.engine)
    answer(other.session())
    assert other.reviews()[-1].fit_id is None


def test_plans_for_an_exam_reckon_with_the_same_weights(room: Classroom) -> None:
    past(room, 400)
    today = room.calendar.day(room.now)

    def outlook() -> float:
        found = exam_outlook(
            room.engine,
            room.learner,
            today=today,
            exam_date=today + timedelta(days=30),
            minutes_per_day=None,
            budgets=(),
        )
        return found.recall_without_study

    before = outlook()
    adopt(room, (*PUBLISHED[:20], 0.5))
    assert outlook() != before


def test_an_answer_that_was_only_recorded_is_not_learnt_from(room: Classroom) -> None:
    past(room, 70)
    with room.engine.execution_options(writes=True).begin() as connection:
        before = fits.logged(connection, room.learner.id)
        last = room.reviews()[-1]
        recorded = replace(last, id=Uuid7(after=last.id).next(room.now), before=last.after)
        log.append(connection, recorded)
        assert fits.logged(connection, room.learner.id) == before


def test_a_mended_key_is_followed_with_the_weights_of_the_time(room: Classroom) -> None:
    adopt(room, FORGETFUL)
    session = room.session()
    question = served(session)
    session.answer(question, wrong(question), milliseconds=1)
    (old,) = room.reviews()
    new = replace(old, grade="good")
    with room.engine.connect() as connection:
        weights = fits.weights_of(connection, room.learner.id)
    key = room.learner.card_key(old.question_id)
    ((_old, mended),) = rechained((old,), {old.id: new}, card_key=key, weights=weights)
    assert mended.after == replayed((new,), card_key=key, weights=weights)
    assert mended.after != replayed((replace(new, fit_id=None),), card_key=key)


def test_an_export_holds_the_weights(room: Classroom) -> None:
    fit_id = adopt(room, FORGETFUL)
    answer(room.session())
    lines = list(log_lines(room.engine, room.learner))
    assert f'"fit":"{fit_id}"' in lines[1]
    (row,) = counting(lines)
    assert row["fit_id"] == fit_id


def test_closing_ends_a_fit_that_runs(room: Classroom) -> None:
    past(room, 400)
    worker = FittingWorker(command=(sys.executable, "-c", "import time; time.sleep(1000)"))
    ends: list[str] = []

    def fit() -> None:
        try:
            optimize(room.engine, room.learner, worker, now=room.now)
        except ComputeUnavailable:
            ends.append("closed")

    asking = threading.Thread(target=fit)
    asking.start()
    while worker.pid is None:
        pass
    worker.close()
    asking.join(60)
    assert ends == ["closed"]
    assert fits_of(room) == ()
    assert due(room)


# Replay

actions = st.lists(
    st.one_of(
        st.sampled_from(["right", "right", "wrong", "undo", "hard", "restart"]),
        st.integers(1, 40),  # days
        st.floats(0.5, 2.0),  # a fit: the published weights of a first answer times this
    ),
    max_size=25,
)


@given(actions)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_replay_is_state_whatever_is_fitted_in_between(
    engine: Engine, todo: list[str | int | float]
) -> None:
    room = Classroom(engine)
    room.install(choices(3))
    session = room.session()
    last = None
    for action in todo:
        match action:
            case int():
                room.wait(days=action)
            case float():
                adopt(room, tuple(w * (action if n < 4 else 1) for n, w in enumerate(PUBLISHED)))
            case "restart":
                session, last = room.session(), None
            case "undo":
                session.undo()
                last = None
            case "hard":
                if last is not None:
                    last = session.amend(last, "hard")
            case _:
                last = None
                if session.counts().due or session.counts().new:
                    answered = answer(session, well=action == "right")
                    last = answered if action == "right" else None
    check_replay(room)


def test_a_fit_that_is_missing_is_noticed(room: Classroom) -> None:
    adopt(room, FORGETFUL)
    answer(room.session())
    (review,) = room.reviews()
    with pytest.raises(KeyError):
        replayed((review,), card_key="k")
    assert replayed((replace(review, fit_id=None),), card_key="k").last_on == date(2026, 11, 21)
