"""A report of an exam as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from quizapp import exam_wording
from quizapp.language import _
from quizapp.tui.page import BLANK, Paragraph
from quizapp.tui.prose import plain

if TYPE_CHECKING:
    from quizapp.learning.exam_report import Part, Report

_HEADING = "bold $text-primary"
_QUIET = "$text-muted"
_BAR = 20  # cells


def report_paragraphs(report: Report) -> list[Paragraph]:
    """Return a report: title, then the sections, their rows aligned, bars for topics and forms."""
    exam = report.exam
    size = exam_wording.sized(len(exam.questions), exam.seconds)
    about = _("{mode}, seed {seed}").format(
        mode=exam_wording.mode(strict=exam.strict), seed=exam.seed
    )
    paragraphs = [
        Paragraph(
            Content.assemble(plain(exam.title, "bold"), "   ", plain(f"{size}  {about}", _QUIET))
        )
    ]
    sections = list(exam_wording.sections(report))
    bars = {exam_wording.topic(part.name): part for part in report.topics} | {
        exam_wording.form(part.name): part for part in report.forms
    }
    for section in sections:
        paragraphs += [BLANK, Paragraph(Content.styled(section.heading, _HEADING))]
        column = max(cell_len(name) for name, _says in section.rows) + 3
        for name, says in section.rows:
            lead = Content.styled(f"  {name}" + " " * (column - cell_len(name)), _QUIET)
            text = plain(says, "bold" if section is sections[0] else "")
            if name in bars:
                text = Content.assemble(_bar(bars[name]), "  ", text)
            paragraphs.append(Paragraph(text, lead))
    return paragraphs


def _bar(part: Part) -> Content:
    filled = round(_BAR * part.share)
    return Content.assemble(
        Content.styled(" " * filled, "on $primary"),
        Content.styled(" " * (_BAR - filled), "on $panel"),
    )
