"""A pack may be a folder: what belongs to it, and where in which file a problem is."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.packfile import PackProblems, read_pack
from questions.packfile.contents import contents_of
from questions.packfile.folder import role_of, survey_together
from tests.questions.packfile.sound import SOUND
from tests.questions.packfile.split import FILES, HEAD, write

PNG = b"\x89PNG\r\n\x1a\n"


def refused(path: Path) -> list[str]:
    """What is wrong: file:line:column code."""
    with pytest.raises(PackProblems) as caught:
        contents_of(path)
    return [
        f"{Path(each.file or caught.value.name).name}:{each.line}:{each.column} {each.code}"
        for each in caught.value.problems
    ]


def test_a_folder_is_the_pack_of_its_files(tmp_path: Path) -> None:
    whole = read_pack(SOUND.encode(), name="whole")
    folder = write(tmp_path / "p")
    (folder / "images").mkdir()
    (folder / "images" / "shape.png").write_bytes(PNG)
    for name in ("notes.txt", ".hidden.yaml", "images/shape.svg", "quizpack.schema.json"):
        (folder / name).write_text("left alone", encoding="utf-8")
    contents = contents_of(folder)
    assert contents.pack == whole
    assert set(contents.files) == {*FILES, "images/shape.png"}
    assert contents_of(folder / "pack.yaml") == contents


def test_questions_stand_in_the_order_of_the_files(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "p",
        pack=SOUND,
        a=FILES["b.yaml"].replace("id: huber", "id: second"),
        b=FILES["a.yaml"].replace("id: median", "id: third"),
    )
    ids = [question.id for question in contents_of(folder).pack.questions]
    assert ids == ["median", "huber", "second", "third"]


def test_a_folder_with_nothing_but_its_head_is_a_pack(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(SOUND, encoding="utf-8")
    assert contents_of(tmp_path).pack == read_pack(SOUND.encode(), name="whole")


BROKEN = {
    "no head": ({"pack": ""}, ["pack.yaml:1:1 P005"]),
    "no id": ({"pack": HEAD.replace("id: losses\n", "")}, ["pack.yaml:2:1 P102"]),
    "a head that is a list": ({"pack": "- a"}, ["pack.yaml:1:1 P104"]),
    "metadata in the wrong file": (
        {"a": f"title: 題\n{FILES['a.yaml']}"},
        ["a.yaml:1:1 P101"],
    ),
    "a whole pack beside the head": (
        {"a": SOUND.replace("id: huber", "id: other")},
        [f"a.yaml:{line}:1 P101" for line in range(2, 9)],
    ),
    "a misspelt key": (
        {"a": FILES["a.yaml"].replace("questions", "question")},
        ["a.yaml:1:1 P101"],
    ),
    "no questions": ({"a": "questions: []"}, ["a.yaml:1:1 P108"]),
    "questions that are no list": ({"a": "questions: 1"}, ["a.yaml:1:12 P104"]),
    "an id of two files": (
        {"b": FILES["b.yaml"].replace("id: huber", "id: median")},
        ["b.yaml:3:9 P201"],
    ),
    "an id twice in a file": (
        {"a": FILES["a.yaml"] + FILES["a.yaml"].removeprefix("questions:\n")},
        ["a.yaml:18:9 P201"],
    ),
    "faults of both files": (
        {
            "a": FILES["a.yaml"].replace("topic: 13b", "topic: 99"),
            "b": FILES["b.yaml"].replace("loss: huber", "loss: hubert"),
        },
        ["a.yaml:4:12 P104", "b.yaml:18:13 P204"],
    ),
    "not UTF-8": ({"b": "questions: 損失".encode("shift_jis")}, ["b.yaml:1:12 P003"]),
}


@pytest.mark.parametrize(("changes", "found"), BROKEN.values(), ids=BROKEN)
def test_problems_name_their_file(
    changes: dict[str, str | bytes], found: list[str], tmp_path: Path
) -> None:
    assert refused(write(tmp_path / "p", **changes)) == found


def test_a_folder_needs_a_head(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    (folder / "pack.yaml").unlink()
    assert refused(folder) == ["p:1:1 P007"]
    assert refused(tmp_path / "missing") == ["missing:1:1 P001"]


@pytest.mark.parametrize("name", ["more/c.yaml", "images/a b!.png", "zwei;.yaml"])
def test_files_that_cannot_be_part_of_a_pack(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(PNG)
    assert refused(folder) == ["p:1:1 P008"]


@pytest.mark.parametrize("name", ["c.yaml", "images/secret.png"])
def test_links_are_not_followed(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(PNG)
    folder = write(tmp_path / "p")
    (folder / "images").mkdir()
    (folder / name).symlink_to(secret)
    assert refused(folder) == ["p:1:1 P008"]


def test_a_part_alone_is_no_pack(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    assert refused(folder / "a.yaml") == ["a.yaml:1:1 P008"]


def test_what_a_file_is_follows_from_what_stands_beside_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    alone = tmp_path / "alone.yaml"
    alone.write_text(SOUND, encoding="utf-8")
    assert [role_of(folder / name) for name in FILES] == ["head", "part", "part"]
    assert role_of(alone) == "whole"
    files = [folder / "b.yaml", alone, folder / "pack.yaml", folder / "a.yaml"]
    seen = survey_together(files)
    assert [len(each.questions) for each in seen] == [1, 2, 0, 1]
    assert [each.problems for each in seen] == [(), (), (), ()]


def test_ids_are_compared_over_the_files_that_are_surveyed_together(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", b=FILES["b.yaml"].replace("id: huber", "id: median"))
    found = survey_together([folder / "b.yaml", folder / "pack.yaml", folder / "a.yaml"])
    assert [[problem.code for problem in each.problems] for each in found] == [["P201"], [], []]
    assert "a.yaml" in found[0].problems[0].message.en
