"""A learner's program, how it is called, and what came of it. Plain data, no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Form = Literal["function", "module"]
Dtype = Literal["float64", "float32"]

# `ended`: it left, or closed its channel, before all results were there.
# `garbled`: what came through the channel is not what the child sends.
Ending = Literal[
    "finished", "unstartable", "startup", "time", "output", "ended", "crashed", "garbled"
]
# `refused`: the program asked for what it may not have (`Problem.reason`).
ProblemKind = Literal[
    "syntax", "missing", "no_module", "no_tensor", "no_gradient", "raised", "refused", "memory"
]


@dataclass(frozen=True, slots=True)
class TensorData:
    """A tensor as plain numbers, row by row; None where they are too many or no real numbers."""

    shape: tuple[int, ...]
    dtype: str
    values: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Call:
    """The tensors of one call, in order, its options, and whose gradient is asked for (a place)."""

    tensors: tuple[TensorData, ...]
    gradient: int | None
    options: Mapping[str, float | int | bool | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What the learner wrote, and how it is to be called."""

    source: str
    entry: str
    form: Form
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no value, or no gradient. `name` and `message` are the program's own words."""

    kind: ProblemKind
    name: str = ""
    message: str = ""
    line: int | None = None
    reason: Literal["files", "network", "processes", "system", "reference"] | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """What one call gave: a value and a gradient, or the problems instead."""

    value: TensorData | None = None
    gradient: TensorData | None = None
    problem: Problem | None = None
    no_gradient: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of a program: an output for each call that was reached, in order."""

    ending: Ending
    outputs: tuple[Output, ...] = ()
    problem: Problem | None = None  # before the first call: the program could not be loaded
    printed: str = ""  # the beginning of what it wrote to standard output and error
    detail: str = ""  # of an ending that is not `finished`: a signal's or an exit status's name
    protections: tuple[str, ...] = ()  # see `confinement.Protection`
