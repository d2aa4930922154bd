"""A translation stands in for its original: one card, one schedule, two languages."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from losses.text import Language
from questions.bank import remove
from quizapp.history.exams import questions_in_use
from quizapp.learning.serving import Served
from tests.packs import choices, pack
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import Classroom, answer, served, study_all

STEM = "Which loss estimates the median?"


@pytest.fixture
def room(engine: Engine) -> Classroom:
    """Four questions in Japanese, of which the last two exist in English too."""
    room = Classroom(engine)
    room.install(choices(4))
    english = pack(choices(2, start=2, stem=STEM), id="en-test", language="en", translates="test")
    room.bank.install(english, digest="en")
    return room


def speak(room: Classroom, language: Language) -> None:
    room.bank = room.bank.in_language(language)


def test_in_japanese_nothing_is_asked_in_english(room: Classroom) -> None:
    speak(room, "ja")
    assert room.session().counts().new == 4
    assert study_all(room.session()) == ["test/q0", "test/q1", "test/q2", "test/q3"]


def test_in_english_what_is_translated_comes_first_and_the_rest_as_it_is(room: Classroom) -> None:
    speak(room, "en")
    session = room.session()
    assert session.counts().new == 4
    first = served(session).variant
    assert (first.question_id, first.language, first.stem) == ("en-test/q2", "en", STEM)
    assert study_all(session) == ["en-test/q2", "en-test/q3", "test/q0", "test/q1"]


def test_a_schedule_is_kept_when_the_language_changes(room: Classroom) -> None:
    speak(room, "en")
    session = room.session()
    answer(session)
    answer(session)
    memory = room.memories()["test/q2"]
    assert memory.reviews == 1
    assert set(room.memories()) == {f"test/q{n}" for n in range(4)}
    # The log says what exactly was asked; undo finds its card all the same.
    assert [review.question_id for review in room.reviews()] == ["en-test/q2", "en-test/q3"]
    speak(room, "ja")
    room.wait(days=30)
    due = served(room.session())
    assert (due.why, due.variant.language) == ("due", "ja")
    assert due.variant.question_id in {"test/q2", "test/q3"}
    room.wait(days=-30)
    session = room.session()
    assert session.undo() is not None
    assert room.memories()["test/q3"].reviews == 0
    assert served(session).variant.question_id == "test/q3"


def test_without_pytorch_the_order_is_the_same(room: Classroom) -> None:
    speak(room, "en")
    following = room.session().next(computing_ready=False)
    assert isinstance(following, Served)
    assert following.variant.question_id == "en-test/q2"


def test_a_translation_that_was_removed_leaves_the_original(room: Classroom) -> None:
    remove(room.engine, "en-test")
    speak(room, "en")
    assert study_all(room.session()) == ["test/q0", "test/q1", "test/q2", "test/q3"]


def test_a_question_that_the_translation_lost_is_asked_as_it_is_written(room: Classroom) -> None:
    shorter = pack([choice(id="q2", stem=STEM)], id="en-test", language="en", translates="test")
    room.bank.install(shorter, digest="shorter")
    speak(room, "en")
    assert study_all(room.session()) == ["en-test/q2", "test/q0", "test/q1", "test/q3"]


def test_a_pack_in_english_that_translates_nothing_is_asked_like_any_other(
    room: Classroom,
) -> None:
    room.bank.install(pack([choice(id="own")], id="zz-own", language="en"), digest="own")
    for language in ("ja", "en"):
        assert room.bank.in_language(language).question("own").id == "zz-own/own"
    speak(room, "ja")
    assert "zz-own/own" in study_all(room.session())


def test_the_bank_counts_each_question_once(room: Classroom) -> None:
    assert room.bank.ids() == ("test/q0", "test/q1", "test/q2", "test/q3")
    assert room.bank.question("q2").id == "test/q2"
    assert room.bank.question("en-test/q2").question.stem == STEM
    assert room.bank.in_language("en").question("test/q2").id == "en-test/q2"
    assert room.bank.translated() == room.bank.in_language("ja").translated() == frozenset()


def test_an_exam_is_drawn_from_originals(room: Classroom) -> None:
    with room.engine.connect() as connection:
        drawn = questions_in_use(connection, room.learner.id, kinds=["choice"], topics=["13b"])
        assert {each.question_id for each in drawn} == {f"test/q{n}" for n in range(4)}


def test_the_words_of_a_pack_make_it_no_translation(engine: Engine) -> None:
    room = Classroom(engine)
    room.install([choice(id="q")], description='"translates":"test"')
    assert study_all(room.session()) == ["test/q"]
