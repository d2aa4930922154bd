"""Findings of a check as text, as JSON and as annotations for GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from questions.lint.check import Gap, Report
from questions.lint.finding import Finding
from questions.lint.numbers import RIGHT
from quizapp.language import _, ngettext, say
from quizapp.visible import visible, visible_line

_INDENT = "    "
_AFTER = 20  # cells that should be seen behind the place complained of


def as_text(report: Report, *, width: int | None) -> str:
    """Return `file:line:column: CODE message` and a hint for each finding, then a summary.

    `width`: that of the terminal in cells; then the line of the file is shown with a caret. None:
    there is no terminal.
    """
    lines: list[str] = []
    for finding in report.findings:
        said = lines_of(finding)
        if width is not None:
            said[1:1] = excerpt(
                report.lines.get(finding.file, ()), finding.line, finding.column, width=width
            )
        lines += said
    if lines:
        lines.append("")
    lines += _summary(report)
    return "".join(f"{line}\n" for line in lines)


def lines_of(finding: Finding) -> list[str]:
    """Return `file:line:column: CODE message`, and the hint where there is one."""
    lines = [f"{_place(finding)}: {finding.code} {visible_line(say(finding.message))}"]
    if finding.hint is not None:
        lines.append(_INDENT + visible_line(say(finding.hint)))
    return lines


def excerpt(lines: Sequence[str], line: int, column: int, *, width: int) -> Iterator[str]:
    """Yield a line of a file and a caret below its `column`, both within `width` cells.

    Nothing where the line is empty or not there.
    """
    if not 0 < line <= len(lines) or not lines[line - 1].strip():
        return
    before = visible(lines[line - 1][: column - 1])
    behind = visible(lines[line - 1][column - 1 :])
    room = max(width - len(_INDENT) - 1, 2 * _AFTER)
    left = room - min(cell_len(behind), _AFTER)
    if cell_len(before) > left:
        while cell_len(before) > left - 1:
            before = before[1:]
        before = f"…{before}"
    shown = before + behind
    if cell_len(shown) > room:
        shown = set_cell_size(shown, room - 1).rstrip() + "…"
    yield _INDENT + shown
    yield _INDENT + " " * cell_len(before) + "^"


def as_json(report: Report, *, seeds: int) -> str:
    """Return everything as a JSON object; sentences are in the language that is spoken."""
    entry = {
        "files": report.files,
        "questions": report.questions,
        "seeds": seeds,
        "variants": report.variants,
        "remembered": report.remembered,
        "errors": _count(report, "error"),
        "warnings": _count(report, "warning"),
        "findings": [
            {
                "file": finding.file,
                "line": finding.line,
                "column": finding.column,
                "code": finding.code,
                "severity": finding.severity,
                "path": finding.path,
                "message": say(finding.message),
                "hint": say(finding.hint) if finding.hint is not None else None,
            }
            for finding in report.findings
        ],
        "gaps": [
            {
                "file": gap.file,
                "question": gap.question,
                "between": [name or None for name in gap.tightest.between],  # None: the right value
                "times_tolerance": gap.tightest.times,
                "seed": gap.tightest.seed,
            }
            for gap in report.gaps
        ],
    }
    return json.dumps(entry, ensure_ascii=False, indent=2) + "\n"


def as_annotations(report: Report) -> str:
    """Return one workflow command of GitHub Actions for each finding."""
    return "".join(f"{_annotation(finding)}\n" for finding in report.findings)


def _annotation(finding: Finding) -> str:
    says = " ".join(visible_line(say(text)) for text in (finding.message, finding.hint) if text)
    where = {
        "file": finding.file,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.code,
    }
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in where.items())
    return f"::{finding.severity} {properties}::{_escaped(says)}"


def _escaped(text: str, also: str = "") -> str:
    """Escape what would end a workflow command or one of its properties."""
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _place(finding: Finding) -> str:
    return f"{visible_line(finding.file)}:{finding.line}:{finding.column}"


def _summary(report: Report) -> Iterator[str]:
    yield _("Files: {files}, questions: {questions}, computed variants: {variants}").format(
        files=report.files, questions=report.questions, variants=report.variants
    )
    if report.remembered:
        yield ngettext(
            "The numbers of {n} question have not changed since an earlier check.",
            "The numbers of {n} questions have not changed since an earlier check.",
            report.remembered,
        ).format(n=report.remembered)
    if report.gaps:
        yield _closest(report.gaps[0])
    yield from counts(report.findings)


def counts(found: Sequence[Finding]) -> Iterator[str]:
    """Yield how many errors and warnings there are."""
    errors, warnings = (
        sum(finding.severity == severity for finding in found) for severity in ("error", "warning")
    )
    if errors or warnings:
        yield _("Errors: {errors}, warnings: {warnings}").format(errors=errors, warnings=warnings)
    else:
        yield _("Nothing to mend.")


def _closest(gap: Gap) -> str:
    one, other = (_("the right value") if name == RIGHT else name for name in gap.tightest.between)
    return _(
        "Closest values: {one} and {other} of {question}, {times:.1f} tolerances apart (seed {seed})"
    ).format(
        one=one,
        other=other,
        question=gap.question,
        times=gap.tightest.times,
        seed=gap.tightest.seed,
    )


def _count(report: Report, severity: str) -> int:
    return sum(finding.severity == severity for finding in report.findings)
