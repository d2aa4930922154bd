"""Every planted fault is found where it was planted, nothing else is; the clean twins have none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from questions.compute.client import ComputeWorker
from questions.lint.check import Report, check
from questions.lint.codes import CODES, WARNINGS
from questions.lint.memory import Memory
from tests.questions.lint import planted

ROOT = Path(__file__).parents[3]
SEEDS = 40

PACKS = {
    "form": planted.FORM,
    "quality": planted.QUALITY,
    "numbers": planted.NUMBERS,
    "computing": planted.COMPUTING,
    "sizes": planted.sizes(),
    "balance": planted.balanced(mended=False),
    "told by length": planted.told_by_length(mended=False),
}
# Faults of a pack as a whole: the twin is another text.
MENDED = {
    "balance": planted.balanced(mended=True),
    "told by length": planted.told_by_length(mended=True),
}
# Given by faults of the file itself, each in a test of its own.
OF_FILES = {"P001", "P002", "P003", "P202"}
# Given where packs are put together, not by one file: see tests/questions/packfile.
OF_PACKS = {"P007", "P008", "P030", "P031", "P032", "P033", "P034"}
UNNAMED = {"P199"}  # for faults that have no code of their own (yet)


def checked(worker: ComputeWorker, *files: Path) -> Report:
    return check(files, seeds=SEEDS, memory=Memory(None), workers=[worker])


def places(report: Report) -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.code) for each in report.findings]


@pytest.mark.parametrize("name", PACKS)
def test_planted_faults_are_found(name: str, worker: ComputeWorker, tmp_path: Path) -> None:
    pack = planted.plant(PACKS[name])
    (tmp_path / "p.yaml").write_text(pack.faulty, encoding="utf-8")
    assert places(checked(worker, tmp_path / "p.yaml")) == list(pack.expected)


@pytest.mark.parametrize("name", PACKS)
def test_the_clean_twin_gives_nothing(name: str, worker: ComputeWorker, tmp_path: Path) -> None:
    text = MENDED.get(name, PACKS[name])
    (tmp_path / "p.yaml").write_text(planted.plant(text).clean, encoding="utf-8")
    (tmp_path / "shape.png").touch()
    report = checked(worker, tmp_path / "p.yaml")
    assert report.findings == ()
    assert report.questions > 0


@pytest.mark.parametrize("name", planted.BROKEN)
def test_files_that_are_no_packs(name: str, worker: ComputeWorker, tmp_path: Path) -> None:
    file = planted.plant(planted.BROKEN[name])
    (tmp_path / "p.yaml").write_text(file.faulty, encoding="utf-8")
    assert places(checked(worker, tmp_path / "p.yaml")) == list(file.expected)


def test_a_file_that_is_not_utf_8(worker: ComputeWorker, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_bytes("id: a\ntitle: 損失".encode("shift_jis"))
    assert places(checked(worker, tmp_path / "p.yaml")) == [(2, 8, "P003")]


def test_a_file_that_is_too_large(worker: ComputeWorker, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_bytes(b"#" * (16 * 2**20 + 1))
    assert places(checked(worker, tmp_path / "p.yaml")) == [(1, 1, "P002")]


def test_a_file_that_cannot_be_read(worker: ComputeWorker, tmp_path: Path) -> None:
    assert places(checked(worker, tmp_path)) == [(1, 1, "P001")]  # a folder is no file


def test_two_packs_of_one_id(worker: ComputeWorker, tmp_path: Path) -> None:
    clean = planted.plant(planted.sizes()).clean
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(clean, encoding="utf-8")
    report = checked(worker, tmp_path / "a.yaml", tmp_path / "b.yaml")
    found = [(Path(each.file).name, each.line, each.code) for each in report.findings]
    assert found == [("b.yaml", 1, "P202"), ("b.yaml", 12, "Q402")]
    assert f"{tmp_path / 'a.yaml'}: ten" in report.findings[1].message.en


def test_every_code_is_planted() -> None:
    texts = [*PACKS.values(), *planted.BROKEN.values()]
    found = {code for text in texts for _, _, code in planted.plant(text).expected}
    assert found | OF_FILES | OF_PACKS == set(CODES) - UNNAMED
    assert sum(len(planted.plant(text).expected) for text in texts) >= 40


def test_every_code_in_the_sources_is_described() -> None:
    used: set[str] = set()
    for folder in ("packfile", "lint"):
        for file in (ROOT / "questions" / folder).glob("*.py"):
            if file.name != "codes.py":
                used |= set(re.findall(r'"([PNQ]\d{3})"', file.read_text(encoding="utf-8")))
    assert used == set(CODES)
    assert set(CODES) >= WARNINGS


def test_findings_are_in_the_order_of_the_file(worker: ComputeWorker, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(planted.plant(planted.FORM).faulty, encoding="utf-8")
    found = places(checked(worker, tmp_path / "p.yaml"))
    assert found == sorted(found)


def test_sound_questions_are_judged_although_others_are_broken(
    worker: ComputeWorker, tmp_path: Path
) -> None:
    text = planted.plant(planted.QUALITY).faulty.replace("id: long-key", "id: Long", 1)
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    found = {code for _, _, code in places(checked(worker, tmp_path / "p.yaml"))}
    assert {"P105", "Q107", "Q301", "Q402"} <= found
    assert "Q102" not in found  # of the question that is broken
