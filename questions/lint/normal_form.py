"""Texts reduced to what they say, to find two that say the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Not x² -> x2 or ½ -> 1⁄2: there the form is the meaning.
_WITH_FORM_ONLY = re.compile(r"[^⁰¹²³⁴-⁹₀-₉¼-¾⅐-⅞]+")
_MINUS = re.compile(r"[−‐‑–]")
_STEADY = re.compile(r"(?<=[ァ-ヺ])ー(?![ァ-ヺー])")  # コンピューター, コンピュータ
_PARTICLE = re.compile(r"(?<![ぁ-ん])(?:は|が|を|に|で|の|と|も|へ|や)(?![ぁ-ん])")
_ENDING = re.compile(r"(?:であること|であるもの|すること|である|です|だ)(?=[。.]|$)")
_DECORATION = re.compile(r"[\s、。・「」『』【】“”\"'’‘`!?:;…]|,(?!\d)|\.(?!\d)|\*\*")
_BRACKETS = re.compile(r"[()\[\]]")
_FORMULA = re.compile(r"[-−+*/=^×÷<>≤≥|\\{}]")

GRAM = 3  # characters


def normal_form(text: str) -> str:
    """Return a text without differences of width, case, punctuation and lone particles.

    Numbers, signs and the order of words stay: they are differences in meaning.

    >>> normal_form("ＭＳＥを、最小化する。") == normal_form("mse 最小化する")
    True
    >>> normal_form("1.5倍") == normal_form("15倍")
    False
    """
    text = _WITH_FORM_ONLY.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _ENDING.sub("", _MINUS.sub("-", text.strip().casefold()))
    text = _STEADY.sub("", _PARTICLE.sub("", text))
    if not _FORMULA.search(text):
        text = _BRACKETS.sub("", text)
    return _DECORATION.sub("", text)


@lru_cache(maxsize=20_000)  # the same texts are looked at again at every save
def grams(text: str) -> frozenset[str]:
    """Return the character trigrams of a text in normal form; of a shorter one, the text."""
    form = normal_form(text)
    if len(form) <= GRAM:
        return frozenset({form} if form else ())
    return frozenset(form[start : start + GRAM] for start in range(len(form) - GRAM + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of trigrams that two texts have in common (Jaccard): 0 to 1."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def contained(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the trigrams of the first text that the second has too: 0 to 1."""
    return len(one & other) / len(one) if one else 0.0
