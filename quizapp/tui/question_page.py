"""A question as paragraphs: its passage, its stem and the hints that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from questions.model import ChoiceQuestion
from quizapp.language import _
from quizapp.tui.page import BLANK, Paragraph, Rule
from quizapp.tui.prose import prose

if TYPE_CHECKING:
    from quizapp.learning.serving import Served

_HEADING = "bold $text-primary"
_QUIET = "$text-muted"


def question_paragraphs(served: Served) -> list[Paragraph]:
    """Return everything that stands above the answer."""
    variant = served.variant
    question = variant.question
    negative = isinstance(question, ChoiceQuestion) and question.negative
    paragraphs: list[Paragraph] = []
    if variant.passage:
        paragraphs += [Paragraph(prose(variant.passage)), Rule(_QUIET)]
    paragraphs.append(Paragraph(prose(variant.stem, negative=negative)))
    for place, hint in enumerate(served.hints_shown, start=1):
        lead = _("Hint {place}/{of}").format(place=place, of=len(variant.hints))
        paragraphs += [BLANK, Paragraph(prose(hint), Content.styled(f"{lead}  ", _HEADING))]
    return paragraphs
