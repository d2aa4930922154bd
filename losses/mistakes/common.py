"""Wrong turns that can be taken with any loss.

A mistake is NaN where the shapes or options leave no room for it: there it is the right
calculation (the sum of one term is its mean), or another mistake under a second name.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor


def summed(loss: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return `loss` as computed by someone who never divides: sum where mean was asked for."""

    def sum_for_mean(*tensors: Tensor, reduction: str = "mean", **options: object) -> Tensor:
        if reduction != "mean":
            return loss(*tensors, reduction=reduction, **options)
        total = loss(*tensors, reduction="sum", **options)
        mean = loss(*tensors, reduction="mean", **options)
        return torch.where(total == mean, math.nan, total)

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

    return several(instead(loss, every_pair))


def several(mistake: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return a mistake that needs at least two elements to be one."""

    def with_several(*tensors: Tensor, **options: object) -> Tensor:
        value = mistake(*tensors, **options)
        return value if tensors[0].numel() > 1 else torch.full_like(value, math.nan)

    return with_several


def only(mistake: Callable[..., Tensor], *, where: Callable[..., bool]) -> Callable[..., Tensor]:
    """Return a mistake that can only be made with some options, given to `where` by keyword."""

    def where_possible(*tensors: Tensor, **options: object) -> Tensor:
        value = mistake(*tensors, **options)
        return value if where(**options) else torch.full_like(value, math.nan)

    return where_possible


def unless_right(
    mistake: Callable[..., Tensor], loss: Callable[..., Tensor]
) -> Callable[..., Tensor]:
    """Return a mistake that is none where it gives what the loss gives: one item, equal labels."""

    def where_wrong(*tensors: Tensor, **options: object) -> Tensor:
        value = mistake(*tensors, **options)
        right = loss(*tensors, **options)
        # Not isclose: torch.func.vmap would run it row by row.
        same = (value - right).abs() <= 1e-12 * right.abs()
        return torch.where(same, math.nan, value)

    return where_wrong


def unless_alone(
    mistake: Callable[..., Tensor], loss: Callable[..., Tensor]
) -> Callable[..., Tensor]:
    """Return a mistake that is none where there is one term and it happens to come out right.

    With several terms it stays a mistake: other numbers would show it.
    """
    otherwise = unless_right(mistake, loss)

    def where_wrong(*tensors: Tensor, **options: object) -> Tensor:
        terms = loss(*tensors, **{**options, "reduction": "none"})
        return (mistake if terms.numel() > 1 else otherwise)(*tensors, **options)

    return where_wrong


def unless_two(
    mistake: Callable[..., Tensor], loss: Callable[..., Tensor]
) -> Callable[..., Tensor]:
    """Return a doubling that is none with two terms, where it is the sum in place of the mean."""

    def where_not_the_sum(*tensors: Tensor, **options: object) -> Tensor:
        value = mistake(*tensors, **options)
        terms = loss(*tensors, **{**options, "reduction": "none"})
        return torch.full_like(value, math.nan) if terms.numel() == 2 else value

    return where_not_the_sum
