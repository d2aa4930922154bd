"""Wrong turns that can be taken with any loss."""

from __future__ import annotations

import math
from collections.abc import Callable

from torch import Tensor


def summed(loss: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return `loss` as computed by someone who never divides: sum where mean was asked for."""

    def sum_for_mean(*tensors: Tensor, reduction: str = "mean", **options: object) -> Tensor:
        return loss(*tensors, reduction="sum" if reduction == "mean" else reduction, **options)

    return sum_for_mean


def scaled(loss: Callable[..., Tensor], factor: float) -> Callable[..., Tensor]:
    """Return `loss` multiplied by a factor that does not belong there."""

    def off_by_a_factor(*tensors: Tensor, **options: object) -> Tensor:
        return factor * loss(*tensors, **options)

    return off_by_a_factor


def base_two(loss: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return `loss`, which is linear in its logarithms, with logarithms to base 2."""
    return scaled(loss, 1 / math.log(2))


def instead(
    loss: Callable[..., Tensor], prepare: Callable[..., tuple[Tensor, ...]]
) -> Callable[..., Tensor]:
    """Return `loss` of inputs that were wrongly prepared; the options stay."""

    def wrongly_prepared(*tensors: Tensor, **options: object) -> Tensor:
        return loss(*prepare(*tensors), **options)

    return wrongly_prepared


def broadcast(loss: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return `loss` of an (n, 1) prediction and an (n,) target: every pair of them."""

    def every_pair(first: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        shape = first.numel(), target.numel()
        return first.reshape(-1, 1).expand(shape), target.reshape(-1).expand(shape)

    return instead(loss, every_pair)
