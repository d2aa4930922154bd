"""Widths of letters and styles of speech that do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from losses.text import Text
from questions.lint.prose import Passage, passages, sentences, without_quotations
from questions.lint.rule import Item
from questions.model import Question
from questions.packfile.complaint import Complaint
from questions.packfile.tree import Path

_FULL = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)?")
_HALF = re.compile(r"[0-9A-Za-z]")
_HALF_KATAKANA = re.compile(r"[ｦ-ﾟ]+")
_NAMES = re.compile(r"\{[A-Za-z_]\w*\}|\\[A-Za-z]+")  # placeholders and LaTeX are always half-width

_END = r"(?:か|ね|よ)?[。！!]?$"
_POLITE = re.compile(
    rf"(?:です|ます|でした|ました|ません|でしょう|ましょう|ください|下さい|なさい){_END}"
)
_PLAIN = re.compile(
    r"(?:である|であった|であろう|だ|だった|だろう|ない|なかった|たい|(?:[かさたなまらわいきしちりっんえけせてねべめれげ]|[一-龠])[るうくすつぬむぐぶ]"
    r"|[一-龠]い|しい|った|[いし]た|んだ)[。！!]?$"
)


def width_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint for full-width letters next to half-width ones, and half-width katakana."""
    texts = list(passages(question))
    has_half = any(_HALF.search(_NAMES.sub("", each.text)) for each in texts)
    for each in texts:
        found = _HALF_KATAKANA.search(each.text)
        if found is not None:
            yield _width(
                each,
                found[0],
                Text("半角カタカナがある。", "There is half-width katakana."),
                Text("全角カタカナで書く。", "Write full-width katakana."),
            )
        found = _FULL.search(each.text)
        if found is not None and has_half:
            yield _width(
                each,
                found[0],
                Text(
                    f"全角の「{found[0]}」と半角の英数字が混ざっている。",
                    f"Full-width '{found[0]}' is mixed with half-width letters or digits.",
                ),
                Text("英数字は半角にそろえる。", "Write letters and digits half-width."),
            )


def _width(each: Passage, words: str, message: Text, hint: Text) -> Complaint:
    return Complaint(each.path, message, hint, words=words, code="Q302")


def register_complaints(items: Sequence[Item]) -> Iterator[Complaint]:
    """Yield a complaint for each question that leaves the style of speech of its pack."""
    spoken = [
        (item, each, *_styles(each.text)) for item in items for each in passages(item.question)
    ]
    polite = sum(len(these) for _, _, these, _ in spoken)
    plain = sum(len(these) for _, _, _, these in spoken)
    if not polite or not plain:
        return
    complained: set[Path] = set()
    for item, each, polite_ones, plain_ones in spoken:
        odd = plain_ones if polite > plain else polite_ones
        if not odd or item.base in complained:
            continue
        complained.add(item.base)
        style, usual = (
            ("だ・である", "です・ます") if polite > plain else ("です・ます", "だ・である")
        )
        yield Complaint(
            (*item.base, *each.path),
            Text(
                f"{style}の文がある（このパックの多くは{usual}）。",
                f"A sentence in {'plain' if polite > plain else 'polite'} style; most of the pack "
                f"is in {'polite' if polite > plain else 'plain'} style.",
            ),
            Text(f"{usual}にそろえる。", "Keep to one style."),
            words=odd[0],
            code="Q303",
        )


def _styles(text: str) -> tuple[list[str], list[str]]:
    """Return the polite sentences of a text and the plain ones; others are neither."""
    polite: list[str] = []
    plain: list[str] = []
    for sentence in sentences(text):
        said = without_quotations(sentence)
        if _POLITE.search(said):
            polite.append(sentence)
        elif _PLAIN.search(said):
            plain.append(sentence)
    return polite, plain
