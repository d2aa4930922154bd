"""Check pack files: form, numbers and quality, everything at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import MappingProxyType

from losses.text import Text
from questions.compute.client import ComputeWorker
from questions.lint.duplicates import duplicate_complaints
from questions.lint.finding import Finding
from questions.lint.images import image_complaints
from questions.lint.memory import Memory
from questions.lint.numbers import Numbers, Tightest, numbers_of
from questions.lint.position import rank_complaints
from questions.lint.programs import programs_of
from questions.lint.quality import PACK_RULES, QUESTION_RULES
from questions.lint.rule import Item, Sheet
from questions.lint.traps import trap_complaints
from questions.model import CodeQuestion, ComputedQuestion, content_hash
from questions.packfile import Problem, survey
from questions.packfile.complaint import Complaint
from questions.packfile.reading import located
from questions.packfile.tree import Path as PathInFile
from questions.packfile.tree import lines_of

_QUESTIONS_A_WORKER = 4

Progress = Callable[[int, int], None]  # questions computed, of how many


@dataclass(frozen=True, slots=True)
class Gap:
    """The tightest gap of one question."""

    file: str
    question: str
    tightest: Tightest


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. Findings are sorted; gaps begin with the tightest."""

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    files: int
    questions: int  # all that are of sound form
    variants: int  # computed now or remembered
    remembered: int  # questions whose numbers were not computed again
    lines: Mapping[str, Sequence[str]]  # of each file, for showing what is complained of


def check(
    files: Sequence[Path],
    *,
    seeds: int,
    memory: Memory,
    workers: Sequence[ComputeWorker],
    progress: Progress = lambda done, of: None,
) -> Report:
    """Check packs together. The workers start when something must be computed.

    Raises ComputeUnavailable.
    """
    sheets = [Sheet(str(file), survey(file, name=str(file))) for file in files]
    items = [
        Item(sheet, place, question) for sheet in sheets for place, question in sheet.seen.questions
    ]
    findings = [
        *(_found(sheet, problem) for sheet in sheets for problem in sheet.seen.problems),
        *_forms(sheets),
        *_qualities(sheets, items),
    ]
    computed = [
        item for item in items if isinstance(item.question, ComputedQuestion | CodeQuestion)
    ]
    numbers, remembered = _numbers(
        computed, seeds=seeds, memory=memory, workers=workers, progress=progress
    )
    gaps = []
    for sheet in sheets:
        ranked = [
            (item, found.ranks)
            for item, found in zip(computed, numbers, strict=True)
            if item.sheet is sheet and found.ranks
        ]
        findings += _at(sheet, (), rank_complaints(ranked))
    for item, found in zip(computed, numbers, strict=True):
        findings += _at(item.sheet, item.base, found.complaints)
        if found.tightest is not None:
            gaps.append(Gap(item.sheet.file, item.question.id, found.tightest))
    return Report(
        findings=tuple(sorted(set(findings), key=Finding.order)),
        gaps=tuple(sorted(gaps, key=lambda gap: gap.tightest.times)),
        files=len(sheets),
        questions=len(items),
        variants=sum(found.variants for found in numbers),
        remembered=remembered,
        lines=MappingProxyType({sheet.file: lines_of(sheet.seen.text) for sheet in sheets}),
    )


def _forms(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for sheet in sheets:
        if sheet.seen.root is not None:
            yield from _at(sheet, (), trap_complaints(sheet.seen.root, sheet.seen.text))
        for place, question in sheet.seen.questions:
            complaints = image_complaints(question, Path(sheet.file).parent)
            yield from _at(sheet, ("questions", place), complaints)
        pack = sheet.seen.pack
        if pack is None:
            continue
        if pack.id in first:
            complaint = Complaint(
                ("id",),
                Text(
                    f"パックのid「{pack.id}」が {first[pack.id]} と重複している。",
                    f"The pack id '{pack.id}' is also that of {first[pack.id]}.",
                ),
                Text("パックごとに異なるidを付ける。", "Give every pack an id of its own."),
                code="P202",
            )
            yield from _at(sheet, (), [complaint])
        first.setdefault(pack.id, sheet.file)


def _qualities(sheets: Sequence[Sheet], items: Sequence[Item]) -> Iterator[Finding]:
    for item in items:
        for rule in QUESTION_RULES:
            yield from _at(item.sheet, item.base, rule(item.question))
    for sheet in sheets:
        within = [item for item in items if item.sheet is sheet]
        for pack_rule in PACK_RULES:
            yield from _at(sheet, (), pack_rule(within))
    for item, complaint in duplicate_complaints(items):
        yield from _at(item.sheet, item.base, [complaint])


def _numbers(
    items: Sequence[Item],
    *,
    seeds: int,
    memory: Memory,
    workers: Sequence[ComputeWorker],
    progress: Progress,
) -> tuple[list[Numbers], int]:
    """Return what is found about the numbers of each item, and how many were remembered."""
    hashes = [content_hash(item.question) for item in items]
    found = [memory.recall(each, seeds=seeds) for each in hashes]
    missing = [place for place, each in enumerate(found) if each is None]
    free: SimpleQueue[ComputeWorker] = SimpleQueue()
    # Each must load torch: not worth it for a handful of questions.
    used = workers[: max(1, math.ceil(len(missing) / _QUESTIONS_A_WORKER))]
    for worker in used:
        free.put(worker)

    def compute(place: int) -> Numbers:
        question = items[place].question
        if not isinstance(question, ComputedQuestion | CodeQuestion):
            raise TypeError(f"{question.id} has no numbers to compute")
        worker = free.get()
        try:
            if isinstance(question, CodeQuestion):
                return programs_of(worker, question, content_hash=hashes[place])
            return numbers_of(worker, question, content_hash=hashes[place], seeds=seeds)
        finally:
            free.put(worker)

    remembered = len(items) - len(missing)
    if missing:
        progress(0, len(missing))
    with ThreadPoolExecutor(max_workers=len(used)) as pool:
        try:
            for done, (place, numbers) in enumerate(
                zip(missing, pool.map(compute, missing), strict=True), start=1
            ):
                found[place] = numbers
                memory.keep(hashes[place], numbers, seeds=seeds)
                progress(done, len(missing))
        finally:
            pool.shutdown(cancel_futures=True)
            memory.save()  # what is done is done, even if the rest was interrupted
    return [each for each in found if each is not None], remembered


def _at(sheet: Sheet, base: PathInFile, complaints: Iterable[Complaint]) -> Iterator[Finding]:
    root = sheet.seen.root
    if root is None:
        return
    for complaint in complaints:
        yield _found(sheet, located(complaint, root, sheet.seen.text, base))


def _found(sheet: Sheet, problem: Problem) -> Finding:
    return Finding(
        sheet.file,
        problem.line,
        problem.column,
        problem.code,
        problem.path,
        problem.message,
        problem.hint,
    )
