"""What is measured: a loss, its inputs, and everybody who computes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import prod

import torch
from torch import Tensor

from losses.functional import FUNCTIONS
from tests.benchmarks.losses.peers import PEERS, Load, Loss

Size = tuple[int, ...]

OURS = "ours"
ENUMERATING = "enumerating"
FLOOR = "floor"


@dataclass(frozen=True, kw_only=True)
class Floor:
    """The least work that any implementation has to do."""

    says: str
    step: Callable[..., object]


@dataclass(frozen=True, kw_only=True)
class Extreme:
    """Inputs on which some implementation is known to break, and the right value.

    The gradient must be finite everywhere, and not all zero either if the loss still `learns` here.
    """

    says: str
    inputs: tuple[object, ...]  # nested lists, float32 where there is a decimal point
    value: float
    tolerance: float = 1e-6
    options: Mapping[str, object] = field(default_factory=dict)
    learns: bool = False


@dataclass(frozen=True, kw_only=True)
class Work:
    """One loss at several sizes."""

    loss: str
    draw: Callable[..., tuple[Tensor, ...]]  # generator and size -> the tensors, in float64
    sizes: tuple[Size, ...]
    small: Size  # for the smoke test
    enumerating: Loss
    floor: Floor
    extremes: tuple[Extreme, ...] = ()
    leaves: int = 1  # how many of the tensors want a gradient
    # what everybody does to the first tensor before the loss, as part of the work (but extreme
    # inputs are given to the loss as they are)
    through: Callable[[Tensor], Tensor] | None = None
    # the largest size (product of its numbers) that a subject can be asked for
    limits: Mapping[str, int] = field(default_factory=dict)

    def subjects(self, size: Size) -> dict[str, Load]:
        """Everybody who computes this at that size, installed or not."""
        everybody: dict[str, Load] = {
            OURS: partial(partial, FUNCTIONS[self.loss]),
            ENUMERATING: partial(partial, self.enumerating),
            **PEERS.get(self.loss, {}),
        }
        return {
            name: load
            for name, load in everybody.items()
            if prod(size) <= self.limits.get(name, prod(size))
        }

    def inputs(self, size: Size, dtype: torch.dtype) -> tuple[Tensor, ...]:
        """The same tensors for everybody."""
        drawn = self.draw(torch.Generator().manual_seed(0), *size)
        return tuple(x.to(dtype) if x.is_floating_point() else x for x in drawn)

    def run(self, loss: Loss, inputs: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        """The value and its gradients: what is timed."""
        through = self.through
        if through is None:
            return self.slopes(loss, inputs)
        return self.slopes(lambda first, *others: loss(through(first), *others), inputs)

    def slopes(self, loss: Loss, inputs: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        """The value of the loss itself, and its gradients."""
        leaves = tuple(x.requires_grad_() for x in inputs[: self.leaves])
        value = loss(*inputs)
        return value, torch.autograd.grad(value, leaves)


def row(work: Work, size: Size) -> str:
    """The name of a row of the table."""
    return f"{work.loss} {'x'.join(map(str, size))}"
