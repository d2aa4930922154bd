"""Packs go into the bank whole or not at all, and come out as they went in."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from questions.bank import Bank, InstallReport, UnknownQuestion, install_builtin
from questions.bank.settled_seeds import SeedKey, forget_seed, remember_seed, settled_attempt
from questions.bank.tables import BankState, PackRow, QuestionRow
from questions.model import Question, content_hash
from questions.packfile import PackProblems
from tests.packs import choices, numerics, pack
from tests.questions.examples import (
    SAMPLERS,
    card,
    case,
    choice,
    compare,
    gradient,
    numeric,
    ratio,
)


@pytest.fixture
def bank(engine: Engine) -> Bank:
    return Bank(engine)


def test_a_question_comes_out_as_it_went_in(bank: Bank) -> None:
    question = numeric(
        id="edge",
        stem="[b]x[/b] \x1b[31m {pred} {target} \\(\\frac{1}{2}\\) 😀 \u2212",
        tolerance={"atol": 0.1 + 0.2, "rtol": 1e-17},
    )
    bank.install(pack([question], title="題"), digest="d")
    stored = bank.question("test/edge")
    assert stored.question == question
    assert stored.content_hash == content_hash(question)
    assert stored.id == "test/edge"
    assert (stored.pack.id, stored.pack.title, stored.pack.authors) == ("test", "題", ("誰か",))


@pytest.mark.parametrize(
    "question", [compare(equal=True), gradient(), ratio(), *SAMPLERS], ids=lambda each: each.id
)
def test_what_is_computed_comes_out_as_it_went_in(bank: Bank, question: Question) -> None:
    bank.install(pack([question]), digest="d")
    stored = bank.question(f"test/{question.id}")
    assert stored.question == question
    assert stored.content_hash == content_hash(question)


def test_a_new_version_adds_changes_retires_and_brings_back(bank: Bank) -> None:
    first, second, third = choices(3)
    assert bank.install(pack([first, second, third]), digest="1") == InstallReport(
        "test", "1.0.0", added=3
    )
    other = choice(id="q1", stem="別の問い。")
    assert bank.install(
        pack([choice(id="fresh"), other, third], version="1.1.0"), digest="2"
    ) == InstallReport(
        "test", "1.1.0", added=1, changed=1, unchanged=1, retired=1, version_before="1.0.0"
    )
    assert set(bank.ids()) == {"test/fresh", "test/q1", "test/q2"}
    assert bank.question("q1").question.stem == "別の問い。"
    # The history may still refer to it, so it can be read by its full id.
    assert bank.question("test/q0").question == first
    assert bank.install(pack([first], version="1.2.0"), digest="3") == InstallReport(
        "test", "1.2.0", changed=1, retired=3, version_before="1.1.0"
    )
    assert bank.ids() == ("test/q0",)


def test_the_same_pack_twice_changes_no_question(bank: Bank, engine: Engine) -> None:
    bank.install(pack(choices(3)), digest="1")
    with engine.connect() as connection:
        before = connection.execute(select(QuestionRow.__table__)).all()
    assert bank.install(pack(choices(3)), digest="1") == InstallReport(
        "test", "1.0.0", unchanged=3, version_before="1.0.0"
    )
    with engine.connect() as connection:
        assert connection.execute(select(QuestionRow.__table__)).all() == before


def test_a_pack_that_cannot_be_stored_leaves_nothing(bank: Bank, engine: Engine) -> None:
    # Two questions of one id: `Pack` does not mind, the table does.
    with pytest.raises(IntegrityError):
        bank.install(pack([*choices(2), choice(id="q0")]), digest="1")
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(PackRow)) == 0
        assert connection.scalar(select(func.count()).select_from(QuestionRow)) == 0
        assert connection.scalar(select(BankState.generation)) == 0


def test_installs_at_the_same_time_wait_for_each_other(bank: Bank, engine: Engine) -> None:
    packs = [pack(choices(40), id=f"pack-{n}") for n in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda each: bank.install(each, digest=each.id), packs))
    assert len(bank.ids()) == 240
    with engine.connect() as connection:
        generations = connection.execute(
            select(QuestionRow.pack_id, QuestionRow.generation).distinct()
        ).all()
    assert sorted(generation for _, generation in generations) == [1, 2, 3, 4, 5, 6]


def test_ids_are_filtered_and_in_teaching_order(bank: Bank) -> None:
    bank.install(
        pack(
            [
                choice(id="hard", difficulty="advanced"),
                choice(id="easy", difficulty="basic"),
                choice(id="other", difficulty="basic", topic="13c"),
                numeric(id="number", difficulty="standard"),
            ]
        ),
        digest="1",
    )
    assert bank.ids() == ("test/easy", "test/other", "test/number", "test/hard")
    assert bank.ids(topic="13b") == ("test/easy", "test/number", "test/hard")
    assert bank.ids(kind="choice", topic="13b") == ("test/easy", "test/hard")
    assert bank.ids(topic="13b'; DROP TABLE question; --") == ()


def test_parts_are_questions_of_their_own(bank: Bank) -> None:
    report = bank.install(pack([case(), card(both=True)]), digest="1")
    assert report == InstallReport("test", "1.0.0", added=4)
    assert bank.ids(kind="card") == ("test/entropy", "test/entropy/back")
    assert bank.ids(topic="13d") == ("test/rents/squares",)
    for name in ("test/rents/squares", "rents/squares"):
        stored = bank.question(name)
        assert stored.id == "test/rents/squares"
        assert stored.question.passage == case().passage
        assert stored.content_hash == content_hash(stored.question)
    assert bank.question("entropy").question == card()
    # Another passage is another question; a case that is gone takes its parts with it.
    assert bank.install(
        pack([case(passage="別の場面。"), card()], version="1.1.0"), digest="2"
    ) == InstallReport("test", "1.1.0", changed=2, unchanged=1, retired=1, version_before="1.0.0")
    assert bank.install(pack([card()], version="1.2.0"), digest="3") == InstallReport(
        "test", "1.2.0", unchanged=1, retired=2, version_before="1.1.0"
    )


class TestUnknownQuestion:
    def test_near_ones_are_suggested(self, bank: Bank) -> None:
        bank.install(pack([choice(id="mse-rents"), choice(id="kl-definition")]), digest="1")
        for wrong in ("mse-rent", "test/mse-rent"):
            with pytest.raises(UnknownQuestion) as caught:
                bank.question(wrong)
            assert "test/mse-rents" in caught.value.message.ja
            assert "test/mse-rents" in caught.value.message.en
            assert "kl-definition" not in caught.value.message.ja

    def test_parts_of_a_case_are_suggested(self, bank: Bank) -> None:
        bank.install(pack([case(), choice(id="rent")]), digest="1")
        for wrong in ("rents", "test/rents"):
            with pytest.raises(UnknownQuestion) as caught:
                bank.question(wrong)
            assert "test/rents/median, test/rents/squares" in caught.value.message.en
        with pytest.raises(UnknownQuestion, match="squares"):
            bank.question("rents/sqares")

    def test_an_empty_bank_has_none(self, bank: Bank) -> None:
        with pytest.raises(UnknownQuestion):
            bank.question("anything")

    def test_an_id_of_several_packs_must_be_qualified(self, bank: Bank) -> None:
        bank.install(pack(choices(1), id="one"), digest="1")
        bank.install(pack(choices(1), id="two"), digest="2")
        with pytest.raises(UnknownQuestion) as caught:
            bank.question("q0")
        assert "one/q0" in caught.value.message.ja
        assert "two/q0" in caught.value.message.ja
        assert bank.question("two/q0").pack.id == "two"

    def test_a_retired_question_is_not_meant_by_its_short_id(self, bank: Bank) -> None:
        bank.install(pack(choices(2)), digest="1")
        bank.install(pack(choices(1)), digest="2")
        with pytest.raises(UnknownQuestion):
            bank.question("q1")


class TestSettledSeeds:
    def test_are_remembered_by_question_content_and_seed(self, bank: Bank, engine: Engine) -> None:
        bank.install(pack(numerics(2)), digest="1")
        key = SeedKey("test/n0", bank.question("n0").content_hash, 2**63 - 1)
        others = [
            SeedKey("test/n1", key.content_hash, key.seed),
            SeedKey("test/n0", "0" * 64, key.seed),
            SeedKey("test/n0", key.content_hash, 0),
        ]
        with engine.begin() as connection:
            for _twice in range(2):
                remember_seed(connection, key, attempt=7)
            for other in others[1:]:
                remember_seed(connection, other, attempt=8)
        with engine.begin() as connection:
            assert settled_attempt(connection, key) == 7
            assert settled_attempt(connection, others[0]) is None
            forget_seed(connection, key)
            assert settled_attempt(connection, key) is None
            assert [settled_attempt(connection, other) for other in others[1:]] == [8, 8]

    def test_go_when_the_question_changes(self, bank: Bank, engine: Engine) -> None:
        bank.install(pack(numerics(2)), digest="1")
        keys = [SeedKey(f"test/n{n}", bank.question(f"n{n}").content_hash, 5) for n in (0, 1)]
        with engine.begin() as connection:
            for key in keys:
                remember_seed(connection, key, attempt=1)
        changed = numeric(id="n0", explanation="別の説明 {pred} {target}")
        bank.install(pack([changed, *numerics(2)[1:]]), digest="2")
        with engine.connect() as connection:
            assert [settled_attempt(connection, key) for key in keys] == [None, 1]


PACK = """\
id: here
title: 題
version: {version}
language: ja
licence: CC BY 4.0
authors: [誰か]
syllabus: G検定
description: 説明
questions:
  - id: one
    kind: choice
    topic: 13b
    stem: {stem}
    explanation: 説明
    source: 出典
    options:
      - text: あ
        reason: 理由
        right: true
      - text: い
        reason: 理由
"""


class TestBuiltinPacks:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "packs"
        folder.mkdir()
        return folder

    def write(self, folder: Path, *, version: str = "1.0.0", stem: str = "問い。") -> None:
        (folder / "here.yaml").write_text(PACK.format(version=version, stem=stem), "utf-8")

    def test_a_file_is_loaded_once(self, bank: Bank, folder: Path) -> None:
        self.write(folder)
        assert [report.added for report in install_builtin(bank, packs=folder)] == [1]
        assert install_builtin(bank, packs=folder) == ()
        digest = hashlib.sha256((folder / "here.yaml").read_bytes()).hexdigest()
        assert bank.digests() == {"builtin:here.yaml": (digest, "1.0.0")}

    def test_a_changed_file_is_loaded_again(self, bank: Bank, folder: Path) -> None:
        self.write(folder)
        install_builtin(bank, packs=folder)
        self.write(folder, version="1.0.1", stem="新しい問い。")
        assert [report.changed for report in install_builtin(bank, packs=folder)] == [1]
        assert bank.question("one").question.stem == "新しい問い。"

    def test_an_older_program_leaves_a_newer_pack_alone(self, bank: Bank, folder: Path) -> None:
        self.write(folder, version="1.10.0", stem="新しい問い。")
        install_builtin(bank, packs=folder)
        self.write(folder, version="1.9.0", stem="古い問い。")
        assert install_builtin(bank, packs=folder) == ()
        assert bank.question("one").question.stem == "新しい問い。"

    def test_a_broken_pack_is_said_and_loads_nothing(self, bank: Bank, folder: Path) -> None:
        (folder / "here.yaml").write_text("questions: [", "utf-8")
        with pytest.raises(PackProblems):
            install_builtin(bank, packs=folder)
        assert bank.ids() == ()

    def test_those_of_the_program_are_loaded(self, bank: Bank) -> None:
        reports = install_builtin(bank)
        translated = bank.in_language("en").translated()
        assert sum(report.added for report in reports) == len(bank.ids()) + len(translated)
        assert translated < set(bank.ids())
        assert len(bank.ids(kind="numeric")) >= 12
