"""The cards made from the catalogue: sound, stable, and behind what somebody wrote."""

from __future__ import annotations

import re
from collections import Counter

from sqlalchemy import Engine

from losses import CATALOG
from questions.bank import Bank, install_builtin
from questions.expansion import askable
from questions.flashcards import PACK_ID, VERSION, digest, flashcard_pack, flashcards
from questions.packfile.soundness import complaints
from questions.terms import normal


def test_every_loss_has_cards_for_its_formula_and_its_use() -> None:
    ids = {card.id for card in flashcards()}
    for loss in CATALOG:
        assert {f"{loss.replace('_', '-')}-{what}" for what in ("formula", "use")} <= ids
    assert sum(card.id.startswith("misnomer-") for card in flashcards()) == len(
        {word for info in CATALOG.values() for word in info.misnomers}
    )


def test_the_cards_are_as_sound_as_those_of_an_author() -> None:
    asked = list(askable(flashcard_pack().questions))
    assert max(Counter(each.path for each in asked).values()) == 1
    for each in asked:
        assert list(complaints(each.question)) == []


def test_no_front_is_asked_twice_and_no_use_names_its_loss() -> None:
    asked = list(askable(flashcard_pack().questions))
    fronts = Counter(each.question.stem for each in asked)
    assert [front for front, count in fronts.items() if count > 1] == []
    for each in asked:
        if each.path.endswith("-use/back"):
            name = CATALOG[each.path.removesuffix("-use/back").replace("-", "_")].name.ja
            assert normal(name) not in normal(each.question.stem)


def test_ids_are_those_under_which_schedules_are_kept() -> None:
    ids = {card.id: card for card in flashcards()}
    assert ids["misnomer-69da0e73"].back == "Huber損失"
    assert ids["huber-pytorch"].back == "torch.nn.HuberLoss"
    assert ids["mse-english"].back == "Mean squared error (MSE)"
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


def test_cards_are_made_in_the_way_that_this_version_stands_for() -> None:
    # A bank is told of another way by VERSION alone: raise it when this has to be changed.
    made = [(card.id, card.stem, card.both) for card in flashcards() if card.loss == "mae"]
    assert (VERSION, made) == (
        "1.0.0",
        [
            ("mae-formula", "平均絶対誤差（MAE）の式", True),
            ("mae-use", "平均絶対誤差（MAE）を使う場面", True),
            ("mae-english", "平均絶対誤差", True),
            ("mae-pytorch", "平均絶対誤差（MAE）を計算するPyTorchのクラスまたは関数", True),
        ],
    )


def test_what_is_in_the_syllabus_is_no_extra() -> None:
    for question in flashcard_pack().questions:
        loss = next(card.loss for card in flashcards() if card.id == question.id)
        assert question.kind == "card"
        assert (question.scope == "beyond") == (CATALOG[loss].syllabus == "beyond")


def test_the_cards_come_after_what_somebody_wrote_and_are_made_once(engine: Engine) -> None:
    bank = Bank(engine)
    install_builtin(bank)
    packs = [name.partition("/")[0] for name in bank.ids()]
    first = packs.index(PACK_ID)
    assert first >= 100
    assert set(packs[first:]) == {PACK_ID}
    assert bank.digests()["builtin:flashcards"][0] == digest()
    assert install_builtin(bank) == ()
