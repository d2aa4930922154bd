"""What a pack comes to: parts that carry their passage, cards in both directions."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from questions.bank.teaching_order import teaching_order
from questions.draw import draw
from questions.expansion import askable
from questions.model import LONGEST_PATH, CardQuestion, CaseQuestion, Pack, content_hash
from tests.packs import pack
from tests.questions.examples import card, case, choice, numeric, true_false

CHOICE_HASH = "fb68976d38ca63bd71bc3019114c86d2535efc9c37f7d1cae9c707c5c8ad3e37"
STATEMENT_HASH = "5d929797841d818c2d4febd3cda86f5d687df3e6337c879e7b724ede810778e5"


def test_a_case_comes_to_its_parts_in_order() -> None:
    written = [choice(id="first"), case(), card(both=True)]
    found = {each.path: each.question for each in askable(written)}
    assert list(found) == ["first", "rents/median", "rents/squares", "entropy", "entropy/back"]
    assert found["first"] == choice(id="first")
    assert found["rents/median"].passage == case().passage
    assert found["rents/median"].stem == choice().stem
    assert (found["entropy"].stem, found["entropy/back"].stem) == ("エントロピーの式", "−Σ p ln p")


def test_the_passage_is_part_of_what_is_asked() -> None:
    part = next(askable([case()])).question
    other = next(askable([case(passage="別の場面。")])).question
    assert len({content_hash(each) for each in (part, other, choice())}) == 3
    shown = draw(part, question_id="p/rents/median", content_hash="0", seed=0)
    assert shown.passage == case().passage


def test_a_passage_is_not_filled_with_the_numbers_of_one_part() -> None:
    shown = draw(
        numeric(passage="予測 {pred}"), question_id="p/n", content_hash="0", seed=0, language="en"
    )
    assert shown.passage == "予測 {pred}"
    assert shown.language == "en"


def test_one_direction_is_the_same_card_with_or_without_the_other() -> None:
    forth, back = (each.question for each in askable([card(both=True, hints=["ln"])]))
    assert content_hash(forth) == content_hash(card(hints=["ln"]))
    assert isinstance(back, CardQuestion)
    assert (back.stem, back.back, back.hints) == ("−Σ p ln p", "エントロピーの式", ())


def test_new_fields_change_no_hash_of_what_was_written_before() -> None:
    # As computed before passage and language were there.
    assert content_hash(choice()) == CHOICE_HASH
    assert content_hash(true_false()) == STATEMENT_HASH


def test_ids_must_fit_the_bank() -> None:
    room = LONGEST_PATH - len("/back")
    card(id="c" * room, both=True)
    case(id="c" * (LONGEST_PATH - len("/squares")))
    for make in (
        lambda: card(id="c" * (room + 1), both=True),
        lambda: case(id="c" * (LONGEST_PATH - len("/squares") + 1)),
        lambda: case(
            id="c" * 70, questions=[choice(id="a"), card(id="b" * 5, both=True)]
        ),  # 70 + 1 + 5 + 5
    ):
        with pytest.raises(ValidationError, match="at most"):
            make()


def test_a_case_holds_no_case_and_at_least_two_questions() -> None:
    with pytest.raises(ValidationError):
        case(questions=[choice(), case(id="inner")])
    with pytest.raises(ValidationError):
        case(questions=[choice()])


def test_a_pack_comes_back_from_json() -> None:
    written = pack([case(), card(both=True)], supplement=True)
    again = Pack.model_validate_json(written.model_dump_json())
    assert again == written
    assert isinstance(again.questions[0], CaseQuestion)


def test_parts_of_a_case_follow_each_other_and_directions_do_not() -> None:
    written = [choice(id="a"), case(), choice(id="b"), card(both=True)]
    order = [
        path
        for _, path in sorted(
            zip(teaching_order(written), (each.path for each in askable(written)), strict=True)
        )
    ]
    assert order.index("rents/squares") == order.index("rents/median") + 1
    assert order[-1] == "entropy/back"


def test_a_supplement_comes_after_everything_else() -> None:
    hard = teaching_order([choice(difficulty="advanced"), card(difficulty="advanced", both=True)])
    easy = teaching_order([card(difficulty="basic")], supplement=True)
    assert max(hard) < min(easy)
