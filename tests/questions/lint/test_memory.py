"""What was clean is not computed again; anything that changed is."""

from __future__ import annotations

from pathlib import Path

import pytest

from losses.text import Text
from questions.compute.client import ComputeWorker
from questions.lint import memory as memory_module
from questions.lint.check import check
from questions.lint.memory import Memory
from questions.lint.numbers import Numbers, Tightest
from questions.packfile.complaint import Complaint
from tests.questions.lint import planted

CLEAN = Numbers(40, Tightest(("", "halved"), 2.5, 7), ())
ALONE = Numbers(1, None, (), (1, 0, 0, 0))


@pytest.mark.parametrize("numbers", [CLEAN, ALONE])
def test_what_is_clean_is_remembered(numbers: Numbers, tmp_path: Path) -> None:
    file = tmp_path / "new" / "checked.json"
    first = Memory(file)
    first.keep("hash", numbers, seeds=40)
    first.save()
    later = Memory(file)
    assert later.recall("hash", seeds=40) == numbers
    assert later.recall("other", seeds=40) is None
    assert later.recall("hash", seeds=41) is None


def test_what_is_not_clean_is_not_remembered() -> None:
    memory = Memory(None)
    complaint = Complaint(("compute",), Text("だめ", "bad"), code="N101")
    memory.keep("hash", Numbers(1, None, (complaint,)), seeds=40)
    assert memory.recall("hash", seeds=40) is None


def test_another_version_of_the_checker_starts_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "checked.json"
    first = Memory(file)
    first.keep("hash", CLEAN, seeds=40)
    first.save()
    monkeypatch.setattr(memory_module, "version", lambda: "another")
    assert Memory(file).recall("hash", seeds=40) is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"a": 1}', '{"a": [1, 2]}', '{"a": [1, [], 2]}', "\0", "null"]
)
def test_a_broken_file_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    file = tmp_path / "checked.json"
    file.write_text(content)
    memory = Memory(file)
    memory.keep("hash", CLEAN, seeds=40)
    memory.save()
    assert Memory(file).recall("hash", seeds=40) == CLEAN


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    memory = Memory(tmp_path / "file" / "checked.json")
    memory.keep("hash", CLEAN, seeds=40)
    memory.save()
    assert memory.recall("hash", seeds=40) == CLEAN


def test_only_questions_that_changed_are_computed(worker: ComputeWorker, tmp_path: Path) -> None:
    pack, cache = tmp_path / "p.yaml", tmp_path / "checked.json"
    text = planted.plant(planted.NUMBERS).clean

    def computed() -> tuple[int, int]:
        seen: list[int] = []
        report = check(
            [pack],
            seeds=20,
            memory=Memory(cache),
            workers=[worker],
            progress=lambda done, of: seen.append(done),
        )
        assert report.findings == ()
        return max(seen, default=0), report.remembered

    pack.write_text(text, encoding="utf-8")
    assert computed() == (8, 0)
    assert computed() == (0, 8)
    changed = text.replace("確率の対数をとり、", "確率の自然対数をとり、")
    assert changed != text
    pack.write_text(changed, encoding="utf-8")
    assert computed() == (1, 7)


def test_a_fault_is_found_again_each_time(worker: ComputeWorker, tmp_path: Path) -> None:
    pack = planted.plant(planted.NUMBERS)
    (tmp_path / "p.yaml").write_text(pack.faulty, encoding="utf-8")
    for _time in range(2):
        report = check(
            [tmp_path / "p.yaml"],
            seeds=40,
            memory=Memory(tmp_path / "checked.json"),
            workers=[worker],
        )
        assert [each.code for each in report.findings] == [code for *_, code in pack.expected]
