"""Losses for models that generate, written once more in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Vector = Sequence[float]


def _mean(terms: Sequence[float]) -> float:
    return sum(terms) / len(terms)


def _real(logit: float) -> float:
    """The probability of being real that a logit says."""
    return 1 / (1 + math.exp(-logit))


def reconstruction(pred: Sequence[Vector], target: Sequence[Vector], kind: str) -> float:
    assert kind == "mse", "the questions ask for squared errors"
    return _mean(
        [
            (p - t) ** 2
            for row, wanted in zip(pred, target, strict=True)
            for p, t in zip(row, wanted, strict=True)
        ]
    )


def vae(recon: Vector, target: Vector, mu: Vector, log_var: Vector, beta: float) -> float:
    rebuilding = sum(-math.log(p if t == 1 else 1 - p) for p, t in zip(recon, target, strict=True))
    kl = sum(
        (m**2 + math.exp(v) - 1) / 2 - math.log(math.exp(v / 2))
        for m, v in zip(mu, log_var, strict=True)
    )
    return rebuilding + beta * kl


def gan_discriminator(real_logits: Vector, fake_logits: Vector) -> float:
    return _mean([-math.log(_real(r)) for r in real_logits]) + _mean(
        [-math.log(1 - _real(f)) for f in fake_logits]
    )


def gan_generator_minimax(fake_logits: Vector) -> float:
    return _mean([math.log(1 - _real(f)) for f in fake_logits])


def gan_generator_non_saturating(fake_logits: Vector) -> float:
    return _mean([-math.log(_real(f)) for f in fake_logits])


def lsgan_discriminator(real_scores: Vector, fake_scores: Vector) -> float:
    return (_mean([(r - 1) ** 2 for r in real_scores]) + _mean([f**2 for f in fake_scores])) / 2


def lsgan_generator(fake_scores: Vector) -> float:
    return _mean([(f - 1) ** 2 for f in fake_scores]) / 2


def wgan_critic(real_scores: Vector, fake_scores: Vector) -> float:
    return _mean(fake_scores) - _mean(real_scores)


def wgan_generator(fake_scores: Vector) -> float:
    return -_mean(fake_scores)


def hinge_gan_discriminator(real_scores: Vector, fake_scores: Vector) -> float:
    return _mean([max(0.0, 1 - r) for r in real_scores]) + _mean(
        [max(0.0, 1 + f) for f in fake_scores]
    )


def hinge_gan_generator(fake_scores: Vector) -> float:
    return -_mean(fake_scores)


FORMULAS: Mapping[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        reconstruction,
        vae,
        gan_discriminator,
        gan_generator_minimax,
        gan_generator_non_saturating,
        lsgan_discriminator,
        lsgan_generator,
        wgan_critic,
        wgan_generator,
        hinge_gan_discriminator,
        hinge_gan_generator,
    )
}
