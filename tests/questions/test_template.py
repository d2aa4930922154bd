"""A new pack shows every kind of question and has nothing to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

import questions
from questions.compute.client import ComputeWorker
from questions.kinds import KINDS
from questions.lint.check import check
from questions.lint.memory import Memory
from questions.packfile.contents import contents_of
from questions.template import EXAMPLES, HEAD, example, new_pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in new_pack("my-own").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_example(kind: str) -> None:
    file = Path(questions.__file__).parent / "template" / "kinds" / f"{kind}.yaml"
    assert file.is_file(), f"write an example of the kind {kind}: {file}"
    text = example(kind)
    assert text.startswith("# "), "an example begins with a comment on its kind"
    assert text.count("\n- id: ") == 1


def test_a_new_pack_has_one_question_of_every_kind(folder: Path) -> None:
    pack = contents_of(folder).pack
    assert pack.id == "my-own"
    assert [question.kind for question in pack.questions] == list(KINDS)


def test_a_new_pack_has_nothing_to_mend(folder: Path) -> None:
    worker = ComputeWorker()
    try:
        report = check(
            [folder / HEAD, folder / EXAMPLES], seeds=20, memory=Memory(None), workers=[worker]
        )
    finally:
        worker.close()
    assert report.findings == ()
    assert report.questions == len(KINDS)


def test_the_files_of_a_new_pack_name_the_schema(folder: Path) -> None:
    for name in (HEAD, EXAMPLES):
        first = (folder / name).read_text(encoding="utf-8").partition("\n")[0]
        assert first == "# yaml-language-server: $schema=quizpack.schema.json"
