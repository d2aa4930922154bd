"""How a forecast is said: never a chance without its grounds, never a score without its interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from losses.text import Text
from questions.topics import TOPICS
from quizapp.language import _, ngettext, say
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from quizapp.learning.evidence import Evidence
    from quizapp.learning.forecast_calibration import Calibration
    from quizapp.learning.readiness import Forecast, TopicForecast

NAMES = {
    "loss-full": Text("損失関数の模試", "Mock exam on losses"),
    "loss-mini": Text("損失関数の小模試", "Short mock exam on losses"),
}


def percent(share: float) -> str:
    """Return a share as a whole number of percent."""
    return f"{100 * share:.0f}%"


def chance(probability: float) -> str:
    """Return a probability in percent; nothing is certain."""
    if probability > 0.99:
        return _("more than 99%")
    if probability < 0.01:
        return _("less than 1%")
    return percent(probability)


def topic_name(topic: str) -> str:
    """Return the id and the name of a topic."""
    known = TOPICS.get(topic)
    return f"{topic} {say(known.name)}" if known else visible_line(topic)


def exam(made: Forecast) -> str:
    """Return which exam is forecast, and from how many answers."""
    named = NAMES.get(made.target.name)
    return ngettext(
        "{exam}, {questions} questions never seen before; forecast from {n} first answer.",
        "{exam}, {questions} questions never seen before; forecast from {n} first answers.",
        made.answers,
    ).format(
        exam=say(named) if named else visible_line(made.target.name),
        questions=made.target.questions,
        n=made.answers,
    )


def score(made: Forecast) -> str:
    """Return the interval of the score, with its middle where there are answers enough."""
    interval = {"low": percent(made.low), "high": percent(made.high), "sure": "90%"}
    if made.few:
        return _("{low} to {high} ({sure} interval; still wide, for want of answers)").format(
            **interval
        )
    return _("{low} to {high} ({sure} interval), {expected} on average").format(
        **interval, expected=percent(made.expected)
    )


def passing(made: Forecast) -> str:
    """Return the chance to reach the mark, or how many answers are wanting."""
    if made.few:
        return ngettext(
            "cannot be said yet: {n} more first answer is needed",
            "cannot be said yet: {n} more first answers are needed",
            made.wanting,
        ).format(n=made.wanting)
    return chance(made.pass_probability)


def mark(made: Forecast) -> str:
    """Return what the mark is."""
    return _("{mark} is a rule of thumb: the pass mark is not published.").format(
        mark=percent(made.target.mark)
    )


def unknown(made: Forecast) -> str | None:
    """Name the topics that nothing is known of, None if there are none."""
    names = [topic_name(each.topic) for each in made.topics if each.unknown]
    return _(", ").join(names) or None


def interval(topic: TopicForecast) -> str:
    """Return the interval of a topic, for a column: plain characters alone."""
    return f"{100 * topic.low:.0f}-{percent(topic.high)}"


def answers(topic: TopicForecast) -> str:
    """Return how many answers speak of a topic."""
    return ngettext("{n} answer", "{n} answers", topic.answers).format(n=topic.answers)


def evidence(found: Evidence) -> Iterator[str]:
    """Yield what counted and what did not."""
    yield ngettext(
        "Counted: {n} first answer to a question never seen, given without help. After {days} "
        "days an answer counts half.",
        "Counted: {n} first answers to questions never seen, given without help. After {days} "
        "days an answer counts half.",
        len(found.answers),
    ).format(n=len(found.answers), days=30)
    left_out = (
        (_("to questions seen before: {n}"), found.repeated),
        (_("with hints: {n}"), found.with_hints),
        (_("flashcards, which you grade yourself: {n}"), found.self_graded),
        (_("taken back: {n}"), found.undone),
    )
    named = [text.format(n=number) for text, number in left_out if number]
    if named:
        yield _("Not counted: {list}").format(list=_(", ").join(named))


def calibration(found: Calibration | None) -> str:
    """Return how good the forecasts were."""
    if found is None:
        return _("No exam has been taken after a forecast yet: how good they are is not known.")
    words = ngettext(
        "{n} exam so far: {share} of the scores within their interval (honest: 90%), Brier score "
        "{brier} (0 perfect, 0.25 a coin), forecasts off by {bias} points on average.",
        "{n} exams so far: {share} of the scores within their interval (honest: 90%), Brier score "
        "{brier} (0 perfect, 0.25 a coin), forecasts off by {bias} points on average.",
        found.results,
    )
    return words.format(
        n=found.results,
        share=percent(found.coverage),
        brier=f"{found.brier:.3f}",
        bias=f"{100 * found.bias:+.0f}",
    )


def bar_cells(topic: TopicForecast, *, cells: int) -> tuple[int, int]:
    """Return where the interval begins and ends on a bar of so many cells; at least one cell."""
    begin = min(int(topic.low * cells), cells - 1)
    end = max(begin + 1, min(cells, round(topic.high * cells)))
    return begin, end
