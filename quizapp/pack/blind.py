"""`quizapp pack blind`: a pack as a paper without its key, and an answer sheet held against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from questions import blind
from questions.blind import Mark
from questions.model import Pack
from questions.packfile.contents import contents_of
from questions.packfile.problems import PackProblems
from questions.variant import ShownOption, ShownRow
from quizapp import wording
from quizapp.language import _, current
from quizapp.problem import Problem
from quizapp.visible import visible, visible_line


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an answer sheet agrees with, question by question."""

    pack: str
    marks: tuple[Mark, ...]
    unknown: tuple[int, ...] = ()  # answered, but not on the paper

    @property
    def agreeing(self) -> int:
        """How many answers are the key."""
        return sum(mark.agrees for mark in self.marks)

    @property
    def complete(self) -> bool:
        """Whether every answer is the key."""
        return self.agreeing == len(self.marks)

    def as_text(self) -> str:
        """Return every disagreement and the share of agreement."""
        return "".join(f"{line}\n" for line in self._lines())

    def as_json(self) -> str:
        """Return the same as one line of JSON."""
        entry = {
            "pack": self.pack,
            "questions": len(self.marks),
            "agreeing": self.agreeing,
            "disagreements": [
                {
                    "number": mark.number,
                    "question": mark.variant.question_id,
                    "answer": mark.verdict.raw if mark.verdict else None,
                    "outcome": mark.verdict.outcome if mark.verdict else None,
                    "key": _key(mark),
                }
                for mark in self.marks
                if not mark.agrees
            ],
            "not_on_the_paper": list(self.unknown),
        }
        return json.dumps(entry, ensure_ascii=False) + "\n"

    def _lines(self) -> Iterator[str]:
        for mark in self.marks:
            if mark.agrees:
                continue
            answer = _("no answer")
            if mark.verdict is not None:
                outcome = wording.outcome(mark.verdict.outcome)
                answer = f"{visible_line(mark.verdict.raw)} ({outcome})"
            yield f"Q{mark.number} {mark.variant.question_id}: {answer}"
            for option in mark.variant.options:
                sign = "*" if option.right else " "
                yield f"  {sign} {option.label}. {visible_line(option.text)}"
            for row in mark.variant.rows:
                belongs = _belonging(row)
                text = visible_line(belongs.text)
                yield f"  ({row.label}) {visible_line(row.text)}: {belongs.label}. {text}"
        if self.unknown:
            numbers = ", ".join(f"Q{number}" for number in self.unknown)
            yield _("Not on the paper: {numbers}").format(numbers=numbers)
        yield _("{pack}: {agreeing} of {count} agree with the key ({share}).").format(
            pack=self.pack,
            agreeing=self.agreeing,
            count=len(self.marks),
            share=f"{self.agreeing / len(self.marks):.1%}" if self.marks else "—",
        )


def paper_of(path: Path, *, seed: int) -> str:
    """Return the paper of a pack file. Raises Problem where it cannot be used."""
    pack = _read(path)
    variants = blind.paper(pack, seed=seed)
    head = _("{title}. Answer one line a question: Q1: 2").format(title=visible_line(pack.title))
    signs = {blind.sign(variant.question) for variant in variants}
    notes = (
        (blind.SEVERAL, _("(*): several are right")),
        (blind.LEAST, _("(−): the least suitable is asked for")),
    )
    missing = blind.left_out(pack)
    others = [
        _("To compare answers: --seed {seed}").format(seed=seed),
        *([_("Calculations and cards, left out: {n}").format(n=missing)] if missing else []),
    ]
    top = "\n".join([head, *(note for sign, note in notes if sign in signs), *others])
    written = "\n".join(blind.lines(variants))
    return f"{top}\n\n{visible(written)}\n"


def compare(path: Path, answers: Path, *, seed: int) -> Comparison:
    """Hold a file of answers against the key. Raises Problem where one of them cannot be read."""
    pack = _read(path)
    try:
        text = answers.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(_("{path} cannot be read: {why}").format(path=answers, why=error)) from error
    variants = blind.paper(pack, seed=seed)
    given = blind.read_answers(text)
    return Comparison(
        pack.id,
        blind.marked(variants, given),
        unknown=tuple(sorted(number for number in given if not 0 < number <= len(variants))),
    )


def _key(mark: Mark) -> list[str]:
    if mark.variant.rows:
        return [_belonging(row).label for row in mark.variant.rows]
    return [option.label for option in mark.variant.options if option.right]


def _belonging(row: ShownRow) -> ShownOption:
    return next(option for option in row.options if option.right)


def _read(path: Path) -> Pack:
    try:
        return contents_of(path).pack
    except PackProblems as problem:
        raise Problem("\n".join(problem.lines(current()))) from problem
