"""Compute an expression over several values, what mistakes make of it, and its steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from losses.text import Text
from losses.worked.step import Step, Value
from questions.evaluation import Evaluation, MistakeValue
from questions.expression import NotComputable, substituted, value_of
from questions.known_mistakes import SWAPPED, are_alike, part_label
from questions.model import Computation, Expression

EvaluatePart = Callable[[Computation, Mapping[str, Value], Sequence[str] | None], Evaluation]

_SAME = 1e-9  # relative: a mistake that gives the right value is none here


def evaluate_expression(
    compute: Expression,
    given: Mapping[str, Value],
    mistakes: Sequence[str] | None,
    *,
    evaluate_part: EvaluatePart,
) -> Evaluation:
    """Compute the parts and put their values into the expression.

    A mistake is made in every part, in one of them, or in the order of two (`known_mistakes`).
    One that leads to the right value is left out; where all mistakes are wanted, also one that
    leads to the same as an earlier one. Raises ValueError for numbers that a loss refuses or
    with which the expression has no value.
    """
    parts = {
        name: evaluate_part(part, given, _of_part(name, mistakes))
        for name, part in compute.parts.items()
    }
    values = {name: part.value for name, part in parts.items()}
    value = value_of(compute.expression, values)
    first = next(iter(parts.values()))
    kept: list[MistakeValue] = []
    for mistake in _mistakes(compute, parts, values):
        others = [value, *(each.value for each in kept if mistakes is None)]
        wanted = mistakes is None or mistake.id in mistakes
        if wanted and not any(math.isclose(mistake.value, o, rel_tol=_SAME) for o in others):
            kept.append(mistake)
    return Evaluation(
        value=value,
        mistakes=tuple(kept),
        steps=(*_steps(compute, parts), _last_step(compute, values, value)),
        dtype=first.dtype,
        torch_version=first.torch_version,
    )


def _of_part(name: str, mistakes: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the mistakes of a part that are needed: its own and those of every part."""
    if mistakes is None:
        return None
    own = (each.removeprefix(f"{name}.") for each in mistakes if each != SWAPPED)
    return tuple(dict.fromkeys(each for each in own if "." not in each))


def _mistakes(
    compute: Expression, parts: Mapping[str, Evaluation], values: Mapping[str, float]
) -> Iterator[MistakeValue]:
    """Yield what each mistake makes of the expression, the simplest explanation first."""
    made = {
        name: {mistake.id: mistake for mistake in part.mistakes} for name, part in parts.items()
    }
    *_, last = parts
    if are_alike(compute):
        for mistake in made[last].values():
            if all(mistake.id in each for each in made.values()):
                wrong = {name: each[mistake.id].value for name, each in made.items()}
                departs_at = f"{next(iter(parts))}.{mistake.departs_at}"
                yield from _with(compute, wrong, replace(mistake, departs_at=departs_at))
    if len(parts) > 1 or not are_alike(compute):
        for name, each in made.items():
            label = compute.parts[name].name or part_label(name, compute.parts[name]).ja
            label_en = compute.parts[name].name or part_label(name, compute.parts[name]).en
            for mistake in each.values():
                yield from _with(
                    compute,
                    {**values, name: mistake.value},
                    MistakeValue(
                        f"{name}.{mistake.id}",
                        mistake.value,
                        Text(
                            f"{label}の計算で、{mistake.says.ja}", f"{label_en}: {mistake.says.en}"
                        ),
                        mistake.remedy,
                        f"{name}.{mistake.departs_at}",
                    ),
                )
    if len(parts) == 2:
        one, other = values
        yield from _with(
            compute, {one: values[other], other: values[one]}, _swapped(compute.expression)
        )


def _with(
    compute: Expression, values: Mapping[str, float], mistake: MistakeValue
) -> Iterator[MistakeValue]:
    """Yield the mistake with what it makes of the expression, if that is a number."""
    try:
        value = value_of(compute.expression, values)
    except NotComputable:
        return
    yield replace(mistake, value=value)


def _swapped(expression: str) -> MistakeValue:
    says = Text("二つの値が、互いに入れ替わっている。", "The two values are in each other's place.")
    if "/" in expression or "÷" in expression:
        says = Text("割る値と割られる値が入れ替わっている。", "The ratio is the wrong way round.")
    elif "-" in expression or "−" in expression:
        says = Text(
            "引く値と引かれる値が入れ替わっている。", "The difference is the wrong way round."
        )
    return MistakeValue(
        SWAPPED,
        0.0,
        says,
        Text(f"{expression} の順に代入する。", f"Put the values into {expression} in this order."),
        "expression",
    )


def _steps(compute: Expression, parts: Mapping[str, Evaluation]) -> Iterator[Step]:
    for name, part in parts.items():
        label = part_label(name, compute.parts[name])
        for step in part.steps:
            yield replace(
                step,
                id=f"{name}.{step.id}",
                label=Text(f"{label.ja}：{step.label.ja}", f"{label.en}: {step.label.en}"),
            )


def _last_step(compute: Expression, values: Mapping[str, float], value: float) -> Step:
    return Step(
        "expression",
        Text("求めた値を式に代入する", "Put the values into the expression"),
        compute.expression,
        substituted(compute.expression, values),
        value,
    )
