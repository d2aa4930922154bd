"""Findings on the screen: counts and codes in a list, and each of them in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.language import _, say
from quizapp.tui.page import BLANK, Paragraph
from quizapp.tui.prose import one_line, plain

if TYPE_CHECKING:
    from questions.lint.finding import Finding
    from quizapp.authoring.draft import Entry

_COUNT = 4  # cells of a number of findings
_NAME = 26
_CODES = 24
_STEM = 120
_STYLES = {"error": "$text-error", "warning": "$text-warning"}
_QUIET = "$text-muted"


def row(entry: Entry, findings: Sequence[Finding]) -> Content:
    """Return a line of the list: how many errors and warnings, which question, which codes.

    Behind it the beginning of the stem, as far as there is room.
    """
    counts = Counter(finding.severity for finding in findings)
    errors = f"{counts['error']}E" if counts["error"] else ""
    warnings = f"{counts['warning']}W" if counts["warning"] else ""
    name = entry.name or _("(no id)")
    codes = " ".join(dict.fromkeys(finding.code for finding in findings))
    stem = entry.question.stem[:_STEM] if entry.question is not None else ""
    style = "bold" if entry.place is None else "" if entry.question is not None else _QUIET
    shown = one_line(name, _NAME, style)
    return Content.assemble(
        Content.styled(errors.rjust(_COUNT), "bold $text-error"),
        Content.styled(warnings.rjust(_COUNT), "bold $text-warning"),
        "  ",
        shown.pad_right(max(0, _NAME - shown.cell_length)),
        "  ",
        one_line(codes, _CODES, "$text-accent"),
        "  " if codes else "",
        one_line(stem, _STEM, _QUIET),
    )


def totals(findings: Sequence[Finding], *, left: int) -> Content:
    """Return how much there is to mend; `left`: questions whose numbers are not computed yet."""
    counts = Counter(finding.severity for finding in findings)
    parts = [
        Content.styled(
            _("Errors {n}").format(n=counts["error"]),
            "bold $text-error" if counts["error"] else _QUIET,
        ),
        Content.styled(
            _("Warnings {n}").format(n=counts["warning"]),
            "bold $text-warning" if counts["warning"] else _QUIET,
        ),
    ]
    if left:
        parts.append(Content.styled(_("Numbers to compute {n}").format(n=left), _QUIET))
    return Content("  ").join(parts)


def finding_paragraphs(findings: Sequence[Finding], selected: int) -> list[Paragraph]:
    """Return findings in full, the selected one marked."""
    if not findings:
        return [Paragraph(plain(_("Nothing to mend here."), _QUIET))]
    paragraphs: list[Paragraph] = []
    for place, finding in enumerate(findings):
        if place:
            paragraphs.append(BLANK)
        mark = ">" if place == selected else " "
        where = f"{finding.line}:{finding.column}"
        style = _STYLES[finding.severity]
        lead = Content.styled(f"{mark} ", "bold $text-primary")
        text = Content.assemble(
            Content.styled(finding.code, f"bold {style}"),
            "  ",
            Content.styled(where, _QUIET),
            "  ",
            plain(say(finding.message)),
        )
        paragraphs.append(Paragraph(text, lead))
        if finding.hint is not None:
            paragraphs.append(Paragraph(plain(say(finding.hint), _QUIET), Content("  ")))
    return paragraphs
