"""What became of an answer, part by part: each option, or each place that was filled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from quizapp.language import _, say
from quizapp.tui.columns import TableRow
from quizapp.tui.page import BLANK, Paragraph
from quizapp.tui.prose import plain, prose
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from questions.variant import ShownRow
    from questions.verdict import OptionReason, RowReason

_RIGHT = "bold $text-success"
_WRONG = "bold $text-error"
_QUIET = "$text-muted"
_WIDEST_LEAD = 24  # cells of the name of a place that stands beside what was put there


def judged_option(
    reason: OptionReason, *, cells: Sequence[str] = (), widths: tuple[int, ...] = ()
) -> list[Paragraph]:
    """Return an option, whether it is right and was chosen, and why; as a row of a table if so."""
    if reason.right:
        style = _RIGHT
        remark = _("right, your answer") if reason.chosen else _("right")
    elif reason.chosen:
        style = _WRONG
        remark = _("wrong, your answer")
    else:
        style = remark = ""
    lead = Content.styled(f"{'>' if reason.chosen else ' '} {reason.label}  ", style)
    said = Content.styled(f"[{remark}]", style) if remark else Content("")
    indent = Content(" " * lead.cell_length)
    why = prose(say(reason.reason), style=_QUIET)
    if cells:  # the columns keep their places: what is said stands below them
        shown = tuple(prose(cell, style=style) for cell in cells)
        why = Content.assemble(said, "  ", why) if said else why
        return [
            TableRow(Content(""), lead, cells=shown, widths=widths),
            Paragraph(why, indent),
        ]
    return [Paragraph(_beside(prose(reason.text, style=style), said), lead), Paragraph(why, indent)]


def judged_rows(
    rows: Sequence[RowReason],
    others: Sequence[OptionReason] = (),
    *,
    shown: Sequence[ShownRow] = (),
) -> list[Paragraph]:
    """Return for each place what was put there, what belongs there and why; then the others.

    `shown`: the places as they were asked, for the numbers of what could be put there.
    """
    labels = {
        (row.label, option.text): f"{option.label}  " for row in shown for option in row.options
    }
    widest = max((cell_len(visible_line(row.text)) for row in rows), default=0)
    paragraphs: list[Paragraph] = []
    for row in rows:
        style = _RIGHT if row.right else _WRONG
        remark = _("right, your answer") if row.right else _("wrong, your answer")
        name = plain(visible_line(row.text), "bold")
        if widest <= _WIDEST_LEAD:
            space = " " * (widest - name.cell_length + 2)
            lead = Content.assemble(" ", name, space)
        else:
            paragraphs.append(Paragraph(name, Content(" ")))
            lead = Content("   ")
        said = Content.styled(f"[{remark}]", style) if row.chosen else Content("")
        chosen = prose(row.chosen, style=style) if row.chosen else plain(_("left open"), _WRONG)
        number = Content.styled(labels.get((row.label, row.chosen), ""), style)
        paragraphs.append(Paragraph(_beside(chosen, said), Content.assemble(lead, number)))
        indent = Content(" " * lead.cell_length)
        if not row.right:
            word = _("right")
            number = Content.styled(labels.get((row.label, row.expected), ""), _RIGHT)
            belongs = Content.styled(f"[{word}]", _RIGHT)
            text = _beside(prose(row.expected, style=_RIGHT), belongs)
            paragraphs.append(Paragraph(text, Content.assemble(indent, number)))
        paragraphs.append(Paragraph(prose(say(row.reason), style=_QUIET), indent))
    if others:
        heading = Content.styled(_("Wrong options"), "bold $text-primary")
        paragraphs += [BLANK, Paragraph(heading)]
        paragraphs += [part for other in others for part in judged_option(other)]
    return paragraphs


def _beside(text: Content, remark: Content) -> Content:
    return Content.assemble(text, "  ", remark) if remark else text
