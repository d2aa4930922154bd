"""Reads and checks pack files again and again, and does no work twice. Blocking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from questions.lint.check import (
    computed,
    items_of,
    number_findings,
    question_complaints,
    sheets_of,
    to_be_computed,
    word_findings,
)
from questions.lint.memory import Memory
from questions.lint.numbers import Numbers
from questions.lint.rule import Item
from questions.model import Question, content_hash
from questions.packfile.complaint import Complaint
from questions.variant import Variant
from quizapp import paths
from quizapp.authoring.draft import Draft, Entry, entries_of

SEEDS = 100  # of each question whose numbers are checked
_MOST = 20_000  # contents of questions remembered


class Bench:
    """Where an author works: no database, no learner. May be used from several threads."""

    def __init__(
        self, worker: ComputeWorker, *, memory: Memory | None = None, seeds: int = SEEDS
    ) -> None:
        """`memory`: of clean questions; the one that all checks share where there is none given."""
        self.examiner = Examiner(worker)
        self.seeds = seeds
        self._worker = worker
        self._memory = memory or Memory(paths.cache() / "checked.json")
        self._said: dict[str, tuple[Complaint, ...]] = {}  # by content
        self._numbers: dict[str, Numbers] = {}

    def read(self, files: Sequence[Path]) -> Draft:
        """Read and check files, with what is known of their numbers. Raises nothing."""
        sheets = sheets_of(files)
        items = items_of(sheets)
        for item in items:
            if to_be_computed(item.question):
                self._recall(content_hash(item.question))
        draft = Draft(
            sheets=sheets,
            items=items,
            entries=tuple(entries_of(sheets)),
            words=tuple(word_findings(sheets, items, rules=self._complaints)),
        )
        return self.with_known_numbers(draft)

    def with_known_numbers(self, draft: Draft) -> Draft:
        """Return a draft with the findings about all numbers that are computed by now."""
        known = [
            (item, numbers)
            for item in draft.items
            if (numbers := self._numbers.get(content_hash(item.question))) is not None
        ]
        return draft.with_numbers(
            number_findings(draft.sheets, known), computed=not self.uncomputed(draft)
        )

    def uncomputed(self, draft: Draft) -> tuple[Item, ...]:
        """Return the questions whose numbers are still to be computed."""
        return tuple(
            item
            for item in draft.items
            if to_be_computed(item.question) and content_hash(item.question) not in self._numbers
        )

    def compute(self, item: Item) -> None:
        """Compute the numbers of a question over all seeds. Raises ComputeUnavailable."""
        content = content_hash(item.question)
        numbers = computed(self._worker, item.question, content_hash=content, seeds=self.seeds)
        self._numbers[content] = numbers
        self._memory.keep(content, numbers, seeds=self.seeds)

    def save(self) -> None:
        """Remember beyond the end of the program which questions have sound numbers."""
        self._memory.save()

    def present(self, entry: Entry, *, seed: int) -> Variant:
        """Return one concrete form of a sound question.

        Raises ComputeUnavailable or ComputeRefused, ValueError for an unsound one.
        """
        if entry.question is None:
            raise ValueError(f"{entry.question_id} is not sound")
        return self.examiner.present(
            entry.question,
            question_id=entry.question_id,
            content_hash=content_hash(entry.question),
            seed=seed,
            language=entry.language,
        )

    def _recall(self, content: str) -> None:
        if content not in self._numbers:
            recalled = self._memory.recall(content, seeds=self.seeds)
            if recalled is not None:
                self._numbers[content] = recalled

    def _complaints(self, question: Question) -> tuple[Complaint, ...]:
        content = content_hash(question)
        if content not in self._said:
            if len(self._said) >= _MOST:
                self._said.clear()
            self._said[content] = tuple(question_complaints(question))
        return self._said[content]
