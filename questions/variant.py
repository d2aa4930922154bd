"""(question, seed) -> the concrete numbers and the options in the order shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from losses.text import Language, Words
from losses.worked.step import Value
from questions.model import Question


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option in its shown place; `label` is what the learner presses: "1", "2", …"""

    label: str
    text: str
    reason: Words
    right: bool  # of a comparison: False until the verdict, and no reason
    cells: tuple[str, ...] = ()  # its values one by one, where it is a row of a table


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One of several places to be filled: a gap, a place in an order, what is to be matched."""

    label: str  # "1", "2", …
    text: str  # what to call it: "（ア）", "1番目", the left side
    options: tuple[ShownOption, ...]  # what may stand here, in shown order


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One concrete form of a question. (question, seed, attempt) always gives the same one."""

    question_id: str  # "pack/question"
    content_hash: str
    question: Question
    seed: int
    attempt: int  # how many draws were discarded because a mistake would have been invisible
    stem: str  # this and the next two with the numbers in the place of {name}
    hints: tuple[str, ...] = ()
    explanation: str = ""
    options: tuple[ShownOption, ...] = ()  # of a calculated choice: once it is computed
    rows: tuple[ShownRow, ...] = ()  # where several places are to be filled
    passage: str = ""  # what several questions of a case have in common, above the stem
    back: str = ""  # of a flashcard: what is on the other side of the stem
    language: Language = "ja"  # of the text
    given: Mapping[str, Value]
