"""What an author wants to see of a question: its key, every mistake and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from questions.grading.compare import with_key
from questions.model import CodeQuestion, ValuedQuestion
from questions.tolerance import as_written
from quizapp.language import _, say
from quizapp.tui.page import BLANK, Paragraph
from quizapp.tui.prose import CODE, plain, prose
from quizapp.visible import visible
from quizapp.wording import accepted

if TYPE_CHECKING:
    from questions.evaluation import Evaluation
    from questions.variant import ShownOption, Variant

_HEADING = "bold $text-primary"
_RIGHT = "bold $text-success"
_QUIET = "$text-muted"


def key_paragraphs(variant: Variant, evaluation: Evaluation | None) -> list[Paragraph]:
    """Return the key, the wrong options or mistakes, and the hints of a variant.

    `evaluation`: of a question with numbers; None for any other.
    """
    variant = with_key(variant, evaluation)
    sections = [
        _section(_("Right answer"), _key(variant, evaluation)),
        _section(_("Wrong options"), _options(variant.options, right=False)),
        _section(_("Mistakes and where they lead"), _mistakes(variant, evaluation)),
        _section(_("Hints"), [Paragraph(prose(hint), Content("  - ")) for hint in variant.hints]),
    ]
    paragraphs: list[Paragraph] = []
    for section in filter(None, sections):
        paragraphs += [BLANK, *section] if paragraphs else section
    return paragraphs


def _section(heading: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
    return [Paragraph(Content.styled(heading, _HEADING)), *paragraphs] if paragraphs else []


def _key(variant: Variant, evaluation: Evaluation | None) -> list[Paragraph]:
    paragraphs = _options(variant.options, right=True)
    for row in variant.rows:
        lead = Content.assemble("  ", plain(row.text, _QUIET), "  ")
        paragraphs += [
            Paragraph(prose(option.text, style=_RIGHT), lead)
            for option in row.options
            if option.right
        ]
    if variant.back:
        paragraphs.append(Paragraph(prose(variant.back, style=_RIGHT), Content("  ")))
    question = variant.question
    if isinstance(question, CodeQuestion):
        for line in visible(question.solution).rstrip().split("\n"):
            paragraphs.append(Paragraph(Content.styled(line, CODE), Content("  ")))
    if evaluation is not None and isinstance(question, ValuedQuestion):
        value = Content.assemble(
            plain(as_written(evaluation.value, question.tolerance), _RIGHT),
            plain(f"   {evaluation.value!r}", _QUIET),
        )
        paragraphs.append(Paragraph(value, Content("  ")))
        paragraphs.append(Paragraph(plain(accepted(question.tolerance), _QUIET), Content("  ")))
    return paragraphs


def _options(options: tuple[ShownOption, ...], *, right: bool) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    for option in options:
        if option.right is not right:
            continue
        lead = Content.styled(f"  {option.label}  ", _RIGHT if right else "bold")
        paragraphs.append(Paragraph(prose(option.text, style=_RIGHT if right else ""), lead))
        indent = Content(" " * lead.cell_length)
        paragraphs.append(Paragraph(prose(say(option.reason), style=_QUIET), indent))
    return paragraphs


def _mistakes(variant: Variant, evaluation: Evaluation | None) -> list[Paragraph]:
    question = variant.question
    if evaluation is None or not isinstance(question, ValuedQuestion):
        return []
    values = {
        mistake.id: as_written(mistake.value, question.tolerance) for mistake in evaluation.mistakes
    }
    column = max((cell_len(value) for value in values.values()), default=0)
    paragraphs: list[Paragraph] = []
    for mistake in evaluation.mistakes:
        value = values[mistake.id].rjust(column)
        lead = Content.assemble("  ", Content.styled(value, "bold"), "  ")
        name = Content.assemble(plain(mistake.id), "  ", prose(say(mistake.says), style=_QUIET))
        paragraphs.append(Paragraph(name, lead))
    return paragraphs or [Paragraph(plain(_("none with these numbers"), _QUIET), Content("  "))]
