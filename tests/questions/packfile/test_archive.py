"""A .quizpack: the same content gives the same bytes, and nothing else than its content is read."""

from __future__ import annotations

import json
import stat
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.packfile import PackProblems
from questions.packfile.archive import is_name, packed, unpacked
from questions.packfile.contents import contents_of
from tests.questions.packfile.split import FILES, write

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def built(folder: Path) -> bytes:
    contents = contents_of(folder)
    return packed(contents.pack, contents.files)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("packs") / "p")
    (folder / "images").mkdir()
    (folder / "images" / "図.png").write_bytes(PNG)
    return folder


@pytest.fixture(scope="module")
def data(folder: Path) -> bytes:
    return built(folder)


def test_what_goes_in_comes_out(data: bytes, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "p.quizpack").write_bytes(data)
    inside, outside = contents_of(tmp_path / "p.quizpack"), contents_of(folder)
    assert inside == outside
    assert inside.files["images/図.png"] == PNG


def test_the_same_content_gives_the_same_bytes(data: bytes, tmp_path: Path) -> None:
    other = write(tmp_path / "elsewhere")
    for name in reversed(FILES):  # written in another order, at another time
        (other / name).write_bytes((other / name).read_bytes())
    (other / "images").mkdir()
    (other / "images" / "図.png").write_bytes(PNG)
    assert built(other) == data


def test_a_file_alone_is_packed_as_a_pack(tmp_path: Path, folder: Path) -> None:
    contents = contents_of(folder)
    single = tmp_path / "mine.yaml"
    single.write_bytes(b"".join((folder / name).read_bytes() for name in ("pack.yaml", "a.yaml")))
    (tmp_path / "mine.quizpack").write_bytes(built(single))
    assert contents_of(tmp_path / "mine.quizpack").pack.id == contents.pack.id
    assert set(contents_of(tmp_path / "mine.quizpack").files) == {"pack.yaml"}


def entries_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A zip as any program would write it."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return written.getvalue()


def refused(data: bytes) -> str:
    """The code of the only problem."""
    with pytest.raises(PackProblems) as caught:
        unpacked(data, name="p.quizpack")
    (code,) = {problem.code for problem in caught.value.problems}
    return code


def test_another_program_may_have_compressed_it(data: bytes) -> None:
    again = zipped(*entries_of(data).items())
    assert len(again) < len(data)
    assert unpacked(again, name="p").content == unpacked(data, name="p").content


CHANGED: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "a text": lambda e: {**e, "a.yaml": e["a.yaml"].replace(b"MAE", b"MSE", 1)},
    "an image": lambda e: {**e, "images/図.png": PNG + b"."},
    "a file less": lambda e: {name: data for name, data in e.items() if name != "b.yaml"},
    "a file more": lambda e: {**e, "c.yaml": e["b.yaml"]},
    "the id in the manifest": lambda e: manifest(e, id="other"),
    "the version in the manifest": lambda e: manifest(e, version="9.0.0"),
    "the hash of the content": lambda e: manifest(e, content="0" * 64),
    "the format": lambda e: manifest(e, format="quizpack/9"),
    "a manifest that is a list": lambda e: {**e, "manifest.json": b"[]"},
    "a manifest that is no JSON": lambda e: {**e, "manifest.json": b"{"},
    "a manifest that is deep": lambda e: {**e, "manifest.json": b"[" * 100_000},
    "a manifest that is not UTF-8": lambda e: {**e, "manifest.json": b"\xff"},
}


def manifest(entries: dict[str, bytes], **changes: str) -> dict[str, bytes]:
    said = {**json.loads(entries["manifest.json"]), **changes}
    return {**entries, "manifest.json": json.dumps(said).encode()}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_what_was_changed_afterwards_is_refused(
    change: Callable[[dict[str, bytes]], dict[str, bytes]], data: bytes
) -> None:
    assert refused(zipped(*change(entries_of(data)).items())) == "P033"


NAMES = {
    "../a.yaml": False,
    "/etc/a.yaml": False,
    "images/../../a.png": False,
    "C:\\a.yaml": False,
    "a\\b.yaml": False,
    "images/a/b.png": False,
    "a.yaml\0.png": False,
    "a\x1b[2J.yaml": False,
    "a\u202e.yaml": False,
    ".hidden.yaml": False,
    "a.yaml ": False,
    "a.py": False,
    "images/a.svg": False,
    "images/": False,
    "": False,
    "か\u3099.yaml": False,  # が, not composed
    "が.yaml": True,
    "a.yaml": True,
    "a b-1.yml": True,
    "images/a.png": True,
    "images/A.JPEG": True,
}


@pytest.mark.parametrize(("name", "fine"), NAMES.items(), ids=ascii)
def test_names(name: str, fine: bool) -> None:
    assert is_name(name) == fine


@pytest.mark.parametrize(
    "name", [name for name, fine in NAMES.items() if name and not fine], ids=ascii
)
def test_an_archive_with_a_strange_name_is_refused(name: str, data: bytes) -> None:
    # Written under a harmless name of the same length: `zipfile` mends some of these.
    stand_in = "z" * len(name.encode())
    made = zipped(*entries_of(data).items(), (stand_in, b"questions: []"))
    # Without the mark of UTF-8 a name reads differently; then it is not one of the manifest.
    assert refused(made.replace(stand_in.encode(), name.encode())) in ("P031", "P033")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["a.yaml", "A.yaml", "manifest.json"])
def test_a_name_may_not_come_twice(name: str, data: bytes) -> None:
    assert refused(zipped(*entries_of(data).items(), (name, b"x"))) == "P031"


def link(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name)
    about.create_system = 3
    about.external_attr = (stat.S_IFLNK | 0o777) << 16
    return about


def test_links_are_refused(data: bytes) -> None:
    entries = entries_of(data)
    del entries["images/図.png"]
    assert refused(zipped(*entries.items(), (link("images/x.png"), b"/etc/passwd"))) == "P031"


def test_what_is_encrypted_is_refused(data: bytes) -> None:
    changed = bytearray(data)
    at = changed.index(b"PK\x01\x02")
    changed[at + 8] |= 1
    assert refused(bytes(changed)) == "P031"


def test_bombs_are_refused_before_they_are_unpacked(data: bytes) -> None:
    entries = entries_of(data)
    zeros = bytes(40 * 2**20)
    assert refused(zipped(*entries.items(), ("images/a.png", zeros))) == "P032"  # by the ratio
    noise = zipped(*entries.items(), ("images/a.png", b"ab" * 600_000))
    lying = noise.replace(struct.pack("<L", 1_200_000), struct.pack("<L", 100))
    assert refused(lying) in ("P030", "P032")  # says it is small


def test_too_many_files_are_refused(data: bytes) -> None:
    many = ((f"images/{n}.png", b"") for n in range(1000))
    assert refused(zipped(*entries_of(data).items(), *many)) == "P032"


def test_a_table_of_contents_that_says_it_is_huge_is_not_read(data: bytes) -> None:
    end = bytearray(data)
    end[-10:-6] = struct.pack("<L", 2**30)
    assert refused(bytes(end)) == "P032"


@pytest.mark.parametrize("cut", [0, 1, 21, 22, 100, -1, -21, -100])
def test_a_truncated_file_is_refused(cut: int, data: bytes) -> None:
    assert refused(data[:cut]) == "P030"


@pytest.mark.parametrize("more", [b"x", bytes(22), b"PK\x05\x06" + bytes(18)])
def test_something_behind_the_end_is_refused(more: bytes, data: bytes) -> None:
    assert refused(data + more) in ("P030", "P033")


def test_something_else_is_refused() -> None:
    for other in (b"", b"questions: []", b"PK", zipped(), zipped(("a.yaml", b"questions: []"))):
        assert refused(other) == "P030"


def test_a_newer_version_of_the_format_is_refused(data: bytes) -> None:
    entry = data.index(b"PK\x01\x02")
    newer = data[: entry + 6] + b"\x40" + data[entry + 7 :]
    assert refused(newer) == "P030"


@given(st.data())
@settings(max_examples=300)
def test_no_damage_goes_unnoticed(data: bytes, changes: st.DataObject) -> None:
    damaged = bytearray(data)
    for place in changes.draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=4)):
        damaged[place] = changes.draw(st.integers(0, 255))
    try:
        found = unpacked(bytes(damaged), name="p")
    except PackProblems as error:
        assert error.problems  # noqa: PT017 - either way is right
    else:
        assert found.content == unpacked(data, name="p").content
