"""Random inputs of a loss, drawn from a seeded generator."""

from __future__ import annotations

import torch


def normal(generator: torch.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    """Standard normal numbers, in float64."""
    return scale * torch.randn(*shape, generator=generator, dtype=torch.float64)


def uniform(
    generator: torch.Generator, *shape: int, low: float = 0.0, high: float = 1.0
) -> torch.Tensor:
    """Uniform numbers between `low` and `high`, in float64."""
    return low + (high - low) * torch.rand(*shape, generator=generator, dtype=torch.float64)


def number(generator: torch.Generator, low: float, high: float) -> float:
    """One uniform number."""
    return uniform(generator, 1, low=low, high=high).item()


def away_from(values: torch.Tensor, *points: float, by: float = 1e-3) -> torch.Tensor:
    """Move values that lie at one of the points (within `by`) off it."""
    for point in points:
        near = (values - point).abs() < by
        values = torch.where(near, values + 3 * by, values)
    return values


def index(generator: torch.Generator, high: int, *shape: int) -> torch.Tensor:
    """Whole numbers from 0 to `high` − 1."""
    return torch.randint(0, high, shape, generator=generator)


def sign(generator: torch.Generator, *shape: int) -> torch.Tensor:
    """−1 or +1, in float64."""
    return 2.0 * index(generator, 2, *shape).double() - 1


def coin(generator: torch.Generator) -> bool:
    """True or False."""
    return bool(index(generator, 2, 1).item())
