"""A question and a verdict as lines of text: for `--plain`, `ask` and whoever reads aloud.

One thought a line, no drawing, no colour, nothing that only its place explains. Nothing is wrapped
here: a pipe wants whole lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from losses.worked.step import Step, Value, listed, number
from questions.code.findings import Finding
from questions.evaluation import Evaluation
from questions.model import (
    BlankQuestion,
    CodeQuestion,
    ComputedQuestion,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderQuestion,
)
from questions.tolerance import as_written
from questions.topics import TOPICS
from questions.variant import ShownRow, Variant
from questions.verdict import Recognised, Verdict
from quizapp import wording
from quizapp.language import _, say
from quizapp.visible import visible, visible_line


def topic(variant: Variant) -> str:
    """Return the name of the topic of a question."""
    known = TOPICS.get(variant.question.topic)
    return say(known.name) if known else visible_line(variant.question.topic)


def question(variant: Variant) -> Iterator[str]:
    """Yield the stem and, line by line, the numbered options or how the number is wanted."""
    yield visible(variant.stem)
    for option in variant.options:
        yield f"{option.label}. {visible(option.text)}"
    yield from _rows(variant)
    if isinstance(variant.question, MultipleQuestion):
        yield _("Several are right: answer with all their numbers, such as 1 3.")
    if isinstance(variant.question, NumericQuestion):
        yield _("Answer {how}.").format(how=wording.asked(variant.question.tolerance))
    if isinstance(variant.question, CodeQuestion):
        yield _("The code to begin with:")
        yield visible(variant.question.starter).rstrip()


def _rows(variant: Variant) -> Iterator[str]:
    """Yield the places to be filled, the options, each set of them once, and how to answer."""
    rows = variant.rows
    if not rows:
        return
    if isinstance(variant.question, MatchQuestion):
        for row in rows:
            yield f"({row.label}) {visible(row.text)}"
    if isinstance(variant.question, BlankQuestion):
        for row in rows:
            yield visible(row.text)
            yield from _numbered(row)
    else:
        yield from _numbered(rows[0])
    yield how_to_fill(variant)


def how_to_fill(variant: Variant) -> str:
    """Return how the places of a variant are filled, with an example."""
    rows = variant.rows
    wished = zip((2, 1, *range(3, 10)), rows, strict=False)
    example = " ".join(str(min(place, len(row.options))) for place, row in wished)
    match variant.question:
        case OrderQuestion():
            text = _("Put them in order: answer with all the numbers, such as {example}.")
        case BlankQuestion():
            text = _("Answer with one number for each gap, in order, such as {example}.")
        case MatchQuestion(reuse=True):
            text = _(
                "Answer with one number for each of (1) to ({last}), in order, such as {example}. "
                "A number may be used again."
            )
        case _:
            text = _(
                "Answer with one number for each of (1) to ({last}), in order, such as {example}. "
                "Use each number once."
            )
    return text.format(example=example, last=len(rows))


def _numbered(row: ShownRow) -> Iterator[str]:
    for option in row.options:
        yield f"{option.label}. {visible(option.text)}"


def verdict(given: Verdict) -> Iterator[str]:
    """Yield everything that explains a verdict."""
    # A program that could not be run was read all the same.
    not_run = given.finding is not None and not given.graded
    outcome = _("Not graded") if not_run else wording.outcome(given.outcome)
    yield f"{outcome}: {visible(say(given.message))}"
    if given.read is not None and (given.rows or not given.reasons):
        yield _("Read as: {read}").format(read=visible_line(given.read))
    if given.tolerance is not None and given.expected is not None:
        yield _("Right value: {value}").format(value=given.expected)
        yield wording.accepted(given.tolerance)
    if given.finding is not None and given.graded:
        yield from _finding(given.finding)
    for mistake in given.mistakes:
        yield _("Mistake: {says}").format(says=say(mistake.says))
        yield _("Remedy: {remedy}").format(remedy=say(mistake.remedy))
    yield from _steps(given.steps, given.mistakes)
    for row in given.rows:
        chosen = visible(row.chosen) or _("left open")
        mark = _("right") if row.right else _("wrong")
        yield f"{visible(row.text)}: {chosen} ({mark})"
        if not row.right:
            yield _("What belongs there: {text}").format(text=visible(row.expected))
        yield visible(say(row.reason))
    for option in given.reasons:
        mark = _("right") if option.right else _("wrong")
        if option.chosen:
            mark = _("{mark}, chosen").format(mark=mark)
        yield f"{option.label}. {visible(option.text)} ({mark}): {visible(say(option.reason))}"
    if given.printed.strip():
        yield _("Printed by the program:")
        yield visible(given.printed).rstrip()
    if given.solution:
        yield _("A right program:")
        yield visible(given.solution).rstrip()
    if given.explanation:
        yield _("Explanation: {text}").format(text=visible(given.explanation))
    if given.source:
        yield _("Source: {text}").format(text=visible_line(given.source))


def key(variant: Variant, values: Evaluation | None) -> Iterator[str]:
    """Yield what only authors see: the right answer, every mistake and its value, the steps.

    `values`: of a question with numbers.
    """
    for option in variant.options:
        mark = _("right") if option.right else _("wrong")
        yield f"{option.label}. {mark}: {visible(say(option.reason))}"
    for row in variant.rows:
        right = ", ".join(visible(option.text) for option in row.options if option.right)
        yield f"{visible(row.text)}: {right}"
    if variant.back:
        yield visible(variant.back)
    asked = variant.question
    if isinstance(asked, CodeQuestion):
        yield visible(asked.solution)
    if values is not None and isinstance(asked, ComputedQuestion):
        yield _("Right value: {value}").format(value=as_written(values.value, asked.tolerance))
        for mistake in values.mistakes:
            written = as_written(mistake.value, asked.tolerance)
            yield f"{written}  {mistake.id}: {say(mistake.says)}"
        yield from _steps(values.steps, ())
    if variant.explanation:
        yield _("Explanation: {text}").format(text=visible(variant.explanation))


def _finding(finding: Finding) -> Iterator[str]:
    yield _("The first difference: {says}").format(says=visible(say(finding.says)))
    if finding.edge is not None:
        yield _("Input: {says}").format(says=visible_line(finding.edge))
    for name, text in finding.inputs:
        yield f"{name} = {text}"
    if finding.expected is not None:
        yield _("Right value: {value}").format(value=finding.expected)
    if finding.got is not None:
        yield _("Your program: {value}").format(value=finding.got)


def _steps(steps: tuple[Step, ...], mistakes: tuple[Recognised, ...]) -> Iterator[str]:
    astray = {mistake.departs_at for mistake in mistakes}
    for place, step in enumerate(steps, start=1):
        label = say(step.label)
        if step.id in astray:
            label = _("{label} (here it went astray)").format(label=label)
        yield _("Step {place}. {label}: {formula}").format(
            place=place, label=label, formula=step.formula
        )
        yield f"{step.substitution} = {written_value(step.value)}"


def written_value(value: Value) -> str:
    """Return a number, a vector or a matrix as on paper."""
    if not isinstance(value, tuple):
        return number(value)
    rows = [row for row in value if isinstance(row, tuple)]
    if rows:
        return "[" + ", ".join(listed(row) for row in rows) + "]"
    return listed([entry for entry in value if not isinstance(entry, tuple)])
