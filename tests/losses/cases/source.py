"""The 17 calculations of the source material: their inputs, what they print, what is right.

Each `calculation` is written anew from its description, in float32 as the source runs it. The
inputs are those of the source, or, where only the printed numbers are known, the simplest ones
that give all of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor, nn

from tests.losses.cases import ranking
from tests.losses.cases.case import Inputs
from tests.losses.cases.classification import SEED_FOCAL, SEED_LOGITS, SEED_PROBS, SEED_SCORES
from tests.losses.cases.regression import SEED


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """One calculation of the source, and the loss it stands for.

    `mistake` is the id, among the mistakes of `loss`, of what it does wrong; None where its value
    is right. `trains` says whether a gradient reaches the first argument.
    """

    number: int
    calculation: Callable[..., Tensor]
    loss: str
    inputs: Inputs
    printed: float
    right: float
    mistake: str | None = None
    trains: bool = True
    verdict: Literal["right", "wrong"] = "right"


def huber(pred: Tensor, target: Tensor) -> Tensor:
    error = (pred - target).abs()
    return torch.where(error <= 1.0, 0.5 * error**2, error - 0.5).mean()


def log_cosh(pred: Tensor, target: Tensor) -> Tensor:
    return torch.log(torch.cosh(pred - target)).mean()


def quantile(pred: Tensor, target: Tensor) -> Tensor:
    shortfall = target - pred
    return torch.max(0.5 * shortfall, (0.5 - 1) * shortfall).mean()


def hinge(scores: Tensor, target: Tensor) -> Tensor:
    return torch.clamp(1 - target * scores, min=0).mean()


def kl(numbers: Tensor, target: Tensor) -> Tensor:
    """The numbers look like probabilities but are treated as logits."""
    return nn.KLDivLoss(reduction="batchmean")(F.log_softmax(numbers, dim=1), target)


def pairwise(scores: Tensor, relevance: Tensor) -> Tensor:
    """All n² ordered pairs: the diagonal and ties cost ln 2 each, a real pair counts twice."""
    gap = scores.unsqueeze(1) - scores.unsqueeze(0)
    order = torch.sign(relevance.unsqueeze(1) - relevance.unsqueeze(0))
    return torch.log(1 + torch.exp(-gap * order)).mean()


def mrr(scores: Tensor, relevance: Tensor) -> Tensor:
    """The mean over every relevant item, with a plus sign."""
    order = torch.argsort(scores, descending=True)
    ranks = torch.nonzero(relevance[order] == 1).flatten() + 1
    return (1 / ranks).mean()


def list_mle(scores: Tensor, relevance: Tensor) -> Tensor:
    """One normaliser for all items, so that the order does not matter."""
    ordered = scores[torch.argsort(relevance, descending=True)]
    return (torch.log(torch.exp(ordered).sum()) - ordered).sum()


def negative_ndcg(scores: Tensor, relevance: Tensor) -> Tensor:
    def dcg(order: Tensor) -> Tensor:
        discount = torch.log2(torch.arange(len(order), dtype=torch.float32) + 2)
        return ((2 ** relevance[order] - 1) / discount).sum()

    by_score = dcg(torch.argsort(scores, descending=True))
    return -by_score / dcg(torch.argsort(relevance, descending=True))


def iou(pred: Tensor, target: Tensor) -> Tensor:
    overlap = (pred * target).sum()
    return 1 - overlap / (pred.sum() + target.sum() - overlap + 1e-6)


def focal(logits: Tensor, target: Tensor) -> Tensor:
    cost = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    weight = torch.where(target == 1, 0.25, 0.75)
    return (weight * (1 - torch.exp(-cost)) ** 2 * cost).mean()


def dice(pred: Tensor, target: Tensor) -> Tensor:
    return 1 - 2 * (pred * target).sum() / (pred.sum() + target.sum() + 1e-6)


def gan_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Fed with 0.8, 0.9 and 0.1, 0.3, which look like probabilities."""
    cost = nn.BCEWithLogitsLoss()
    return cost(real, torch.ones_like(real)) + cost(fake, torch.zeros_like(fake))


def _as_logits(probs: list[float]) -> list[float]:
    return [math.log(p / (1 - p)) for p in probs]


def _log_softmax(rows: list[list[float]]) -> list[list[float]]:
    return torch.tensor(rows, dtype=torch.float64).log_softmax(-1).tolist()


KL_NUMBERS = [[0.4, 0.6], [0.5, 0.5]]
KL_TARGET = [[0.0, 1.0], [0.5, 0.5]]
MASKS: dict[str, object] = {"pred": [[1.0, 1.0], [1.0, 0.0]], "target": [[1.0, 1.0], [0.0, 1.0]]}
REAL, FAKE = [0.8, 0.9], [0.1, 0.3]

SNIPPETS = (
    Snippet(
        number=1,
        calculation=nn.MSELoss(),
        loss="mse",
        inputs=SEED,
        printed=0.1100000,
        right=0.11,
    ),
    Snippet(
        number=2,
        calculation=nn.L1Loss(),
        loss="mae",
        inputs=SEED,
        printed=0.3000000,
        right=0.3,
    ),
    Snippet(
        number=3,
        calculation=huber,
        loss="huber",
        inputs=SEED,
        printed=0.0550000,
        right=0.055,
    ),
    Snippet(
        number=4,
        calculation=log_cosh,
        loss="log_cosh",
        inputs=SEED,
        printed=0.0532835,
        right=0.053283550,
    ),
    Snippet(
        number=5,
        calculation=quantile,
        loss="quantile",
        inputs=SEED,
        printed=0.1500000,
        right=0.15,
    ),
    Snippet(
        number=6,
        calculation=nn.CrossEntropyLoss(),
        loss="cross_entropy",
        inputs=SEED_LOGITS,
        printed=0.4170299,
        right=0.417030016,
    ),
    Snippet(
        number=7,
        calculation=nn.BCELoss(),
        loss="bce",
        inputs=SEED_PROBS,
        printed=0.4149316,
        right=0.414931600,
    ),
    Snippet(
        number=8,
        calculation=hinge,
        loss="hinge",
        inputs=SEED_SCORES,
        printed=0.2333333,
        right=0.233333333,
    ),
    Snippet(
        number=9,
        calculation=lambda _, target: kl(torch.tensor(KL_NUMBERS, requires_grad=True), target),
        loss="kl_div",
        inputs={"log_probs": _log_softmax(KL_NUMBERS), "target": KL_TARGET},
        printed=0.2990694,
        right=0.299069435,
    ),
    Snippet(
        number=10,
        calculation=pairwise,
        loss="pairwise_logistic",
        inputs=ranking.PAIRWISE,
        printed=0.4726342,
        right=0.196993032,
        mistake="all_ordered_pairs",
        verdict="wrong",
    ),
    Snippet(
        number=11,
        calculation=mrr,
        loss="approx_mrr",
        inputs={**ranking.ONE_ANSWER, "temperature": 0.1},
        printed=1.0,
        right=-0.947841,
        mistake="exact_ranks",
        trains=False,
        verdict="wrong",
    ),
    Snippet(
        number=12,
        calculation=list_mle,
        loss="list_mle",
        inputs=ranking.LISTWISE,
        printed=5.6888638,
        right=2.613774760,
        mistake="labels_ignored",
        verdict="wrong",
    ),
    Snippet(
        number=13,
        calculation=negative_ndcg,
        loss="approx_ndcg",
        inputs={**ranking.ORDERED, "temperature": 0.1},
        printed=-1.0,
        right=-0.932949,
        mistake="exact_ranks",  # the value of the metric is right; as a loss it cannot be trained
        trains=False,
    ),
    Snippet(
        number=14,
        calculation=iou,
        loss="soft_iou",
        inputs=MASKS,
        printed=0.5000001,
        right=0.5,
    ),
    Snippet(
        number=15,
        calculation=focal,
        loss="binary_focal",
        inputs=SEED_FOCAL,
        printed=0.0195768,
        right=0.019576774,
    ),
    Snippet(
        number=16,
        calculation=dice,
        loss="soft_dice",
        inputs=MASKS,
        printed=0.3333334,
        right=0.333333333,
    ),
    Snippet(
        number=17,
        # What is given looks like probabilities; as such their logits are these.
        calculation=lambda real, fake: gan_discriminator(real.sigmoid(), fake.sigmoid()),
        loss="gan_discriminator",
        inputs={"real_logits": _as_logits(REAL), "fake_logits": _as_logits(FAKE)},
        printed=1.1555033,
        right=0.395269763,
        mistake="sigmoid_twice",
        verdict="wrong",
    ),
)
