"""A verdict as paragraphs: what was read, what is right, why, and how it is worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from losses.worked.step import Step, flat, number
from quizapp.language import _, say
from quizapp.step_cells import calculation, step_cells
from quizapp.tui.page import BLANK, Paragraph
from quizapp.tui.prose import CODE, plain, prose
from quizapp.tui.step_table import StepTable
from quizapp.visible import visible
from quizapp.wording import accepted, helped

if TYPE_CHECKING:
    from questions.code.findings import Finding
    from questions.verdict import Recognised, Verdict

_HEADING = "bold $text-primary"
_QUIET = "$text-muted"


def verdict_paragraphs(verdict: Verdict) -> list[Paragraph]:
    """Return everything that explains a verdict; the options' reasons stand with the options."""
    sections = [
        _numbers(verdict),
        _finding(verdict.finding),
        _mistakes(verdict.mistakes),
        _steps(verdict.steps, verdict.mistakes),
        _program(_("Printed by the program"), verdict.printed),
        _program(_("A right program"), verdict.solution),
        [Paragraph(plain(helped(verdict.hints_used, verdict.score)))] if verdict.hints_used else [],
        _explanation(verdict.explanation),
        _source(verdict.source),
    ]
    return _apart(sections)


def explained(explanation: str, source: str) -> list[Paragraph]:
    """Return an explanation and where it comes from, where there are such."""
    return _apart([_explanation(explanation), _source(source)])


def _apart(sections: Sequence[list[Paragraph]]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    for section in filter(None, sections):
        paragraphs.extend([BLANK, *section] if paragraphs else section)
    return paragraphs


def steps_paragraphs(steps: Sequence[Step]) -> list[Paragraph]:
    """Return the worked steps of a calculation."""
    return _steps(steps, ())


def _numbers(verdict: Verdict) -> list[Paragraph]:
    if verdict.reasons or verdict.rows:  # the form shows it
        return []
    rows: list[tuple[str, Content]] = []
    if verdict.read is not None:
        style = "bold $text-success" if verdict.right else "bold $text-error"
        name = _("Term read") if verdict.accepted else _("Read as")
        rows.append((name, plain(verdict.read, style)))
    if verdict.expected is not None:
        name = _("Right term") if verdict.accepted else _("Right value")
        rows.append((name, plain(verdict.expected, "bold")))
    if len(verdict.accepted) > 1:
        also = _(", ").join(verdict.accepted[1:])
        rows.append((_("Also right"), plain(also, _QUIET)))
    if verdict.tolerance is not None:
        rows.append((_("Tolerance"), Content.styled(accepted(verdict.tolerance), _QUIET)))
    column = max((cell_len(name) for name, _text in rows), default=0)
    return [
        Paragraph(text, Content.styled(name + " " * (column - cell_len(name) + 3), _QUIET))
        for name, text in rows
    ]


def _finding(finding: Finding | None) -> list[Paragraph]:
    if finding is None:
        return []
    paragraphs = [
        Paragraph(Content.styled(_("The first difference"), _HEADING)),
        Paragraph(plain(say(finding.says), "$text-error"), Content("  ")),
    ]
    rows = [(name, plain(text)) for name, text in finding.inputs]
    if finding.edge is not None:
        rows.insert(0, (_("Input"), prose(finding.edge)))
    if finding.expected is not None:
        rows.append((_("Right value"), plain(finding.expected, "bold $text-success")))
    if finding.got is not None:
        rows.append((_("Your program"), plain(finding.got, "bold $text-error")))
    column = max((cell_len(name) for name, _text in rows), default=0)
    for name, text in rows:
        lead = Content.styled("  " + name + " " * (column - cell_len(name) + 3), _QUIET)
        paragraphs.append(Paragraph(text, lead))
    return paragraphs


def _program(heading: str, text: str) -> list[Paragraph]:
    if not text.strip():
        return []
    lines = visible(text).rstrip().split("\n")
    return [
        Paragraph(Content.styled(heading, _HEADING)),
        *(Paragraph(Content.styled(line, CODE), Content("  ")) for line in lines),
    ]


def _mistakes(mistakes: Sequence[Recognised]) -> list[Paragraph]:
    if not mistakes:
        return []
    heading = _("The mistake") if len(mistakes) == 1 else _("One of these mistakes")
    paragraphs = [Paragraph(Content.styled(heading, _HEADING))]
    for mistake in mistakes:
        lead = Content("  " if len(mistakes) == 1 else "- ")
        paragraphs.append(Paragraph(prose(say(mistake.says), style="$text-error"), lead))
        paragraphs.append(Paragraph(prose(say(mistake.remedy)), Content("  ")))
    return paragraphs


def _steps(steps: Sequence[Step], mistakes: Sequence[Recognised]) -> list[Paragraph]:
    if not steps:
        return []
    astray = {mistake.departs_at for mistake in mistakes}
    paragraphs = [Paragraph(Content.styled(_("Worked with these numbers"), _HEADING))]
    digits = len(str(len(steps)))
    for index, step in enumerate(steps, start=1):
        lead = Content.styled(f"{index:>{digits}}  ", "bold")
        label = Content.styled(say(step.label), "bold")
        if step.id in astray:
            remark = "[" + _("here it went astray") + "]"
            label = Content.assemble(label, "   ", Content.styled(remark, "bold $text-error"))
        label = Content.assemble(label, "   ", plain(step.formula, _QUIET))
        paragraphs.append(Paragraph(label, lead))
        paragraphs.extend(_worked(step, indent=lead.cell_length))
    return paragraphs


def _worked(step: Step, *, indent: int) -> Iterator[Paragraph]:
    """Yield the numbers of a step: one line for a number, a table for a vector or a matrix."""
    margin = Content(" " * indent)
    cells = step_cells(step)
    if not cells:
        (value,) = flat(step.value)
        result = plain(number(value), "bold")
        yield Paragraph(Content.assemble(plain(step.substitution), " = ", result), margin)
        return
    if apart := calculation(step):
        yield Paragraph(plain(apart), margin)
    yield StepTable(cells, indent=indent)


def _explanation(text: str) -> list[Paragraph]:
    if not text:
        return []
    return [
        Paragraph(Content.styled(_("Explanation"), _HEADING)),
        Paragraph(prose(text), Content("  ")),
    ]


def _source(text: str) -> list[Paragraph]:
    if not text:
        return []
    lead = Content.styled(_("Source") + "  ", _QUIET)
    return [Paragraph(plain(text, _QUIET), lead)]
