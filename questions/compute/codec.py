"""Evaluations and settled seeds as JSON and back. JSON has no NaN and no infinity: they cross the pipe as words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from losses.text import Text
from losses.worked.step import Step, Value
from questions.evaluation import Evaluation, MistakeValue, SideValue
from questions.settle_many import Settled, Unsettled

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


class TextJson(TypedDict):
    """A `Text`."""

    ja: str
    en: str


class MistakeJson(TypedDict):
    """A `MistakeValue`."""

    id: str
    value: Json
    says: TextJson
    remedy: TextJson
    departs_at: str
    count: int


class StepJson(TypedDict):
    """A `Step`; a vector or matrix is a list."""

    id: str
    label: TextJson
    formula: str
    substitution: str
    value: Json


class SideJson(TypedDict):
    """A `SideValue`."""

    value: Json
    steps: list[StepJson]


class EvaluationJson(TypedDict):
    """An `Evaluation`."""

    value: Json
    mistakes: list[MistakeJson]
    steps: list[StepJson]
    dtype: str
    torch_version: str
    sides: list[SideJson]
    further: list[MistakeJson]


class SettledJson(TypedDict):
    """The numbers of a `Settled`; mistakes as pairs of id and value."""

    attempt: int
    value: Json
    mistakes: list[list[Json]]


class SeedJson(TypedDict):
    """A `Settled` or an `Unsettled`."""

    seed: int
    unsettled: TextJson | None
    values: SettledJson | None


def text_json(text: Text) -> TextJson:
    """Write a bilingual text."""
    return {"ja": text.ja, "en": text.en}


def read_text(data: TextJson) -> Text:
    """Read a bilingual text."""
    return Text(data["ja"], data["en"])


def evaluation_json(evaluation: Evaluation) -> EvaluationJson:
    """Write an evaluation."""
    return {
        "value": value_json(evaluation.value),
        "mistakes": [_mistake_json(mistake) for mistake in evaluation.mistakes],
        "steps": _steps_json(evaluation.steps),
        "dtype": evaluation.dtype,
        "torch_version": evaluation.torch_version,
        "sides": [
            {"value": value_json(side.value), "steps": _steps_json(side.steps)}
            for side in evaluation.sides
        ],
        "further": [_mistake_json(mistake) for mistake in evaluation.further],
    }


def _steps_json(steps: Sequence[Step]) -> list[StepJson]:
    return [
        {
            "id": step.id,
            "label": text_json(step.label),
            "formula": step.formula,
            "substitution": step.substitution,
            "value": value_json(step.value),
        }
        for step in steps
    ]


def read_evaluation(data: EvaluationJson) -> Evaluation:
    """Read an evaluation."""
    return Evaluation(
        value=cast("float", read_value(data["value"])),
        mistakes=tuple(map(_read_mistake, data["mistakes"])),
        steps=_read_steps(data["steps"]),
        dtype=data["dtype"],
        torch_version=data["torch_version"],
        sides=tuple(
            SideValue(cast("float", read_value(side["value"])), _read_steps(side["steps"]))
            for side in data["sides"]
        ),
        further=tuple(map(_read_mistake, data["further"])),
    )


def settled_json(found: Settled | Unsettled) -> SeedJson:
    """Write what was found for a seed."""
    if isinstance(found, Unsettled):
        return {"seed": found.seed, "unsettled": text_json(found.text), "values": None}
    return {
        "seed": found.seed,
        "unsettled": None,
        "values": {
            "attempt": found.attempt,
            "value": value_json(found.value),
            "mistakes": [[name, value_json(value)] for name, value in found.mistakes],
        },
    }


def read_settled(data: SeedJson) -> Settled | Unsettled:
    """Read what was found for a seed."""
    values = data["values"]
    if values is None:
        return Unsettled(data["seed"], read_text(cast("TextJson", data["unsettled"])))
    return Settled(
        data["seed"],
        values["attempt"],
        cast("float", read_value(values["value"])),
        tuple((str(name), cast("float", read_value(value))) for name, value in values["mistakes"]),
    )


def _mistake_json(mistake: MistakeValue) -> MistakeJson:
    return {
        "id": mistake.id,
        "value": value_json(mistake.value),
        "says": text_json(mistake.says),
        "remedy": text_json(mistake.remedy),
        "departs_at": mistake.departs_at,
        "count": mistake.count,
    }


def _read_mistake(data: MistakeJson) -> MistakeValue:
    return MistakeValue(
        data["id"],
        cast("float", read_value(data["value"])),
        read_text(data["says"]),
        read_text(data["remedy"]),
        data["departs_at"],
        data["count"],
    )


def _read_steps(steps: Sequence[StepJson]) -> tuple[Step, ...]:
    return tuple(
        Step(
            step["id"],
            read_text(step["label"]),
            step["formula"],
            step["substitution"],
            read_value(step["value"]),
        )
        for step in steps
    )


def value_json(value: Value) -> Json:
    """Write a number, vector or matrix; what is not finite as "nan", "inf" or "-inf"."""
    if isinstance(value, tuple):
        return [value_json(item) for item in value]
    return value if math.isfinite(value) else str(value)


def read_value(data: Json) -> Value:
    """Read a number, vector or matrix: lists become tuples, whole numbers stay whole."""
    if isinstance(data, str):
        return float(data)
    if isinstance(data, (int, float)):
        return data
    rows = tuple(read_value(item) for item in cast("Sequence[Json]", data))
    return cast("Value", rows)
