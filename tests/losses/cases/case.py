"""What the tests know of one loss, independently of the code under test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch

Inputs = Mapping[str, object]  # lists or tensors and options, as `losses.compute` takes them


@dataclass(frozen=True, kw_only=True)
class Published:
    """A value that somebody else printed, or that is worked out by hand."""

    inputs: Inputs
    value: float | list[float]
    source: str
    tolerance: float = 1e-6


@dataclass(frozen=True, kw_only=True)
class Mistaken:
    """The documented wrong value that a mistake gives on documented inputs."""

    inputs: Inputs
    value: float
    tolerance: float = 1e-6


@dataclass(frozen=True, kw_only=True)
class LossCase:
    """One loss in the tests: every behaviour table runs over all of these."""

    id: str
    published: tuple[Published, ...]
    # mistake id -> documented value; every mistake of the catalogue must be here
    mistaken: Mapping[str, Mistaken]
    # random valid inputs: float64 tensors (or index tensors) and options, away from kinks
    sample: Callable[[torch.Generator], dict[str, object]]
    # brute-force loops over plain Python numbers, on the same inputs as nested lists
    reference: Callable[..., float]
    # value and gradient must stay finite here
    extreme: tuple[Inputs, ...]
    # inputs -> regular expression of the ValueError
    refused: tuple[tuple[Inputs, str], ...]
    # tensor arguments that gradcheck differentiates
    differentiable: tuple[str, ...]
    # why gradcheck cannot pass (detached weights, metrics), or None
    no_gradcheck: str | None = None
    # why the loss cannot run under torch.func.vmap, or None
    no_vmap: str | None = None
    # degenerate inputs (nothing relevant, empty mask, all ignored) -> the documented value
    degenerate: tuple[tuple[Inputs, float], ...] = field(default=())
    # why reduction="none" gives no terms that add up to the sum, or None
    no_terms: str | None = None
    # what the mean divides the sum by, from the inputs of `sample`; None: the number of terms
    denominator: Callable[..., float] | None = None
