"""What holds for objectives made of several losses, whatever the numbers."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given
from hypothesis import strategies as st

import losses

numbers = st.lists(st.floats(-10, 10), min_size=1, max_size=6)
positives = st.floats(0.01, 10)


def value(loss_id: str, **inputs: object) -> float:
    return losses.compute(loss_id, **inputs).item()


@given(numbers, positives)
def test_a_weighted_sum_scales_with_its_weights(terms, factor):
    once = value("weighted_sum", terms=terms, weights=[1.0] * len(terms))
    scaled = value("weighted_sum", terms=terms, weights=[factor] * len(terms))
    assert scaled == pytest.approx(factor * once, abs=1e-9)
    assert once == pytest.approx(math.fsum(terms), abs=1e-9)


def test_weights_are_shared_by_the_rows_or_given_for_each():
    terms = [[1.0, 2.0], [3.0, 4.0]]
    shared = losses.compute("weighted_sum", terms=terms, weights=[0.5, 2.0], reduction="none")
    each = losses.compute("weighted_sum", terms=terms, weights=[[0.5, 2.0]] * 2, reduction="none")
    assert shared.tolist() == each.tolist() == [4.5, 9.5]


@given(positives, st.floats(-3, 3), st.sampled_from(["regression", "classification"]))
def test_uncertainty_weighting_is_least_at_the_uncertainty_of_the_task(loss, off, kind):
    best = math.log(loss if kind == "regression" else 2 * loss)
    least = value("uncertainty_weighting", terms=[loss], log_vars=[best], kinds=kind)
    elsewhere = value("uncertainty_weighting", terms=[loss], log_vars=[best + off], kinds=kind)
    assert least <= elsewhere + 1e-12
    slope = losses.gradient(
        "uncertainty_weighting", "log_vars", terms=[loss], log_vars=[best], kinds=kind
    )
    assert slope.item() == pytest.approx(0, abs=1e-12)


@given(positives)
def test_uncertainty_weighting_is_gaussian_nll_of_one_task(loss):
    """½ (L/σ² + ln σ²), with the squared error as L."""
    variance = 0.7
    error, zero, var = torch.tensor([[loss**0.5], [0.0], [variance]], dtype=torch.float64)
    expected = F.gaussian_nll_loss(error, zero, var)
    actual = value("uncertainty_weighting", terms=[loss], log_vars=[math.log(variance)])
    assert actual == pytest.approx(expected.item(), abs=1e-9)


SOURCE = {"logits": [[2.0, 1.0, 0.1], [0.1, 2.0, 1.0]], "target": [0, 1]}
CONFIDENTLY_WRONG = {"logits": [[10.0, -10.0, 0.0]], "target": [1]}


def slope_norm(epoch: int, **inputs: object) -> float:
    slope = losses.gradient("scheduled_switch", "logits", epoch=epoch, switch_epoch=1, **inputs)
    return torch.linalg.vector_norm(slope).item()


def test_the_gradient_drops_at_the_switch():
    """Reference 1.4: 0.303948 before, 0.037117 after."""
    assert slope_norm(0, **SOURCE) == pytest.approx(0.303948, abs=1e-6)
    assert slope_norm(1, **SOURCE) == pytest.approx(0.037117, abs=1e-6)


def test_after_the_switch_confident_errors_are_no_longer_corrected():
    """Reference 1.4: 1.414181 before, 2.1e-5 after."""
    before, after = (slope_norm(epoch, **CONFIDENTLY_WRONG) for epoch in (0, 1))
    assert before == pytest.approx(1.414181, abs=1e-6)
    assert after == pytest.approx(2.1e-5, abs=1e-6)
    assert value("scheduled_switch", epoch=1, switch_epoch=1, **CONFIDENTLY_WRONG) > 0.3


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=5), st.integers(0, 4), st.floats(-100, 100))
def test_the_switched_loss_depends_on_logit_gaps_alone(logits, target, shift):
    target %= len(logits)
    for epoch in (0, 1):
        moved, kept = (
            value("scheduled_switch", logits=z, target=target, epoch=epoch, switch_epoch=1)
            for z in ([z + shift for z in logits], logits)
        )
        assert moved == pytest.approx(kept, abs=1e-9)


@given(numbers, st.floats(0, 10))
def test_a_penalty_ignores_signs_and_never_lowers_the_objective(weights, strength):
    for objective in ("l1_regularised", "l2_regularised"):
        given_signs, turned, unpenalised = (
            value(objective, data_losses=[0.3], parameters=w, strength=s)
            for w, s in ((weights, strength), ([-w for w in weights], strength), (weights, 0.0))
        )
        assert given_signs == turned >= unpenalised == 0.3


@given(numbers, st.integers(1, 50))
def test_the_penalty_does_not_depend_on_the_number_of_examples(weights, examples):
    for objective in ("l1_regularised", "l2_regularised"):
        one, many = (
            value(objective, data_losses=[0.3] * count, parameters=weights)
            for count in (1, examples)
        )
        assert many == pytest.approx(one, abs=1e-9)


def test_half_an_l2_penalty_pulls_like_weight_decay():
    start, rate, decay = [0.5, -1.0, 2.0], 0.1, 0.3
    weights = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    weights.grad = torch.zeros_like(weights)
    torch.optim.SGD([weights], lr=rate, weight_decay=decay).step()
    slope = losses.gradient(
        "l2_regularised",
        "parameters",
        data_losses=[0.0],
        parameters=start,
        strength=decay,
        half=True,
    )
    stepped = torch.tensor(start, dtype=torch.float64) - rate * slope
    torch.testing.assert_close(stepped, weights.detach())


def test_l1_pulls_all_weights_alike_and_l2_the_large_ones_more():
    inputs = {"data_losses": [0.0], "parameters": [0.5, -1.0, 2.0], "strength": 0.1}
    l1 = losses.gradient("l1_regularised", "parameters", **inputs)
    l2 = losses.gradient("l2_regularised", "parameters", **inputs)
    assert l1.tolist() == pytest.approx([0.1, -0.1, 0.1])
    assert l2.tolist() == pytest.approx([0.1, -0.2, 0.4])
