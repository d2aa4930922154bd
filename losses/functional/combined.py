"""Objectives made of several losses.

Those that add up losses take them already computed: what each of them is does not matter here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional.checks import (
    class_indices,
    dimensions,
    non_negative,
    non_negative_values,
    one_of,
    positive,
)
from losses.functional.reduction import reduce
from losses.reduction import Reduction

TaskKind = Literal["regression", "classification"]


def weighted_sum(terms: Tensor, weights: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Hybrid loss: several losses added with a weight each, Σ wₜ Lₜ.

    Shapes: terms (..., T), the T losses along the last axis; weights (T) for all rows, or as terms.
    The losses of a row are always added; the mean divides by the number of rows.
    Raises ValueError for weights of another shape or below 0.
    Prevents: dividing by the sum of the weights; this is a sum, not a weighted mean.
    Source: Rich Caruana (1997), Multitask Learning.

    >>> import torch
    >>> terms = torch.tensor([0.417030, 0.11], dtype=torch.float64)
    >>> weights = torch.tensor([1.0, 0.5], dtype=torch.float64)
    >>> round(weighted_sum(terms, weights).item(), 6)
    0.47203
    """
    _per_task(terms, "weights", weights)
    non_negative_values(weights=weights)
    return reduce((terms * weights).sum(-1), reduction)


def uncertainty_weighting(
    terms: Tensor,
    log_vars: Tensor,
    *,
    kinds: TaskKind | Sequence[TaskKind] = "regression",
    reduction: Reduction = "mean",
) -> Tensor:
    """Several losses added with weights that are learned, by the uncertainty of each task.

    Σ ½ exp(−sₜ) Lₜ + ½ sₜ for regression tasks, Σ exp(−sₜ) Lₜ + ½ sₜ for classification, with
    s = ln σ². May be negative.

    Shapes: terms (..., T), the T losses along the last axis; log_vars (T) for all rows, or as
    terms. The losses of a row are always added; the mean divides by the number of rows.
    Options: kinds, one for all tasks or one for each.
    Raises ValueError for log_vars of another shape or an unknown kind of task.
    Prevents: leaving out ½ s, without which σ grows until the loss is 0.
    Source: Alex Kendall, Yarin Gal and Roberto Cipolla (2018), Multi-Task Learning Using
    Uncertainty to Weigh Losses for Scene Geometry and Semantics.

    >>> import math, torch
    >>> mse = torch.tensor([0.11], dtype=torch.float64)
    >>> round(uncertainty_weighting(mse, mse.log()).item(), 6)
    -0.603637
    """
    _per_task(terms, "log_vars", log_vars)
    halves = torch.tensor(_precision_factors(kinds, terms.shape[-1])).to(terms)
    return reduce((halves * (-log_vars).exp() * terms + log_vars / 2).sum(-1), reduction)


def scheduled_switch(
    logits: Tensor,
    target: Tensor,
    *,
    epoch: int = 0,
    switch_epoch: int = 10,
    delta: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """A loss that changes during training: cross-entropy first, Huber on probabilities later.

    Before `switch_epoch` LSE(z) − z_y, from it on the mean Huber loss of softmax(z) against the
    one-hot target. At the switch confident errors stop being corrected: on a saturated softmax the
    gradient of Huber vanishes, that of cross-entropy does not.

    Shapes: logits (K,) or (N, K), target () or (N,) of class indices; the mean divides by the
    number of examples.
    Options: epoch counts from 0; delta of the Huber loss.
    Raises ValueError for shapes that do not fit, a class that does not exist, epoch < 0 or
    delta ≤ 0.
    Prevents: taking the fall of the value at the switch for progress; the scale has changed.
    Source: no paper found; the parts are Irving J. Good (1952) and Peter J. Huber (1964).

    >>> import torch
    >>> logits = torch.tensor([[2.0, 1.0, 0.1], [0.1, 2.0, 1.0]], dtype=torch.float64)
    >>> target = torch.tensor([0, 1])
    >>> [round(scheduled_switch(logits, target, epoch=epoch).item(), 6) for epoch in (9, 10)]
    [0.41703, 0.030795]
    """
    dimensions(1, 2, logits=logits)
    if target.shape != logits.shape[:-1]:
        raise ValueError(
            f"logits has shape {tuple(logits.shape)} but target has shape {tuple(target.shape)}"
        )
    class_indices(logits.shape[-1], target=target)
    non_negative(epoch=epoch, switch_epoch=switch_epoch)
    positive(delta=delta)
    if epoch < switch_epoch:
        return reduce(F.cross_entropy(logits, target, reduction="none"), reduction)
    classes = torch.arange(logits.shape[-1], device=logits.device)
    one_hot = (target.unsqueeze(-1) == classes).to(logits.dtype)
    errors = F.huber_loss(logits.softmax(-1), one_hot, delta=delta, reduction="none")
    return reduce(errors.mean(-1), reduction)


def l1_regularised(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    reduction: Reduction = "mean",
) -> Tensor:
    """Objective with an L1 penalty (lasso): loss on the data plus λ Σ |w|.

    Shapes: data_losses (*), the losses of the examples; parameters (*), any shape, all of them
    penalised. The mean (or sum) is of the data losses alone; the penalty is added once. "none" adds
    it to every data loss.
    Options: strength λ.
    Raises ValueError for strength < 0 or an unknown reduction.
    Prevents: averaging the penalty over the parameters or the examples.
    Source: Robert Tibshirani (1996), Regression Shrinkage and Selection via the Lasso.

    >>> import torch
    >>> parameters = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)
    >>> mse = torch.tensor(0.11, dtype=torch.float64)
    >>> round(l1_regularised(mse, parameters, strength=0.1).item(), 6)
    0.46
    """
    non_negative(strength=strength)
    return _data_loss(data_losses, reduction) + strength * parameters.abs().sum()


def l2_regularised(
    data_losses: Tensor,
    parameters: Tensor,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Objective with an L2 penalty (ridge): loss on the data plus λ Σ w².

    Shapes: data_losses (*), the losses of the examples; parameters (*), any shape, all of them
    penalised. The mean (or sum) is of the data losses alone; the penalty is added once. "none" adds
    it to every data loss.
    Options: strength λ; half=True takes ½ λ Σ w², whose gradient is λ w, as weight_decay in
    torch.optim.SGD.
    Raises ValueError for strength < 0 or an unknown reduction.
    Prevents: penalising the norm instead of its square.
    Source: Arthur E. Hoerl and Robert W. Kennard (1970), Ridge Regression.

    >>> import torch
    >>> parameters = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)
    >>> mse = torch.tensor(0.11, dtype=torch.float64)
    >>> round(l2_regularised(mse, parameters, strength=0.1).item(), 6)
    0.635
    """
    non_negative(strength=strength)
    factor = strength / 2 if half else strength
    return _data_loss(data_losses, reduction) + factor * parameters.square().sum()


def _data_loss(data_losses: Tensor, reduction: Reduction) -> Tensor:
    """The part of an objective that the examples make."""
    if data_losses.numel() == 0:
        raise ValueError("data_losses must hold at least one loss")
    return reduce(data_losses, reduction)


def _per_task(terms: Tensor, name: str, other: Tensor) -> None:
    """Refuse what does not give one number for each task."""
    if terms.dim() == 0 or other.shape not in (terms.shape, terms.shape[-1:]):
        raise ValueError(
            f"terms has shape {tuple(terms.shape)} but {name} has shape {tuple(other.shape)}: "
            "one for each task, along the last axis"
        )


def _precision_factors(kinds: TaskKind | Sequence[TaskKind], tasks: int) -> list[float]:
    """½ for a regression task, 1 for classification."""
    each = [kinds] * tasks if isinstance(kinds, str) else list(kinds)
    if len(each) != tasks:
        raise ValueError(f"kinds names {len(each)} tasks, but there are {tasks}")
    for kind in each:
        one_of(get_args(TaskKind), kinds=kind)
    return [0.5 if kind == "regression" else 1.0 for kind in each]


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "weighted_sum": weighted_sum,
    "uncertainty_weighting": uncertainty_weighting,
    "scheduled_switch": scheduled_switch,
    "l1_regularised": l1_regularised,
    "l2_regularised": l2_regularised,
}
