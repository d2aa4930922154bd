"""What a loss refuses: shapes that do not match, numbers outside their space."""

from __future__ import annotations

from torch import Tensor


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


def positive(**options: float) -> None:
    """Raise ValueError unless every option is above zero."""
    for name, value in options.items():
        if not value > 0:
            raise ValueError(f"{name} must be above 0, not {value}")
