"""Divergences and distances between distributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional.checks import (
    distributions,
    log_probabilities,
    may_reach,
    same_shape,
    values_hold,
)
from losses.functional.reduction import reduce
from losses.reduction import BatchReduction, Reduction

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
    (_log_distributions if log_input else _distributions)(log_probs=log_probs)
    (_log_distributions if log_target else _distributions)(target=target)
    # F.kl_div gives NaN where p = 0 meets ln q = −inf, and in the gradient of every p = 0. Outside the
    # support of P both become 1, ln 1 = 0: such a cell is worth 0 and passes no gradient.
    never = -torch.inf if log_target else 0.0
    if may_reach(never, target):
        outside = target == never
        target = target.masked_fill(outside, 0.0 if log_target else 1.0)
        log_probs = log_probs.masked_fill(outside, 0.0 if log_input else 1.0)
    p, log_p = (target.exp(), target) if log_target else (target, target.log())
    terms = p * (log_p - (log_probs if log_input else log_probs.log()))
    if reduction == "batchmean":
        return terms.sum() / (terms.shape[0] if terms.dim() > 1 else 1)
    return reduce(terms, reduction)


def js_div(p: Tensor, q: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Jensen-Shannon divergence: how far two distributions are from their average.

    ½ KL(P‖M) + ½ KL(Q‖M) with M = ½(P + Q), in nats: symmetric, finite, at most ln 2. Where p = 0
    the infinite slope of p ln p is left out of the gradient.

    Shapes: p and q (..., K), equal, one distribution along the last axis; the mean divides by the
    number of distributions.
    Raises ValueError for unequal shapes, values outside [0, 1], or probabilities that do not add up
    to 1 (within 0.01).
    Prevents: reading its square root, which SciPy returns, as the divergence.
    Source: Jianhua Lin (1991), Divergence Measures Based on the Shannon Entropy.

    >>> import torch
    >>> p = torch.tensor([0.5, 0.5], dtype=torch.float64)
    >>> q = torch.tensor([0.9, 0.1], dtype=torch.float64)
    >>> round(js_div(p, q).item(), 6)
    0.101749
    """
    same_shape(p=p, q=q)
    _distributions(p=p, q=q)
    # torch has no type for it
    cells = _JensenShannonCells.apply(p, q)  # type: ignore[no-untyped-call]
    return reduce(cells.sum(-1), reduction)


class _Context(Protocol):
    """What torch hands to the methods below."""

    saved_tensors: tuple[Tensor, ...]

    def save_for_backward(self, *tensors: Tensor) -> None: ...
    def save_for_forward(self, *tensors: Tensor) -> None: ...


class _JensenShannonCells(torch.autograd.Function):
    """½ p ln(p/m) + ½ q ln(q/m) with m = ½(p + q), cell by cell.

    Its slopes are ½ ln(p/m) and ½ ln(q/m), because what m contributes cancels. Autograd would add up
    what cancels, in twice the time.
    """

    generate_vmap_rule = True

    @staticmethod
    def forward(p: Tensor, q: Tensor) -> Tensor:
        mean = (p + q) / 2
        far = p * _half_log_ratio(p, mean) + q * _half_log_ratio(q, mean)
        # With r = (p − q) / (p + q) a cell is m(r artanh r + ½ ln(1 − r²)), which keeps its digits
        # where p ≈ q.
        r = (p - q) / 2 / F.threshold(mean, 0.0, 1.0)
        s = r.clamp(-0.5, 0.5)
        near = mean * (s * s.atanh() + (-s * s).log1p() / 2)
        return torch.where(r.abs() < 0.5, near, far)

    @staticmethod
    def setup_context(ctx: _Context, inputs: tuple[Tensor, Tensor], output: Tensor) -> None:
        ctx.save_for_backward(*inputs)
        ctx.save_for_forward(*inputs)

    @staticmethod
    def backward(ctx: _Context, grad: Tensor) -> tuple[Tensor, Tensor]:
        p, q = ctx.saved_tensors
        mean = (p + q) / 2
        return grad * _half_log_ratio(p, mean), grad * _half_log_ratio(q, mean)

    @staticmethod
    def jvp(ctx: _Context, p_step: Tensor, q_step: Tensor) -> Tensor:
        p, q = ctx.saved_tensors
        mean = (p + q) / 2
        return p_step * _half_log_ratio(p, mean) + q_step * _half_log_ratio(q, mean)


def _half_log_ratio(p: Tensor, mean: Tensor) -> Tensor:
    """½ ln(p/m), 0 where p = 0."""
    return F.threshold(p / F.threshold(mean, 0.0, 1.0), 0.0, 1.0).log() / 2


def wasserstein_1d(
    u: Tensor,
    v: Tensor,
    *,
    u_weights: Tensor | Sequence[float] | None = None,
    v_weights: Tensor | Sequence[float] | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """Wasserstein-1 distance (earth mover's distance) between distributions on a line.

    ∫ |F_u − F_v| dx for the distribution functions of two samples: the least mass times distance
    that turns one into the other. For samples of one size it is the mean |u₍ᵢ₎ − v₍ᵢ₎| of the
    sorted values.

    Shapes: u (..., n) and v (..., m), samples along the last axis, the leading axes equal; weights
    in the shape of their sample, or (n) and (m). The mean divides by the number of distances.
    Options: the weights of the values, made to add up to 1; equal ones without them.
    Raises ValueError for unequal leading axes, an empty sample, weights of another shape, negative,
    or all zero.
    Prevents: pairing the values in the order given instead of sorted, which is the MAE.
    Source: Leonid V. Kantorovich (1942), On the Translocation of Masses.

    >>> import torch
    >>> u = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> v = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(wasserstein_1d(u, v).item(), 6)
    0.166667
    """
    if u.dim() == 0 or v.dim() == 0 or u.shape[:-1] != v.shape[:-1]:
        raise ValueError(
            f"u has shape {tuple(u.shape)} but v has shape {tuple(v.shape)}: "
            "samples on the last axis, all other axes equal"
        )
    if u.shape[-1] == 0 or v.shape[-1] == 0:
        raise ValueError("u and v must each hold at least one value")
    if u_weights is None and v_weights is None and u.shape == v.shape:
        return reduce((u.sort(-1).values - v.sort(-1).values).abs().mean(-1), reduction)
    mass_u = _mass("u_weights", u_weights, u)
    mass_v = _mass("v_weights", v_weights, v)
    points, order = torch.cat((u, v), -1).sort(-1)
    # One running sum of the masses of u and the negative masses of v is F_u − F_v.
    surplus = torch.cat((mass_u, -mass_v), -1).gather(-1, order).cumsum(-1)
    return reduce((surplus[..., :-1].abs() * points.diff(dim=-1)).sum(-1), reduction)


def entropy(probs: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Shannon entropy −Σ p ln p of a distribution, in nats; 0 ln 0 = 0.

    0 where one outcome is certain, at most ln K. A cell with p = 0 passes no gradient.

    Shapes: probs (..., K), one distribution along the last axis; the mean divides by the number of
    distributions.
    Raises ValueError for values outside [0, 1] or probabilities that do not add up to 1 (within
    0.01).
    Prevents: the NaN of p.log() * p where p = 0.
    Source: Claude E. Shannon (1948), A Mathematical Theory of Communication.

    >>> import torch
    >>> round(entropy(torch.tensor([0.5, 0.25, 0.25], dtype=torch.float64)).item(), 6)
    1.039721
    """
    _distributions(probs=probs)
    # The slope of −p ln p at 0 is infinite; a certain event (entropy 0) stands in for it.
    return reduce(torch.special.entr(torch.where(probs > 0, probs, 1.0)).sum(-1), reduction)


def distribution_cross_entropy(
    probs: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Cross-entropy H(P, Q) = −Σ p ln q of two distributions, in nats.

    The first argument is the prediction Q, the second the target P. H(P, Q) = H(P) + KL(P‖Q), so
    its least value is the entropy of the target. Infinite where q = 0 but p > 0.

    Shapes: probs and target (..., K), equal, one distribution along the last axis; the mean divides
    by the number of distributions.
    Raises ValueError for unequal shapes, values outside [0, 1], or probabilities that do not add up
    to 1 (within 0.01).
    Prevents: weighting by the prediction; p weights, q is under the logarithm.
    Source: Irving J. Good (1952), Rational Decisions.

    >>> import torch
    >>> p = torch.tensor([0.5, 0.5], dtype=torch.float64)
    >>> q = torch.tensor([0.9, 0.1], dtype=torch.float64)
    >>> round(distribution_cross_entropy(q, p).item(), 6)
    1.203973
    """
    same_shape(probs=probs, target=target)
    _distributions(probs=probs, target=target)
    q = torch.where(target > 0, probs, 1.0)
    return reduce((target * -q.log()).sum(-1), reduction)


def _mass(name: str, weights: Tensor | Sequence[float] | None, sample: Tensor) -> Tensor:
    """Weights that add up to 1 along the last axis, in the shape of their sample."""
    if weights is None:
        return torch.full_like(sample, 1 / sample.shape[-1])
    mass = torch.as_tensor(weights, dtype=sample.dtype, device=sample.device)
    if mass.shape not in (sample.shape, sample.shape[-1:]):
        raise ValueError(
            f"{name} has shape {tuple(mass.shape)} for a sample of shape {tuple(sample.shape)}"
        )
    total = mass.sum(-1, keepdim=True)
    values_hold((mass >= 0).all(-1, keepdim=True) & (total > 0), f"{name} must be ≥ 0, not all 0")
    return (mass / total).expand_as(sample)


def _distributions(**tensors: Tensor) -> None:
    distributions(_SUM_TOLERANCE, **tensors)


def _log_distributions(**tensors: Tensor) -> None:
    """Raise ValueError unless the last axis holds logarithms of one distribution."""
    for name, tensor in tensors.items():
        if tensor.dim() == 0:
            raise ValueError(f"{name} must have at least one axis, but has shape ()")
        log_probabilities(**{name: tensor})
        values_hold(
            (tensor.exp().sum(-1) - 1).abs() <= _SUM_TOLERANCE,
            f"the probabilities of {name} must add up to 1 along the last axis",
        )


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "kl_div": kl_div,
    "js_div": js_div,
    "wasserstein_1d": wasserstein_1d,
    "entropy": entropy,
    "distribution_cross_entropy": distribution_cross_entropy,
}
