"""From one value per element (or example, or pair) to the value that is asked for."""

from __future__ import annotations

from torch import Tensor

from losses.reduction import Reduction


def reduce(values: Tensor, reduction: Reduction) -> Tensor:
    """Reduce `values` to their mean or sum, or return them as they are.

    The mean divides by the number of values; it is NaN where there is none, as in PyTorch.
    Raises ValueError for an unknown reduction.
    """
    if reduction == "mean":
        return values.mean()
    if reduction == "sum":
        return values.sum()
    if reduction == "none":
        return values
    raise unknown(reduction)


def reduce_by(values: Tensor, denominator: Tensor | float, reduction: Reduction) -> Tensor:
    """Reduce as `reduce` does, but let the mean divide the sum by `denominator`.

    For losses whose mean is over something else than the values: pairs, weights, positives.
    Raises ValueError for an unknown reduction.
    """
    if reduction == "mean":
        return values.sum() / denominator
    return reduce(values, reduction)


def unknown(reduction: str) -> ValueError:
    """Return the error for a reduction that does not exist."""
    return ValueError(f"reduction must be 'none', 'mean' or 'sum', not {reduction!r}")
