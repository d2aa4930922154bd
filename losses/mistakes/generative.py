"""How learners miscalculate: losses for models that generate."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import generative as right
from losses.functional.generative import Decoder, Error
from losses.functional.reduction import reduce
from losses.mistakes.common import only, summed, unless_alone, unless_two
from losses.reduction import Reduction

Generator = Callable[..., Tensor]


def _negated(loss: Generator) -> Generator:
    """The loss of a generator with the sign turned."""

    def sign_flipped(fake: Tensor, *, reduction: Reduction = "mean") -> Tensor:
        return -loss(fake, reduction=reduction)

    return sign_flipped


def _after_sigmoid(loss: Generator) -> Generator:
    """The loss of a generator on scores that were put through a sigmoid first."""

    def sigmoid_applied(fake: Tensor, *, reduction: Reduction = "mean") -> Tensor:
        return loss(torch.sigmoid(fake), reduction=reduction)

    return sigmoid_applied


def _both_after_sigmoid(loss: Generator) -> Generator:
    """The loss of a discriminator on scores that were put through a sigmoid first."""

    def sigmoid_applied(
        real: Tensor, fake: Tensor, *, reduction: Reduction = "mean", **options: float
    ) -> Tensor:
        return loss(torch.sigmoid(real), torch.sigmoid(fake), reduction=reduction, **options)

    return sigmoid_applied


def _exchanged(loss: Generator) -> Generator:
    """The loss of a discriminator with real and generated data exchanged."""

    def labels_swapped(
        real: Tensor, fake: Tensor, *, reduction: Reduction = "mean", **options: float
    ) -> Tensor:
        return loss(fake, real, reduction=reduction, **options)

    return labels_swapped


def _halved(loss: Generator) -> Generator:
    """The loss of a discriminator averaged over its two parts."""

    def parts_averaged(
        real: Tensor, fake: Tensor, *, reduction: Reduction = "mean", **options: float
    ) -> Tensor:
        return loss(real, fake, reduction=reduction, **options) / 2

    return parts_averaged


def gan_fake_forgotten(
    real_logits: Tensor,
    fake_logits: Tensor,
    *,
    real_label: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """The real part only."""
    terms = -F.logsigmoid(real_logits) + (1 - real_label) * real_logits
    return reduce(terms + 0 * fake_logits, reduction)


def gan_fake_called_real(
    real_logits: Tensor,
    fake_logits: Tensor,
    *,
    real_label: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """−log σ(f) for generated data: the label 1 on both sides."""
    terms = -F.logsigmoid(real_logits) + (1 - real_label) * real_logits
    return reduce(terms - F.logsigmoid(fake_logits), reduction)


def gan_sigmoid_skipped(
    real_logits: Tensor,
    fake_logits: Tensor,
    *,
    real_label: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Logits taken for probabilities: −log r − log(1 − f); impossible outside (0, 1)."""
    terms = -real_label * torch.log(real_logits) - torch.log1p(-fake_logits)
    if real_label < 1:
        terms = terms - (1 - real_label) * torch.log1p(-real_logits)
    return reduce(terms, reduction)


def minimax_instead(fake_logits: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """log(1 − σ(f))."""
    return right.gan_generator_minimax(fake_logits, reduction=reduction)


def non_saturating_instead(fake: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """−log σ(f)."""
    return right.gan_generator_non_saturating(fake, reduction=reduction)


def minimax_sigmoid_skipped(fake_logits: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """log(1 − f)."""
    return reduce(torch.log1p(-fake_logits), reduction)


def non_saturating_fake_label(fake_logits: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """−log(1 − σ(f)): the label 0 kept while the generator is trained."""
    return -right.gan_generator_minimax(fake_logits, reduction=reduction)


def non_saturating_sigmoid_skipped(fake_logits: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """−log f."""
    return reduce(-torch.log(fake_logits), reduction)


def lsgan_discriminator_no_half(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """(r − 1)² + f²."""
    return 2 * right.lsgan_discriminator(real_scores, fake_scores, reduction=reduction)


def lsgan_fake_forgotten(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """½(r − 1)² only."""
    return right.lsgan_discriminator(real_scores, 0 * fake_scores, reduction=reduction)


def lsgan_generator_no_half(fake_scores: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """(f − 1)²."""
    return 2 * right.lsgan_generator(fake_scores, reduction=reduction)


def lsgan_generator_target_zero(fake_scores: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """½f²."""
    return reduce(fake_scores.square() / 2, reduction)


def wgan_log_loss_instead(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """The logarithmic loss of the original discriminator."""
    return right.gan_discriminator(real_scores, fake_scores, reduction=reduction)


def hinge_not_clamped(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """1 − r + 1 + f."""
    return reduce(2 - real_scores + fake_scores, reduction)


def hinge_fake_sign(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """max(0, 1 − f) for generated data."""
    return right.hinge_gan_discriminator(real_scores, -fake_scores, reduction=reduction)


def hinge_margin_forgotten(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """max(0, −r) + max(0, f)."""
    return reduce((-real_scores).clamp_min(0) + fake_scores.clamp_min(0), reduction)


def hinge_on_generator(fake_scores: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """max(0, 1 − f)."""
    return reduce((1 - fake_scores).clamp_min(0), reduction)


def _several(count: int) -> float:
    """`count`, NaN where there is just one: its mean is no mistake."""
    return count if count > 1 else math.nan


def gaussian_kl_averaged(mu: Tensor, log_var: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The mean over the latent dimensions."""
    return right.gaussian_kl(mu, log_var, reduction=reduction) / _several(mu.shape[-1])


def gaussian_kl_no_half(mu: Tensor, log_var: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """μ² + σ² − 1 − log σ² without the ½."""
    return 2 * right.gaussian_kl(mu, log_var, reduction=reduction)


def gaussian_kl_sign_flipped(
    mu: Tensor, log_var: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """½(1 + log σ² − μ² − σ²): the formula without its leading minus."""
    return -right.gaussian_kl(mu, log_var, reduction=reduction)


def gaussian_kl_log_std(mu: Tensor, log_var: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """log σ² read as log σ."""
    return right.gaussian_kl(mu, 2 * log_var, reduction=reduction)


def gaussian_kl_variance(mu: Tensor, log_var: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """σ² put where log σ² belongs."""
    return right.gaussian_kl(mu, log_var.exp(), reduction=reduction)


def _parts(
    recon: Tensor, target: Tensor, mu: Tensor, log_var: Tensor, decoder: Decoder
) -> tuple[Tensor, Tensor]:
    """Reconstruction and KL of each example."""
    rebuilding = right.vae(recon, target, mu, log_var, beta=0.0, decoder=decoder, reduction="none")
    return rebuilding, right.gaussian_kl(mu, log_var, reduction="none")


def vae_kl_forgotten(
    recon: Tensor,
    target: Tensor,
    mu: Tensor,
    log_var: Tensor,
    *,
    beta: float = 1.0,
    decoder: Decoder = "bernoulli",
    reduction: Reduction = "mean",
) -> Tensor:
    """The reconstruction only, as in a plain autoencoder."""
    return reduce(_parts(recon, target, mu, log_var, decoder)[0], reduction)


def vae_kl_subtracted(
    recon: Tensor,
    target: Tensor,
    mu: Tensor,
    log_var: Tensor,
    *,
    beta: float = 1.0,
    decoder: Decoder = "bernoulli",
    reduction: Reduction = "mean",
) -> Tensor:
    """Reconstruction − β·KL."""
    rebuilding, kl = _parts(recon, target, mu, log_var, decoder)
    return reduce(rebuilding - beta * kl, reduction)


def vae_elbo_itself(
    recon: Tensor,
    target: Tensor,
    mu: Tensor,
    log_var: Tensor,
    *,
    beta: float = 1.0,
    decoder: Decoder = "bernoulli",
    reduction: Reduction = "mean",
) -> Tensor:
    """The bound that is maximised, not its negative."""
    rebuilding, kl = _parts(recon, target, mu, log_var, decoder)
    return -reduce(rebuilding + beta * kl, reduction)


def vae_beta_on_reconstruction(
    recon: Tensor,
    target: Tensor,
    mu: Tensor,
    log_var: Tensor,
    *,
    beta: float = 1.0,
    decoder: Decoder = "bernoulli",
    reduction: Reduction = "mean",
) -> Tensor:
    """β·reconstruction + KL."""
    rebuilding, kl = _parts(recon, target, mu, log_var, decoder)
    return reduce(beta * rebuilding + kl, reduction)


def vae_reconstruction_averaged(
    recon: Tensor,
    target: Tensor,
    mu: Tensor,
    log_var: Tensor,
    *,
    beta: float = 1.0,
    decoder: Decoder = "bernoulli",
    reduction: Reduction = "mean",
) -> Tensor:
    """The reconstruction averaged over the data, the KL still summed."""
    rebuilding, kl = _parts(recon, target, mu, log_var, decoder)
    size = _several(recon.flatten(mu.ndim - 1).shape[-1])
    return reduce(rebuilding / size + beta * kl, reduction)


def vae_kl_averaged(
    recon: Tensor,
    target: Tensor,
    mu: Tensor,
    log_var: Tensor,
    *,
    beta: float = 1.0,
    decoder: Decoder = "bernoulli",
    reduction: Reduction = "mean",
) -> Tensor:
    """The KL averaged over the latent dimensions."""
    rebuilding, kl = _parts(recon, target, mu, log_var, decoder)
    return reduce(rebuilding + beta * kl / _several(mu.shape[-1]), reduction)


def reconstruction_other_kind(
    pred: Tensor, target: Tensor, *, kind: Error = "mse", reduction: Reduction = "mean"
) -> Tensor:
    """Squared error where cross-entropy is asked for, or the reverse."""
    other: Error = "bce" if kind == "mse" else "mse"
    return right.reconstruction(pred, target, kind=other, reduction=reduction)


def reconstruction_summed_per_example(
    pred: Tensor, target: Tensor, *, kind: Error = "mse", reduction: Reduction = "mean"
) -> Tensor:
    """Summed over the elements of an example, averaged over examples only."""
    terms = right.reconstruction(pred, target, kind=kind, reduction="none")
    if terms.ndim < 2 or len(terms) < 2 or terms[0].numel() < 2:
        # elements and examples are the same, or there is one example: another sum
        return torch.full_like(terms.sum(), math.nan)
    return reduce(terms.flatten(1).sum(-1), reduction)


def reconstruction_absolute(
    pred: Tensor, target: Tensor, *, kind: Error = "mse", reduction: Reduction = "mean"
) -> Tensor:
    """|p − t|."""
    return F.l1_loss(pred, target, reduction=reduction)


def reconstruction_rooted(
    pred: Tensor, target: Tensor, *, kind: Error = "mse", reduction: Reduction = "mean"
) -> Tensor:
    """The square root of the mean."""
    return right.reconstruction(pred, target, kind=kind, reduction=reduction).sqrt()


def _has_kl(*, beta: float = 1.0, **_: object) -> bool:
    return beta != 0


def _beta_matters(*, beta: float = 1.0, **_: object) -> bool:
    return beta != 1


FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Tensor]]] = {
    "gan_discriminator": {
        "sum_for_mean": summed(right.gan_discriminator),
        "sigmoid_skipped": gan_sigmoid_skipped,
        "sigmoid_twice": _both_after_sigmoid(right.gan_discriminator),
        "labels_swapped": _exchanged(right.gan_discriminator),
        "parts_averaged": _halved(right.gan_discriminator),
        "fake_forgotten": gan_fake_forgotten,
        "fake_called_real": gan_fake_called_real,
    },
    "gan_generator_minimax": {
        "sum_for_mean": summed(right.gan_generator_minimax),
        "non_saturating_instead": non_saturating_instead,
        "sign_flipped": _negated(right.gan_generator_minimax),
        "sigmoid_skipped": minimax_sigmoid_skipped,
        "sigmoid_twice": _after_sigmoid(right.gan_generator_minimax),
    },
    "gan_generator_non_saturating": {
        "sum_for_mean": summed(right.gan_generator_non_saturating),
        "minimax_instead": minimax_instead,
        "fake_label_kept": non_saturating_fake_label,
        "sign_flipped": _negated(right.gan_generator_non_saturating),
        "sigmoid_skipped": non_saturating_sigmoid_skipped,
        "sigmoid_twice": _after_sigmoid(right.gan_generator_non_saturating),
    },
    "lsgan_discriminator": {
        "sum_for_mean": summed(right.lsgan_discriminator),
        "no_half": unless_two(lsgan_discriminator_no_half, right.lsgan_discriminator),
        "labels_swapped": _exchanged(right.lsgan_discriminator),
        "fake_forgotten": lsgan_fake_forgotten,
        "sigmoid_applied": _both_after_sigmoid(right.lsgan_discriminator),
    },
    "lsgan_generator": {
        "sum_for_mean": summed(right.lsgan_generator),
        "no_half": unless_two(lsgan_generator_no_half, right.lsgan_generator),
        "target_zero": lsgan_generator_target_zero,
        "sigmoid_applied": _after_sigmoid(right.lsgan_generator),
    },
    "wgan_critic": {
        "sum_for_mean": summed(right.wgan_critic),
        "sign_flipped": _exchanged(right.wgan_critic),
        "sigmoid_applied": _both_after_sigmoid(right.wgan_critic),
        "log_loss_instead": wgan_log_loss_instead,
    },
    "wgan_generator": {
        "sum_for_mean": summed(right.wgan_generator),
        "sign_flipped": _negated(right.wgan_generator),
        "sigmoid_applied": _after_sigmoid(right.wgan_generator),
        "non_saturating_instead": non_saturating_instead,
    },
    "hinge_gan_discriminator": {
        "sum_for_mean": summed(right.hinge_gan_discriminator),
        "not_clamped": unless_alone(hinge_not_clamped, right.hinge_gan_discriminator),
        "fake_sign": hinge_fake_sign,
        "margin_forgotten": hinge_margin_forgotten,
        "labels_swapped": _exchanged(right.hinge_gan_discriminator),
        "parts_averaged": _halved(right.hinge_gan_discriminator),
    },
    "hinge_gan_generator": {
        "sum_for_mean": summed(right.hinge_gan_generator),
        "sign_flipped": _negated(right.hinge_gan_generator),
        "hinge_applied": hinge_on_generator,
        "sigmoid_applied": _after_sigmoid(right.hinge_gan_generator),
        "non_saturating_instead": non_saturating_instead,
    },
    "gaussian_kl": {
        "sum_for_mean": summed(right.gaussian_kl),
        "averaged_over_latent": gaussian_kl_averaged,
        "no_half": unless_two(gaussian_kl_no_half, right.gaussian_kl),
        "sign_flipped": gaussian_kl_sign_flipped,
        "log_var_as_log_std": gaussian_kl_log_std,
        "variance_as_log_var": gaussian_kl_variance,
    },
    "vae": {
        "sum_for_mean": summed(right.vae),
        "kl_forgotten": only(vae_kl_forgotten, where=_has_kl),
        "kl_subtracted": only(vae_kl_subtracted, where=_has_kl),
        "elbo_itself": vae_elbo_itself,
        "beta_on_reconstruction": only(vae_beta_on_reconstruction, where=_beta_matters),
        "reconstruction_averaged": vae_reconstruction_averaged,
        "kl_averaged": only(vae_kl_averaged, where=_has_kl),
    },
    "reconstruction": {
        "sum_for_mean": summed(right.reconstruction),
        "other_kind": reconstruction_other_kind,
        "summed_per_example": reconstruction_summed_per_example,
        "absolute_error": reconstruction_absolute,
        "root_taken": reconstruction_rooted,
    },
}
