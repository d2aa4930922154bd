"""A question and a verdict as lines of text: for `--plain`, `ask` and whoever reads aloud.

One thought a line, no drawing, no colour, nothing that only its place explains. Nothing is wrapped
here: a pipe wants whole lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from losses.worked.step import Step, Value, listed, number
from questions.code.findings import Finding
from questions.evaluation import Evaluation
from questions.grading.compare import side_steps, with_key
from questions.model import (
    BlankQuestion,
    CodeQuestion,
    CompareQuestion,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderQuestion,
    TermQuestion,
    ValuedQuestion,
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
    """Yield passage and stem and, line by line, the numbered options or what to answer with."""
    if variant.passage:
        yield _("Passage: {text}").format(text=visible(variant.passage))
    yield visible(variant.stem)
    for option in variant.options:
        yield f"{option.label}. {visible(option.text)}"
    yield from _rows(variant)
    if isinstance(variant.question, MultipleQuestion):
        yield _("Several are right: answer with all their numbers, such as 1 3.")
    if isinstance(variant.question, NumericQuestion):
        yield _("Answer {how}.").format(how=wording.wanted(variant.question))
    if isinstance(variant.question, TermQuestion):
        yield _("Answer with the term.")
    if isinstance(variant.question, CodeQuestion):
        yield _("The code to begin with:")
        yield visible(variant.question.starter).rstrip()


def back(variant: Variant) -> Iterator[str]:
    """Yield the back of a flashcard, what explains it, and the grades to choose from."""
    yield _("Back: {text}").format(text=visible(variant.back))
    yield from _reasons(variant.explanation, variant.question.source)
    for key, says in wording.own_grades():
        yield f"{key}. {says}"


def hint(text: str, *, place: int, of: int) -> str:
    """Return a hint as a line."""
    return wording.hint(visible(text), place=place, of=of)


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


def outcome(given: Verdict) -> str:
    """Return what happened, on one line."""
    # A program that could not be run was read all the same.
    not_run = given.finding is not None and not given.graded
    word = _("Not graded") if not_run else wording.outcome(given.outcome)
    return f"{word}: {visible(say(given.message))}"


def verdict(given: Verdict) -> Iterator[str]:
    """Yield everything that explains a verdict."""
    yield outcome(given)
    if given.read is not None and (given.rows or not given.reasons):
        name = _("Term read: {read}") if given.accepted else _("Read as: {read}")
        yield name.format(read=visible_line(given.read))
    if given.self_grade is not None and given.expected is not None:
        yield _("Back: {text}").format(text=visible(given.expected))
    if given.accepted and given.expected is not None:
        yield _("Right term: {term}").format(term=visible_line(given.expected))
    if len(given.accepted) > 1:
        also = _(", ").join(map(visible_line, given.accepted[1:]))
        yield _("Also right: {terms}").format(terms=also)
    if given.tolerance is not None and given.expected is not None:
        yield _("Right value: {value}").format(value=given.expected)
        yield wording.accepted(given.tolerance)
    if given.finding is not None and given.graded:
        yield from _finding(given.finding)
    for mistake in given.mistakes:
        yield _("Mistake: {says}").format(says=visible(say(mistake.says)))
        yield _("Remedy: {remedy}").format(remedy=visible(say(mistake.remedy)))
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
    if given.hints_used:
        yield wording.helped(given.hints_used, given.score)
    yield from _reasons(given.explanation, given.source)


def _reasons(explanation: str, source: str) -> Iterator[str]:
    if explanation:
        yield _("Explanation: {text}").format(text=visible(explanation))
    if source:
        yield _("Source: {text}").format(text=visible_line(source))


def key(variant: Variant, values: Evaluation | None) -> Iterator[str]:
    """Yield what only authors see: the right answer, every mistake and its value, the steps.

    `values`: of a question with numbers.
    """
    variant = with_key(variant, values)
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
    if values is not None and isinstance(asked, CompareQuestion):
        yield from _steps(side_steps(variant, values), ())
    elif values is not None and isinstance(asked, ValuedQuestion):
        yield _("Right value: {value}").format(value=as_written(values.value, asked.tolerance))
        for mistake in values.mistakes:
            written = as_written(mistake.value, asked.tolerance)
            yield f"{written}  {mistake.id}: {say(mistake.says)}"
    if values is not None:
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
