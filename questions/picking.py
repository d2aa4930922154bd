"""The options of a pick question: the right loss among losses that it is confused with."""

from __future__ import annotations

import re

from losses import CATALOG
from losses.text import Language
from questions.model import Option, PickQuestion
from questions.random_source import RandomSource

OTHERS = 3  # options besides the right one

# A full stop that ends a sentence: in Japanese not one in brackets, in English one at the end or
# before a capital letter.
_FIRST = {
    "ja": re.compile(r"(?:[^。（）]|（[^（）]*）)*。"),
    "en": re.compile(r".*?\.(?=\s+[A-Z]|\s*$)", re.DOTALL),
}


def available(question: PickQuestion) -> tuple[str, ...]:
    """Return the losses that may be drawn besides the author's distractors, in catalogue order.

    Those that the catalogue calls neighbours of the answer, without any that would be right too.
    Raises KeyError for an answer that is not in the catalogue.
    """
    taken = {question.answer, *question.also_right, *(each.loss for each in question.distractors)}
    return tuple(loss for loss in CATALOG[question.answer].neighbours if loss not in taken)


def options_of(
    question: PickQuestion, *, seed: int, attempt: int, language: Language
) -> tuple[Option, ...]:
    """Return four options, the right one first.

    The author's distractors come before those of the catalogue; of too many of either, the seed
    draws. Raises ValueError where there are too few, which reading a pack has checked.
    """
    source = RandomSource.named("distractors", question.id, seed, attempt)
    written = source.shuffled(question.distractors)[:OTHERS]
    drawn = source.shuffled(available(question))[: OTHERS - len(written)]
    if len(written) + len(drawn) < OTHERS:
        raise ValueError(f"{question.id} has fewer than {OTHERS} distractors")
    answer = CATALOG[question.answer]
    return (
        Option(
            text=name_of(question.answer, language),
            reason=question.reason or answer.use_when.in_language(language),
            right=True,
        ),
        *(Option(text=name_of(each.loss, language), reason=each.reason) for each in written),
        *(Option(text=name_of(loss, language), reason=why_not(loss, language)) for loss in drawn),
    )


def name_of(loss: str, language: Language) -> str:
    """Return the name of a loss with its abbreviation, where that is not in the name already."""
    info = CATALOG[loss]
    name, short = info.name.in_language(language), info.abbreviation
    if short is None or short in name:
        return name
    if name.endswith(("）", ")")):
        return f"{name[:-1]}{'、' if language == 'ja' else ', '}{short}{name[-1]}"
    return f"{name}（{short}）" if language == "ja" else f"{name} ({short})"


def why_not(loss: str, language: Language) -> str:
    """Return what a loss is for and where it fails: the first sentence of the catalogue on each."""
    info = CATALOG[loss]
    says = (info.use_when.in_language(language), info.avoid_when.in_language(language))
    first = (_first_sentence(text, language) for text in says)
    return ("" if language == "ja" else " ").join(first)


def _first_sentence(text: str, language: Language) -> str:
    found = _FIRST[language].match(text)
    return found.group() if found else text
