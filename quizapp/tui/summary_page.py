"""What a session came to, as paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from quizapp.language import _, ngettext, say
from quizapp.tui.page import BLANK, Paragraph
from quizapp.tui.prose import prose

if TYPE_CHECKING:
    from quizapp.learning.serving import Answered, Counts

_HEADING = "bold $text-primary"
_QUIET = "$text-muted"


def summary_paragraphs(
    answers: Sequence[Answered], counts: Counts, *, next_due: str | None
) -> list[Paragraph]:
    """Return the summary of the answers of a session; `next_due` is said in words already."""
    done = (
        _("That is all for now.")
        if not counts.learning
        else _("That is all for the moment; some come back today.")
    )
    right = sum(answer.verdict.right for answer in answers)
    rows = [
        (_("This session"), _tally(len(answers), right)),
        (_("Today"), _tally(counts.answered, counts.right)),
    ]
    if next_due is not None:
        rows.append((_("Coming next"), next_due))
    column = max(cell_len(name) for name, _value in rows) + 3
    paragraphs = [
        Paragraph(Content.styled(done, "bold")),
        BLANK,
        *(
            Paragraph(Content(value), Content.styled(_padded(name, column), _QUIET))
            for name, value in rows
        ),
    ]
    met = Counter(mistake.says for answer in answers for mistake in answer.verdict.mistakes[:1])
    if met:
        paragraphs += [BLANK, Paragraph(Content.styled(_("Mistakes met"), _HEADING))]
        for says, times in met.most_common():
            often = ngettext("{n} time", "{n} times", times).format(n=times)
            lead = Content.styled(_padded(often, 8), _QUIET)
            paragraphs.append(Paragraph(prose(say(says)), lead))
    return paragraphs


def _tally(answered: int, right: int) -> str:
    return ngettext("{n} answer, {right} right", "{n} answers, {right} right", answered).format(
        n=answered, right=right
    )


def _padded(text: str, cells: int) -> str:
    return text + " " * max(2, cells - cell_len(text))
