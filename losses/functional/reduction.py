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
    raise ValueError(f"reduction must be 'none', 'mean' or 'sum', not {reduction!r}")
