"""How learners miscalculate: losses for sequences without alignment."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from losses.functional import sequence as right
from losses.functional.reduction import reduce
from losses.mistakes.common import summed
from losses.reduction import Reduction


def _alone(
    log_probs: Tensor, targets: Tensor, input_lengths: Tensor | None, target_lengths: Tensor | None
) -> list[tuple[Tensor, list[int]]]:
    """The logarithms of each sequence and its labels."""
    if log_probs.ndim == 2:
        log_probs, targets = log_probs[:, None], targets[None]
    steps, count, _ = log_probs.shape
    spoken = [steps] * count if input_lengths is None else input_lengths.reshape(-1).tolist()
    longest = targets.shape[1]
    written = [longest] * count if target_lengths is None else target_lengths.reshape(-1).tolist()
    return [(log_probs[: spoken[n], n], targets[n, : written[n]].tolist()) for n in range(count)]


def _forward(
    log_probs: Tensor,
    labels: list[int],
    blank: int,
    *,
    combine: Callable[[Tensor], Tensor] = lambda ways: torch.logsumexp(ways, 0),
    over_equal_labels: bool = False,
    endings: slice = slice(-2, None),
) -> Tensor:
    """−log of the forward table's end, with a rule changed."""
    places = [blank, *(place for label in labels for place in (label, blank))]
    never = torch.full((), -math.inf, dtype=log_probs.dtype, device=log_probs.device)
    row = [log_probs[0, place] if s < 2 else never for s, place in enumerate(places)]
    for frame in log_probs[1:]:
        ways = []
        for s, place in enumerate(places):
            jump = s >= 2 and place != blank and (over_equal_labels or place != places[s - 2])
            reached = [row[s], *([row[s - 1]] if s else []), *([row[s - 2]] if jump else [])]
            ways.append(combine(torch.stack(reached)) + frame[place])
        row = ways
    return -combine(torch.stack(row[endings]))


def _over_sequences(
    values: list[Tensor], sequences: list[tuple[Tensor, list[int]]], reduction: Reduction
) -> Tensor:
    """As `ctc` reduces: each divided by its target length, then the mean."""
    if reduction != "mean":
        return reduce(torch.stack(values), reduction)
    shares = [
        value / max(1, len(labels)) for value, (_, labels) in zip(values, sequences, strict=True)
    ]
    return torch.stack(shares).mean()


def probabilities_as_logarithms(
    log_probs: Tensor,
    targets: Tensor,
    *,
    input_lengths: Tensor | None = None,
    target_lengths: Tensor | None = None,
    blank: int = 0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Probabilities handed over where logarithms belong."""
    each = _alone(log_probs.exp(), targets, input_lengths, target_lengths)
    return _over_sequences([_forward(*one, blank) for one in each], each, reduction)


def not_divided_by_length(
    log_probs: Tensor,
    targets: Tensor,
    *,
    input_lengths: Tensor | None = None,
    target_lengths: Tensor | None = None,
    blank: int = 0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The mean over sequences, target lengths forgotten; of one sequence that is the sum."""
    terms = right.ctc(
        log_probs,
        targets,
        input_lengths=input_lengths,
        target_lengths=target_lengths,
        blank=blank,
        reduction="none",
    )
    if reduction != "mean":
        return reduce(terms, reduction)
    return terms.mean() if terms.numel() > 1 else torch.full_like(terms.sum(), math.nan)


def best_path_only(
    log_probs: Tensor,
    targets: Tensor,
    *,
    input_lengths: Tensor | None = None,
    target_lengths: Tensor | None = None,
    blank: int = 0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The likeliest alignment instead of the sum over all."""
    each = _alone(log_probs, targets, input_lengths, target_lengths)
    values = [_forward(*one, blank, combine=lambda ways: ways.amax(0)) for one in each]
    return _over_sequences(values, each, reduction)


def last_blank_forgotten(
    log_probs: Tensor,
    targets: Tensor,
    *,
    input_lengths: Tensor | None = None,
    target_lengths: Tensor | None = None,
    blank: int = 0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Only alignments that end on the last label."""
    each = _alone(log_probs, targets, input_lengths, target_lengths)
    values = [
        _forward(*one, blank, endings=slice(-2, -1) if one[1] else slice(None)) for one in each
    ]
    return _over_sequences(values, each, reduction)


def repeats_run_together(
    log_probs: Tensor,
    targets: Tensor,
    *,
    input_lengths: Tensor | None = None,
    target_lengths: Tensor | None = None,
    blank: int = 0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Equal neighbouring labels without a blank between them, although they would merge."""
    each = _alone(log_probs, targets, input_lengths, target_lengths)
    values = [_forward(*one, blank, over_equal_labels=True) for one in each]
    value = _over_sequences(values, each, reduction)
    repeated = any(one == other for _, labels in each for one, other in itertools.pairwise(labels))
    return value if repeated else torch.full_like(value, math.nan)


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "ctc": {
        "sum_for_mean": summed(right.ctc),
        "not_divided_by_length": not_divided_by_length,
        "probabilities_as_logarithms": probabilities_as_logarithms,
        "best_path_only": best_path_only,
        "last_blank_forgotten": last_blank_forgotten,
        "repeats_run_together": repeats_run_together,
    },
}
