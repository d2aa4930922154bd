"""What holds for the losses of adversarial networks and variational autoencoders."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

import losses
from losses.functional.generative import (
    gan_discriminator,
    gan_generator_minimax,
    gan_generator_non_saturating,
    gaussian_kl,
    hinge_gan_discriminator,
    hinge_gan_generator,
    lsgan_discriminator,
    lsgan_generator,
    reconstruction,
    vae,
    wgan_critic,
    wgan_generator,
)

numbers = st.lists(st.floats(-50, 50), min_size=1, max_size=6)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Tensor, Tensor]:
    """Outputs for as many real as generated examples."""
    size = draw(st.integers(1, 6))
    rows = [draw(st.lists(st.floats(-50, 50), min_size=size, max_size=size)) for _ in range(2)]
    first, second = (torch.tensor(row, dtype=torch.float64) for row in rows)
    return first, second


def tensor(values: list[float]) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


@given(pairs(), st.floats(0, 1))
def test_the_discriminator_is_cross_entropy_with_logits(pair, label):
    real, fake = pair
    expected = F.binary_cross_entropy_with_logits(
        real, torch.full_like(real, label)
    ) + F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
    torch.testing.assert_close(gan_discriminator(real, fake, real_label=label), expected)


def test_a_discriminator_that_cannot_tell_costs_log_four():
    assert gan_discriminator(torch.zeros(3), torch.zeros(3)).item() == pytest.approx(math.log(4))


@given(numbers)
def test_both_generators_differ_by_the_mean_logit(logits):
    """−log σ(f) = −log(1 − σ(f)) − f: one aim, two slopes."""
    fake = tensor(logits)
    torch.testing.assert_close(
        gan_generator_non_saturating(fake), -gan_generator_minimax(fake) - fake.mean()
    )


def test_only_the_minimax_generator_saturates():
    found_out = {"fake_logits": [-20.0]}
    flat = losses.gradient("gan_generator_minimax", "fake_logits", **found_out)
    steep = losses.gradient("gan_generator_non_saturating", "fake_logits", **found_out)
    assert abs(flat.item()) < 1e-8
    assert steep.item() == pytest.approx(-1)


@given(numbers)
def test_what_the_minimax_generator_gains_the_discriminator_loses(logits):
    fake = tensor(logits)
    easy = torch.full_like(fake, 1e3)  # real data beyond doubt
    torch.testing.assert_close(gan_generator_minimax(fake), -gan_discriminator(easy, fake))


@given(pairs())
def test_least_squares_are_halved_squared_errors(pair):
    real, fake = pair
    expected = (
        F.mse_loss(real, torch.ones_like(real)) + F.mse_loss(fake, torch.zeros_like(fake))
    ) / 2
    torch.testing.assert_close(lsgan_discriminator(real, fake), expected)
    torch.testing.assert_close(lsgan_generator(fake), F.mse_loss(fake, torch.ones_like(fake)) / 2)


@given(pairs(), st.floats(-10, 10))
def test_the_critic_does_not_see_a_common_shift(pair, shift):
    real, fake = pair
    torch.testing.assert_close(
        wgan_critic(real + shift, fake + shift), wgan_critic(real, fake), rtol=1e-9, atol=1e-9
    )


@given(pairs())
def test_critic_and_generator_pull_generated_scores_apart(pair):
    real, fake = pair
    torch.testing.assert_close(wgan_critic(real, fake), -real.mean() - wgan_generator(fake))
    torch.testing.assert_close(wgan_generator(fake), hinge_gan_generator(fake))


def test_the_hinge_has_no_slope_beyond_its_margin():
    far = {"real_scores": [1.5, 0.5], "fake_scores": [-1.5, -0.5]}
    assert losses.gradient("hinge_gan_discriminator", "real_scores", **far).tolist() == [0, -0.5]
    assert losses.gradient("hinge_gan_discriminator", "fake_scores", **far).tolist() == [0, 0.5]


@given(pairs())
def test_the_hinge_is_never_below_the_critic(pair):
    real, fake = pair
    assert hinge_gan_discriminator(real, fake) >= 2 + wgan_critic(real, fake) - 1e-9


@st.composite
def latents(draw: st.DrawFn) -> tuple[Tensor, Tensor]:
    size = draw(st.integers(1, 5))
    rows = [draw(st.lists(st.floats(-5, 5), min_size=size, max_size=size)) for _ in range(2)]
    mu, log_var = (torch.tensor(row, dtype=torch.float64) for row in rows)
    return mu, log_var


@given(latents())
def test_gaussian_kl_is_that_of_torch_distributions(pair):
    mu, log_var = pair
    ours = torch.distributions.Normal(mu, (log_var / 2).exp())
    standard = torch.distributions.Normal(torch.zeros_like(mu), torch.ones_like(mu))
    expected = torch.distributions.kl_divergence(ours, standard).sum()
    torch.testing.assert_close(gaussian_kl(mu, log_var), expected, rtol=1e-9, atol=1e-12)


@given(latents())
def test_gaussian_kl_is_never_negative(pair):
    assert gaussian_kl(*pair) >= 0


@pytest.mark.parametrize("log_var", [1e-3, 1e-5, 1e-7])
def test_gaussian_kl_near_the_standard_normal_keeps_its_digits(log_var):
    """e^v − 1 − v is v²/2 there; subtracting rounded numbers would leave noise."""
    value = gaussian_kl(tensor([0.0]), tensor([log_var])).item()
    assert value == pytest.approx(log_var**2 / 4 + log_var**3 / 12, rel=1e-7)


@st.composite
def autoencoded(draw: st.DrawFn) -> dict[str, Tensor]:
    size = draw(st.integers(1, 5))
    rows = [draw(st.lists(st.floats(0, 1), min_size=size, max_size=size)) for _ in range(2)]
    mu, log_var = draw(latents())
    return {"recon": tensor(rows[0]), "target": tensor(rows[1]), "mu": mu, "log_var": log_var}


@given(autoencoded(), st.floats(0, 10), st.sampled_from(["bernoulli", "gaussian"]))
def test_the_vae_is_its_two_parts(data, beta, decoder):
    kind, factor = ("bce", 1.0) if decoder == "bernoulli" else ("mse", 0.5)
    rebuilding = reconstruction(data["recon"], data["target"], kind=kind, reduction="sum")
    expected = factor * rebuilding + beta * gaussian_kl(data["mu"], data["log_var"])
    torch.testing.assert_close(vae(**data, beta=beta, decoder=decoder), expected)


def test_the_vae_takes_images():
    generator = torch.Generator().manual_seed(0)
    recon = torch.rand(4, 1, 3, 3, generator=generator, dtype=torch.float64)
    target = torch.rand(4, 1, 3, 3, generator=generator, dtype=torch.float64)
    mu = torch.randn(4, 2, generator=generator, dtype=torch.float64)
    flat = vae(recon.flatten(1), target.flatten(1), mu, mu)
    torch.testing.assert_close(vae(recon, target, mu, mu), flat)
    terms = vae(recon, target, mu, mu, reduction="none")
    assert terms.shape == (4,)
    torch.testing.assert_close(vae(recon[0], target[0], mu[0], mu[0]), terms[0])


def test_a_vae_that_is_certain_and_wrong_pays_a_hundred():
    value = vae(tensor([0.0]), tensor([1.0]), tensor([0.0]), tensor([0.0]))
    assert value.item() == 100
