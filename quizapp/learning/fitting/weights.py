"""The most probable FSRS-6 weights of a learner: full batch, fixed order, no chance involved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import torch
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from torch import Tensor

from quizapp.learning.answers import Answers
from quizapp.learning.fitting.recall import Histories, histories, log_recalls
from quizapp.learning.scheduler import PUBLISHED, Weights

MOST_OF_A_CARD: Final = 64  # answers
_STEPS: Final = 60
_RATE: Final = 0.04
_OLDEST: Final = 0.25  # what the oldest answer weighs against the newest

# How far learners lie from the published weights: standard deviations, as published in fsrs-rs.
_SPREAD: Final = (
    6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33,
    0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
)  # fmt: skip


def fitted(answers: Answers) -> Weights:
    """Return the weights that answers and the published weights make most probable.

    Minimises the cross-entropy of the long-term answers, newer ones weighing more, plus the
    squared distance to the published weights in their standard deviations. At most 64 answers of
    a card count. Raises ValueError where no answer is a long-term one.
    """
    known = histories(answers, at_most=MOST_OF_A_CARD)
    published = _tensor(PUBLISHED)
    spread = _tensor(_SPREAD)
    low, high = _tensor(LOWER_BOUNDS_PARAMETERS), _tensor(UPPER_BOUNDS_PARAMETERS)
    count = len(known.recalled)
    rank = torch.arange(count, dtype=torch.float64) / count
    importance = _OLDEST + (1.0 - _OLDEST) * rank**3
    whole = importance.sum()
    weights = published.clone().requires_grad_()
    adam = torch.optim.Adam([weights], lr=_RATE)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(adam, T_max=_STEPS)
    for _step in range(_STEPS):
        surprise = (importance * _cross_entropy(weights, known)).sum()
        distance = (((weights - published) / spread) ** 2).sum()
        loss = (surprise + distance) / whole
        (weights.grad,) = torch.autograd.grad(loss, weights)
        adam.step()
        cosine.step()
        with torch.no_grad():
            weights.clamp_(low, high)
    return tuple(weights.tolist())


def predicted(answers: Answers, weights: Weights) -> tuple[float, ...]:
    """Return the recall that weights predict for each long-term answer, by time."""
    with torch.no_grad():
        return tuple(torch.exp(log_recalls(_tensor(weights), histories(answers))).tolist())


def _cross_entropy(weights: Tensor, known: Histories) -> Tensor:
    log_recall = log_recalls(weights, known)
    return -torch.where(known.recalled, log_recall, torch.log(-torch.expm1(log_recall)))


def _tensor(values: Sequence[float]) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)
