"""Losses for sequences without alignment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import checks
from losses.functional.reduction import reduce
from losses.reduction import Reduction

# Stands for log 0, whose gradient PyTorch's kernel gives as NaN.
_NEVER = -1e30
# How far the probabilities of one step may miss 1: numbers on paper are rounded.
_ROUNDED = 0.02


def ctc(
    log_probs: Tensor,
    targets: Tensor,
    *,
    input_lengths: Tensor | None = None,
    target_lengths: Tensor | None = None,
    blank: int = 0,
    reduction: Reduction = "mean",
) -> Tensor:
    """How unlikely a label sequence is when nobody says which frame belongs to which label.

    −log Σ_π Πₜ pₜ(πₜ), over every frame-by-frame sequence π that becomes the target when repeats
    are merged and then blanks removed. A target that no π can reach costs inf.

    Shapes: log_probs (T, C) and targets (S,), or (T, N, C) and (N, S) with input_lengths and
    target_lengths (N,) where sequences are shorter than T and S; one value per sequence. As in
    PyTorch the mean first divides each by its target length (at least 1), then by N; sum and none
    do not divide.
    Raises ValueError for shapes that do not fit, probabilities that do not add up to 1, lengths
    out of range, or labels that are no class or the blank.
    Prevents: handing over probabilities instead of their logarithms. The gradient is the true
    slope in log_probs; PyTorch's is that in the logits behind them.
    Source: Graves et al. (2006), Connectionist Temporal Classification.

    >>> import torch
    >>> probs = torch.tensor([[0.4, 0.6], [0.5, 0.5]], dtype=torch.float64)
    >>> round(ctc(probs.log(), torch.tensor([1])).item(), 6)  # −log(0.4·0.5 + 0.6·0.5 + 0.6·0.5)
    0.223144
    """
    checks.dimensions(2, 3, log_probs=log_probs)
    lone = log_probs.ndim == 2
    if lone:
        if targets.ndim != 1:
            raise ValueError(
                f"targets has shape {tuple(targets.shape)} but log_probs {tuple(log_probs.shape)} "
                "is one sequence"
            )
        log_probs, targets = log_probs[:, None], targets[None]
    steps, count, classes = log_probs.shape
    if targets.ndim != 2 or len(targets) != count:
        raise ValueError(
            f"targets has shape {tuple(targets.shape)} but log_probs has shape "
            f"{tuple(log_probs.shape)}: {count} sequences"
        )
    spoken = _lengths("input_lengths", input_lengths, count, steps, log_probs)
    written = _lengths("target_lengths", target_lengths, count, targets.shape[1], log_probs)
    _check(log_probs, targets, written, blank, classes)

    possible = torch.where(log_probs == -torch.inf, _NEVER, log_probs)
    values = F.ctc_loss(possible, targets, spoken, written, blank=blank, reduction="none")
    # the kernel's gradient supposes a log-softmax before it: take its part off again
    frames = torch.arange(steps, device=log_probs.device)[:, None] < spoken
    total = torch.where(frames[..., None], log_probs.exp(), 0.0).sum((0, 2))
    terms = torch.where(values < -_NEVER / 2, values - (total - total.detach()), torch.inf)
    if reduction == "mean":
        return (terms / written.clamp_min(1)).mean()
    return reduce(terms[0] if lone else terms, reduction)


def _lengths(name: str, lengths: Tensor | None, count: int, longest: int, like: Tensor) -> Tensor:
    """The lengths given, or the longest for every sequence."""
    if lengths is None:
        return torch.full((count,), longest, dtype=torch.int64, device=like.device)
    if lengths.numel() != count or lengths.ndim > 1:
        raise ValueError(f"{name} has shape {tuple(lengths.shape)} for {count} sequences")
    checks.values_hold(
        (lengths >= 0) & (lengths <= longest), f"{name} must lie between 0 and {longest}"
    )
    return lengths.reshape(count)


def _check(log_probs: Tensor, targets: Tensor, lengths: Tensor, blank: int, classes: int) -> None:
    checks.log_probabilities(log_probs=log_probs)
    checks.values_hold(
        (log_probs.exp().sum(-1) - 1).abs() <= _ROUNDED,
        "the probabilities of each step of log_probs must add up to 1",
    )
    if not 0 <= blank < classes:
        raise ValueError(f"blank must be a class from 0 to {classes - 1}, not {blank}")
    padding = torch.arange(targets.shape[1], device=targets.device) >= lengths[:, None]
    label = (targets >= 0) & (targets < classes) & (targets != blank)
    checks.values_hold(
        padding | label,
        f"targets must hold classes from 0 to {classes - 1} other than the blank {blank}",
    )


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {"ctc": ctc}
