"""Wrong turns that can be taken with any loss."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor


def summed(loss: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return `loss` as computed by someone who never divides: sum where mean was asked for."""

    def sum_for_mean(*tensors: Tensor, reduction: str = "mean", **options: object) -> Tensor:
        return loss(*tensors, reduction="sum" if reduction == "mean" else reduction, **options)

    return sum_for_mean
