"""The direction of a vector, without its length."""

from __future__ import annotations

import torch
from torch import Tensor


def unit(vectors: Tensor) -> Tensor:
    """Rows scaled to length 1; a zero row stays zero.

    The largest entry is divided out first, so that no square over- or underflows. It cancels, so
    it is a constant for the gradient.
    """
    largest = vectors.detach().abs().amax(-1, keepdim=True)
    one = torch.ones_like(largest)
    scaled = vectors / torch.where(largest > 0, largest, one)
    length = torch.linalg.vector_norm(scaled, dim=-1, keepdim=True)
    return scaled / torch.where(largest > 0, length, one)
