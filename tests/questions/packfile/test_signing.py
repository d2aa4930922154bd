"""A signature fits one content and one key. Needs the package `cryptography`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from questions.packfile import PackProblems
from questions.packfile.archive import packed, unpacked
from questions.packfile.contents import contents_of
from questions.packfile.signing import (
    Signature,
    SigningProblem,
    SigningUnavailable,
    fits,
    new_keys,
    public_key,
    sign,
)
from tests.questions.packfile.split import write
from tests.questions.packfile.test_archive import entries_of, zipped


@pytest.fixture
def keys() -> tuple[bytes, bytes]:
    pytest.importorskip("cryptography")
    return new_keys()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "p")


def test_a_signature_fits_its_message_and_its_key_alone(keys: tuple[bytes, bytes]) -> None:
    private, public = keys
    signature = sign(b"message", private)
    assert signature.public_key == public_key(public)
    assert fits(signature, b"message")
    assert not fits(signature, b"massage")
    other = Signature(public_key(new_keys()[1]), signature.value)
    assert not fits(other, b"message")
    assert Signature.from_json(signature.to_json()) == signature


def test_the_same_content_and_key_give_the_same_bytes(
    keys: tuple[bytes, bytes], folder: Path
) -> None:
    contents = contents_of(folder)
    first = packed(contents.pack, contents.files, private_key=keys[0])
    assert first == packed(contents.pack, contents.files, private_key=keys[0])
    found = unpacked(first, name="p")
    assert found.checked
    assert found.signature is not None
    assert found.signature.public_key == public_key(keys[1])
    assert found.content == contents.digest  # the signature is not content


def test_another_content_with_the_old_signature_is_refused(
    keys: tuple[bytes, bytes], folder: Path
) -> None:
    contents = contents_of(folder)
    signed = entries_of(packed(contents.pack, contents.files, private_key=keys[0]))
    write(folder, pack=(folder / "pack.yaml").read_text().replace("山田", "田中"))
    contents = contents_of(folder)
    changed = entries_of(packed(contents.pack, contents.files))
    with pytest.raises(PackProblems) as caught:
        unpacked(zipped(*{**changed, "signature.json": signed["signature.json"]}.items()), name="p")
    assert [problem.code for problem in caught.value.problems] == ["P034"]


@pytest.mark.parametrize("key", [b"", b"-----BEGIN PRIVATE KEY-----\n", b"\xff"])
def test_what_is_no_key_is_refused(key: bytes) -> None:
    pytest.importorskip("cryptography")
    with pytest.raises(SigningProblem):
        sign(b"message", key)
    with pytest.raises(SigningProblem):
        public_key(key)


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"[]",
        b"{}",
        b'{"algorithm": "none", "public_key": "", "signature": ""}',
        b'{"algorithm": "Ed25519", "public_key": "AAAA", "signature": "AAAA"}',
        b'{"algorithm": "Ed25519", "public_key": "?", "signature": "?"}',
        b'{"algorithm": "Ed25519", "public_key": 1, "signature": 2}',
        b"[" * 100_000,
    ],
)
def test_a_signature_that_cannot_be_read_is_refused(written: bytes, folder: Path) -> None:
    contents = contents_of(folder)
    entries = entries_of(packed(contents.pack, contents.files))
    with pytest.raises(PackProblems) as caught:
        unpacked(zipped(*entries.items(), ("signature.json", written)), name="p")
    assert [problem.code for problem in caught.value.problems] == ["P034"]


def test_without_the_package_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)  # as if it were not installed
    signature = Signature(bytes(32), bytes(64))
    for act in (
        new_keys,
        lambda: sign(b"", b""),
        lambda: public_key(b""),
        lambda: fits(signature, b""),
    ):
        with pytest.raises(SigningUnavailable, match=r"quizapp\[sign\]"):
            act()
    contents = contents_of(folder)
    entries = entries_of(packed(contents.pack, contents.files))
    found = unpacked(zipped(*entries.items(), ("signature.json", signature.to_json())), name="p")
    assert (found.signature, found.checked) == (signature, False)
