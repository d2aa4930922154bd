"""Flashcards made from the catalogue of losses: what is known of each loss, asked card by card.

Name and formula, when to use it, the English term, PyTorch's name, and the right term for a word
that is none. They are a pack like any other, but nobody writes them: where the catalogue changes,
they change with it. Their ids are made of the loss and what is asked, so schedules are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from losses import CATALOG, LossInfo
from questions.model.base import Difficulty
from questions.model.pack import Pack
from questions.picking import name_of
from questions.terms import normal, pytorch_name

PACK_ID = "loss-cards"
VERSION = "1.0.0"  # raise it when the cards are made in another way

_MISNOMER_DIGITS = 8  # of the hash that stands for a word in an id


@dataclass(frozen=True, slots=True, kw_only=True)
class Flashcard:
    """One card; `both`: asked in both directions."""

    id: str
    loss: str
    stem: str
    back: str
    both: bool
    explanation: str


def flashcards() -> tuple[Flashcard, ...]:
    """Return every card, in the order of the catalogue."""
    formulas = Counter(info.formula for info in CATALOG.values())
    made: list[Flashcard] = []
    for info in CATALOG.values():
        made.append(_formula(info, alone=formulas[info.formula] == 1))
        made.append(_use(info))
        made += _english(info)
        made += _pytorch(info)
    return (*made, *_misnomers())


def digest() -> str:
    """Return the SHA-256 (hex) of everything that the pack is made from.

    Asked at every start, so the cards are not made for it: it is that of the catalogue's words and
    of VERSION.
    """
    words = [
        (
            *(info.id, info.name.ja, info.name.en, info.abbreviation, info.aliases, info.syllabus),
            *(info.formula, info.pytorch, info.use_when.ja, info.avoid_when.ja),
            *(dict(info.misnomers), [_source(info)]),
        )
        for info in CATALOG.values()
    ]
    return hashlib.sha256(json.dumps([VERSION, words]).encode()).hexdigest()


def flashcard_pack() -> Pack:
    """Return the pack of all cards. It comes after the questions that somebody wrote."""
    return Pack.model_validate(
        {
            "id": PACK_ID,
            "title": "損失関数の単語カード",
            "version": VERSION,
            "language": "ja",
            "licence": "CC BY 4.0",
            "authors": ("quizapp contributors",),
            "syllabus": "JDLA G検定 シラバス2024 v1.4 項目13ほか",
            "description": (
                "損失カタログから作ったカード。名前と式、使う場面、英語名、PyTorchの名前、誤った呼び方。"
            ),
            "supplement": True,
            "questions": tuple(map(_question, flashcards())),
        }
    )


def _question(card: Flashcard) -> dict[str, object]:
    info = CATALOG[card.loss]
    beyond = info.syllabus == "beyond"
    difficulty: Difficulty = "advanced" if beyond else "standard"
    if info.syllabus.startswith("13"):
        difficulty = "basic"
    return {
        "kind": "card",
        "id": card.id,
        "topic": info.syllabus,
        "scope": "beyond" if beyond else "exam",
        "difficulty": difficulty,
        "level": "recall",
        "stem": card.stem,
        "back": card.back,
        "both": card.both,
        "explanation": card.explanation,
        "source": _source(info),
    }


def _source(info: LossInfo) -> str:
    if info.papers:
        first = info.papers[0]
        return f"{first.author} ({first.year}) {first.title}"
    return "PyTorch documentation" if info.pytorch else "シラバス2024 v1.4"


def _formula(info: LossInfo, *, alone: bool) -> Flashcard:
    return Flashcard(
        id=f"{_slug(info.id)}-formula",
        loss=info.id,
        stem=f"{name_of(info.id, 'ja')}の式",
        back=info.formula,
        both=alone,  # a formula that two losses share does not say which is meant
        explanation=info.use_when.ja,
    )


def _use(info: LossInfo) -> Flashcard:
    use = normal(info.use_when.ja)
    names = (info.name.ja.removesuffix("損失"), info.name.en, *info.aliases)
    return Flashcard(
        id=f"{_slug(info.id)}-use",
        loss=info.id,
        stem=f"{name_of(info.id, 'ja')}を使う場面",
        back=info.use_when.ja,
        both=not any(normal(name) in use for name in names),  # the front would name the back
        explanation=f"避ける場面: {info.avoid_when.ja}",
    )


def _english(info: LossInfo) -> Iterator[Flashcard]:
    if any(character.isascii() and character.isalpha() for character in info.name.ja):
        return  # half of it is English already
    also = [alias for alias in info.aliases if normal(alias) != normal(info.name.en)]
    yield Flashcard(
        id=f"{_slug(info.id)}-english",
        loss=info.id,
        stem=info.name.ja,
        back=name_of(info.id, "en"),
        both=True,
        explanation=f"別名: {'、'.join(also)}" if also else "",
    )


def _pytorch(info: LossInfo) -> Iterator[Flashcard]:
    if info.pytorch is None:
        return
    yield Flashcard(
        id=f"{_slug(info.id)}-pytorch",
        loss=info.id,
        stem=f"{name_of(info.id, 'ja')}を計算するPyTorchのクラスまたは関数",
        back=info.pytorch,
        both=pytorch_name(info.id) is not None,
        explanation="",
    )


def _misnomers() -> Iterator[Flashcard]:
    """Yield a card for each rejected word, also where several losses reject it."""
    words: dict[str, list[LossInfo]] = {}
    for info in CATALOG.values():
        for word in info.misnomers:
            words.setdefault(word, []).append(info)
    for word, bearers in words.items():
        key = hashlib.sha256(word.encode()).hexdigest()[:_MISNOMER_DIGITS]
        right = dict.fromkeys(info.misnomers[word] for info in bearers)
        yield Flashcard(
            id=f"misnomer-{key}",
            loss=bearers[0].id,
            stem=f"「{word}」の正しい呼び方",
            back="、".join(right),
            both=False,
            explanation=f"「{word}」は誤訳・誤記・取り違えから生じた呼び方で、正しい用語ではない。",
        )


def _slug(loss: str) -> str:
    return loss.replace("_", "-")
