"""Packs come and go together or not at all; what is taken out can come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from questions.bank import (
    Bank,
    Installation,
    PackNotThere,
    image,
    install_builtin,
    installed_packs,
    put_back,
    remove,
)
from questions.bank.tables import BankState, PackRow, QuestionRow
from questions.model import Pack
from tests.packs import choices, pack
from tests.questions.examples import choice
from tests.questions.packfile.sound import SOUND


@pytest.fixture
def bank(engine: Engine) -> Bank:
    return Bank(engine)


def everything(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return [
            connection.execute(select(table.__table__).order_by(table.id)).all()
            for table in (BankState, PackRow, QuestionRow)
        ]


def installation(made: Pack) -> Installation:
    return Installation(made, digest=made.version, origin=f"file:/{made.id}.yaml")


def test_several_packs_go_in_together(bank: Bank, engine: Engine) -> None:
    first, second = pack(choices(2), id="one"), pack(choices(3), id="two", title="二")
    reports = bank.install_all([installation(first), installation(second)])
    assert [(each.pack_id, each.added) for each in reports] == [("one", 2), ("two", 3)]
    known = installed_packs(engine)
    assert [(each.about.id, each.questions, each.is_builtin) for each in known] == [
        ("one", 2, False),
        ("two", 3, False),
    ]
    assert known[1].about.title == "二"


def test_images_are_stored_as_they_are(bank: Bank, engine: Engine) -> None:
    every_byte = bytes(range(256)) * 300
    images = {"images/図.png": every_byte, "images/b.gif": b"GIF"}
    made = pack(choices(1))
    bank.install_all([Installation(made, "1", images=images)])
    assert image(engine, "test", "images/図.png") == every_byte
    assert image(engine, "test", "images/c.gif") is None
    assert [each.images for each in installed_packs(engine)] == [2]
    bank.rehearse([Installation(made, "2")])  # changes nothing
    assert image(engine, "test", "images/b.gif") == b"GIF"
    bank.install_all([Installation(made, "2", images={"images/b.gif": b"other"})])
    assert image(engine, "test", "images/b.gif") == b"other"
    assert image(engine, "test", "images/図.png") is None
    remove(engine, "test")
    assert image(engine, "test", "images/b.gif") is None


def test_a_failed_install_leaves_the_bank_as_it_was(bank: Bank, engine: Engine) -> None:
    bank.install(pack(choices(2)), digest="1")
    before = everything(engine)
    changed = pack([choice(id="q0", stem="直した。")], version="2.0.0")
    # Two questions of one id: the models do not mind, the table does.
    broken = pack([*choices(2), choice(id="q0")], id="broken")
    with pytest.raises(IntegrityError):
        bank.install_all([installation(changed), installation(broken)])
    assert everything(engine) == before


def test_a_rehearsal_says_what_would_change_and_changes_nothing(bank: Bank, engine: Engine) -> None:
    bank.install(pack(choices(2)), digest="1")
    before = everything(engine)
    right = [{"text": text, "reason": text, "right": text == "MSE"} for text in ("MSE", "MAE")]
    edited = pack([choice(id="q0", stem="直した。"), choice(id="q1", options=right)])
    (rehearsed,) = bank.rehearse([installation(edited)])
    assert everything(engine) == before
    assert (rehearsed.changed, rehearsed.meaning_changed) == (2, ("test/q1",))
    (report,) = bank.install_all([installation(edited)])
    assert report == rehearsed


def test_a_pack_that_is_removed_keeps_its_questions_retired(bank: Bank, engine: Engine) -> None:
    bank.install_all([installation(pack(choices(2))), installation(pack(choices(1), id="other"))])
    assert remove(engine, "test") == 2
    assert bank.ids() == ("other/q0",)
    assert bank.question("test/q0").question.id == "q0"  # the history refers to it
    assert [each.about.id for each in installed_packs(engine)] == ["other"]
    assert [each.id for each in bank.packs()] == ["other"]
    assert [each.questions for each in installed_packs(engine, removed=True)] == [1, 0]


@pytest.mark.parametrize("name", ["missing", "test"])
def test_what_is_not_there_cannot_be_removed(bank: Bank, engine: Engine, name: str) -> None:
    bank.install_all([installation(pack(choices(1))), installation(pack(choices(1), id="other"))])
    remove(engine, "test")
    before = everything(engine)
    with pytest.raises(PackNotThere) as caught:
        remove(engine, name)
    assert caught.value.known == ("other",)
    assert everything(engine) == before


def test_installing_brings_a_removed_pack_back(bank: Bank, engine: Engine) -> None:
    made = installation(pack(choices(2)))
    bank.install_all([made])
    remove(engine, "test")
    (report,) = bank.install_all([made])
    assert (report.added, report.changed, report.meaning_changed) == (0, 2, ())
    assert len(bank.ids()) == 2
    assert [each.removed_at for each in installed_packs(engine, removed=True)] == [None]


def test_a_built_in_pack_stays_out_until_it_is_put_back(
    bank: Bank, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "losses.yaml").write_text(SOUND, encoding="utf-8")
    install_builtin(bank, packs=tmp_path)
    assert [each.is_builtin for each in installed_packs(engine)] == [True]
    remove(engine, "losses")
    newer = SOUND.replace("version: 1.0.0", "version: 1.1.0")
    (tmp_path / "losses.yaml").write_text(newer, encoding="utf-8")
    assert install_builtin(bank, packs=tmp_path) == ()  # not by an update of the program either
    assert bank.ids() == ()
    assert put_back(engine, "losses")
    (report,) = install_builtin(bank, packs=tmp_path)
    assert (report.version, len(bank.ids())) == ("1.1.0", 2)
    assert not put_back(engine, "losses")
