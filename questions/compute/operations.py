"""What the worker can be asked: plain JSON in, plain JSON out. Imports torch."""

from __future__ import annotations

import math
import platform
from functools import partial
from typing import Annotated, TypedDict, cast

import torch
from pydantic import Field, TypeAdapter

from questions.code.reference import reference_json
from questions.compute.batch import compute_many
from questions.compute.codec import (
    EvaluationJson,
    Json,
    evaluation_json,
    read_value,
    settled_json,
)
from questions.compute.evaluate import evaluate
from questions.compute.references import references
from questions.compute.single import evaluate_single
from questions.model import CodeQuestion, ComputedQuestion
from questions.settle import settle
from questions.settle_many import settle_many

_QUESTION: TypeAdapter[ComputedQuestion] = TypeAdapter(
    Annotated[ComputedQuestion, Field(discriminator="kind")]
)

_values = partial(evaluate, worked=False)  # draws that are thrown away need no worked steps
_CODE_QUESTION: TypeAdapter[CodeQuestion] = TypeAdapter(CodeQuestion)


class EvaluatePayload(TypedDict):
    """A question and the numbers that were shown."""

    question: dict[str, object]
    given: dict[str, Json]


class SinglePayload(TypedDict):
    """A question and the numbers of several variants."""

    question: dict[str, object]
    givens: list[dict[str, Json]]


class SettlePayload(TypedDict):
    """A question and the seed of a variant."""

    question: dict[str, object]
    question_id: str
    content_hash: str
    seed: int


class SettleManyPayload(TypedDict):
    """A question and the seeds of variants."""

    question: dict[str, object]
    seeds: list[int]


class ReferencesPayload(TypedDict):
    """A code question and the seed of a variant."""

    question: dict[str, object]
    seed: int


def evaluate_given(payload: dict[str, object]) -> dict[str, object]:
    """Compute a question on the numbers that were shown."""
    asked = cast("EvaluatePayload", payload)
    question = _QUESTION.validate_python(asked["question"])
    given = {name: read_value(value) for name, value in asked["given"].items()}
    return _written(evaluation_json(evaluate(question, given)))


def settle_seed(payload: dict[str, object]) -> dict[str, object]:
    """Find the attempt of a seed on which every mistake shows, and compute it."""
    asked = cast("SettlePayload", payload)
    question = _QUESTION.validate_python(asked["question"])
    variant, _ = settle(
        question,
        question_id=asked["question_id"],
        content_hash=asked["content_hash"],
        seed=asked["seed"],
        evaluate=_values,
    )
    evaluation = evaluate(question, variant.given)  # with all that explains it
    return {"attempt": variant.attempt, "evaluation": evaluation_json(evaluation)}


def settle_seeds(payload: dict[str, object]) -> dict[str, object]:
    """Find the attempts of many seeds, up to and including the first that cannot be settled."""
    asked = cast("SettleManyPayload", payload)
    found = settle_many(
        _QUESTION.validate_python(asked["question"]),
        seeds=asked["seeds"],
        evaluate=_values,
        evaluate_many=compute_many,
    )
    return {"seeds": [settled_json(seed) for seed in found]}


def references_of_seed(payload: dict[str, object]) -> dict[str, object]:
    """Compute what a program is compared with on every case of a seed."""
    asked = cast("ReferencesPayload", payload)
    found = references(_CODE_QUESTION.validate_python(asked["question"]), asked["seed"])
    return {"references": [None if one is None else reference_json(one) for one in found]}


def single_precision(payload: dict[str, object]) -> dict[str, object]:
    """Compute a question in float32 on each set of numbers; None where that is refused."""
    asked = cast("SinglePayload", payload)
    question = _QUESTION.validate_python(asked["question"])
    values: list[Json] = []
    for given in asked["givens"]:
        try:
            value = evaluate_single(
                question, {name: read_value(number) for name, number in given.items()}
            )
        except (ValueError, RuntimeError, ArithmeticError):
            values.append(None)
        else:
            values.append(value if math.isfinite(value) else None)
    return {"values": values}


def versions(payload: dict[str, object]) -> dict[str, object]:
    """Say what computes here; the payload is empty."""
    del payload
    return {"torch": torch.__version__, "python": platform.python_version()}


def _written(evaluation: EvaluationJson) -> dict[str, object]:
    return {"evaluation": evaluation}
