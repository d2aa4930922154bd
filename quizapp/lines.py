"""A question and a verdict as lines of text: for `--plain`, `ask` and whoever reads aloud.

One thought a line, no drawing, no colour, nothing that only its place explains. Nothing is wrapped
here: a pipe wants whole lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from losses.worked.step import Step, Value, listed, number
from questions.model import MultipleQuestion, NumericQuestion
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
    """Yield the stem and, line by line, the numbered options or how the number is wanted."""
    yield visible(variant.stem)
    for option in variant.options:
        yield f"{option.label}. {visible(option.text)}"
    if isinstance(variant.question, MultipleQuestion):
        yield _("Several are right: answer with all their numbers, such as 1 3.")
    if isinstance(variant.question, NumericQuestion):
        yield _("Answer {how}.").format(how=wording.wanted(variant.question))


def verdict(given: Verdict) -> Iterator[str]:
    """Yield everything that explains a verdict."""
    yield f"{wording.outcome(given.outcome)}: {say(given.message)}"
    if given.read is not None and not given.reasons:
        yield _("Read as: {read}").format(read=visible_line(given.read))
    if given.tolerance is not None and given.expected is not None:
        yield _("Right value: {value}").format(value=given.expected)
        yield wording.accepted(given.tolerance)
    for mistake in given.mistakes:
        yield _("Mistake: {says}").format(says=say(mistake.says))
        yield _("Remedy: {remedy}").format(remedy=say(mistake.remedy))
    yield from _steps(given.steps, given.mistakes)
    for option in given.reasons:
        mark = _("right") if option.right else _("wrong")
        if option.chosen:
            mark = _("{mark}, chosen").format(mark=mark)
        yield f"{option.label}. {visible(option.text)} ({mark}): {visible(say(option.reason))}"
    if given.explanation:
        yield _("Explanation: {text}").format(text=visible(given.explanation))
    if given.source:
        yield _("Source: {text}").format(text=visible_line(given.source))


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
