"""What holds for the losses for embeddings, whatever the vectors."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

import losses
from losses.functional.embedding import (
    contrastive,
    cosine_embedding,
    hinge_embedding,
    margin_ranking,
    triplet_margin,
)
from losses.functional.embedding_batch import (
    circle,
    info_nce,
    nt_xent,
    supcon,
    triplet_batch_all,
)


def normal(seed: int, *shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def turned(vectors: Tensor) -> Tensor:
    """The vectors after a rotation that all of them share."""
    rotation, _ = torch.linalg.qr(normal(99, vectors.shape[-1], vectors.shape[-1]))
    return vectors @ rotation


# --- triplets and pairs -------------------------------------------------------------------------


@pytest.mark.parametrize("squared", [False, True])
def test_a_triplet_does_not_see_where_and_how_it_lies(squared):
    triplet = normal(0, 3, 6, 4)
    value = triplet_margin(*triplet, squared=squared)
    torch.testing.assert_close(triplet_margin(*(triplet + 5), squared=squared), value)
    torch.testing.assert_close(triplet_margin(*turned(triplet), squared=squared), value)


def test_a_triplet_is_a_ranking_of_distances():
    anchor, positive, negative = normal(1, 3, 6, 4)
    near, far = (torch.linalg.vector_norm(anchor - x, dim=-1) for x in (positive, negative))
    torch.testing.assert_close(
        triplet_margin(anchor, positive, negative, margin=0.7),
        margin_ranking(far, near, torch.ones(6), margin=0.7),
    )


def test_pytorch_agrees_on_triplets_apart_from_its_epsilon():
    triplet = normal(2, 3, 6, 4)
    torch.testing.assert_close(
        triplet_margin(*triplet, margin=0.5),
        F.triplet_margin_loss(*triplet, margin=0.5),
        rtol=0,
        atol=1e-5,
    )


def test_an_anchor_on_its_positive_is_at_distance_zero():
    """PyTorch adds 1e-6 to each coordinate and pushes the two apart."""
    point = torch.ones(3)
    assert triplet_margin(point, point, point + 1) == 0
    assert triplet_margin(point, point, point) == 1
    slope = losses.gradient(
        "triplet_margin", "anchor", anchor=point, positive=point, negative=point
    )
    assert not slope.any()


@given(st.lists(st.floats(0, 5), min_size=1, max_size=8), st.floats(0.1, 3))
def test_pairs_farther_apart_than_the_margin_are_free(distances, margin):
    d = torch.tensor(distances, dtype=torch.float64)
    free = contrastive(d, torch.zeros_like(d), margin=margin, reduction="none") == 0
    # a gap so small that its square is 0 is free as well
    assert free[d >= margin].all()
    assert not free[d < margin - 1e-3].any()
    hinge = hinge_embedding(d, -torch.ones_like(d), margin=margin, reduction="none")
    torch.testing.assert_close(hinge**2, contrastive(d, 0 * d, margin=margin, reduction="none"))


@given(st.lists(st.floats(0, 5), min_size=1, max_size=8))
def test_the_half_halves(distances):
    d = torch.tensor(distances, dtype=torch.float64)
    same = (torch.arange(len(d)) % 2).double()
    torch.testing.assert_close(2 * contrastive(d, same, halved=True), contrastive(d, same))


@given(
    st.lists(st.floats(-5, 5), min_size=3, max_size=3),
    st.lists(st.floats(-5, 5), min_size=3, max_size=3),
    st.sampled_from([-1, 1]),
    st.floats(0, 3),
)
def test_exchanging_the_scores_exchanges_the_label(first, second, label, margin):
    a, b = (torch.tensor(row, dtype=torch.float64) for row in (first, second))
    y = torch.full((3,), label)
    torch.testing.assert_close(
        margin_ranking(a, b, y, margin=margin), margin_ranking(b, a, -y, margin=margin)
    )


@pytest.mark.parametrize("dtype", [torch.int8, torch.int64, torch.float64])
def test_labels_of_any_type_count_alike(dtype):
    a, b = normal(3, 2, 5)
    ones = torch.ones(5, dtype=dtype)
    torch.testing.assert_close(
        margin_ranking(a, b, ones), F.margin_ranking_loss(a, b, ones.double())
    )


@pytest.mark.parametrize("scale", [1e-200, 1e-30, 1e-3, 1e30, 1e200])
def test_a_cosine_does_not_see_the_lengths(scale):
    x1, x2 = normal(4, 2, 6, 3)
    y = torch.tensor([1, -1, 1, -1, 1, -1])
    scaled = cosine_embedding(x1 * scale, x2, y, margin=0.1)
    torch.testing.assert_close(scaled, cosine_embedding(x1, x2, y, margin=0.1))


def test_pytorch_agrees_on_cosines():
    x1, x2 = normal(5, 2, 6, 3)
    y = torch.tensor([1, -1, 1, -1, 1, -1])
    torch.testing.assert_close(
        cosine_embedding(x1, x2, y, margin=0.2), F.cosine_embedding_loss(x1, x2, y, margin=0.2)
    )


# --- batches ------------------------------------------------------------------------------------

_LABELLED: dict[str, Callable[..., Tensor]] = {
    "triplet_batch_all": triplet_batch_all,
    "supcon": supcon,
    "circle": circle,
}
LABELLED = pytest.mark.parametrize("loss", _LABELLED.values(), ids=_LABELLED)


@LABELLED
def test_the_order_of_a_batch_does_not_matter(loss):
    embeddings, labels = normal(6, 8, 3), torch.tensor([0, 0, 0, 1, 1, 2, 2, 3])
    order = torch.randperm(8, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(loss(embeddings[order], labels[order]), loss(embeddings, labels))


@LABELLED
def test_labels_are_only_names(loss):
    embeddings, labels = normal(7, 8, 3), torch.tensor([0, 0, 0, 1, 1, 2, 2, 3])
    renamed = torch.tensor([7, -2, 100, 0])[labels]
    torch.testing.assert_close(loss(embeddings, renamed), loss(embeddings, labels))


@LABELLED
def test_a_rotation_changes_nothing(loss):
    embeddings, labels = normal(8, 8, 3), torch.tensor([0, 0, 0, 1, 1, 2, 2, 3])
    torch.testing.assert_close(loss(turned(embeddings), labels), loss(embeddings, labels))


@LABELLED
def test_a_batch_without_pairs_is_free_and_has_no_slope(loss):
    for labels in ([0, 1, 2], [4, 4, 4]):
        if loss is supcon and labels[0] == 4:
            continue  # there every other example is a positive
        inputs = {"embeddings": normal(9, 3, 2), "labels": labels}
        assert losses.compute(loss.__name__, **inputs) == 0
        assert not losses.gradient(loss.__name__, "embeddings", **inputs).any()


@pytest.mark.parametrize("scale", [1e-30, 7.0, 1e30])
def test_cosine_losses_do_not_see_the_lengths(scale):
    first, second = normal(10, 2, 5, 3)
    labels = torch.tensor([0, 0, 1, 1, 1])
    lengths = torch.tensor([[scale], [1.0], [2.0], [0.5], [scale]])
    for loss in (info_nce, nt_xent):
        torch.testing.assert_close(loss(first * lengths, second), loss(first, second))
    for loss in (supcon, circle):
        torch.testing.assert_close(loss(first * lengths, labels), loss(first, labels))


# Whole numbers, so that many triplets lie exactly on the margin and many distances are equal.
grid = st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2)), min_size=2, max_size=9)


@given(grid, st.booleans(), st.booleans(), st.integers(1, 3))
def test_sorting_finds_the_triplets_that_enumeration_finds(points, squared, active, margin):
    embeddings = torch.tensor([[float(x)] for x, _ in points], dtype=torch.float64)
    labels = torch.tensor([label for _, label in points])
    terms = [
        triplet_margin(
            embeddings[a], embeddings[p], embeddings[n], margin=margin, squared=squared
        ).item()
        for a in range(len(labels))
        for p in range(len(labels))
        for n in range(len(labels))
        if a != p and labels[a] == labels[p] and labels[a] != labels[n]
    ]
    options = {"margin": float(margin), "squared": squared}
    total = triplet_batch_all(embeddings, labels, **options, reduction="sum")
    assert total.item() == pytest.approx(sum(terms))
    counted = sum(term > 0 for term in terms) if active else len(terms)
    mean = triplet_batch_all(embeddings, labels, **options, active_only=active)
    assert mean.item() == pytest.approx(sum(terms) / max(1, counted))


def test_sorting_and_enumeration_have_one_gradient():
    embeddings = normal(11, 10, 3).requires_grad_()
    labels = torch.tensor([0, 0, 0, 0, 1, 1, 1, 2, 2, 3])
    distances = torch.cdist(embeddings, embeddings)
    same = labels[:, None] == labels
    exists = (same & ~torch.eye(10, dtype=torch.bool))[:, :, None] & ~same[:, None, :]
    cube = (distances[:, :, None] - distances[:, None, :] + 0.5).clamp_min(0)
    (expected,) = torch.autograd.grad(cube[exists].mean(), embeddings)
    (shown,) = torch.autograd.grad(triplet_batch_all(embeddings, labels, margin=0.5), embeddings)
    torch.testing.assert_close(shown, expected)


def test_nt_xent_does_not_see_which_view_is_first():
    first, second = normal(12, 2, 5, 3)
    torch.testing.assert_close(nt_xent(first, second), nt_xent(second, first))


def test_supcon_with_pairs_is_nt_xent():
    first, second = normal(13, 2, 5, 3)
    torch.testing.assert_close(
        supcon(torch.cat((first, second)), torch.arange(5).repeat(2), temperature=0.3),
        nt_xent(first, second, temperature=0.3),
    )


def test_supcon_of_one_class_is_least_where_all_are_alike():
    one = torch.ones(4, 2, dtype=torch.float64)
    labels = torch.zeros(4, dtype=torch.int64)
    assert supcon(one, labels).item() == pytest.approx(math.log(3))
    assert supcon(normal(14, 4, 2), labels) > math.log(3)


def test_info_nce_is_cross_entropy_of_cosines():
    queries, keys = normal(15, 2, 6, 4)
    cosines = F.cosine_similarity(queries[:, None], keys[None], dim=-1)
    torch.testing.assert_close(
        info_nce(queries, keys, temperature=0.2), F.cross_entropy(cosines / 0.2, torch.arange(6))
    )
    both = (info_nce(queries, keys) + info_nce(keys, queries)) / 2
    torch.testing.assert_close(info_nce(queries, keys, symmetric=True), both)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_cold_nt_xent_keeps_its_value_and_its_slope(dtype):
    """pytorch-metric-learning stops at 44.01, −log of the smallest number, with gradient 0."""
    views = torch.tensor([[1.0, 0.0], [-1.0, 1e-3]], dtype=dtype)
    others = torch.tensor([[-1.0, 0.0], [1.0, 1e-3]], dtype=dtype)
    value = nt_xent(views, others, temperature=0.005)
    assert value.item() == pytest.approx(400, rel=1e-4)
    slope = losses.gradient("nt_xent", "view1", view1=views, view2=others, temperature=0.005)
    assert slope.isfinite().all()
    assert slope.any()


def test_the_gradient_of_circle_holds_the_weights_constant():
    """Against differences of the same formula with the weights as they are at the point."""
    embeddings, labels = normal(16, 6, 3), torch.tensor([0, 0, 0, 1, 1, 2])
    margin, gamma = 0.3, 4.0
    unlike = labels[:, None] != labels
    alike = ~unlike & ~torch.eye(6, dtype=torch.bool)

    def cosines(x: Tensor) -> Tensor:
        return F.cosine_similarity(x[:, None], x[None], dim=-1)

    near = (1 + margin - cosines(embeddings)).clamp_min(0)
    far = (cosines(embeddings) + margin).clamp_min(0)

    def held(x: Tensor) -> Tensor:
        s = cosines(x)
        low = torch.where(alike, torch.exp(-gamma * near * (s - 1 + margin)), 0.0).sum(-1)
        high = torch.where(unlike, torch.exp(gamma * far * (s - margin)), 0.0).sum(-1)
        return torch.log1p(low * high)[:5].mean()  # the last is alone in its class

    torch.testing.assert_close(
        held(embeddings), circle(embeddings, labels, margin=margin, gamma=gamma)
    )
    shown = losses.gradient(
        "circle", "embeddings", embeddings=embeddings, labels=labels, margin=margin, gamma=gamma
    )
    for place in ((0, 0), (3, 1), (5, 2)):
        step = torch.zeros_like(embeddings)
        step[place] = 1e-6
        slope = (held(embeddings + step) - held(embeddings - step)) / 2e-6
        assert shown[place].item() == pytest.approx(slope.item(), abs=1e-7)


def test_pytorch_metric_learning_agrees():
    peers = pytest.importorskip("pytorch_metric_learning.losses", reason="an oracle only")
    from pytorch_metric_learning.distances import LpDistance
    from pytorch_metric_learning.reducers import MeanReducer

    embeddings, labels = normal(17, 12, 4), torch.arange(12) % 4
    pairs = torch.arange(6).repeat(2)
    plain = {"distance": LpDistance(normalize_embeddings=False), "reducer": MeanReducer()}
    for ours, theirs, named in (
        (
            nt_xent(*embeddings.chunk(2), temperature=0.5),
            peers.NTXentLoss(temperature=0.5),
            pairs,
        ),
        (supcon(embeddings, labels, temperature=0.5), peers.SupConLoss(temperature=0.5), labels),
        (circle(embeddings, labels), peers.CircleLoss(m=0.25, gamma=256), labels),
        (
            triplet_batch_all(embeddings, labels, margin=0.5),
            peers.TripletMarginLoss(margin=0.5, triplets_per_anchor="all", **plain),
            labels,
        ),
    ):
        torch.testing.assert_close(ours, theirs(embeddings, named), rtol=1e-6, atol=1e-9)
