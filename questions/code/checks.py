"""The calls that try a program, each with what the reference gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from losses.worked.step import Value
from questions.code.cases import Case, argument_names, cases, gradient_of, whole_arguments
from questions.code.program import Call, Dtype, Program, TensorData
from questions.code.reference import DTYPES, Reference
from questions.model import CodeQuestion, Input
from questions.sampling import numbers_of


@dataclass(frozen=True, slots=True)
class Check:
    """One call in one dtype, and the value and gradient it should give.

    `gradient` is None where any slope is right. `mistakes`: what the known mistakes would give.
    """

    case: Case
    dtype: Dtype
    call: Call
    value: TensorData
    gradient: TensorData | None
    mistakes: dict[str, TensorData]


def checks(
    question: CodeQuestion, seed: int, references: Sequence[Reference | None]
) -> tuple[Check, ...]:
    """Return the calls: every case in float64, then in float32. Both need no torch.

    `references` are those of the same seed; cases without one are left out.
    """
    usable = [
        (case, reference)
        for case, reference in zip(cases(question, seed), references, strict=True)
        if reference is not None
    ]
    return tuple(
        _check(question, case, reference, dtype) for dtype in DTYPES for case, reference in usable
    )


def program(question: CodeQuestion, source: str, tried: Sequence[Check]) -> Program:
    """Return the program that makes the calls."""
    return Program(
        source=source,
        entry=question.entry,
        form=question.form,
        calls=tuple(check.call for check in tried),
    )


def _check(question: CodeQuestion, case: Case, reference: Reference, dtype: Dtype) -> Check:
    names = argument_names(question.compute.loss)
    with_gradient = names.index(gradient_of(question))
    tensors = tuple(_tensor(question, name, case.inputs[name], dtype) for name in names)
    gradient = reference.gradients.get(dtype)
    if gradient is not None:
        # The program's is in the shape of what it was given.
        gradient = replace(gradient, shape=tensors[with_gradient].shape)
    return Check(
        case,
        dtype,
        Call(tensors, with_gradient, _options(question, case)),
        reference.values[dtype],
        gradient,
        dict(reference.mistakes) if dtype == "float64" else {},
    )


def _options(question: CodeQuestion, case: Case) -> dict[str, float | int | bool | str]:
    told = set(case.inputs) - set(argument_names(question.compute.loss)) - set(question.hidden)
    return {
        name: value
        for name, value in case.inputs.items()
        if name in told and not isinstance(value, tuple)
    }


def _tensor(question: CodeQuestion, name: str, value: Input | Value, dtype: Dtype) -> TensorData:
    whole = name in whole_arguments(question.compute.loss)
    if isinstance(value, str):
        raise TypeError(f"{name} is not a number")
    shape = _shape(value)
    if name in question.columns:
        shape = (*shape, 1)
    return TensorData(shape, "int64" if whole else dtype, tuple(numbers_of(value)))


def _shape(value: Value) -> tuple[int, ...]:
    if not isinstance(value, tuple):
        return ()
    first = value[0]
    return (len(value), len(first)) if isinstance(first, tuple) else (len(value),)
