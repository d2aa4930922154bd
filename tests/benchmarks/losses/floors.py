"""The least work of each loss: what its inputs and its mathematics leave nobody out of."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from tests.benchmarks.losses.work import Floor


def _copies(*tensors: Tensor) -> None:
    for tensor in tensors:
        tensor.detach().clone()


def _copies_of_the_first(first: Tensor, *_others: Tensor) -> None:
    for _pass in range(4):
        first.detach().clone()


def _products(view1: Tensor, view2: Tensor) -> None:
    views = torch.cat((view1, view2)).detach()
    cosines = views @ views.mT
    cosines @ views
    cosines.mT @ views


def _products_of_one(embeddings: Tensor, _labels: Tensor) -> None:
    half = len(embeddings) // 2
    _products(embeddings[:half], embeddings[half:])


def _distances(embeddings: Tensor, _labels: Tensor) -> None:
    distances = torch.cdist(
        embeddings, embeddings, compute_mode="donot_use_mm_for_euclid_dist"
    )
    torch.autograd.grad(distances.sum(), embeddings)


def _sorts(u: Tensor, v: Tensor) -> None:
    u.detach().sort()
    v.detach().sort()


def _sort(scores: Tensor, _relevance: Tensor) -> None:
    scores.detach().sort()


def _softplus(scores: Tensor, _relevance: Tensor) -> None:
    fixed = scores.detach()
    F.softplus(fixed[..., None] - fixed[..., None, :])


def _ctc(log_probs: Tensor, targets: Tensor) -> None:
    steps, count, _ = log_probs.shape
    lengths = (steps,) * count, (targets.shape[1],) * count
    F.ctc_loss(log_probs.detach(), targets, *lengths)


COPIES = Floor(says="copy every input once", step=_copies)
FOUR_COPIES = Floor(says="copy the logits four times", step=_copies_of_the_first)
PRODUCTS = Floor(says="three matrix products", step=_products)
PRODUCTS_OF_ONE = Floor(says="three matrix products", step=_products_of_one)
DISTANCES = Floor(says="all distances and their slope", step=_distances)
SORTS = Floor(says="sort both", step=_sorts)
SORT = Floor(says="sort", step=_sort)
SOFTPLUS = Floor(says="one softplus for each pair", step=_softplus)
CTC = Floor(says="the kernel, forward alone", step=_ctc)
