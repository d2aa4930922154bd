"""The inputs on which a program is tried: some drawn from the seed, then the author's edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from losses import CATALOG
from losses.worked.step import Value
from questions.compute.inputs import bound_inputs
from questions.model import CodeQuestion, Input
from questions.random_source import RandomSource
from questions.sampling import drawn_givens

DRAWS = 6

_WHOLE = frozenset({"class_index", "lengths"})  # spaces of whole numbers


@dataclass(frozen=True, slots=True)
class Case:
    """The inputs of one trial by name, and, for an edge, what is particular about them."""

    inputs: Mapping[str, Input | Value]
    edge: str | None


def cases(question: CodeQuestion, seed: int) -> tuple[Case, ...]:
    """Return the inputs of a seed; the same arguments always give the same ones."""
    drawn = [
        Case(bound_inputs(question.compute, _given(question, seed, place)), None)
        for place in range(DRAWS)
    ]
    edges = [
        Case(
            bound_inputs(question.compute, {**_given(question, seed, DRAWS), **edge.given}),
            edge.says,
        )
        for edge in question.edges
    ]
    return (*drawn, *edges)


def whole_arguments(loss_id: str) -> frozenset[str]:
    """Return the names of a loss's tensors that hold whole numbers."""
    arguments = CATALOG[loss_id].arguments
    return frozenset(argument.name for argument in arguments if argument.space in _WHOLE)


def argument_names(loss_id: str) -> tuple[str, ...]:
    """Return the names of a loss's tensors in order."""
    return tuple(argument.name for argument in CATALOG[loss_id].arguments)


def gradient_of(question: CodeQuestion) -> str:
    """Return the tensor whose gradient is compared. Raises ValueError where there is none."""
    if question.gradient is not None:
        return question.gradient
    whole = whole_arguments(question.compute.loss)
    for name in argument_names(question.compute.loss):
        if name not in whole:
            return name
    raise ValueError(f"{question.compute.loss} has no tensor of real numbers")


def _given(question: CodeQuestion, seed: int, place: int) -> dict[str, Value]:
    drawn = drawn_givens(
        question.given, lambda name: RandomSource.named("given", question.id, seed, place, name)
    )
    return {name: each.value for name, each in drawn.items() if each.value is not None}
