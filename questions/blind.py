"""A pack as an exam paper without its key, and what an answer sheet agrees with.

Whoever answers sees stems and options only, in an order that says nothing: no ids, no reasons, no
explanations. A disagreement means that the question is at fault until it is shown not to be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questions.draw import draw
from questions.expansion import askable
from questions.grading.uncomputed import grade_uncomputed
from questions.kinds import may_need_computing
from questions.model import ChoiceQuestion, MultipleQuestion, Pack, Question, content_hash
from questions.random_source import RandomSource
from questions.variant import Variant
from questions.verdict import Verdict

_ANSWER = re.compile(
    r"^\s*[QＱ]?0*(\d+)\s*[:：.．)）]?\s+(.*\S)\s*$|^\s*[QＱ]?0*(\d+)[:：](.*\S)\s*$"
)

# What stands behind the number of a question that is answered in its own way.
SEVERAL = "(*)"  # several are right
LEAST = "(−)"  # the least suitable is asked for, as the stem says too


@dataclass(frozen=True, slots=True)
class Mark:
    """What was answered to one question. `verdict` is None where nothing was."""

    number: int
    variant: Variant
    verdict: Verdict | None

    @property
    def agrees(self) -> bool:
        """Whether the answer is the key."""
        return self.verdict is not None and self.verdict.outcome == "correct"


def paper(pack: Pack, *, seed: int) -> tuple[Variant, ...]:
    """Return the questions that can be asked on paper, shuffled; number 1 comes first.

    Questions whose key is computed are left out: there is nothing in them to be read two ways.
    So are flashcards, which have no key.
    """
    asked = [each for each in askable(pack.questions) if _on_paper(each.question)]
    shuffled = RandomSource.named("paper", pack.id, seed).shuffled(asked)
    return tuple(
        draw(
            each.question,
            question_id=f"{pack.id}/{each.path}",
            content_hash=content_hash(each.question),
            seed=seed,
            language=pack.language,
        )
        for each in shuffled
    )


def left_out(pack: Pack) -> int:
    """Return how many questions of a pack are not on its paper."""
    return sum(not _on_paper(each.question) for each in askable(pack.questions))


def lines(variants: tuple[Variant, ...]) -> Iterator[str]:
    """Yield a paper line by line."""
    for number, variant in enumerate(variants, start=1):
        mark = sign(variant.question)
        yield f"Q{number} {mark}" if mark else f"Q{number}"
        yield from variant.passage.splitlines()
        yield from variant.stem.splitlines()
        for option in variant.options:
            yield f"  {option.label}. {option.text}"
        yield from _places(variant)
        yield ""


def sign(question: Question) -> str:
    """Return the sign that a question bears on paper, empty for most."""
    if isinstance(question, MultipleQuestion):
        return SEVERAL
    if isinstance(question, ChoiceQuestion) and question.negative:
        return LEAST
    return ""


def read_answers(text: str) -> dict[int, str]:
    """Read an answer sheet: one line a question, `Q12: 3`, anything else is passed over.

    Of two answers to one question the later counts.
    """
    answers: dict[int, str] = {}
    for line in text.splitlines():
        found = _ANSWER.match(unicodedata.normalize("NFKC", line))
        if found:
            number, answer = found[1] or found[3], found[2] or found[4]
            # What follows the answer itself is the reader's remark.
            answers[int(number)] = answer.partition("#")[0].strip()
    return answers


def marked(variants: tuple[Variant, ...], answers: Mapping[int, str]) -> tuple[Mark, ...]:
    """Hold an answer sheet against the key."""
    return tuple(
        Mark(
            number,
            variant,
            grade_uncomputed(variant, answers[number]) if number in answers else None,
        )
        for number, variant in enumerate(variants, start=1)
    )


def _places(variant: Variant) -> Iterator[str]:
    """Yield what is to be filled, `2 1 3` in order; options that all places share but once."""
    shared = len({tuple(option.text for option in row.options) for row in variant.rows}) == 1
    for row in variant.rows:
        yield f"  ({row.label}) {row.text}"
        if not shared:
            yield from (f"    {option.label}. {option.text}" for option in row.options)
    if shared:
        yield from (f"  {option.label}. {option.text}" for option in variant.rows[0].options)


def _on_paper(question: Question) -> bool:
    return not may_need_computing(question.kind) and question.kind != "card"
