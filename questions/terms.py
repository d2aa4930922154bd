"""Terms as they are typed: when two spellings are one term, and what a loss is called.

Three comparisons, each looser than the one before:

- `normal`: width, case, katakana or hiragana, long vowels, spaces, hyphens and other punctuation
  make no difference, nor does `torch.nn.` before a name.
- `loose`: nor does it which word for "loss" stands at the end (損失, 損失関数, ロス, loss).
- `near`: one slip of the keyboard away: a letter or kana too many, too few, wrong, or two
  neighbours exchanged. Only for terms of five characters or more, and never in a digit or a
  kanji: there one character makes another term (L1 and L2, 陽性 and 陰性).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from losses import CATALOG
from losses.text import Language

LEAST_NEAR = 5  # characters of a normal form that may be off by one

_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = 0x60
_LONG_VOWEL = "ー"
# ヴ is written in both ways: ヴァ and バ.
_V = (("ゔぁ", "ば"), ("ゔぃ", "び"), ("ゔぇ", "べ"), ("ゔぉ", "ぼ"), ("ゔ", "ぶ"))
_DROPPED = ("P", "Z", "C", "M")  # punctuation, spaces, controls, marks without a letter
_LOSS_ENDINGS = ("損失関数", "ろす", "lossfunction", "loss")
_LOSS = "損失"


def normal(term: str) -> str:
    """Return the form in which two spellings of a term are compared."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", term).casefold())
    folded = folded.strip().removeprefix("torch.").removeprefix("nn.")
    letters = "".join(_letter(character) for character in folded)
    for written, other in _V:
        letters = letters.replace(written, other)
    return letters


def _letter(character: str) -> str:
    if character == _LONG_VOWEL or unicodedata.category(character).startswith(_DROPPED):
        return ""
    if ord(character) in _KATAKANA:
        return chr(ord(character) - _TO_HIRAGANA)
    plain = unicodedata.normalize("NFD", character)[0]
    return plain if plain.isascii() else character  # é is typed as e


def loose(term: str) -> str:
    """Return the normal form with one word for "loss" at the end."""
    form = normal(term)
    for ending in _LOSS_ENDINGS:
        if form.endswith(ending) and form != ending:
            return form.removesuffix(ending) + _LOSS
    return form


def near(typed: str, term: str) -> bool:
    """Whether a term was meant but not quite typed; False where the two are the same."""
    one, other = loose(typed), loose(term)
    if one == other or len(other) < LEAST_NEAR:
        return False
    if one + _LOSS == other:  # "Huber" says which loss, but is a person
        return True
    return _one_slip(one, other)


def _one_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) == len(long):
        changed = short[start : start + 2], long[start : start + 2]
        if changed[0] == changed[1][::-1] and short[start + 2 :] == long[start + 2 :]:
            return all(map(_may_slip, changed[0]))
        rest = short[start + 1 :] == long[start + 1 :]
        return rest and _may_slip(short[start]) and _may_slip(long[start])
    return short[start:] == long[start + 1 :] and _may_slip(long[start])


def _may_slip(character: str) -> bool:
    return (character.isascii() and character.isalpha()) or "ぁ" <= character <= "ゖ"


def names_of(loss: str, language: Language) -> tuple[str, ...]:
    """Return what a loss may be called, the name in `language` first, each spelling once.

    Names in both languages, the abbreviation, aliases, PyTorch's name where it is that of this
    loss, and names without what stands in brackets where no other loss is called that.
    """
    other: Language = "en" if language == "ja" else "ja"
    info = CATALOG[loss]
    found = [info.name.in_language(language), info.name.in_language(other)]
    found += [info.abbreviation] if info.abbreviation else []
    found += [*info.aliases, *_pytorch_names(info.id)]
    found += [
        short
        for name in found
        if (short := _without_brackets(name)) != name and _bearers().get(normal(short)) == {loss}
    ]
    spellings: dict[str, str] = {}
    for name in found:
        spellings.setdefault(normal(name), name)
    return tuple(spellings.values())


def losses_called(term: str) -> tuple[str, ...]:
    """Return the losses of the catalogue that bear this name, in the order of the catalogue."""
    bearers = _bearers().get(normal(term), set()) | _bearers().get(loose(term), set())
    return tuple(loss for loss in CATALOG if loss in bearers)


@cache
def _bearers() -> Mapping[str, set[str]]:
    """Map the normal form of every name, with and without its brackets, to its losses."""
    found: dict[str, set[str]] = {}
    for info in CATALOG.values():
        short = (info.abbreviation,) if info.abbreviation else ()
        names = (info.name.ja, info.name.en, *short, *info.aliases, *_pytorch_names(info.id))
        for name in names:
            for form in (name, _without_brackets(name)):
                found.setdefault(normal(form), set()).add(info.id)
                found.setdefault(loose(form), set()).add(info.id)
    return found


def pytorch_name(loss: str) -> str | None:
    """Return the name of PyTorch's class for a loss, None where that is the name of another one.

    Several losses may be computed by one class: nn.MSELoss is the mean squared error, not the
    reconstruction error.
    """
    info = CATALOG[loss]
    if info.pytorch is None or not info.pytorch.startswith("torch.nn."):
        return None
    name = info.pytorch.rpartition(".")[2]
    called = (info.name.en, info.abbreviation or "", *info.aliases)
    own = {loose(each) for each in called} | {loose(f"{each}loss") for each in called}
    bearers = sum(each.pytorch == info.pytorch for each in CATALOG.values())
    return name if bearers == 1 or loose(name) in own else None


def _pytorch_names(loss: str) -> tuple[str, ...]:
    name = pytorch_name(loss)
    return () if name is None else (name,)


def _without_brackets(name: str) -> str:
    """Return a name without a remark in brackets at its end."""
    for opening, closing in ("（）", "()"):
        if name.endswith(closing) and opening in name:
            return name[: name.rindex(opening)].strip()
    return name
