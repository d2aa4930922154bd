"""Losses for real-valued targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional.checks import (
    non_negative,
    non_negative_values,
    positive,
    positive_values,
    same_shape,
    strictly_between,
)
from losses.functional.reduction import reduce
from losses.reduction import Reduction

_LOG_2 = math.log(2)
_LOG_2PI = math.log(2 * math.pi)


def mse(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Mean squared error: e², with e = pred − target.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes.
    Prevents: (n, 1) against (n,), which PyTorch broadcasts to n² errors.
    Source: Adrien-Marie Legendre (1805); Carl Friedrich Gauss (1809).

    >>> import torch
    >>> pred = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> target = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(mse(pred, target).item(), 6)
    0.11
    """
    same_shape(pred=pred, target=target)
    return F.mse_loss(pred, target, reduction=reduction)


def mae(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Mean absolute error: |e|, with e = pred − target; the gradient at e = 0 is 0.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes.
    Prevents: averaging signed errors, which cancel.
    Source: Rugjer Boscovich (1757); Pierre-Simon Laplace (1793).

    >>> import torch
    >>> pred = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> target = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(mae(pred, target).item(), 6)
    0.3
    """
    same_shape(pred=pred, target=target)
    return F.l1_loss(pred, target, reduction=reduction)


def rmse(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Root mean squared error: √((1/n) Σ e²), one root over all elements.

    "sum" leaves the division out: √(Σ e²). There is no value per element, so "none" is refused.
    The gradient where every error is 0 is 0 (the root alone would give NaN).

    Shapes: pred and target (*), equal; the mean under the root divides by the number of elements.
    Raises ValueError for unequal shapes or reduction="none".
    Prevents: taking the root element by element, which is MAE.
    Source: the standard error of Carl Friedrich Gauss (1809).

    >>> import torch
    >>> pred = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> target = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(rmse(pred, target).item(), 6)
    0.331662
    """
    same_shape(pred=pred, target=target)
    if reduction not in ("mean", "sum"):
        raise ValueError(f"reduction of rmse must be 'mean' or 'sum', not {reduction!r}")
    length: Tensor = torch.linalg.vector_norm(pred - target)
    if reduction == "sum":
        return length
    return length / math.sqrt(pred.numel())


def huber(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Quadratic for small errors, linear beyond `delta`.

    ½e² where |e| ≤ δ, else δ(|e| − ½δ), with e = pred − target.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or delta ≤ 0.
    Prevents: dropping the −½δ² of the linear part, which makes the value jump at δ.
    Source: Peter J. Huber (1964), Robust Estimation of a Location Parameter.

    >>> import torch
    >>> pred = torch.tensor([2.5, 0.0, 2.0], dtype=torch.float64)
    >>> target = torch.tensor([3.0, -0.5, 2.0], dtype=torch.float64)
    >>> round(huber(pred, target, delta=0.3).item(), 6)
    0.07
    """
    same_shape(pred=pred, target=target)
    positive(delta=delta)
    return F.huber_loss(pred, target, delta=delta, reduction=reduction)


def smooth_l1(
    pred: Tensor, target: Tensor, *, beta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Absolute error with a rounded tip: Huber with δ = β, divided by β.

    e²/(2β) where |e| < β, else |e| − ½β, with e = pred − target; β = 0 is the absolute error.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or beta < 0.
    Prevents: taking it for Huber, which it equals only at β = 1.
    Source: Ross Girshick (2015), Fast R-CNN.

    >>> import torch
    >>> pred = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> target = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(smooth_l1(pred, target, beta=0.1).item(), 6)
    0.25
    """
    same_shape(pred=pred, target=target)
    non_negative(beta=beta)
    return F.smooth_l1_loss(pred, target, beta=beta, reduction=reduction)


def pseudo_huber(
    pred: Tensor, target: Tensor, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> Tensor:
    """Huber without a seam: δ²(√(1 + (e/δ)²) − 1), with e = pred − target.

    Computed as δe·r/(1 + √(1 + r²)) with r = e/δ: nothing cancels near 0, nothing overflows.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or delta ≤ 0.
    Prevents: forgetting the −1, which leaves δ² where the prediction is perfect.
    Source: Pierre Charbonnier et al. (1994), Two Deterministic Half-Quadratic Regularization
    Algorithms for Computed Imaging.

    >>> import torch
    >>> pred = torch.tensor([3.0], dtype=torch.float64)
    >>> target = torch.tensor([0.0], dtype=torch.float64)
    >>> round(pseudo_huber(pred, target, delta=4.0).item(), 6)  # 16·(5/4 − 1)
    4.0
    """
    same_shape(pred=pred, target=target)
    positive(delta=delta)
    error = pred - target
    ratio = error / delta
    terms = delta * error * (ratio / (1 + torch.hypot(ratio, torch.ones_like(ratio))))
    return reduce(terms, reduction)


def log_cosh(pred: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Logarithm of the hyperbolic cosine: ln cosh e, with e = pred − target.

    Computed as log1p(2 sinh²(e/2)) where |e| < 1, else |e| + log1p(exp(−2|e|)) − ln 2: the direct
    form overflows from |e| of about 90 in float32, and the second form alone loses small errors.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes.
    Prevents: the overflow of cosh, and a logarithm of another base.
    Source: Pengfei Chen et al. (2019), Log Hyperbolic Cosine Loss Improves Variational
    Auto-Encoder.

    >>> import torch
    >>> pred = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> target = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(log_cosh(pred, target).item(), 6)
    0.053284
    """
    same_shape(pred=pred, target=target)
    size = (pred - target).abs()
    is_small = size < 1
    # The branch that is not taken gets a harmless argument, or its NaN would reach the gradient.
    small = torch.where(is_small, size, 0.0)
    large = torch.where(is_small, 1.0, size)
    near = torch.log1p(2 * torch.sinh(small / 2).square())
    far = large + torch.log1p(torch.exp(-2 * large)) - _LOG_2
    return reduce(torch.where(is_small, near, far), reduction)


def quantile(
    pred: Tensor, target: Tensor, *, q: float = 0.5, reduction: Reduction = "mean"
) -> Tensor:
    """Pinball loss: q·u where u ≥ 0, else (q − 1)·u, with u = target − pred.

    Its minimiser is the q-quantile: with q = 0.9 predicting too low costs nine times as much as
    predicting too high. q = 0.5 is half the absolute error. The gradient at u = 0 is 0.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or q outside (0, 1).
    Prevents: the error taken the other way round, which is the loss of the (1 − q)-quantile.
    Source: Roger Koenker and Gilbert Bassett (1978), Regression Quantiles.

    >>> import torch
    >>> pred = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> target = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(quantile(pred, target, q=0.9).item(), 6)
    0.216667
    """
    same_shape(pred=pred, target=target)
    strictly_between(0.0, 1.0, q=q)
    shortfall = target - pred
    return reduce(q * F.relu(shortfall) + (1 - q) * F.relu(-shortfall), reduction)


def gaussian_nll(
    mean: Tensor, target: Tensor, var: Tensor, *, full: bool = False, reduction: Reduction = "mean"
) -> Tensor:
    """Negative log-likelihood of a normal distribution: ½(ln v + (y − μ)²/v).

    `full` adds the constant ½ ln 2π. The third argument is the variance, not its root.

    Shapes: mean, target and var (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes or a variance that is not above 0 (PyTorch lifts it to
    1e-6 instead).
    Prevents: a standard deviation, or a logarithm, in the place of the variance.
    Source: David A. Nix and Andreas S. Weigend (1994), Estimating the Mean and Variance of the
    Target Probability Distribution.

    >>> import torch
    >>> mean = torch.tensor([1.0, 2.0], dtype=torch.float64)
    >>> target = torch.tensor([1.5, 1.0], dtype=torch.float64)
    >>> var = torch.tensor([0.5, 1.0], dtype=torch.float64)
    >>> round(gaussian_nll(mean, target, var).item(), 6)
    0.201713
    """
    same_shape(mean=mean, target=target, var=var)
    positive_values(var=var)
    # F.gaussian_nll_loss reads the values of var, which vmap forbids.
    terms = (var.log() + (target - mean).square() / var) / 2
    return reduce(terms + _LOG_2PI / 2 if full else terms, reduction)


def poisson_nll(
    log_rate: Tensor,
    target: Tensor,
    *,
    log_input: bool = True,
    full: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Negative log-likelihood of a Poisson count: exp(x) − y·x, with x = ln λ.

    With log_input=False the first argument is the rate λ itself: λ − y·ln λ. `full` adds
    Stirling's approximation of ln y! where y > 1: y ln y − y + ½ ln(2πy).

    Shapes: log_rate and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes, a negative count, or a rate that is not above 0.
    Prevents: giving λ where ln λ is expected; the default expects the logarithm.
    Source: John A. Nelder and Robert W. M. Wedderburn (1972), Generalized Linear Models.

    >>> import torch
    >>> log_rate = torch.tensor([0.5, 1.5, 2.5], dtype=torch.float64)
    >>> target = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    >>> round(poisson_nll(log_rate, target).item(), 6)
    2.437635
    """
    same_shape(log_rate=log_rate, target=target)
    non_negative_values(target=target)
    if not log_input:
        positive_values(log_rate=log_rate)
    return F.poisson_nll_loss(
        log_rate, target, log_input=log_input, full=full, eps=0.0, reduction=reduction
    )


def adaptive_robust(
    pred: Tensor,
    target: Tensor,
    *,
    alpha: float = 1.0,
    scale: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Barron's family of robust losses, its shape set by `alpha`.

    (b/α)((x²/b + 1)^(α/2) − 1) with b = |α − 2| and x = (pred − target)/c, c = `scale`. The limits
    are exact: α = 2 is ½x², 0 is ln(½x² + 1) (Cauchy), −∞ is 1 − exp(−½x²) (Welsch) and +∞ is
    exp(½x²) − 1; α = 1 is pseudo-Huber (Charbonnier), −2 is Geman-McClure.

    α is a chosen number here. Learning it needs the logarithm of the partition function as well,
    or α runs to its lower bound.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes, scale ≤ 0 or alpha NaN.
    Prevents: dividing by α or b where they are 0.
    Source: Jonathan T. Barron (2019), A General and Adaptive Robust Loss Function.

    >>> import torch
    >>> pred = torch.tensor([2.5, 3.0, 3.5], dtype=torch.float64)
    >>> target = torch.tensor([3.0, 2.8, 3.7], dtype=torch.float64)
    >>> round(adaptive_robust(pred, target, alpha=-2.0).item(), 6)
    0.052417
    """
    same_shape(pred=pred, target=target)
    positive(scale=scale)
    if math.isnan(alpha):
        raise ValueError("alpha must be a number, not nan")
    squared = ((pred - target) / scale).square()
    return reduce(_barron(squared, alpha), reduction)


def _barron(squared: Tensor, alpha: float) -> Tensor:
    if alpha == 2:
        return squared / 2
    if alpha == 0:
        return torch.log1p(squared / 2)
    if alpha == -math.inf:
        return -torch.expm1(-squared / 2)
    if alpha == math.inf:
        return torch.expm1(squared / 2)
    b = abs(alpha - 2)
    return b / alpha * torch.expm1(alpha / 2 * torch.log1p(squared / b))


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "mse": mse,
    "mae": mae,
    "rmse": rmse,
    "huber": huber,
    "smooth_l1": smooth_l1,
    "pseudo_huber": pseudo_huber,
    "log_cosh": log_cosh,
    "quantile": quantile,
    "gaussian_nll": gaussian_nll,
    "poisson_nll": poisson_nll,
    "adaptive_robust": adaptive_robust,
}
