"""What holds for divergences and distances between distributions, whatever the numbers."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from losses.functional.distribution import (
    distribution_cross_entropy,
    entropy,
    js_div,
    kl_div,
    wasserstein_1d,
)

# Masses of up to six outcomes, impossible ones among them.
masses = st.lists(st.integers(0, 1000), min_size=2, max_size=6).filter(any)
values = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8)


@st.composite
def distributions(draw: st.DrawFn, count: int) -> list[Tensor]:
    """`count` distributions over the same outcomes."""
    size = draw(st.integers(2, 6))
    several = st.lists(st.integers(0, 1000), min_size=size, max_size=size).filter(any)
    return [probabilities(draw(several)) for _ in range(count)]


def probabilities(mass: list[int]) -> Tensor:
    tensor = torch.tensor(mass, dtype=torch.float64)
    return tensor / tensor.sum()


def sample(numbers: list[float]) -> Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def kl(p: Tensor, q: Tensor) -> float:
    return kl_div(q, p, log_input=False).item()


@given(distributions(2))
def test_kl_is_never_negative_and_infinite_only_without_support(pair):
    p, q = pair
    value = kl(p, q)
    assert value >= -1e-12
    assert math.isinf(value) == bool(((q == 0) & (p > 0)).any())


@given(distributions(1))
def test_kl_of_a_distribution_from_itself_is_zero(only):
    (p,) = only
    assert kl(p, p) == 0


def test_kl_is_not_symmetric():
    p, q = sample([0.5, 0.5]), sample([0.9, 0.1])
    assert kl(p, q) != pytest.approx(kl(q, p), abs=0.1)


def test_kl_keeps_no_triangle_inequality():
    p, m, q = sample([0.5, 0.5]), sample([0.75, 0.25]), sample([0.9, 0.1])
    assert kl(p, q) > kl(p, m) + kl(m, q) + 0.1


@given(distributions(2))
def test_kl_takes_probabilities_and_logarithms_alike(pair):
    p, q = pair
    expected = kl(p, q)
    assert kl_div(q.log(), p).item() == pytest.approx(expected, abs=1e-12)
    assert kl_div(q.log(), p.log(), log_target=True).item() == pytest.approx(expected, abs=1e-12)


@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides")
@pytest.mark.parametrize("reduction", ["none", "batchmean", "mean", "sum"])
def test_kl_is_torchs_where_nothing_is_impossible(reduction):
    generator = torch.Generator().manual_seed(0)
    log_q, p = torch.randn(2, 4, 3, generator=generator, dtype=torch.float64).log_softmax(-1)
    p = p.exp()
    torch.testing.assert_close(
        kl_div(log_q, p, reduction=reduction), F.kl_div(log_q, p, reduction=reduction)
    )


@given(distributions(2))
def test_cross_entropy_is_entropy_plus_kl(pair):
    p, q = pair
    assert distribution_cross_entropy(q, p).item() == pytest.approx(
        entropy(p).item() + kl(p, q), abs=1e-12
    )


@given(distributions(1), st.integers(0, 5))
def test_cross_entropy_with_a_certain_target_is_the_log_of_one_probability(only, place):
    (q,) = only
    place %= q.numel()
    target = F.one_hot(torch.tensor(place), q.numel()).double()
    expected = -math.log(q[place]) if q[place] > 0 else math.inf
    assert distribution_cross_entropy(q, target).item() == pytest.approx(expected)


@given(distributions(2))
def test_js_is_symmetric_and_at_most_ln_2(pair):
    p, q = pair
    value = js_div(p, q).item()
    assert value == js_div(q, p).item()
    assert 0 <= value <= math.log(2) + 1e-15


@given(distributions(2))
def test_js_is_the_entropy_gained_by_mixing(pair):
    p, q = pair
    gained = entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2
    assert js_div(p, q).item() == pytest.approx(gained.item(), abs=1e-12)


@given(distributions(3))
def test_the_root_of_js_keeps_the_triangle_inequality(three):
    p, q, r = three
    sides = [js_div(a, b).item() ** 0.5 for a, b in ((p, q), (q, r), (p, r))]
    assert sides[2] <= sides[0] + sides[1] + 1e-9


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-7])
def test_js_keeps_its_digits_between_near_distributions(gap):
    # ½(1 ± 2·gap) against ½: the series of the definition gives gap²/2 · (1 + gap²·7/6 + …).
    near = js_div(sample([0.5, 0.5]), sample([0.5 + gap, 0.5 - gap])).item()
    assert near == pytest.approx(gap**2 / 2 * (1 + 7 / 6 * gap**2), rel=1e-9)


@given(distributions(1))
def test_entropy_lies_between_certainty_and_equal_chances(only):
    (p,) = only
    assert -1e-12 <= entropy(p).item() <= math.log(p.numel()) + 1e-12


@given(distributions(2), st.randoms(use_true_random=False))
def test_the_names_of_the_outcomes_do_not_matter(pair, random):
    p, q = pair
    order = list(range(p.numel()))
    random.shuffle(order)
    for divergence in (js_div, lambda a, b: kl_div(a, b, log_input=False)):
        assert divergence(p[order], q[order]).item() == pytest.approx(
            divergence(p, q).item(), abs=1e-12
        )
    assert entropy(p[order]).item() == pytest.approx(entropy(p).item(), abs=1e-12)


@given(values, values, values)
def test_wasserstein_is_a_distance(a, b, c):
    u, v, w = sample(a), sample(b), sample(c)
    assert wasserstein_1d(u, u).item() == 0
    assert wasserstein_1d(u, v).item() == pytest.approx(wasserstein_1d(v, u).item(), abs=1e-9)
    detour = wasserstein_1d(u, v).item() + wasserstein_1d(v, w).item()
    assert wasserstein_1d(u, w).item() <= detour + 1e-9


@given(values, values, st.floats(-100, 100), st.floats(-10, 10))
def test_wasserstein_moves_and_stretches_with_the_line(a, b, shift, factor):
    u, v = sample(a), sample(b)
    moved = wasserstein_1d(factor * u + shift, factor * v + shift).item()
    assert moved == pytest.approx(abs(factor) * wasserstein_1d(u, v).item(), abs=1e-8)


@given(values, values, st.randoms(use_true_random=False))
def test_the_order_of_a_sample_does_not_matter(a, b, random):
    shuffled = random.sample(a, len(a))
    expected = wasserstein_1d(sample(a), sample(b)).item()
    assert wasserstein_1d(sample(shuffled), sample(b)).item() == pytest.approx(expected, abs=1e-9)


@given(values, values)
def test_a_value_twice_is_a_value_of_double_weight(a, b):
    """The road over sorted pairs and the road over distribution functions agree."""
    u, v = sample(a), sample(b)
    expected = wasserstein_1d(u, v).item()
    assert wasserstein_1d(u.repeat(2), v).item() == pytest.approx(expected, abs=1e-9)
    ones = [1.0] * len(a)
    assert wasserstein_1d(u, v, u_weights=ones).item() == pytest.approx(expected, abs=1e-9)


@given(values, st.floats(-1e3, 1e3))
def test_wasserstein_to_a_point_is_the_mean_absolute_error(a, point):
    u = sample(a)
    assert wasserstein_1d(u, sample([point])).item() == pytest.approx(
        (u - point).abs().mean().item(), abs=1e-9
    )
