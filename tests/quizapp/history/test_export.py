"""A learner's log as JSON lines: whole, nameless, and read back as it was."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine

from quizapp.history.export import NotALog, counting, exported, pseudonym
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import Classroom, right, served, wrong


@pytest.fixture
def room(engine: Engine) -> Classroom:
    room = Classroom(engine)
    room.install([choice(id=f"q-{letter}") for letter in "abc"])
    return room


def lines(room: Classroom) -> list[str]:
    with room.engine.connect() as connection:
        return list(exported(connection, room.learner))


def studied(room: Classroom) -> None:
    """Answer three questions; the second is taken back, the third amended."""
    session = room.session()
    first = served(session)
    session.answer(first, right(first), milliseconds=1500)
    room.wait(seconds=20)
    second = served(session)
    session.answer(second, wrong(second), milliseconds=900)
    session.undo()
    again = served(session)
    answered = session.answer(again, right(again), milliseconds=700)
    session.amend(answered, "hard")


def test_an_export_holds_every_review_and_retraction(room: Classroom) -> None:
    studied(room)
    header, *rows = [json.loads(line) for line in lines(room)]
    assert header == {"format": "quizapp-log", "version": 1, "learner": pseudonym(room.learner)}
    reviews = [row for row in rows if "id" in row]
    retractions = [row for row in rows if "retracted" in row]
    assert (len(reviews), len(retractions)) == room.rows() == (4, 2)
    assert {row["retracted"] for row in retractions} <= {row["id"] for row in reviews}


def test_what_is_read_back_is_what_counts(room: Classroom) -> None:
    studied(room)
    stored = room.reviews()
    read = counting(lines(room))
    assert [row["id"] for row in read] == [review.id for review in stored]
    for row, review in zip(read, stored, strict=True):
        assert (row["question_id"], row["seed"], row["raw"]) == (
            review.question_id,
            review.seed,
            review.raw,
        )
        assert row["answered_at"] == review.answered_at.isoformat()
        assert row["after"] == review.after.to_json()


def test_nobody_is_named_and_nobody_else_is_told_of(room: Classroom) -> None:
    studied(room)
    other = Classroom(room.engine)
    studied(other)
    written = "\n".join(lines(room))
    for secret in (
        room.learner.name,
        room.learner.key,
        other.learner.key,
        pseudonym(other.learner),
    ):
        assert secret not in written
    assert pseudonym(room.learner) == pseudonym(room.learner) != pseudonym(other.learner)


def test_a_learner_without_answers_has_an_empty_log(room: Classroom) -> None:
    assert len(lines(room)) == 1
    assert counting(lines(room)) == ()


HEADER = '{"format":"quizapp-log","version":1,"learner":"x"}'
DAMAGED = {
    "": None,
    "nonsense": "1",
    '{"format":"other","version":1}': "1",
    '{"format":"quizapp-log","version":2}': "1",
    f"{HEADER}\n[1]": "2",
    f'{HEADER}\n{{"id":"a"}}\n{{"id":': "3",
    f'{HEADER}\n\n{{"question":"q"}}': "3",
    f"{HEADER}\n" + "[" * 100_000: "2",
}


@pytest.mark.parametrize("text", DAMAGED, ids=lambda text: text[:40])
def test_a_damaged_log_is_refused_with_its_line(text: str) -> None:
    at = DAMAGED[text]
    if at is None:
        assert counting(text.splitlines()) == ()
        return
    with pytest.raises(NotALog) as problem:
        counting(text.splitlines())
    assert f"{at}行目" in problem.value.text.ja
    assert f"ine {at}" in problem.value.text.en
