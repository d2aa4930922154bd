"""Words that the catalogue of losses rejects, used as if they were right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from losses import CATALOG
from losses.text import Text
from questions.lint.prose import passages, sentences
from questions.model import Question
from questions.packfile.complaint import Complaint

# A sentence that says so may name the word.
_REJECTING = re.compile(
    r"誤訳|誤記|誤称|誤り|誤った|正しくない|正しくは|俗に|俗称|と(?:は)?呼ばない|とは言わない|ではない"
    r"|misnomer|mistranslat|wrongly|not called"
)


def term_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint for each rejected word outside of wrong options and of their reasons."""
    wrong, known = _words()
    for passage in passages(question):
        if passage.role in ("wrong", "reason"):
            continue
        for sentence in sentences(passage.text):
            if not wrong.search(sentence) or _REJECTING.search(sentence):
                continue
            right = [found.span() for found in known.finditer(sentence)]
            for found in wrong.finditer(sentence):
                start, end = found.span()
                if any(low <= start and end <= high for low, high in right):
                    continue  # MRR損失 in ApproxMRR損失
                better = _misnomers()[found[0]]
                yield Complaint(
                    passage.path,
                    Text(
                        f"「{found[0]}」は正しい用語ではない。",
                        f"'{found[0]}' is not a right term.",
                    ),
                    Text(f"{better}と書く。", f"Write {better}."),
                    words=found[0],
                    code="Q301",
                )


@cache
def _misnomers() -> Mapping[str, str]:
    return {word: right for info in CATALOG.values() for word, right in info.misnomers.items()}


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds rejected words, and what finds right ones that may contain them."""
    right = {
        name
        for info in CATALOG.values()
        for name in (info.name.ja, info.name.en, info.abbreviation or "", *info.aliases)
        if name and name not in _misnomers()
    }
    return _any_of(_misnomers()), _any_of(right)


def _any_of(words: Mapping[str, str] | set[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        "|".join(
            # A word of Latin letters or katakana is not part of a longer one.
            (
                r"(?<![A-Za-z])"
                if word[0].isascii()
                else r"(?<![ァ-ヺー])"
                if _katakana(word[0])
                else ""
            )
            + re.escape(word)
            + (r"(?![A-Za-z])" if word[-1].isascii() else "")
            for word in longest_first
        )
    )


def _katakana(character: str) -> bool:
    return "ァ" <= character <= "ヺ"
