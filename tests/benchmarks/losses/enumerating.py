"""Every loss as its formula is read aloud: all pairs, triplets or steps listed, then added up.

Right on ordinary inputs, and what the fast forms are measured against. No trick for speed, none for
extreme inputs.
"""

from __future__ import annotations

import math
from itertools import product

import torch
from torch import Tensor


def huber(pred: Tensor, target: Tensor, *, delta: float = 1.0) -> Tensor:
    error = (pred - target).abs()
    return torch.where(error <= delta, error**2 / 2, delta * (error - delta / 2)).mean()


def log_cosh(pred: Tensor, target: Tensor) -> Tensor:
    return torch.log(torch.cosh(pred - target)).mean()


def gaussian_nll(mean: Tensor, target: Tensor, var: Tensor) -> Tensor:
    return ((torch.log(var) + (target - mean) ** 2 / var) / 2).mean()


def cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    one_hot = torch.nn.functional.one_hot(target, logits.shape[-1])
    return -(one_hot * torch.log(torch.softmax(logits, -1))).sum(-1).mean()


def bce_with_logits(logits: Tensor, target: Tensor) -> Tensor:
    p = torch.sigmoid(logits)
    return -(target * torch.log(p) + (1 - target) * torch.log(1 - p)).mean()


def binary_focal(
    logits: Tensor, target: Tensor, *, alpha: float = 0.25, gamma: float = 2.0
) -> Tensor:
    p = torch.sigmoid(logits)
    right = target * p + (1 - target) * (1 - p)
    weight = target * alpha + (1 - target) * (1 - alpha)
    return -(weight * (1 - right) ** gamma * torch.log(right)).mean()


def kl_div(log_probs: Tensor, target: Tensor, *, log_target: bool = False) -> Tensor:
    p = target.exp() if log_target else target
    return (p * (torch.log(p) - log_probs)).sum(-1).mean()


def js_div(p: Tensor, q: Tensor) -> Tensor:
    m = (p + q) / 2
    to_p = (p * torch.log(p / m)).sum(-1)
    to_q = (q * torch.log(q / m)).sum(-1)
    return ((to_p + to_q) / 2).mean()


def wasserstein_1d(u: Tensor, v: Tensor) -> Tensor:
    """∫ |F_u − F_v| with both distribution functions counted at every value."""
    points = torch.cat((u, v)).sort().values
    shares = [(values <= points[:, None]).to(u.dtype).mean(-1) for values in (u, v)]
    return ((shares[0] - shares[1]).abs()[:-1] * points.diff()).sum()


def _pairs(scores: Tensor, relevance: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The list, the better and the worse item of every pair."""
    count = scores.shape[-1]
    first, second = torch.tensor(list(product(range(count), repeat=2))).T
    rows, which = (relevance[:, first] > relevance[:, second]).nonzero(as_tuple=True)
    return rows, first[which], second[which]


def pairwise_logistic(scores: Tensor, relevance: Tensor) -> Tensor:
    rows, better, worse = _pairs(scores, relevance)
    return torch.log(1 + torch.exp(scores[rows, worse] - scores[rows, better])).mean()


def pairwise_hinge(scores: Tensor, relevance: Tensor, *, margin: float = 1.0) -> Tensor:
    rows, better, worse = _pairs(scores, relevance)
    return (margin - scores[rows, better] + scores[rows, worse]).clamp(min=0).mean()


def lambda_rank(scores: Tensor, relevance: Tensor) -> Tensor:
    rows, better, worse = _pairs(scores, relevance)
    gain = 2**relevance - 1
    place = scores.argsort(-1, descending=True).argsort(-1) + 1
    discount = 1 / torch.log2(1 + place)
    ideal = (gain.sort(-1, descending=True).values * discount.sort(-1, descending=True).values).sum(
        -1
    )
    swapped = (gain[rows, better] - gain[rows, worse]).abs() * (
        discount[rows, better] - discount[rows, worse]
    ).abs()
    cost = torch.log(1 + torch.exp(scores[rows, worse] - scores[rows, better]))
    return (cost * swapped / ideal[rows]).mean()


def list_net(scores: Tensor, relevance: Tensor) -> Tensor:
    wanted = torch.exp(relevance) / torch.exp(relevance).sum(-1, keepdim=True)
    given = torch.exp(scores) / torch.exp(scores).sum(-1, keepdim=True)
    return -(wanted * torch.log(given)).sum(-1).mean()


def list_mle(scores: Tensor, relevance: Tensor) -> Tensor:
    """One softmax for each place of each list."""
    total = scores.new_zeros(())
    for one, grades in zip(scores, relevance, strict=True):
        best_first = one[grades.argsort(descending=True, stable=True)]
        for place in range(len(one)):
            total = total - torch.log_softmax(best_first[place:], -1)[0]
    return total / len(scores)


def approx_ndcg(scores: Tensor, relevance: Tensor) -> Tensor:
    """Every other item counts towards the rank of each."""
    lists, count = scores.shape
    pairs = [(i, j) for i, j in product(range(count), repeat=2) if i != j]
    item, other = torch.tensor(pairs).T
    above = torch.sigmoid(scores[:, other] - scores[:, item])
    rank = 1 + above.reshape(lists, count, count - 1).sum(-1)
    gain = 2**relevance - 1
    places = torch.arange(1, count + 1)
    ideal = (gain.sort(-1, descending=True).values / torch.log2(1 + places)).sum(-1)
    return -((gain / torch.log2(1 + rank)).sum(-1) / ideal).mean()


def _cosines(embeddings: Tensor) -> Tensor:
    """The cosine of every ordered pair of two different rows, (N, N − 1)."""
    count = len(embeddings)
    pairs = [(i, j) for i, j in product(range(count), repeat=2) if i != j]
    first, second = torch.tensor(pairs).T
    return torch.cosine_similarity(embeddings[first], embeddings[second]).reshape(count, count - 1)


def _others(count: int) -> Tensor:
    """For each row the numbers of all other rows, (N, N − 1)."""
    return torch.tensor([[j for j in range(count) if j != i] for i in range(count)])


def nt_xent(view1: Tensor, view2: Tensor, *, temperature: float = 0.5) -> Tensor:
    views = torch.cat((view1, view2))
    mate = torch.arange(len(views)).roll(len(view1))
    chances = torch.softmax(_cosines(views) / temperature, -1)
    return -torch.log(chances[_others(len(views)) == mate[:, None]]).mean()


def supcon(embeddings: Tensor, labels: Tensor, *, temperature: float = 0.1) -> Tensor:
    chances = torch.log(torch.softmax(_cosines(embeddings) / temperature, -1))
    alike = labels[_others(len(labels))] == labels[:, None]
    anchors = [-chances[i][alike[i]].mean() for i in range(len(labels)) if alike[i].any()]
    return torch.stack(anchors).mean()


def circle(
    embeddings: Tensor, labels: Tensor, *, margin: float = 0.25, gamma: float = 256.0
) -> Tensor:
    cosines = _cosines(embeddings)
    alike = labels[_others(len(labels))] == labels[:, None]
    terms = []
    for row, same in zip(cosines, alike, strict=True):
        if same.any() and not same.all():
            near, far = row[same], row[~same]
            pull = (1 + margin - near.detach()).clamp(min=0) * (near - (1 - margin))
            push = (far.detach() + margin).clamp(min=0) * (far - margin)
            both = torch.logsumexp(-gamma * pull, 0) + torch.logsumexp(gamma * push, 0)
            terms.append(torch.nn.functional.softplus(both))
    return torch.stack(terms).mean()


def triplet_batch_all(
    embeddings: Tensor, labels: Tensor, *, margin: float = 1.0, active_only: bool = False
) -> Tensor:
    """Every anchor with every positive and every negative, one row each."""
    same = labels[:, None] == labels[None, :]
    alike = same & ~torch.eye(len(labels), dtype=torch.bool)
    anchor, positive, negative = (alike[:, :, None] & ~same[:, None, :]).nonzero(as_tuple=True)
    distances = torch.cdist(embeddings, embeddings)
    terms = (distances[anchor, positive] - distances[anchor, negative] + margin).clamp(min=0)
    return terms.sum() / (terms > 0).sum() if active_only else terms.mean()


def cosine_embedding(x1: Tensor, x2: Tensor, target: Tensor, *, margin: float = 0.0) -> Tensor:
    lengths = (x1**2).sum(-1).sqrt() * (x2**2).sum(-1).sqrt()
    cosine = (x1 * x2).sum(-1) / lengths
    return torch.where(target == 1, 1 - cosine, (cosine - margin).clamp(min=0)).mean()


def soft_dice(pred: Tensor, target: Tensor) -> Tensor:
    """One mask after the other."""
    masks = zip(pred.flatten(0, -3), target.flatten(0, -3), strict=True)
    return torch.stack([1 - 2 * (p * t).sum() / (p.sum() + t.sum()) for p, t in masks]).mean()


def _overlap(pred: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """IoU and union."""
    left, top = (torch.maximum(pred[:, i], target[:, i]) for i in (0, 1))
    right, bottom = (torch.minimum(pred[:, i], target[:, i]) for i in (2, 3))
    both = (right - left).clamp(min=0) * (bottom - top).clamp(min=0)
    areas = [(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) for b in (pred, target)]
    union = areas[0] + areas[1] - both
    return both / union, union


def _hull(pred: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Width and height of the smallest box around both."""
    left, top = (torch.minimum(pred[:, i], target[:, i]) for i in (0, 1))
    right, bottom = (torch.maximum(pred[:, i], target[:, i]) for i in (2, 3))
    return right - left, bottom - top


def giou_loss(pred: Tensor, target: Tensor) -> Tensor:
    iou, union = _overlap(pred, target)
    width, height = _hull(pred, target)
    return (1 - iou + (width * height - union) / (width * height)).mean()


def _offset(pred: Tensor, target: Tensor) -> Tensor:
    """Squared distance of the centres over the squared diagonal of the hull."""
    width, height = _hull(pred, target)
    centres = [((b[:, 0] + b[:, 2]) / 2, (b[:, 1] + b[:, 3]) / 2) for b in (pred, target)]
    across = (centres[0][0] - centres[1][0]) ** 2 + (centres[0][1] - centres[1][1]) ** 2
    return across / (width**2 + height**2)


def diou_loss(pred: Tensor, target: Tensor) -> Tensor:
    return (1 - _overlap(pred, target)[0] + _offset(pred, target)).mean()


def ciou_loss(pred: Tensor, target: Tensor) -> Tensor:
    iou, _ = _overlap(pred, target)
    angles = [torch.atan((b[:, 2] - b[:, 0]) / (b[:, 3] - b[:, 1])) for b in (pred, target)]
    v = 4 / math.pi**2 * (angles[0] - angles[1]) ** 2
    alpha = (v / (1 - iou + v)).detach()
    return (1 - iou + _offset(pred, target) + alpha * v).mean()


def ctc(log_probs: Tensor, targets: Tensor) -> Tensor:
    """The forward recursion, one frame after the other."""
    steps, count, _ = log_probs.shape
    written = targets.shape[1]
    states = torch.zeros(count, 2 * written + 1, dtype=torch.int64)
    states[:, 1::2] = targets
    skips = torch.zeros_like(states, dtype=torch.bool)
    skips[:, 2:] = (states[:, 2:] != 0) & (states[:, 2:] != states[:, :-2])
    never = torch.full((count, 2), -1e30, dtype=log_probs.dtype)
    emitted = log_probs.gather(-1, states.expand(steps, -1, -1))
    reached = torch.cat((emitted[0, :, :2], never[:, :1].expand(-1, 2 * written - 1)), -1)
    for now in emitted[1:]:
        stay, step, skip = reached, *(torch.cat((never[:, :k], reached[:, :-k]), -1) for k in (1, 2))
        skip = torch.where(skips, skip, -1e30)
        reached = torch.logsumexp(torch.stack((stay, step, skip)), 0) + now
    return (-torch.logsumexp(reached[:, -2:], -1) / written).mean()
