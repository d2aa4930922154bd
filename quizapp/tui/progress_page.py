"""Where the learner stands, as a line above the question and as a panel beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from quizapp import wording
from quizapp.language import _
from quizapp.lines import topic
from quizapp.tui.page import BLANK, Paragraph
from quizapp.tui.prose import one_line

if TYPE_CHECKING:
    from quizapp.learning.serving import Counts, Served

PANEL = 24  # cells of text in the panel
_TOPIC = 44  # cells of the topic in the line above
_QUIET = "$text-muted"


def topic_line(served: Served, *, judged: bool = False) -> Content:
    """Return why a question is shown, and once it is judged its topic.

    Before, the topic would give the answer away: it often is the name of a loss.
    """
    why = Content.styled(f" {wording.why(served.why)} ", "bold $text-accent")
    return Content.assemble(why, " ", one_line(topic(served.variant), _TOPIC)) if judged else why


def progress_line(counts: Counts) -> str:
    """Return what is left today, on one line."""
    return _("Left {left}   Done {done}").format(
        left=counts.due + counts.learning + counts.new, done=counts.answered
    )


def progress_paragraphs(
    counts: Counts, served: Served | None, *, judged: bool = False
) -> list[Paragraph]:
    """Return the panel: the counts of today, and what may be known of the question."""
    rows = [
        (_("Review"), counts.due),
        (_("Once more"), counts.learning),
        (_("New"), counts.new),
        None,
        (_("Answered"), counts.answered),
        (_("of these right"), counts.right),
    ]
    paragraphs = [_row(*row) if row else BLANK for row in rows]
    if served is None:
        return paragraphs
    question = served.variant.question
    difficulty = {
        "basic": _("basic"),
        "standard": _("standard"),
        "advanced": _("advanced"),
    }[question.difficulty]
    return [
        *paragraphs,
        BLANK,
        Paragraph(Content.styled(_("This question"), "bold $text-primary")),
        *([Paragraph(one_line(topic(served.variant), 4 * PANEL))] if judged else []),
        Paragraph(Content.styled(difficulty, _QUIET)),
        *(
            Paragraph(one_line(part, PANEL, _QUIET))
            for part in _parts(served.variant.question_id)
            if judged
        ),
    ]


def _parts(question_id: str) -> list[str]:
    pack, slash, question = question_id.partition("/")
    return [pack + slash, question] if slash else [pack]


def _row(name: str, value: int) -> Paragraph:
    return Paragraph(
        Content.styled(str(value).rjust(PANEL - cell_len(name)), "bold"),
        Content.styled(name, _QUIET),
    )
