"""A question and a verdict as lines of text: for `--plain`, `ask` and whoever reads aloud.

One thought a line, no drawing, no colour, nothing that only its place explains. Nothing is wrapped
here: a pipe wants whole lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from losses.worked.step import Step, Value, listed, number
from questions.model import MultipleQuestion, NumericQuestion, TermQuestion
from questions.topics import TOPICS
from questions.variant import Variant
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
    if isinstance(variant.question, MultipleQuestion):
        yield _("Several are right: answer with all their numbers, such as 1 3.")
    if isinstance(variant.question, NumericQuestion):
        yield _("Answer {how}.").format(how=wording.asked(variant.question.tolerance))
    if isinstance(variant.question, TermQuestion):
        yield _("Answer with the term.")


def back(variant: Variant) -> Iterator[str]:
    """Yield the back of a flashcard, what explains it, and the grades to choose from."""
    yield _("Back: {text}").format(text=visible(variant.back))
    yield from _reasons(variant.explanation, variant.question.source)
    for key, says in wording.own_grades():
        yield f"{key}. {says}"


def hint(text: str, *, place: int, of: int) -> str:
    """Return a hint as a line."""
    return wording.hint(visible(text), place=place, of=of)


def outcome(given: Verdict) -> str:
    """Return what happened, on one line."""
    return f"{wording.outcome(given.outcome)}: {visible(say(given.message))}"


def verdict(given: Verdict) -> Iterator[str]:
    """Yield everything that explains a verdict."""
    yield outcome(given)
    if given.read is not None and not given.reasons:
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
    for mistake in given.mistakes:
        yield _("Mistake: {says}").format(says=visible(say(mistake.says)))
        yield _("Remedy: {remedy}").format(remedy=visible(say(mistake.remedy)))
    yield from _steps(given.steps, given.mistakes)
    for option in given.reasons:
        mark = _("right") if option.right else _("wrong")
        if option.chosen:
            mark = _("{mark}, chosen").format(mark=mark)
        yield f"{option.label}. {visible(option.text)} ({mark}): {visible(say(option.reason))}"
    if given.hints_used:
        yield wording.helped(given.hints_used, given.score)
    yield from _reasons(given.explanation, given.source)


def _reasons(explanation: str, source: str) -> Iterator[str]:
    if explanation:
        yield _("Explanation: {text}").format(text=visible(explanation))
    if source:
        yield _("Source: {text}").format(text=visible_line(source))


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
