"""`quizapp pack verify`: whether a `.quizpack` is what its maker made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from questions.packfile.contents import ENDING, Contents
from questions.packfile.signing import SigningProblem, SigningUnavailable, public_key
from quizapp.language import _, say
from quizapp.pack.build import read_key
from quizapp.pack.refusal import sound
from quizapp.problem import Problem
from quizapp.visible import visible_line


def verify(path: str, *, key: str | None, as_json: bool = False) -> str:
    """Return what a file is. Raises Problem where it is not, or not of the owner of the key."""
    contents = _verified(path, key=key)
    if as_json:
        pack = contents.pack
        told = {
            "pack": pack.id,
            "version": pack.version,
            "title": visible_line(pack.title),
            "content": contents.digest,
            **signature_json(contents),
            # Another key would have been a problem.
            "is_of_key": None if key is None else True,
        }
        return json.dumps(told, ensure_ascii=False) + "\n"
    lines = [*_said(contents)]
    if key is None:
        lines += signature_lines(contents)
    else:
        lines.append(_("The signature is that of {key}.").format(key=visible_line(key)))
    return "".join(f"{line}\n" for line in lines)


def signature_json(contents: Contents) -> dict[str, object]:
    """Return what is known of a signature; `signature_fits` is null where nobody could look."""
    signature = contents.signature
    return {
        "signer": None if signature is None else signature.signer,
        "signature_fits": True if signature is not None and contents.checked else None,
    }


def _verified(path: str, *, key: str | None) -> Contents:
    if Path(path).suffix.lower() != ENDING:
        raise Problem(_("The file must end with {ending}.").format(ending=ENDING))
    trusted: bytes | None = None
    try:
        if key is not None:
            trusted = public_key(read_key(Path(key)))
    except SigningProblem as problem:
        raise Problem(say(problem.text)) from problem
    (contents,) = sound([path])
    if not contents.checked:
        raise Problem(say(SigningUnavailable().text))
    if trusted is not None and contents.signature is None:
        raise Problem(_("The pack is not signed."))
    if contents.signature is not None and trusted not in (None, contents.signature.public_key):
        raise Problem(_("The pack is signed with another key."))
    return contents


def _said(contents: Contents) -> Iterator[str]:
    pack = contents.pack
    yield f"{pack.id} {pack.version}: {visible_line(pack.title)}"
    yield _("Content: {digest}").format(digest=contents.digest)


def signature_lines(contents: Contents) -> Iterator[str]:
    """Yield what is known of a signature that was compared with no key."""
    if contents.signature is None:
        yield _("It is not signed.")
    elif contents.checked:
        yield _("It is signed with the key {key}.").format(key=contents.signature.signer)
        yield _("Whose key that is can be compared with: quizapp pack verify --key")
    else:
        yield _("It is signed, but the signature was not checked: {why}.").format(
            why=say(SigningUnavailable().text)
        )
