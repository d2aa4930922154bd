"""A number that is right but for intermediate results that were rounded on the way."""

from __future__ import annotations

from losses.text import Text
from losses.worked.rounding import Route, routes
from questions.answer import Reading
from questions.evaluation import Evaluation
from questions.model import Tolerance
from questions.slips import says
from questions.tolerance import as_written, by_places


def carried_rounding(reading: Reading, evaluation: Evaluation, tolerance: Tolerance) -> Text | None:
    """Return what was rounded too early when that explains the number, else None.

    The rule: the worked steps are followed again with the values of one or more of them rounded
    to the decimals that are asked for, or to one more; what comes out must be, written with the
    decimals asked for, the number typed. Never so where it could be the value of a mistake. Only
    where decimals are asked for: a margin has been given by the author.
    """
    if not by_places(tolerance) or reading.places is None or reading.places < tolerance.decimals:
        return None
    single = (mistake for mistake in evaluation.further if mistake.count == 1)
    if any(says(reading, each.value, tolerance) for each in (*evaluation.mistakes, *single)):
        return None
    for places in (tolerance.decimals, tolerance.decimals + 1):
        for route in routes(evaluation.steps, places):
            if says(reading, route.value, tolerance):
                return _said(route, evaluation, tolerance, places)
    return None


def _said(route: Route, evaluation: Evaluation, tolerance: Tolerance, places: int) -> Text:
    labels = [step.label for step in evaluation.steps if step.id in route.rounded]
    right = as_written(evaluation.value, tolerance)
    ja = "".join(f"「{label.ja}」" for label in labels)
    en = ", ".join(f"'{label.en}'" for label in labels)
    return Text(
        f"計算は合っているが、途中の値（{ja}）を小数第{places}位に丸めて使ったため、最後の桁がずれた。"
        f"丸めるのは最後だけにすると{right}。",
        f"The calculation is right, but intermediate values ({en}) were rounded to {places} "
        f"decimals, which moves the last digit. Rounded only at the end it is {right}.",
    )
