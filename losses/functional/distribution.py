"""Divergences and distances between distributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor
from torch._C._functorch import get_unwrapped, is_batchedtensor, is_functorch_wrapped_tensor

from losses.functional.checks import same_shape
from losses.functional.reduction import reduce
from losses.reduction import BatchReduction

# How far the probabilities of one distribution may add up from 1: numbers shown with two
# decimals (0.33, 0.33, 0.33) must pass, logits and counts must not.
_SUM_TOLERANCE = 0.011


def kl_div(
    log_probs: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> Tensor:
    """Kullback-Leibler divergence KL(P‖Q) of the prediction Q from the target P.

    Σ p (ln p − ln q), with 0 ln 0 = 0; the first argument is ln q, the second p, as in PyTorch.
    Infinite where q = 0 but p > 0. A cell with p = 0 passes no gradient.

    Shapes: log_probs and target (..., K), equal, one distribution along the last axis; a
    one-dimensional input is one distribution. "batchmean" (the default, and the divergence of the
    formula) divides by the size of the first axis, "mean" by the number of cells.
    Options: log_input=False takes q itself, log_target=True takes ln p.
    Raises ValueError for unequal shapes, numbers outside their space, or probabilities that do not
    add up to 1 (within 0.01).
    Prevents: handing probabilities to the argument that wants their logarithms, which gives a
    negative "divergence".
    Source: Solomon Kullback and Richard A. Leibler (1951), On Information and Sufficiency.

    >>> import torch
    >>> p = torch.tensor([0.5, 0.5], dtype=torch.float64)
    >>> q = torch.tensor([0.9, 0.1], dtype=torch.float64)
    >>> round(kl_div(q.log(), p).item(), 6)
    0.510826
    """
    same_shape(log_probs=log_probs, target=target)
    if log_input:
        _log_distribution("log_probs", log_probs)
    else:
        _distribution("log_probs", log_probs)
    if log_target:
        _log_distribution("target", target)
    else:
        _distribution("target", target)
    present = target > -torch.inf if log_target else target > 0
    # F.kl_div gives NaN where p = 0 meets ln q = −inf, and in the gradient of every p = 0:
    # cells outside the support of P get harmless numbers first and are dropped afterwards.
    p = target.exp() if log_target else target
    log_p = torch.where(present, target, 0.0 if log_target else 1.0)
    log_q = torch.where(present, log_probs, 0.0 if log_input else 1.0)
    log_p = log_p if log_target else log_p.log()
    log_q = log_q if log_input else log_q.log()
    terms = torch.where(present, p * (log_p - log_q), 0.0)
    if reduction == "batchmean":
        return terms.sum() / (terms.shape[0] if terms.dim() > 1 else 1)
    return reduce(terms, reduction)


def _distribution(name: str, probs: Tensor) -> None:
    """Raise ValueError unless `probs` are distributions along the last axis."""
    _has_axis(name, probs)
    _values_hold((probs >= 0) & (probs <= 1), f"{name} must be probabilities between 0 and 1")
    _adds_up(name, probs.sum(-1))


def _log_distribution(name: str, log_probs: Tensor) -> None:
    """Raise ValueError unless `log_probs` are logarithms of distributions along the last axis."""
    _has_axis(name, log_probs)
    # Rounding may lift the logarithm of a certain event slightly above 0.
    _values_hold(log_probs <= 1e-5, f"{name} must be logarithms of probabilities, at most 0")
    _adds_up(name, log_probs.exp().sum(-1))


def _has_axis(name: str, tensor: Tensor) -> None:
    if tensor.dim() == 0:
        raise ValueError(f"{name} must have at least one axis, its shape is ()")


def _values_hold(holds: Tensor, complaint: str) -> None:
    """Raise ValueError unless `holds` is true everywhere; under vmap the values are unknown."""
    wrapped = holds
    while is_functorch_wrapped_tensor(wrapped):
        if is_batchedtensor(wrapped):
            return
        wrapped = get_unwrapped(wrapped)
    if not bool(holds.all()):
        raise ValueError(complaint)


def _adds_up(name: str, totals: Tensor) -> None:
    _values_hold(
        (totals - 1).abs() <= _SUM_TOLERANCE,
        f"the probabilities of {name} must add up to 1 along the last axis",
    )


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {"kl_div": kl_div}
