"""What a loss refuses: shapes that do not match, numbers outside their space.

Shapes and options are always checked. Values are checked where they can be read: inside
`torch.func.vmap` no value may decide what happens next, so there the checks of values pass,
unless somebody asks for their outcome (`outcomes`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import torch
from torch import Tensor
from torch._C._functorch import get_unwrapped, is_batchedtensor, is_functorch_wrapped_tensor

# How far the probabilities of one distribution may add up from 1: numbers shown with two decimals
# (0.33, 0.33, 0.33) must pass, logits and counts must not.
SUM_TOLERANCE = 0.011

# Where the checks of values that cannot be read leave their outcomes, if anywhere.
_OUTCOMES: ContextVar[list[Tensor] | None] = ContextVar("_OUTCOMES", default=None)

_WITHOUT_SIGN = (torch.bool, torch.uint8, torch.uint16, torch.uint32, torch.uint64)


@contextmanager
def outcomes() -> Iterator[list[Tensor]]:
    """Collect what the checks of values find where they cannot raise: true where they hold.

    For use inside `torch.func.vmap`: each tensor is a single truth value per example.
    """
    found: list[Tensor] = []
    token = _OUTCOMES.set(found)
    try:
        yield found
    finally:
        _OUTCOMES.reset(token)


def same_shape(**tensors: Tensor) -> None:
    """Raise ValueError, naming both shapes, unless all tensors have one shape.

    PyTorch would broadcast (3, 1) against (3,) to (3, 3) and return a plausible number.
    """
    (first_name, first), *others = tensors.items()
    for name, tensor in others:
        if tensor.shape != first.shape:
            raise ValueError(
                f"{first_name} has shape {tuple(first.shape)} but "
                f"{name} has shape {tuple(tensor.shape)}"
            )


def dimensions(*allowed: int, **tensors: Tensor) -> None:
    """Raise ValueError, naming the shape, unless every tensor has an allowed number of axes."""
    for name, tensor in tensors.items():
        if tensor.dim() not in allowed:
            wanted = " or ".join(str(count) for count in allowed)
            raise ValueError(f"{name} must have {wanted} axes, but has shape {tuple(tensor.shape)}")


def positive(**options: float) -> None:
    """Raise ValueError unless every option is finite and above zero."""
    for name, value in options.items():
        if not 0 < value < math.inf:
            raise ValueError(f"{name} must be above 0, not {value}")


def non_negative(**options: float) -> None:
    """Raise ValueError unless every option is finite and at least zero."""
    for name, value in options.items():
        if not 0 <= value < math.inf:
            raise ValueError(f"{name} must be at least 0, not {value}")


def between(low: float, high: float, **options: float) -> None:
    """Raise ValueError unless every option lies in [low, high]."""
    for name, value in options.items():
        if not low <= value <= high:
            raise ValueError(f"{name} must lie between {low:g} and {high:g}, not {value}")


def strictly_between(low: float, high: float, **options: float) -> None:
    """Raise ValueError unless every option lies in (low, high), the ends excluded."""
    for name, value in options.items():
        if not low < value < high:
            raise ValueError(f"{name} must lie strictly between {low:g} and {high:g}, not {value}")


def one_of(choices: Collection[str | int], **options: str | int) -> None:
    """Raise ValueError unless every option is one of the choices."""
    for name, value in options.items():
        if value not in choices:
            wanted = ", ".join(map(repr, choices))
            raise ValueError(f"{name} must be one of {wanted}, not {value!r}")


def values_hold(holds: Tensor, complaint: str) -> None:
    """Raise ValueError with `complaint` unless `holds` is true everywhere."""
    if not _readable(holds):
        _note(holds)
    elif not bool(holds.all()):
        raise ValueError(complaint)


def may_reach(low: float, tensor: Tensor) -> bool:
    """Whether any value is as small as `low`, or cannot be read."""
    if not _readable(tensor):
        return True
    return tensor.numel() > 0 and tensor.detach().amin().item() <= low


def probabilities(**tensors: Tensor) -> None:
    """Raise ValueError unless every value lies in [0, 1]; NaN does not."""
    for name, tensor in tensors.items():
        _inside(name, tensor, 0.0, 1.0, "probabilities in [0, 1]")


def log_probabilities(**tensors: Tensor) -> None:
    """Raise ValueError unless every value is a logarithm of a probability, at most 0.

    Rounding may lift the logarithm of a certain event slightly above 0: 1e-5 passes.
    """
    for name, tensor in tensors.items():
        _inside(name, tensor, -math.inf, 1e-5, "logarithms of probabilities, at most 0")


def labels01(**tensors: Tensor) -> None:
    """Raise ValueError unless every label lies in [0, 1]: hard labels 0 and 1, or soft ones."""
    for name, tensor in tensors.items():
        _inside(name, tensor, 0.0, 1.0, "labels in [0, 1]")


def zero_or_one(**tensors: Tensor) -> None:
    """Raise ValueError unless every label is 0 or 1."""
    for name, tensor in tensors.items():
        values_hold((tensor == 0) | (tensor == 1), f"{name} must be labels 0 or 1")


def plus_or_minus_one(**tensors: Tensor) -> None:
    """Raise ValueError unless every label is −1 or +1.

    Labels 0 and 1 are the common slip. A type without a sign turns −1 into 255, and PyTorch finds
    that this 255 equals −1: such types are refused as a whole.
    """
    for name, tensor in tensors.items():
        if tensor.dtype in _WITHOUT_SIGN:
            raise ValueError(f"{name} must be labels -1 or +1, which {tensor.dtype} cannot hold")
        values_hold((tensor == -1) | (tensor == 1), f"{name} must be labels -1 or +1")


def positive_values(**tensors: Tensor) -> None:
    """Raise ValueError unless every value is above zero."""
    for name, tensor in tensors.items():
        values_hold(tensor > 0, f"{name} must be above 0 everywhere")


def non_negative_values(**tensors: Tensor) -> None:
    """Raise ValueError unless every value is at least zero."""
    for name, tensor in tensors.items():
        _inside(name, tensor, 0.0, math.inf, "at least 0")


def class_indices(classes: int, *, ignore_index: int | None = None, **tensors: Tensor) -> None:
    """Raise ValueError unless every value is a whole number from 0 to `classes` − 1.

    Values equal to `ignore_index` pass. Raises ValueError for a tensor that is not of a whole
    type, too.
    """
    for name, tensor in tensors.items():
        if tensor.is_floating_point() or tensor.dtype == torch.bool:
            raise ValueError(f"{name} must hold class indices (int64), not {tensor.dtype}")
        holds = (tensor >= 0) & (tensor < classes)
        if ignore_index is not None:
            holds = holds | (tensor == ignore_index)
        values_hold(holds, f"{name} must hold class indices from 0 to {classes - 1}")


def distributions(tolerance: float, **tensors: Tensor) -> None:
    """Raise ValueError unless the last axis holds probabilities that add up to 1.

    `tolerance` is how far the sum may be off: numbers on paper are rounded.
    """
    for name, tensor in tensors.items():
        if tensor.dim() == 0:
            raise ValueError(f"{name} must have at least one axis, but has shape ()")
        probabilities(**{name: tensor})
        values_hold(
            (tensor.sum(-1) - 1).abs() <= tolerance,
            f"the probabilities of {name} must add up to 1 along the last axis",
        )


def _readable(tensor: Tensor) -> bool:
    """Whether the values may be looked at: not inside vmap, not on the meta device."""
    while is_functorch_wrapped_tensor(tensor):
        if is_batchedtensor(tensor):
            return False
        tensor = get_unwrapped(tensor)
    return not tensor.is_meta


def _note(holds: Tensor) -> None:
    found = _OUTCOMES.get()
    if found is not None:
        found.append(holds.all())


def _inside(name: str, tensor: Tensor, low: float, high: float, space: str) -> None:
    """One pass over the values, where comparing and combining would take four."""
    if tensor.numel() == 0:
        return
    if not _readable(tensor):
        _note((low <= tensor) & (tensor <= high))
        return
    smallest, largest = torch.aminmax(tensor.detach())
    if not (low <= smallest.item() and largest.item() <= high):
        raise ValueError(f"{name} must be {space}")
