"""What guessing is worth: as often right as answers drawn at random are."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import pytest

from questions.chance import guess_chance
from questions.draw import draw
from questions.grading.options import grade_choice, grade_multiple
from questions.grading.rows import grade_places
from questions.model import Question, content_hash
from questions.variant import Variant
from tests.questions.examples import (
    blank,
    calculated,
    card,
    choice,
    code,
    combined,
    compare,
    match,
    multiple,
    numeric,
    order,
    pick,
    term,
    true_false,
)

NOT_GUESSED = {each.kind: each for each in (numeric(), term(), card(), code())}
ONE_OF_SEVERAL = {
    "choice": (choice(), 4),
    "true_false": (true_false(), 2),
    "pick": (pick(), 4),
    "calculated_choice": (calculated(), 4),
    "combined": (combined(), len(combined().combinations)),
    "compare": (compare(), len(compare().sides) + compare().equal),
}


def drawn(question: Question) -> Variant:
    return draw(
        question, question_id="pack/q", content_hash=content_hash(question), seed=1, language="ja"
    )


@pytest.mark.parametrize("kind", NOT_GUESSED)
def test_what_is_typed_cannot_be_guessed(kind: str) -> None:
    assert guess_chance(NOT_GUESSED[kind]) == 0


@pytest.mark.parametrize("kind", ONE_OF_SEVERAL)
def test_one_of_several_options(kind: str) -> None:
    question, options = ONE_OF_SEVERAL[kind]
    assert guess_chance(question) == pytest.approx(1 / options)
    if kind in ("choice", "true_false", "pick", "combined"):
        variant = drawn(question)
        right = [grade_choice(variant, each.label).right for each in variant.options]
        assert Fraction(sum(right), len(right)) == Fraction(1, options)


def test_every_set_of_options_is_tried() -> None:
    question = multiple()
    variant = drawn(question)
    labels = [option.label for option in variant.options]
    sets = [
        " ".join(label for label, taken in zip(labels, chosen, strict=True) if taken)
        for chosen in product((False, True), repeat=len(labels))
        if any(chosen)
    ]
    right = sum(grade_multiple(variant, raw).right for raw in sets)
    assert guess_chance(question) == pytest.approx(right / len(sets))


def pair(left: str, right: str) -> dict[str, str]:
    return {"left": left, "right": right, "reason": "理由"}


@pytest.mark.parametrize(
    "question",
    [
        match(),
        match(extra=[{"text": "何でもない", "reason": "理由"}]),
        match(pairs=[pair("一", "甲"), pair("二", "甲"), pair("三", "乙")], extra=[]),
        match(
            pairs=[pair("一", "甲"), pair("二", "乙")],
            extra=[{"text": "甲", "reason": "理由"}, {"text": "丙", "reason": "理由"}],
        ),
        match(pairs=[pair("一", "甲"), pair("二", "甲"), pair("三", "乙")], extra=[], reuse=True),
        blank(),
    ],
    ids=["match", "decoy", "twins", "decoy twin", "reuse", "blank"],
)
def test_every_way_to_fill_places_is_tried(question: Question) -> None:
    variant = drawn(question)
    labels = [[option.label for option in row.options] for row in variant.rows]
    reused = question.kind == "blank" or (question.kind == "match" and question.reuse)
    ways = list(product(*labels) if reused else permutations(labels[0], len(variant.rows)))
    right = sum(grade_places(variant, " ".join(way)).right for way in ways)
    assert right > 0
    assert guess_chance(question) == pytest.approx(right / len(ways))


def test_one_of_all_orders() -> None:
    question = order()
    assert guess_chance(question) == pytest.approx(
        1 / len(list(permutations(range(len(question.items)))))
    )
