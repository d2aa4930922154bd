"""The packs in another language: the same questions, as well made as the originals."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from questions.guessing import STRATEGIES, guessed, of_four_options
from questions.model import ChoiceQuestion, Pack
from tests.questions.packs.builtin import packs, translations

ORIGINALS = {pack.id: {question.id: question for question in pack.questions} for pack in packs()}
CHOICES = [
    question
    for pack in translations()
    for question in pack.questions
    if isinstance(question, ChoiceQuestion)
]
# These exclude more than a true statement may.
ABSOLUTES = re.compile(r"\b(?:always|never|must|only|all|every|completely|entirely|any)\b")
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠。、（）「」]")
POSITIONS = re.compile(
    r"\b(?:the (?:first|second|third|fourth|last|other) (?:option|choice)|option [A-D1-4])\b"
)


def by_id(question: ChoiceQuestion) -> str:
    return question.id


def texts(question: ChoiceQuestion) -> list[str]:
    """Everything that a learner reads."""
    options = [text for option in question.options for text in (option.text, option.reason)]
    return [question.stem, question.explanation, question.source, *question.hints, *options]


def test_there_is_an_english_version_of_forty_questions() -> None:
    assert [(pack.id, pack.language, pack.translates) for pack in translations()] == [
        ("en-loss-choice", "en", "loss-choice")
    ]
    assert len(CHOICES) >= 40


@pytest.mark.parametrize("pack", translations(), ids=lambda pack: pack.id)
def test_a_translation_asks_what_its_original_asks(pack: Pack) -> None:
    originals = ORIGINALS[str(pack.translates)]
    for question in pack.questions:
        original = originals[question.id]
        assert question.kind == original.kind
        if isinstance(question, ChoiceQuestion) and isinstance(original, ChoiceQuestion):
            for name in ("topic", "scope", "difficulty", "level", "negative", "tags"):
                assert getattr(question, name) == getattr(original, name), question.id
            assert len(question.options) == len(original.options)
            assert len(question.hints) == len(original.hints)


@pytest.mark.parametrize("question", CHOICES, ids=by_id)
def test_a_question_is_all_in_english(question: ChoiceQuestion) -> None:
    assert [text for text in texts(question) if JAPANESE.search(text)] == []


@pytest.mark.parametrize("question", CHOICES, ids=by_id)
def test_a_stem_asks_for_one_option(question: ChoiceQuestion) -> None:
    asked = "Choose the least appropriate" if question.negative else "Choose the most appropriate"
    assert question.stem.count("Choose the ") == question.stem.count(asked) == 1


@pytest.mark.parametrize("question", CHOICES, ids=by_id)
def test_options_look_alike(question: ChoiceQuestion) -> None:
    key = next(option.text for option in question.options if option.right)
    lengths = [len(option.text) for option in question.options]
    others = [len(option.text) for option in question.options if not option.right]
    assert max(lengths) <= 1.6 * min(lengths)
    assert len(key) <= 1.2 * max(others), "the right option must not stand out"
    for option in question.options:
        for word in ABSOLUTES.findall(option.text):
            assert word in ABSOLUTES.findall(key), f"{word} would give wrong options away"


@pytest.mark.parametrize("question", CHOICES, ids=by_id)
def test_reasons_and_explanations_say_something(question: ChoiceQuestion) -> None:
    reasons = [option.reason for option in question.options]
    assert len(set(reasons)) == len(reasons) == 4
    assert all(reason.endswith(".") and not POSITIONS.search(reason) for reason in reasons)
    if question.negative:
        for option in question.options:
            verdict = "This statement is false." if option.right else "This statement is true."
            assert option.reason.startswith(verdict)
    assert re.search(r"\d", question.explanation), "a number, or a limiting case in numbers"
    assert re.search(r"\(\d{4}\)|syllabus 2024 v1\.4|documentation", question.source)
    words = question.stem.split()
    repeated = [" ".join(words[at : at + 10]) for at in range(len(words) - 9)]
    assert [words for words in repeated if words in question.explanation] == []


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_options_alone_do_not_give_the_answer_away(strategy: str) -> None:
    right, count = guessed(of_four_options(translations()), strategy)
    assert right / count < Fraction(35, 100)


def test_keys_stand_in_every_place() -> None:
    places = [[option.right for option in question.options].index(True) for question in CHOICES]
    assert max(places.count(place) for place in range(4)) <= 0.35 * len(places)
