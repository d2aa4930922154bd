"""`quizapp losses compute`: the value of a loss, and a gradient, on numbers given as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeAlias

import losses
from losses.catalog.info import LossInfo
from quizapp.language import _
from quizapp.problem import Problem

_EXAMPLE = '{"pred": [1, 2], "target": [0, 4]}'

# What comes back from a tensor of any number of dimensions.
Numbers: TypeAlias = float | list["Numbers"]


class InputProblem(Problem):
    """Inputs that a loss cannot be computed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossValue:
    """What a loss, and perhaps its gradient, is on these inputs."""

    loss: str
    inputs: Mapping[str, object]
    value: Numbers
    with_respect_to: str | None
    gradient: Numbers | None
    dtype: str
    torch_version: str

    def as_text(self) -> str:
        """Return one line for the value and one for the gradient."""
        lines = [f"{self.loss} = {_written(self.value)}"]
        if self.gradient is not None:
            lines.append(f"∂{self.loss}/∂{self.with_respect_to} = {_written(self.gradient)}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """Return a JSON object; NaN and the infinities, which JSON lacks, are strings."""
        entry = {
            "loss": self.loss,
            "inputs": dict(self.inputs),
            "value": _finite(self.value),
            "with_respect_to": self.with_respect_to,
            "gradient": None if self.gradient is None else _finite(self.gradient),
            "dtype": self.dtype,
            "torch_version": self.torch_version,
        }
        return json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n"


def read_inputs(text: str) -> dict[str, object]:
    """Read a JSON object of arguments and options. Raises InputProblem, naming the place."""
    try:
        read: object = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InputProblem(
            _("--input is not JSON: line {line}, column {column}.").format(
                line=error.lineno, column=error.colno
            )
        ) from error
    except RecursionError as error:
        raise InputProblem(_("--input is nested too deeply.")) from error
    if not isinstance(read, dict):
        raise InputProblem(
            _("--input must be a JSON object such as {example}").format(example=_EXAMPLE)
        )
    return read


def value_of(info: LossInfo, inputs: Mapping[str, object], *, slope: str | None) -> LossValue:
    """Compute a loss, and its gradient with respect to the argument `slope`. Imports torch.

    Raises InputProblem for a name the loss does not have and for numbers it refuses.
    """
    _check_names(info, inputs, slope)
    try:
        value = losses.compute(info.id, **inputs)
        gradient = None if slope is None else losses.gradient(info.id, slope, **inputs).tolist()
    except (ValueError, TypeError, RuntimeError, IndexError) as error:
        reason = " ".join(str(error).split())  # the losses and PyTorch say it in English
        raise InputProblem(
            _("{id} cannot be computed on these inputs: {reason}").format(id=info.id, reason=reason)
        ) from error
    return LossValue(
        loss=info.id,
        inputs=inputs,
        value=value.tolist(),
        with_respect_to=slope,
        gradient=gradient,
        dtype=str(value.dtype).removeprefix("torch."),
        torch_version=version("torch"),
    )


def _check_names(info: LossInfo, inputs: Mapping[str, object], slope: str | None) -> None:
    arguments = [argument.name for argument in info.arguments]
    names = [*arguments, *(option.name for option in info.options), "reduction"]
    for name in inputs:
        if name not in names:
            raise InputProblem(
                _("{id} has no argument {name}; it takes {names}.").format(
                    id=info.id, name=name, names=", ".join(names)
                )
            )
    missing = [name for name in arguments if name not in inputs]
    if missing:
        raise InputProblem(
            _("{id} also needs {names}.").format(id=info.id, names=", ".join(missing))
        )
    if slope is not None and slope not in arguments:
        raise InputProblem(
            _("--grad: {id} has no argument {name}; choose from {names}.").format(
                id=info.id, name=slope, names=", ".join(arguments)
            )
        )


def _refuse(constant: str) -> float:
    raise InputProblem(
        _("--input holds {constant}, which JSON does not have.").format(constant=constant)
    )


def _written(numbers: Numbers) -> str:
    if isinstance(numbers, list):
        return "[" + ", ".join(_written(number) for number in numbers) + "]"
    return f"{numbers:.10g}"


def _finite(numbers: Numbers) -> object:
    if isinstance(numbers, list):
        return [_finite(number) for number in numbers]
    return numbers if math.isfinite(numbers) else str(numbers)
