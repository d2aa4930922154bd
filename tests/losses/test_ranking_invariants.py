"""What holds for losses and metrics of an order, whatever the list."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

import losses

TRAINABLE = (
    "pairwise_logistic",
    "lambda_rank",
    "pairwise_hinge",
    "list_net",
    "list_mle",
    "approx_ndcg",
    "approx_mrr",
)
METRICS = ("dcg", "ndcg", "mrr")
# Apart by whole steps of 0.01, so that no rounding can exchange two scores.
apart = st.lists(st.integers(-500, 500), min_size=2, max_size=7, unique=True)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Tensor, Tensor]:
    """One list with scores that differ and grades that may not."""
    scores = draw(apart)
    grades = draw(st.lists(st.integers(0, 4), min_size=len(scores), max_size=len(scores)))
    return torch.tensor(scores, dtype=torch.float64) / 100, torch.tensor(grades).double()


def value(loss_id: str, scores: Tensor, relevance: Tensor, **options: object) -> float:
    return losses.get(loss_id)(scores, relevance, **options).item()


@pytest.mark.parametrize("loss_id", TRAINABLE + METRICS)
@given(one=lists(), shift=st.integers(-1000, 1000))
def test_only_score_gaps_matter(loss_id, one, shift):
    scores, relevance = one
    assert value(loss_id, scores + shift, relevance) == pytest.approx(
        value(loss_id, scores, relevance), abs=1e-9
    )


@pytest.mark.parametrize("loss_id", [x for x in TRAINABLE + METRICS if x != "list_mle"])
@given(one=lists(), random=st.randoms(use_true_random=False))
def test_the_order_in_which_items_are_given_does_not_matter(loss_id, one, random):
    scores, relevance = one
    order = list(range(scores.numel()))
    random.shuffle(order)
    assert value(loss_id, scores[order], relevance[order]) == pytest.approx(
        value(loss_id, scores, relevance), abs=1e-9
    )


@given(scores=apart, random=st.randoms(use_true_random=False))
def test_list_mle_ignores_the_order_given_where_no_grades_tie(scores, random):
    order = list(range(len(scores)))
    random.shuffle(order)
    s, y = torch.tensor(scores) / 100, torch.arange(len(scores))
    assert value("list_mle", s[order], y[order]) == pytest.approx(value("list_mle", s, y), rel=1e-5)


@pytest.mark.parametrize("loss_id", TRAINABLE)
def test_a_loss_falls_as_the_order_gets_better(loss_id):
    relevance = torch.tensor([2.0, 1.0, 0.0])
    good, bad = torch.tensor([3.0, 2.0, 1.0]), torch.tensor([1.0, 2.0, 3.0])
    assert value(loss_id, good, relevance) < value(loss_id, bad, relevance)


@pytest.mark.parametrize("loss_id", METRICS)
def test_a_metric_rises_as_the_order_gets_better(loss_id):
    relevance = torch.tensor([2.0, 0.0, 0.0])
    good, bad = torch.tensor([3.0, 2.0, 1.0]), torch.tensor([1.0, 2.0, 3.0])
    assert value(loss_id, good, relevance) > value(loss_id, bad, relevance)


@pytest.mark.parametrize("loss_id", TRAINABLE)
def test_a_step_against_the_gradient_lifts_the_relevant_item(loss_id):
    scores = [0.1, 0.3, 0.2]
    slope = losses.gradient(loss_id, "scores", scores=scores, relevance=[1.0, 0.0, 0.0])
    assert slope[0] < 0
    assert slope[0] == slope.min()


@pytest.mark.parametrize("loss_id", METRICS)
def test_no_gradient_of_a_metric_reaches_the_scores(loss_id):
    with pytest.raises(ValueError, match="no gradient"):
        losses.gradient(loss_id, "scores", scores=[0.1, 0.3], relevance=[1.0, 0.0])
    assert losses.CATALOG[loss_id].role == "metric"


@pytest.mark.parametrize("loss_id", TRAINABLE)
def test_what_can_be_trained_on_is_a_loss(loss_id):
    assert losses.CATALOG[loss_id].role == "loss"


@pytest.mark.parametrize("loss_id", TRAINABLE)
@given(scores=apart)
def test_the_labels_have_an_effect(loss_id, scores):
    s = torch.tensor(scores, dtype=torch.float64) / 100
    first, last = torch.zeros(2, len(scores), dtype=torch.float64)
    first[0] = last[-1] = 1
    assert value(loss_id, s, first) != value(loss_id, s, last)


@given(one=lists())
def test_list_mle_of_a_pair_is_the_pairwise_logistic_loss(one):
    scores = one[0][:2]
    relevance = torch.tensor([1.0, 0.0])
    assert value("list_mle", scores, relevance) == pytest.approx(
        value("pairwise_logistic", scores, relevance), abs=1e-12
    )


@given(one=lists())
def test_list_mle_is_a_sum_of_cross_entropies(one):
    scores, relevance = one
    order = sorted(range(scores.numel()), key=lambda i: -relevance[i].item())
    total = 0.0
    for place in range(len(order)):
        total -= scores[order[place:]].log_softmax(0)[0].item()
    assert value("list_mle", scores, relevance) == pytest.approx(total, abs=1e-9)


@given(one=lists())
def test_list_net_is_least_where_scores_are_the_grades(one):
    scores, relevance = one
    least = losses.get("entropy")(relevance.softmax(-1)).item()
    assert value("list_net", relevance, relevance) == pytest.approx(least, abs=1e-12)
    assert value("list_net", scores, relevance) >= least - 1e-12


@given(one=lists())
def test_metrics_are_shares(one):
    assert -1e-15 <= value("ndcg", *one) <= 1 + 1e-12
    assert 0 <= value("mrr", *one) <= 1


@given(one=lists(), k=st.integers(1, 8), gain=st.sampled_from(["exponential", "linear"]))
def test_the_ideal_order_has_ndcg_1(one, k, gain):
    _, relevance = one
    expected = 1.0 if relevance.any() else 0.0
    assert value("ndcg", relevance, relevance, k=k, gain=gain) == pytest.approx(expected)


@given(one=lists())
def test_metrics_depend_on_the_order_alone(one):
    scores, relevance = one
    for metric in METRICS:
        assert value(metric, scores.exp(), relevance) == value(metric, scores, relevance)


@given(one=lists())
def test_smooth_metrics_become_the_metrics_as_the_temperature_falls(one):
    for smooth, metric in (("approx_ndcg", "ndcg"), ("approx_mrr", "mrr")):
        assert value(smooth, *one, temperature=1e-4) == pytest.approx(
            -value(metric, *one), abs=1e-9
        )


@given(one=lists())
def test_lambda_rank_never_exceeds_the_unweighted_loss(one):
    """No swap changes NDCG by more than 1."""
    assert value("lambda_rank", *one) <= value("pairwise_logistic", *one) + 1e-12


def test_lists_of_a_batch_do_not_mix():
    generator = torch.Generator().manual_seed(0)
    scores = torch.randn(4, 5, generator=generator, dtype=torch.float64)
    relevance = torch.randint(0, 3, (4, 5), generator=generator)
    for loss_id in TRAINABLE + METRICS:
        alone = [
            losses.get(loss_id)(s, y, reduction="sum")
            for s, y in zip(scores, relevance, strict=True)
        ]
        together = losses.get(loss_id)(scores, relevance, reduction="sum")
        torch.testing.assert_close(together, torch.stack(alone).sum(), msg=loss_id)


def test_whole_numbers_and_flags_serve_as_grades():
    scores = torch.tensor([0.3, 0.1, 0.2])
    for loss_id in TRAINABLE + METRICS:
        expected = value(loss_id, scores, torch.tensor([1.0, 0.0, 1.0]))
        for dtype in (torch.int64, torch.uint8, torch.bool):
            grades = torch.tensor([1, 0, 1], dtype=dtype)
            assert value(loss_id, scores, grades) == expected, (loss_id, dtype)
