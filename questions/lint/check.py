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
from questions.lint.silence import audible
from questions.lint.traps import trap_complaints
from questions.model import CodeQuestion, ComputedQuestion, Question, content_hash
from questions.packfile import Problem
from questions.packfile.complaint import Complaint
from questions.packfile.folder import survey_together
from questions.packfile.reading import located
from questions.packfile.tree import Path as PathInFile
from questions.packfile.tree import lines_of

_QUESTIONS_A_WORKER = 4

Progress = Callable[[int, int], None]  # questions computed, of how many


# All rules about one question.
Rules = Callable[[Question], Iterable[Complaint]]


def question_complaints(question: Question) -> Iterator[Complaint]:
    """Yield what the rules of quality say of one question."""
    for rule in QUESTION_RULES:
        yield from rule(question)


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
    sheets = sheets_of(files)
    items = items_of(sheets)
    wanted = [item for item in items if to_be_computed(item.question)]
    numbers, remembered = _numbers(
        wanted, seeds=seeds, memory=memory, workers=workers, progress=progress
    )
    pairs = list(zip(wanted, numbers, strict=True))
    gaps = [
        Gap(item.sheet.file, item.question.id, found.tightest)
        for item, found in pairs
        if found.tightest is not None
    ]
    found = {*word_findings(sheets, items), *number_findings(sheets, pairs)}
    findings = audible(found, sheets, items, computed=True)
    return Report(
        findings=tuple(sorted(findings, key=Finding.order)),
        gaps=tuple(sorted(gaps, key=lambda gap: gap.tightest.times)),
        files=len(sheets),
        questions=len(items),
        variants=sum(found.variants for found in numbers),
        remembered=remembered,
        lines=MappingProxyType({sheet.file: lines_of(sheet.seen.text) for sheet in sheets}),
    )


def sheets_of(files: Sequence[Path]) -> tuple[Sheet, ...]:
    """Read pack files, however broken they are. Raises nothing."""
    return tuple(
        Sheet(str(file), seen) for file, seen in zip(files, survey_together(files), strict=True)
    )


def items_of(sheets: Sequence[Sheet]) -> tuple[Item, ...]:
    """Return the questions of sound form."""
    return tuple(
        Item(sheet, base, question) for sheet in sheets for base, question in sheet.seen.questions
    )


def word_findings(
    sheets: Sequence[Sheet], items: Sequence[Item], *, rules: Rules = question_complaints
) -> Iterator[Finding]:
    """Yield what is wrong with form and quality: everything that needs no computing.

    `rules`: what is said of one question; a caller who checks again and again may remember it.
    """
    for sheet in sheets:
        yield from (_found(sheet, problem) for problem in sheet.seen.problems)
    yield from _forms(sheets)
    yield from _qualities(sheets, items, rules)


def to_be_computed(question: Question) -> bool:
    """Return whether there is something about a question that only computing it shows."""
    return isinstance(question, ComputedQuestion | CodeQuestion)


def computed(
    worker: ComputeWorker, question: Question, *, content_hash: str, seeds: int
) -> Numbers:
    """Compute the numbers of a question, or run its programs. Raises ComputeUnavailable."""
    if isinstance(question, CodeQuestion):
        return programs_of(worker, question, content_hash=content_hash)
    if isinstance(question, ComputedQuestion):
        return numbers_of(worker, question, seeds=seeds)
    raise TypeError(f"{question.id} has no numbers to compute")


def number_findings(
    sheets: Sequence[Sheet], numbers: Sequence[tuple[Item, Numbers]]
) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of questions, one by one and of a pack together."""
    for sheet in sheets:
        ranked = [
            (item, found.ranks) for item, found in numbers if item.sheet is sheet and found.ranks
        ]
        yield from _at(sheet, (), rank_complaints(ranked))
    for item, found in numbers:
        yield from _at(item.sheet, item.base, found.complaints)


def _forms(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for sheet in sheets:
        if sheet.seen.root is not None:
            yield from _at(sheet, (), trap_complaints(sheet.seen.root, sheet.seen.text))
        for base, question in sheet.seen.questions:
            complaints = image_complaints(question, Path(sheet.file).parent)
            yield from _at(sheet, base, complaints)
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


def _qualities(sheets: Sequence[Sheet], items: Sequence[Item], rules: Rules) -> Iterator[Finding]:
    for item in items:
        yield from _at(item.sheet, item.base, rules(item.question))
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
        worker = free.get()
        try:
            return computed(worker, items[place].question, content_hash=hashes[place], seeds=seeds)
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
