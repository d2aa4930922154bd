"""A pack as one file: a `.quizpack`, a zip with a manifest that says what is inside.

Written so that the same content gives the same bytes on every machine: no compression, no times.
Read into memory only, so no name in it can lead anywhere on the disk; names that try are refused
all the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from losses.text import Text
from questions.model import Pack
from questions.packfile.folder import read_files
from questions.packfile.problems import PackProblems, Problem, quoted
from questions.packfile.signing import Signature, SigningUnavailable, fits, sign

FORMAT = "quizpack/1"
MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
IMAGES = "images/"
IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")

MOST_BYTES = 64 * 2**20  # of the file, and of everything in it once unpacked
_MOST_FILES = 1000
_MOST_DIRECTORY = 2**19  # bytes of the zip's table of contents
_MOST_RATIO = 100  # of what is larger than the next
_ALWAYS_FINE = 2**20
_MOST_JSON = 2**20
_LONGEST_NAME = 200  # characters
_NAME = re.compile(r"(images/)?\w[\w .\-]*")
_END = b"PK\x05\x06"
_END_SIZE = 22
_END_64 = b"PK\x06\x07"
_END_64_SIZE = 20


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a `.quizpack` holds. `signature` fits; None where there is none.

    `checked`: whether the signature could be compared at all (see `questions.packfile.signing`).
    """

    pack: Pack
    files: Mapping[str, bytes]
    content: str
    signature: Signature | None
    checked: bool


def content_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 (hex) of the files of a pack and their names."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n".encode())
    return whole.hexdigest()


def packed(pack: Pack, files: Mapping[str, bytes], *, private_key: bytes | None = None) -> bytes:
    """Return the bytes of the `.quizpack` of a pack and its files, signed where there is a key.

    Raises SigningProblem.
    """
    manifest = {
        "format": FORMAT,
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "content": content_of(files),
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    said = json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"
    entries = {MANIFEST: said}
    if private_key is not None:
        entries[SIGNATURE] = sign(said, private_key).to_json()
    entries |= {name: files[name] for name in sorted(files)}
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in entries.items():
            about = zipfile.ZipInfo(name)  # of 1980-01-01, uncompressed
            about.create_system = 3
            about.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(about, data)
    return written.getvalue()


def unpacked(data: bytes, *, name: str) -> Unpacked:
    """Read a `.quizpack`. `name` stands for it in the messages. Raises PackProblems."""
    if len(data) > MOST_BYTES:
        raise _refused(name, too_large())
    try:
        entries = _entries(data, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        ValueError,
        RuntimeError,  # encrypted, or made for a newer version of the format
    ) as error:
        raise _refused(name, _broken()) from error
    said = entries.pop(MANIFEST, None)
    signed = entries.pop(SIGNATURE, None)
    if said is None:
        raise _refused(name, _broken())
    claims = _manifest(said, name)
    hashes = {file: hashlib.sha256(content).hexdigest() for file, content in entries.items()}
    if claims.get("files") != hashes or claims.get("content") != content_of(entries):
        raise _refused(name, _other_content())
    signature, checked = _signature(said, signed, name)
    texts = {file: content for file, content in entries.items() if not file.startswith(IMAGES)}
    pack = read_files(texts, name=name)
    if (claims.get("id"), claims.get("version")) != (pack.id, pack.version):
        raise _refused(name, _other_content())
    return Unpacked(pack, entries, content_of(entries), signature, checked)


def is_name(name: str) -> bool:
    """Return whether a file of a pack may have this name."""
    if (
        len(name) > _LONGEST_NAME
        or not _NAME.fullmatch(name)
        or name != unicodedata.normalize("NFC", name)
    ):
        return False
    endings = IMAGE_ENDINGS if name.startswith(IMAGES) else (".yaml", ".yml")
    return name.lower().endswith(endings)


def _entries(data: bytes, name: str) -> dict[str, bytes]:
    """Return what is inside. Every limit is looked at before anything is unpacked."""
    # zipfile reads the whole table of contents at once, as long as the end says it is.
    end = data[-_END_SIZE:]
    if not end.startswith(_END) or end[-2:] != b"\0\0":
        raise zipfile.BadZipFile("no end, or something behind it")
    if data[-_END_SIZE - _END_64_SIZE :].startswith(_END_64):
        raise zipfile.BadZipFile("zip64")
    (directory,) = struct.unpack("<L", end[12:16])
    if directory > _MOST_DIRECTORY:
        raise _refused(name, _too_many())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        listed = archive.infolist()
        if len(listed) > _MOST_FILES:
            raise _refused(name, _too_many())
        problems = tuple(_bad_names(listed))
        if problems:
            raise PackProblems(name, problems)
        if any(map(_bursts, listed)) or sum(each.file_size for each in listed) > MOST_BYTES:
            raise _refused(name, too_large())
        return {each.filename: _content(archive, each, name) for each in listed}


def _content(archive: zipfile.ZipFile, about: zipfile.ZipInfo, name: str) -> bytes:
    with archive.open(about) as file:
        # No more than it says it is, whatever it unpacks to; then zipfile compares the checksum.
        content = file.read(about.file_size + 1)
    if len(content) > about.file_size:
        raise _refused(name, too_large())
    if len(content) < about.file_size:
        raise zipfile.BadZipFile("shorter than it says")
    return content


def _bad_names(listed: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    seen: set[str] = set()
    for about in listed:
        # What the zip says before `zipfile` makes it a path of this system.
        name = about.orig_filename
        kind = stat.S_IFMT(about.external_attr >> 16)
        regular = kind in (0, stat.S_IFREG) and not about.flag_bits & 0x1
        known = name in (MANIFEST, SIGNATURE) or is_name(name)
        stored = about.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not (known and regular and stored) or name != about.filename or name.lower() in seen:
            yield Problem(
                1,
                1,
                "",
                Text(
                    f"「{quoted(name)}」はここでは使えない（{_reason(name, seen, regular).ja}）。",
                    f"'{quoted(name)}' cannot be used here ({_reason(name, seen, regular).en}).",
                ),
                _REBUILD,
                "P031",
            )
        seen.add(name.lower())


def _reason(name: str, seen: set[str], regular: bool) -> Text:
    if name.lower() in seen:
        return Text("同じ名前が2つある", "a name that appears twice")
    if not regular:
        return Text("リンクか、暗号化されたファイル", "a link or an encrypted file")
    if "/" in name.removeprefix(IMAGES) or "\\" in name:
        return Text("パックの外を指しうる名前", "a name that may lead out of the pack")
    return Text("パックのファイルではない", "not a file of a pack")


def _bursts(about: zipfile.ZipInfo) -> bool:
    if about.filename in (MANIFEST, SIGNATURE) and about.file_size > _MOST_JSON:
        return True
    return about.file_size > max(_ALWAYS_FINE, _MOST_RATIO * about.compress_size)


def _manifest(said: bytes, name: str) -> dict[str, object]:
    try:
        claims = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise _refused(name, _other_content()) from error
    if not isinstance(claims, dict) or claims.get("format") != FORMAT:
        raise _refused(name, _other_content())
    return claims


def _signature(said: bytes, signed: bytes | None, name: str) -> tuple[Signature | None, bool]:
    if signed is None:
        return None, True
    try:
        signature = Signature.from_json(signed)
        if not fits(signature, said):
            raise ValueError("another message or another key")
    except SigningUnavailable:
        return signature, False
    except (ValueError, RecursionError) as error:
        message = Text("署名が中身に合わない。", "The signature is not that of the contents.")
        hint = Text("配布元から入手し直す。", "Get it again from where it is published.")
        raise _refused(name, Problem(1, 1, "", message, hint, "P034")) from error
    return signature, True


_REBUILD = Text("quizapp pack build で作り直す。", "Build it anew with quizapp pack build.")


def _refused(name: str, problem: Problem) -> PackProblems:
    return PackProblems(name, [problem])


def _broken() -> Problem:
    return Problem(
        1,
        1,
        "",
        Text(
            ".quizpackとして読めない（途中で切れているか、別の形式である）。",
            "This cannot be read as a .quizpack (cut short, or something else).",
        ),
        _REBUILD,
        "P030",
    )


def _too_many() -> Problem:
    return Problem(
        1,
        1,
        "",
        Text(
            f"ファイルが多すぎる（{_MOST_FILES}個まで）。",
            f"It holds too many files (at most {_MOST_FILES}).",
        ),
        None,
        "P032",
    )


def too_large() -> Problem:
    """Return the problem of a pack that is larger than any that somebody wrote."""
    most = MOST_BYTES // 2**20
    return Problem(
        1,
        1,
        "",
        Text(
            f"展開すると大きすぎる（全体で{most} MiBまで、圧縮は{_MOST_RATIO}分の1まで）。",
            f"Too large once unpacked (at most {most} MiB in all, "
            f"compressed to no less than a {_MOST_RATIO}th).",
        ),
        None,
        "P032",
    )


def _other_content() -> Problem:
    return Problem(
        1,
        1,
        "",
        Text(f"中身が {MANIFEST} の記載と合わない。", f"The contents are not those of {MANIFEST}."),
        Text(
            "作成後に書き換えられている。配布元から入手し直すか、作り直す。",
            "It was changed after it was built: get it again, or build it anew.",
        ),
        "P033",
    )
