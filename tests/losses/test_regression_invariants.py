"""How the losses for real-valued targets hang together."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from torch.testing import assert_close

import losses
from losses.functional import regression

VALUE = st.floats(-50, 50)
LEVEL = st.floats(0.05, 5)
EVEN = ["mse", "mae", "rmse", "huber", "smooth_l1", "pseudo_huber", "log_cosh", "adaptive_robust"]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Tensor, Tensor]:
    drawn = draw(st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=8))
    first, second = torch.tensor(drawn, dtype=torch.float64).unbind(-1)
    return first, second


@pytest.mark.parametrize("loss_id", EVEN)
@given(pair=pairs())
def test_only_the_size_of_the_error_matters(loss_id: str, pair: tuple[Tensor, Tensor]):
    pred, target = pair
    loss = losses.get(loss_id)
    assert_close(loss(pred, target), loss(target, pred))
    assert_close(loss(pred + 3, target + 3), loss(pred, target))
    assert_close(loss(-pred, -target), loss(pred, target))


@pytest.mark.parametrize("loss_id", [*EVEN, "quantile"])
@given(pair=pairs())
def test_zero_exactly_where_all_is_right(loss_id: str, pair: tuple[Tensor, Tensor]):
    pred, target = pair
    loss = losses.get(loss_id)
    assert loss(target, target) == 0
    assert loss(pred, target) >= 0
    if (pred - target).abs().max() > 1e-3:
        assert loss(pred, target) > 0


@given(pair=pairs())
def test_the_square_of_rmse_is_mse(pair: tuple[Tensor, Tensor]):
    assert_close(regression.rmse(*pair) ** 2, regression.mse(*pair))


@given(pair=pairs())
def test_mae_is_at_most_rmse(pair: tuple[Tensor, Tensor]):
    # Squares of errors below 1e-154 leave the range of float64.
    assert regression.mae(*pair) <= regression.rmse(*pair) * (1 + 1e-12) + 1e-150


@given(pair=pairs(), level=LEVEL)
def test_smooth_l1_is_huber_over_beta(pair: tuple[Tensor, Tensor], level: float):
    assert_close(
        regression.smooth_l1(*pair, beta=level), regression.huber(*pair, delta=level) / level
    )


@given(pair=pairs())
def test_huber_becomes_mse_and_mae(pair: tuple[Tensor, Tensor]):
    assert_close(regression.huber(*pair, delta=1e4), regression.mse(*pair) / 2)
    small = 1e-9
    assert_close(
        regression.huber(*pair, delta=small) / small, regression.mae(*pair), rtol=1e-6, atol=1e-8
    )


@given(pair=pairs())
def test_log_cosh_lies_between_its_two_shapes(pair: tuple[Tensor, Tensor]):
    size = (pair[0] - pair[1]).abs()
    value = regression.log_cosh(*pair, reduction="none")
    assert (value <= size**2 / 2 + 1e-12).all()
    assert (value <= size + 1e-12).all()
    assert (value >= size - math.log(2) - 1e-12).all()


@pytest.mark.parametrize("error", [1e-8, 1e-4, 1e-2, 0.5, 0.999, 1.0, 1.001, 20.0, 90.0, 1e4])
def test_log_cosh_keeps_its_digits_in_float32(error: float):
    """Against 50 digits: half a square for small errors, |e| − ln 2 for large ones."""
    value = regression.log_cosh(torch.tensor([error]), torch.tensor([0.0])).item()
    square = error * error
    exact = (
        square / 2 - square**2 / 12 + square**3 / 45
        if error <= 1e-2
        else error + math.log1p(math.exp(-2 * error)) - math.log(2)
    )
    assert value == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("error", [1e-8, 1e-4, 1.0, 1e4, 1e18])
def test_pseudo_huber_keeps_its_digits_in_float32(error: float):
    value = regression.pseudo_huber(torch.tensor([error]), torch.tensor([0.0])).item()
    assert value == pytest.approx(error * error / (1 + math.hypot(1, error)), rel=1e-6)


@given(pair=pairs())
def test_the_middle_quantile_is_half_the_absolute_error(pair: tuple[Tensor, Tensor]):
    assert_close(regression.quantile(*pair, q=0.5), regression.mae(*pair) / 2)


@given(pair=pairs(), q=st.floats(0.05, 0.95))
def test_the_quantile_seen_from_the_other_side(pair: tuple[Tensor, Tensor], q: float):
    pred, target = pair
    assert_close(regression.quantile(pred, target, q=q), regression.quantile(target, pred, q=1 - q))


@given(
    sample=st.lists(VALUE, min_size=3, max_size=9, unique=True),
    q=st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]),
)
def test_the_quantile_of_a_sample_minimises_the_quantile_loss(sample: list[float], q: float):
    target = torch.tensor(sample, dtype=torch.float64)

    def cost(guess: Tensor) -> float:
        return regression.quantile(guess.expand(len(sample)), target, q=q).item()

    best = min(cost(value) for value in target)
    quantile = target.sort().values[math.ceil(len(sample) * q) - 1]
    assert cost(quantile) == pytest.approx(best, rel=1e-9, abs=1e-12)


@given(pair=pairs(), scale=LEVEL)
def test_barron_at_its_named_shapes(pair: tuple[Tensor, Tensor], scale: float):
    x = (pair[0] - pair[1]) / scale

    def barron(alpha: float) -> Tensor:
        return regression.adaptive_robust(*pair, alpha=alpha, scale=scale)

    assert_close(barron(2.0), (x**2 / 2).mean())
    assert_close(barron(1.0), regression.pseudo_huber(*pair, delta=scale) / scale**2)
    assert_close(barron(0.0), (x**2 / 2 + 1).log().mean())
    assert_close(barron(-2.0), (2 * x**2 / (x**2 + 4)).mean())
    assert_close(barron(-math.inf), (1 - (-(x**2) / 2).exp()).mean())


@pytest.mark.parametrize(
    ("limit", "near"), [(2.0, 2 - 1e-7), (0.0, 1e-7), (0.0, -1e-7), (-math.inf, -1e7)]
)
def test_barron_has_no_jump_at_its_limits(limit: float, near: float):
    x = torch.linspace(-4, 4, 41, dtype=torch.float64)
    zero = torch.zeros_like(x)
    assert_close(
        regression.adaptive_robust(x, zero, alpha=near, reduction="none"),
        regression.adaptive_robust(x, zero, alpha=limit, reduction="none"),
        rtol=1e-5,
        atol=1e-6,
    )


def test_barron_is_bounded_for_negative_alpha():
    far = torch.tensor([1e8], dtype=torch.float64)
    for alpha in (-0.5, -2.0, -10.0):
        bound = abs(alpha - 2) / abs(alpha)
        value = regression.adaptive_robust(far, torch.zeros_like(far), alpha=alpha)
        assert value.item() == pytest.approx(bound, rel=1e-3)


@given(pair=pairs(), var=st.floats(0.01, 100))
def test_gaussian_nll_of_one_variance_is_mse_in_disguise(pair: tuple[Tensor, Tensor], var: float):
    mean, target = pair
    value = regression.gaussian_nll(mean, target, torch.full_like(mean, var))
    assert_close(value, (math.log(var) + regression.mse(mean, target) / var) / 2)


@given(rates=st.lists(st.floats(0.1, 20), min_size=1, max_size=6), count=st.integers(0, 9))
def test_poisson_takes_the_rate_or_its_logarithm(rates: list[float], count: int):
    rate = torch.tensor(rates, dtype=torch.float64)
    target = torch.full_like(rate, float(count))
    assert_close(
        regression.poisson_nll(rate.log(), target),
        regression.poisson_nll(rate, target, log_input=False),
    )


@given(count=st.integers(1, 30))
def test_poisson_is_least_where_the_rate_is_the_count(count: int):
    target = torch.tensor([float(count)], dtype=torch.float64)
    slope = losses.gradient("poisson_nll", "log_rate", log_rate=target.log(), target=target)
    assert abs(slope.item()) < 1e-9
