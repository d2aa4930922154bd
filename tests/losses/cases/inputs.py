"""Ways of writing the inputs of a loss: drawn, as tensors, as plain lists."""

from __future__ import annotations

import torch

from losses import evaluation
from tests.losses.cases.case import Inputs, LossCase


def drawn(case: LossCase, seed: int) -> dict[str, object]:
    """The random inputs of one seed."""
    return case.sample(torch.Generator().manual_seed(seed))


def lists(inputs: Inputs) -> dict[str, object]:
    """The inputs with every tensor as nested lists."""
    return {
        name: given.tolist() if isinstance(given, torch.Tensor) else given
        for name, given in inputs.items()
    }


def tensors(case: LossCase, inputs: Inputs, dtype: torch.dtype) -> dict[str, object]:
    """The inputs as tensors, the real ones among them in `dtype`."""
    return {
        name: given.to(dtype)
        if isinstance(given, torch.Tensor) and given.is_floating_point()
        else given
        for name, given in evaluation.tensors(case.id, **inputs).items()
    }


def accepted(case: LossCase, inputs: Inputs) -> bool:
    """Whether the loss takes these inputs."""
    try:
        evaluation.compute(case.id, **inputs)
    except ValueError:
        return False
    return True
