"""An exam paper without a key, and an answer sheet held against the key."""

from __future__ import annotations

import pytest

from questions.blind import lines, marked, paper, read_answers
from questions.model import Pack
from tests.questions.examples import (
    blank,
    choice,
    combined,
    match,
    multiple,
    numeric,
    order,
    pick,
    true_false,
)
from tests.questions.packs.builtin import packs


def pack() -> Pack:
    questions = (choice(), multiple(), true_false(), pick(), numeric())
    return packs()[0].model_copy(update={"questions": questions})


def test_a_paper_shows_stems_and_options_and_nothing_else() -> None:
    written = "\n".join(lines(paper(pack(), seed=1)))
    for question in (choice(), multiple()):
        assert question.stem in written
        assert question.explanation not in written
        assert question.source not in written
        assert question.id not in written.split()
        for option in question.options:
            assert option.text in written
            assert option.reason not in written


def test_questions_that_are_computed_are_left_out() -> None:
    kinds = {variant.question.kind for variant in paper(pack(), seed=1)}
    assert kinds == {"choice", "multiple", "true_false", "pick"}


def test_the_same_seed_gives_the_same_paper_and_others_another_order() -> None:
    def order(seed: int) -> tuple[str, ...]:
        return tuple(variant.question_id for variant in paper(packs()[1], seed=seed))

    assert order(3) == order(3)
    assert order(3) != order(4)
    assert sorted(order(3)) == sorted(order(4))


def test_places_are_filled_on_paper_too() -> None:
    questions = (order(), match(), blank(), combined())
    variants = paper(packs()[0].model_copy(update={"questions": questions}), seed=1)
    written = list(lines(variants))
    assert "  (1) 1番目" in written
    assert "  (2) MAE" in written
    assert "  (1) （ア）" in written
    for texts in (["損失を計算する"], ["分散", "平均値"], ["指数的", "二次関数的"]):
        for text in texts:
            assert sum(line.endswith(f". {text}") for line in written) == 1
    assert not any("Koenker" in line or "散らばり" in line for line in written)
    answers = {
        number: " ".join(next(o.label for o in row.options if o.right) for row in variant.rows)
        or next(option.label for option in variant.options if option.right)
        for number, variant in enumerate(variants, start=1)
    }
    assert all(mark.agrees for mark in marked(variants, answers))
    assert not any(mark.agrees for mark in marked(variants, dict.fromkeys(answers, "-")))


READINGS = {
    "Q1: 3": {1: "3"},
    "Q1:3": {1: "3"},
    "Ｑ１２：２": {12: "2"},
    "7. 1 3": {7: "1 3"},
    "Q007 2": {7: "2"},
    "Q2: 4  # 理由: 中央値": {2: "4"},
    "Q2: 1\nQ2: 4": {2: "4"},
    "感想\n\nQ3: 1\n以上": {3: "1"},
    "Q4:": {},
    "": {},
}


@pytest.mark.parametrize("text", READINGS)
def test_answer_sheets_are_read_as_people_write_them(text: str) -> None:
    assert read_answers(text) == READINGS[text]


def test_a_sheet_with_the_key_agrees_everywhere() -> None:
    variants = paper(pack(), seed=5)
    answers = {
        number: " ".join(option.label for option in variant.options if option.right)
        for number, variant in enumerate(variants, start=1)
    }
    assert all(mark.agrees for mark in marked(variants, answers))


def test_wrong_partial_unreadable_and_missing_answers_disagree() -> None:
    variants = paper(pack(), seed=5)
    answers = {}
    for number, variant in enumerate(variants, start=1):
        if variant.question.kind == "multiple":
            answers[number] = next(option.label for option in variant.options if option.right)
        elif variant.question.kind == "true_false":
            answers[number] = "たぶん"
        elif variant.question.kind == "pick":
            answers[number] = next(option.label for option in variant.options if not option.right)
    outcomes = {
        mark.variant.question.kind: mark.verdict.outcome if mark.verdict else None
        for mark in marked(variants, answers)
    }
    assert outcomes == {
        "multiple": "partial",
        "true_false": "unreadable",
        "pick": "wrong",
        "choice": None,
    }
    assert not any(mark.agrees for mark in marked(variants, answers))
