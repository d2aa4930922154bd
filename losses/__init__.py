"""Loss functions for learning: what each is, computes, is mistaken for, and how it is worked.

Importing this package does not import torch; computing does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from losses import mistakes, worked
from losses.catalog import CATALOG
from losses.catalog.info import LossInfo
from losses.text import Language, Text

if TYPE_CHECKING:
    from torch import Tensor

__all__ = [
    "CATALOG",
    "Language",
    "LossInfo",
    "Text",
    "compute",
    "get",
    "gradient",
    "mistakes",
    "worked",
]


def get(loss_id: str) -> Callable[..., Tensor]:
    """Return the function of a loss. Raises KeyError for an unknown id."""
    from losses.functional import FUNCTIONS  # noqa: PLC0415 - imports torch

    return FUNCTIONS[loss_id]


def compute(loss_id: str, **inputs: object) -> Tensor:
    """Return the value of a loss on lists or tensors; lists become float64."""
    from losses import evaluation  # noqa: PLC0415 - imports torch

    return evaluation.compute(loss_id, **inputs)


def gradient(loss_id: str, with_respect_to: str, **inputs: object) -> Tensor:
    """Return the gradient of a loss with respect to one of its tensor arguments."""
    from losses import evaluation  # noqa: PLC0415 - imports torch

    return evaluation.gradient(loss_id, with_respect_to, **inputs)
