"""A key was mended: what it says of earlier answers, and the log, cards and days set right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from questions.bank import Installation
from questions.bank.tables import QuestionRow
from questions.compute.client import ComputeWorker
from questions.model import ChoiceQuestion, Question, content_hash
from quizapp.history import log, tally
from quizapp.history.tables import DayTally, Retraction
from quizapp.history.tally import Tally
from quizapp.learning.rescoring import (
    CHANGES,
    ChangedMeanwhile,
    Rescoring,
    apply,
    rechained,
    rescoring,
)
from quizapp.learning.serving import Answered, Served
from quizapp.learning.session import StudySession
from quizapp.settings import Settings
from tests.packs import choices, pack
from tests.questions.examples import choice, multiple, numeric
from tests.quizapp.learning.classroom import Classroom, answer, right, served, wrong
from tests.quizapp.learning.test_session_properties import (
    Student,
    check_cards_against_the_log,
)


def keyed(question: ChoiceQuestion, text: str) -> ChoiceQuestion:
    """The question with this option as the right one."""
    options = [{**option.model_dump(), "right": option.text == text} for option in question.options]
    return choice(**{**question.model_dump(), "options": options})


def mend(room: Classroom, *questions: Question, **changes: object) -> None:
    room.install(questions, version="1.0.1", **changes)


def found(room: Classroom, **options: bool) -> Rescoring:
    return rescoring(room.engine, room.bank, room.examiner, pack_id="test", **options)


def changes(rescored: Rescoring) -> dict[str, int]:
    return {change: rescored.count(change) for change in CHANGES if rescored.count(change)}


def choose(session: StudySession, text: str) -> Answered:
    question = served(session)
    label = next(each.label for each in question.variant.options if each.text == text)
    return session.answer(question, label, milliseconds=1000)


def check(room: Classroom) -> None:
    check_cards_against_the_log(room)
    # Every day's tally is what its answers add up to. Its limits may be exceeded afterwards.
    counted: dict[date, Tally] = {}
    for review in room.reviews():
        one = tally.one_answer(
            right=review.outcome == "correct",
            state_before=review.before.state,
            milliseconds=review.milliseconds,
        )
        counted[review.study_day] = counted.get(review.study_day, Tally()) + one
    with room.engine.connect() as connection:
        days = connection.scalars(
            select(DayTally.study_day).where(DayTally.learner_id == room.learner.id)
        ).all()
        stored = {day: tally.tally_of(connection, room.learner.id, day) for day in days}
    assert {day: each for day, each in stored.items() if each != Tally()} == counted


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine)
    room.install([choice()])
    return room


def test_looking_changes_nothing_and_writing_sets_it_right(room: Classroom) -> None:
    session = room.session()
    choose(session, "MSE")
    room.wait(minutes=10)
    choose(session, "MAE")
    mend(room, keyed(choice(), "MSE"))
    before = room.reviews(), room.memories(), room.rows()
    told = found(room)
    assert changes(told) == {"to_right": 1, "to_wrong": 1}
    assert (room.reviews(), room.memories(), room.rows()) == before
    written = apply(room.engine, told, now=room.now)
    assert (written.corrected, written.moved, written.cards, written.gone) == (2, 0, 1, 0)
    first, second = room.reviews()
    assert (first.outcome, first.grade, first.score) == ("correct", "good", 1)
    assert (second.outcome, second.grade, second.score) == ("wrong", "again", 0)
    assert first.judged_by == content_hash(keyed(choice(), "MSE"))
    # What was asked and typed, and when, stays what it was.
    for old, new in zip(before[0], (first, second), strict=True):
        assert (old.raw, old.content_hash, old.seed, old.answered_at, old.study_day) == (
            (new.raw, new.content_hash, new.seed, new.answered_at, new.study_day)
        )
    with room.engine.connect() as connection:
        assert set(connection.scalars(select(Retraction.reason))) == {"rescore"}
    check(room)


def test_a_second_run_finds_nothing(room: Classroom) -> None:
    choose(room.session(), "MSE")
    mend(room, keyed(choice(), "MSE"))
    apply(room.engine, found(room), now=room.now)
    rows = room.rows()
    assert found(room).questions == ()
    apply(room.engine, found(room), now=room.now)
    assert room.rows() == rows


def test_a_key_that_was_mended_wrongly_can_be_mended_back(room: Classroom) -> None:
    session = room.session()
    for text in ("MSE", "MAE"):
        choose(session, text)
        room.wait(minutes=10)
    before, memories = room.reviews(), room.memories()
    for key in ("MSE", "MAE"):
        mend(room, keyed(choice(), key))
        apply(room.engine, found(room), now=room.now)
    after = room.reviews()
    assert [replace(new, id=old.id) for new, old in zip(after, before, strict=True)] == before
    assert room.memories() == memories


def test_answers_keep_their_order_and_undo_reaches_the_latest(room: Classroom) -> None:
    """Answers of the same millisecond too: an old answer that was corrected is not the latest."""
    room.install([choice(), *choices(3)])
    room.settings = Settings(new_per_day=4)
    session = room.session()
    given = [choose(session, "MSE").served.variant.question_id for _ in range(4)]
    room.wait(days=1)
    session = room.session()
    latest = answer(session)
    mend(
        room, keyed(choice(), "MSE"), *(keyed(each, "MSE") for each in choices(2)), *choices(3)[2:]
    )
    apply(room.engine, found(room), now=room.now)
    assert [review.question_id for review in room.reviews()][:4] == given
    undone = session.undo()
    assert undone is not None
    assert undone.question_id == latest.served.variant.question_id
    before = [session.undo() for _ in given]
    assert [each.question_id for each in before if each is not None] == given[::-1]
    assert session.undo() is None
    check(room)
    question = served(session)
    assert question.variant.question_id == undone.question_id
    session.answer(question, right(question), milliseconds=1)
    check(room)


def test_a_corrected_answer_of_today_can_be_taken_back(room: Classroom) -> None:
    session = room.session()
    new = room.memories()
    choose(session, "MSE")
    mend(room, keyed(choice(), "MSE"))
    apply(room.engine, found(room), now=room.now)
    undone = session.undo()
    assert undone is not None
    assert room.memories() == new
    assert room.reviews() == []
    check(room)
    assert found(room).questions == ()


def test_later_answers_follow_from_a_corrected_one(room: Classroom) -> None:
    """The first answer was right after all; the present key judges the later ones itself."""
    session = room.session()
    choose(session, "MSE")
    mend(room, keyed(choice(), "MSE"))
    room.wait(minutes=10)
    session = room.session()
    for days in (0, 3, 9):
        room.wait(days=days)
        question = served(session)
        session.answer(question, right(question), milliseconds=1)
    before = room.reviews()
    told = found(room)
    assert changes(told) == {"to_right": 1}
    written = apply(room.engine, told, now=room.now)
    assert (written.corrected, written.moved) == (1, 3)
    after = room.reviews()
    assert [review.score for review in after] == [1, 1, 1, 1]
    assert [review.before for review in after][1:] != [review.before for review in before][1:]
    check(room)


def test_hard_and_easy_stay_and_hints_stay_again(room: Classroom) -> None:
    hinted = choice(hints=["中央値は外れ値に強い。"])
    room.install([hinted])
    session = room.session()
    session.amend(choose(session, "MAE"), "easy")
    room.wait(days=30)
    question = session.hint(served(session))
    session.answer(question, wrong(question), milliseconds=1)
    worse = choice(hints=["中央値は外れ値に強い。"], explanation="説明を直した。")
    mend(room, worse)
    assert changes(found(room)) == {}
    mse = room.reviews()[1].raw
    text = next(each.text for each in question.variant.options if each.label == mse)
    mend(room, keyed(worse, text))
    apply(room.engine, found(room), now=room.now)
    first, second = room.reviews()
    assert (first.outcome, first.grade) == ("wrong", "again")
    assert (second.outcome, second.score, second.grade) == ("correct", 0.5, "again")
    check(room)


def test_partial_scores(engine: Engine) -> None:
    room = Classroom(engine)
    room.install([multiple()])
    session = room.session()
    question = served(session)
    labels = [o.label for o in question.variant.options if o.text in ("MAE", "RMSE")]
    session.answer(question, " ".join(labels), milliseconds=1)
    options = [
        {**option.model_dump(), "right": option.text in ("MAE", "Huber損失", "RMSE")}
        for option in multiple().options
    ]
    mend(room, multiple(options=options))
    told = found(room)
    assert changes(told) == {"score": 1}
    (correction,) = told.corrections
    assert (correction.old.score, correction.new.score) == (0, pytest.approx(2 / 3))
    apply(engine, told, now=room.now)
    check_cards_against_the_log(room)


def test_what_cannot_be_judged_is_counted_and_left_alone(room: Classroom) -> None:
    choose(room.session(), "MSE")
    others = choice(
        options=[{**each.model_dump(), "text": each.text + "x"} for each in choice().options]
    )
    mend(room, others)
    before = room.reviews(), room.memories(), room.rows()
    told = found(room)
    (question,) = told.questions
    assert [each.obstacle.id for each in question.left_alone] == ["other_options"]
    assert (question.answers, question.unchanged, told.corrections) == (1, 0, ())
    apply(room.engine, told, now=room.now)
    assert (room.reviews(), room.memories(), room.rows()) == before


def test_an_author_vouches_for_a_reworded_stem(room: Classroom) -> None:
    choose(room.session(), "MSE")
    mend(room, keyed(choice(stem="中央値を推定する損失を選べ。"), "MSE"))
    assert changes(found(room)) == {}
    assert changes(found(room, reworded=True)) == {"to_right": 1}


def test_a_content_that_was_overwritten_long_ago_is_not_known(room: Classroom) -> None:
    choose(room.session(), "MSE")
    with room.engine.begin() as connection:  # as a program did that kept no earlier contents
        connection.execute(update(QuestionRow).values(content_hash="0" * 64))
    (question,) = found(room).questions
    assert [each.obstacle.id for each in question.left_alone] == ["unknown_content"]


def test_every_learner_is_set_right_and_other_packs_are_not(room: Classroom) -> None:
    room.install([choice()], id="other")
    second = Classroom(room.engine)
    for learner in (room, second):
        session = learner.session()
        choose(session, "MSE")
        choose(session, "MSE")
    mend(room, keyed(choice(), "MSE"))
    mend(room, keyed(choice(), "MSE"), id="other")
    told = found(room)
    assert (told.learners, changes(told)) == (2, {"to_right": 2})
    apply(room.engine, told, now=room.now)
    for learner in (room, second):
        scores = {review.question_id: review.score for review in learner.reviews()}
        assert scores == {"test/median": 1, "other/median": 0}
        check(learner)


def test_a_card_that_began_anew_stays_as_it_is(room: Classroom) -> None:
    """The earlier answers are corrected in the log; the card does not follow from them."""
    choose(room.session(), "MSE")
    room.wait(days=1)
    made = keyed(choice(), "MSE")
    room.bank.install_all(
        [Installation(pack([made], version="1.0.1"), "1.0.1")], reset_changed=True
    )
    session = room.session()
    assert room.memories()["test/median"].reviews == 0
    new = room.memories()
    apply(room.engine, found(room), now=room.now)
    assert room.memories() == new
    assert [review.score for review in room.reviews()] == [1]
    # An answer since then begins anew, too.
    mend(room, keyed(choice(), "MAE"))
    session = room.session()
    choose(session, "MAE")
    after = room.memories()
    apply(room.engine, found(room), now=room.now)
    assert [review.score for review in room.reviews()] == [0, 1]
    assert [review.before.reviews for review in room.reviews()] == [0, 0]
    assert room.memories() == after


def test_what_was_taken_back_meanwhile_is_passed_over(room: Classroom) -> None:
    session = room.session()
    choose(session, "MSE")
    mend(room, keyed(choice(), "MSE"))
    told = found(room)
    session.undo()
    written = apply(room.engine, told, now=room.now)
    assert (written.corrected, written.gone) == (0, 1)
    check(room)


def test_a_key_that_is_mended_meanwhile_stops_the_writing(room: Classroom) -> None:
    choose(room.session(), "MSE")
    mend(room, keyed(choice(), "MSE"))
    told = found(room)
    mend(room, keyed(choice(), "MAE"))
    rows = room.rows()
    with pytest.raises(ChangedMeanwhile):
        apply(room.engine, told, now=room.now)
    assert room.rows() == rows


def test_a_retired_question_keeps_its_answers(room: Classroom) -> None:
    choose(room.session(), "MSE")
    mend(room, *choices(1))
    assert found(room).questions == ()


def test_an_earlier_content_is_kept_once(room: Classroom) -> None:
    for key in ("MSE", "MAE", "MSE", "MAE"):
        mend(room, keyed(choice(), key))
    choose(room.session(), "MSE")
    mend(room, keyed(choice(), "MSE"))
    assert changes(found(room)) == {"to_right": 1}


def test_an_answer_that_was_only_recorded_moves_nothing(room: Classroom) -> None:
    session = room.session()
    for _ in range(2):
        answer(session)
        room.wait(days=3)
        session = room.session()
    first, second = room.reviews()
    recorded = replace(second, id="7", before=first.after, after=first.after)
    wrong_now = replace(first, outcome="wrong", score=0, grade="again")
    key = room.learner.card_key("test/median")
    chain = {
        old.id: new
        for old, new in rechained(
            (first, recorded, second), {first.id: wrong_now, "7": recorded}, card_key=key
        )
    }
    moved = chain[first.id].after
    assert moved.state == "learning"
    assert (chain["7"].before, chain["7"].after) == (moved, moved)
    assert (chain[second.id].before, chain[second.id].after.reviews) == (moved, 2)


@pytest.fixture(scope="module")
def computer() -> Iterator[ComputeWorker]:
    worker = ComputeWorker()
    yield worker
    worker.close()


def test_numbers_are_computed_again(engine: Engine, computer: ComputeWorker) -> None:
    """The author meant δ = 0.3 and had written 0.5: who computed with 0.3 was right."""
    room = Classroom(engine, compute=computer)
    inputs = {"pred": "$pred", "target": "$target"}
    asked = numeric(compute={"loss": "huber", "inputs": {**inputs, "delta": 0.5}})
    mended = numeric(compute={"loss": "huber", "inputs": {**inputs, "delta": 0.3}})
    room.install([asked])
    session = room.session()
    question = served(session, ready=True)
    other = room.examiner.values(replace(question.variant, question=mended, content_hash="m"))
    assert other is not None
    first = session.answer(question, f"{other.value:.3f}", milliseconds=1)
    assert not first.verdict.right
    mend(room, mended)
    told = found(room)
    assert changes(told) == {"to_right": 1}
    apply(engine, told, now=room.now)
    (review,) = room.reviews()
    assert (review.outcome, review.score, review.dtype) == ("correct", 1, "float64")
    assert (review.value, review.mistakes) == (pytest.approx(other.value, abs=6e-4), ())
    check(room)


# What holds whatever was learnt, whichever keys were mended

TEXTS = [option.text for option in choice().options]


@pytest.fixture
def bank(engine: Engine) -> Engine:
    Classroom(engine).install(choices(4))
    return engine


@given(
    st.lists(
        st.sampled_from(["right", "wrong", "hard", "easy", "undo", "restart", 1, 11, 1440, 20_000]),
        max_size=25,
    ),
    st.lists(st.lists(st.sampled_from(TEXTS), min_size=4, max_size=4), min_size=1, max_size=3),
    st.lists(st.sampled_from(["right", "wrong", "undo", "undo", 11, 1440]), max_size=8),
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_log_tells_the_cards_and_the_days_after_any_rescoring(
    bank: Engine,
    before: list[str | int],
    keys: list[list[str]],
    after: list[str | int],
) -> None:
    room = Classroom(bank)
    mend(room, *choices(4))
    student = Student(room)
    for action in before:
        student.do(action)
    for texts in keys:
        mend(
            room,
            *(keyed(each, text) for each, text in zip(choices(4), texts, strict=True)),
        )
        order = [(review.question_id, review.answered_at) for review in room.reviews()]
        told = found(room)
        apply(bank, told, now=room.now)
        assert found(room).corrections == ()
        assert [(each.question_id, each.answered_at) for each in room.reviews()] == order
        check(room)
    present = dict(zip((f"test/{each.id}" for each in choices(4)), keys[-1], strict=True))
    for review in room.reviews():
        assert review.score == (shown_text(room, review) == present[review.question_id])
    student = Student(room)
    for action in after:
        if action == "undo":
            student.session.undo()
        elif isinstance(action, int) or isinstance(
            student.session.next(computing_ready=False), Served
        ):
            student.do(action)
        check(room)


def shown_text(room: Classroom, review: log.LoggedReview) -> str:
    """Return the text that was chosen."""
    (plain,) = (each for each in choices(4) if f"test/{each.id}" == review.question_id)
    variant = room.examiner.present(
        plain, question_id=review.question_id, content_hash="", seed=review.seed
    )
    return next(each.text for each in variant.options if each.label == review.raw)
