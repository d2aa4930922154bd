"""What the reference gives on one case. Plain data: it crosses a pipe as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TypedDict

from questions.code.program import Dtype, TensorData

DTYPES: tuple[Dtype, ...] = ("float64", "float32")


class TensorJson(TypedDict):
    """A `TensorData`; what is not finite is written as a word."""

    shape: list[int]
    dtype: str
    values: list[float | str] | None


class ReferenceJson(TypedDict):
    """A `Reference`."""

    values: dict[str, TensorJson]
    gradients: dict[str, TensorJson]
    mistakes: dict[str, TensorJson]


@dataclass(frozen=True, slots=True)
class Reference:
    """Values and gradients by dtype; the values of the known mistakes, in float64.

    `gradients` is empty where the loss has a kink: any slope between two is right there.
    """

    values: Mapping[Dtype, TensorData]
    gradients: Mapping[Dtype, TensorData]
    mistakes: Mapping[str, TensorData]


def tensor_json(tensor: TensorData) -> TensorJson:
    """Write a tensor."""
    values = tensor.values
    return {
        "shape": list(tensor.shape),
        "dtype": tensor.dtype,
        "values": None if values is None else [n if abs(n) < inf else str(n) for n in values],
    }


def read_tensor(data: TensorJson) -> TensorData:
    """Read a tensor."""
    values = data["values"]
    return TensorData(
        tuple(data["shape"]),
        data["dtype"],
        None if values is None else tuple(float(number) for number in values),
    )


def reference_json(reference: Reference) -> ReferenceJson:
    """Write what the reference gives."""
    return {
        "values": {dtype: tensor_json(value) for dtype, value in reference.values.items()},
        "gradients": {dtype: tensor_json(value) for dtype, value in reference.gradients.items()},
        "mistakes": {name: tensor_json(value) for name, value in reference.mistakes.items()},
    }


def read_reference(data: ReferenceJson) -> Reference:
    """Read what the reference gives."""
    return Reference(
        {dtype: read_tensor(data["values"][dtype]) for dtype in DTYPES if dtype in data["values"]},
        {
            dtype: read_tensor(data["gradients"][dtype])
            for dtype in DTYPES
            if dtype in data["gradients"]
        },
        {name: read_tensor(value) for name, value in data["mistakes"].items()},
    )
