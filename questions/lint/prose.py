"""The texts of a question, each with its path, for rules that read them all alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from questions.model import (
    CardQuestion,
    ChoiceQuestion,
    CompareQuestion,
    MultipleQuestion,
    Option,
    PickQuestion,
    Question,
    TermQuestion,
    TrueFalseQuestion,
)
from questions.packfile.tree import Path

# `right`: what the question claims to be true. `wrong`: what it offers as an error.
Role = Literal["stem", "right", "wrong", "reason", "explanation", "hint"]

# A full stop ends a sentence where a capital or nothing follows: not in 0.5 or "e.g. this".
_SENTENCE = re.compile(r"(?:(?!\.\s+[\"“‘(]?[A-Z])[^。！？!?\n])+[。！？!?.]?")
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|\$[^$\n]*\$|`[^`]*`")
_ASKING = re.compile(
    r"選べ|選びなさい|選んで|選択せよ|答えよ|どれか|どちらか|いずれか|何か|[?？]$"
    r"|\b(which|choose|select|pick)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a question."""

    path: Path
    text: str
    role: Role


def passages(question: Question) -> Iterator[Passage]:
    """Yield every text of a question that a learner reads."""
    yield Passage(("stem",), question.stem, "stem")
    match question:
        case ChoiceQuestion() | MultipleQuestion():
            for place, option in enumerate(question.options):
                role: Role = "right" if is_true(question, option) else "wrong"
                yield Passage(("options", place, "text"), option.text, role)
                yield Passage(("options", place, "reason"), option.reason, "reason")
        case TrueFalseQuestion():
            yield Passage(("right_reason",), question.right_reason, "reason")
            yield Passage(("wrong_reason",), question.wrong_reason, "reason")
        case PickQuestion():
            if question.reason is not None:
                yield Passage(("reason",), question.reason, "reason")
            for place, distractor in enumerate(question.distractors):
                yield Passage(("distractors", place, "reason"), distractor.reason, "reason")
        case TermQuestion():
            for place, rejected in enumerate(question.rejected):
                yield Passage(("rejected", place, "reason"), rejected.reason, "reason")
        case CardQuestion():
            yield Passage(("back",), question.back, "right")
        case CompareQuestion():
            for place, side in enumerate(question.sides):
                yield Passage(("sides", place, "text"), side.text, "stem")
        case _computed:
            pass
    for place, hint in enumerate(question.hints):
        yield Passage(("hints", place), hint, "hint")
    if question.explanation:  # a flashcard may have none
        yield Passage(("explanation",), question.explanation, "explanation")


def is_true(question: ChoiceQuestion | MultipleQuestion, option: Option) -> bool:
    """Return whether an option says something true: in a negative question the key does not."""
    negative = isinstance(question, ChoiceQuestion) and question.negative
    return option.right is not negative


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, with their ends."""
    for found in _SENTENCE.finditer(text):
        if sentence := found[0].strip():
            yield sentence


def without_quotations(text: str) -> str:
    """Return a text without what it quotes, formulas included: that speaks in another voice."""
    return _QUOTED.sub("…", text)


def asking(stem: str) -> str:
    """Return the sentences of a stem that ask; all of it where none is recognised."""
    asked = [each for each in sentences(stem) if _ASKING.search(each)]
    return "\n".join(asked) if asked else stem
