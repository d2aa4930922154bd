"""Run a loss on plain numbers. Imports torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from losses.catalog import CATALOG
from losses.functional import FUNCTIONS

# Spaces whose numbers are whole; everything else becomes float64.
_WHOLE = frozenset({"class_index", "lengths"})


def tensors(loss_id: str, **inputs: object) -> dict[str, object]:
    """Turn the lists among `inputs` into tensors of the type their argument asks for.

    Tensors, and options that are no tensors, are passed through. Class indices written with a
    decimal point stay real numbers: they may be soft labels, and the loss judges. Raises KeyError
    for an unknown loss.
    """
    info = CATALOG[loss_id]
    spaces = {argument.name: argument.space for argument in info.arguments}
    lists = {option.name: option.space for option in info.options if option.space is not None}
    prepared: dict[str, object] = {}
    for name, given in inputs.items():
        space = spaces.get(name) or (lists.get(name) if isinstance(given, Sequence) else None)
        if space is None or isinstance(given, Tensor):
            prepared[name] = given
        else:
            prepared[name] = _tensor(given, whole=space in _WHOLE)
    return prepared


def _tensor(given: object, *, whole: bool) -> Tensor:
    values = torch.tensor(given, dtype=torch.float64)
    if whole and not (values.numel() and torch.tensor(given).is_floating_point()):
        return values.long()
    return values


def run(function: Callable[..., Tensor], loss_id: str, **inputs: object) -> Tensor:
    """Call the loss, or a mistaken version of it, on lists or tensors.

    Tensors are passed in the order of the catalogue, options by keyword. Raises TypeError for a
    missing or unknown argument.
    """
    prepared = tensors(loss_id, **inputs)
    positional = []
    for argument in CATALOG[loss_id].arguments:
        if argument.name not in prepared:
            raise TypeError(f"{loss_id} needs {argument.name}")
        positional.append(prepared.pop(argument.name))
    return function(*positional, **prepared)


def compute(loss_id: str, **inputs: object) -> Tensor:
    """Return the value of a loss on lists or tensors; float64 from lists."""
    return run(FUNCTIONS[loss_id], loss_id, **inputs)


def gradient(loss_id: str, with_respect_to: str, **inputs: object) -> Tensor:
    """Return the gradient of a loss with respect to one of its tensor arguments.

    Raises KeyError for an unknown loss or argument, ValueError where no gradient reaches it.
    """
    return gradient_of(FUNCTIONS[loss_id], loss_id, with_respect_to, **inputs)


def gradient_of(
    function: Callable[..., Tensor], loss_id: str, with_respect_to: str, **inputs: object
) -> Tensor:
    """Return the gradient of a loss, or of a mistaken version of it, as `gradient` does."""
    CATALOG[loss_id].argument(with_respect_to)
    prepared = tensors(loss_id, **inputs)
    point = prepared[with_respect_to]
    if not isinstance(point, Tensor) or not point.is_floating_point():
        raise ValueError(f"{with_respect_to} of {loss_id} is not a real-valued tensor")
    leaf = point.detach().clone().requires_grad_()
    prepared[with_respect_to] = leaf
    value = run(function, loss_id, **prepared)
    if not value.requires_grad:
        raise ValueError(f"no gradient of {loss_id} reaches {with_respect_to}")
    (result,) = torch.autograd.grad(value.sum(), leaf, allow_unused=True)
    if result is None:
        raise ValueError(f"no gradient of {loss_id} reaches {with_respect_to}")
    return result
