"""Losses for models that generate: adversarial networks and variational autoencoders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from losses.functional import checks
from losses.functional.reduction import reduce
from losses.reduction import Reduction

Decoder = Literal["bernoulli", "gaussian"]
Error = Literal["mse", "bce"]


def gan_discriminator(
    real_logits: Tensor,
    fake_logits: Tensor,
    *,
    real_label: float = 1.0,
    reduction: Reduction = "mean",
) -> Tensor:
    """Teach the discriminator to say 1 to real data and 0 to generated data.

    −log σ(r) − log(1 − σ(f)); with a label a below 1 for real data (one-sided label smoothing)
    the first part is −a·log σ(r) − (1 − a)·log(1 − σ(r)).

    Shapes: real_logits and fake_logits (*), equal; the mean divides both parts by the number of
    real or generated examples, it does not halve their sum.
    Raises ValueError for unequal shapes or a real_label outside [0, 1].
    Prevents: putting probabilities through a second sigmoid.
    Source: Goodfellow et al. (2014), Generative Adversarial Nets.

    >>> import torch
    >>> real, fake = torch.tensor([[0.8, 0.9], [0.1, 0.3]], dtype=torch.float64)
    >>> round(gan_discriminator(real, fake).item(), 6)
    1.155503
    """
    checks.same_shape(real_logits=real_logits, fake_logits=fake_logits)
    checks.between(0, 1, real_label=real_label)
    terms = -F.logsigmoid(real_logits) - F.logsigmoid(-fake_logits)
    return reduce(terms + (1 - real_label) * real_logits, reduction)


def gan_generator_minimax(fake_logits: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """The generator's side of the original game: log(1 − σ(f)), to be made small.

    It is negative, and flat where the discriminator is sure that the data are generated.

    Shapes: fake_logits (*); the mean divides by the number of generated examples.
    Raises ValueError for an unknown reduction.
    Prevents: taking it for the loss that is trained in practice (the non-saturating one).
    Source: Goodfellow et al. (2014), Generative Adversarial Nets.

    >>> import torch
    >>> round(gan_generator_minimax(torch.tensor([0.1, 0.3], dtype=torch.float64)).item(), 6)
    -0.799376
    """
    return reduce(F.logsigmoid(-fake_logits), reduction)


def gan_generator_non_saturating(fake_logits: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Teach the generator to be called real: −log σ(f).

    The same aim as the minimax form, with a strong gradient where the generator is still bad.

    Shapes: fake_logits (*); the mean divides by the number of generated examples.
    Raises ValueError for an unknown reduction.
    Prevents: giving generated data the label 0 when the generator is trained.
    Source: Goodfellow et al. (2014), Generative Adversarial Nets.

    >>> import torch
    >>> fake = torch.tensor([0.1, 0.3], dtype=torch.float64)
    >>> round(gan_generator_non_saturating(fake).item(), 6)
    0.599376
    """
    return reduce(-F.logsigmoid(fake_logits), reduction)


def lsgan_discriminator(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Pull the scores of real data to 1 and of generated data to 0, by squares.

    ½(r − 1)² + ½f².

    Shapes: real_scores and fake_scores (*), equal; the mean divides both parts by the number of
    real or generated examples.
    Raises ValueError for unequal shapes.
    Prevents: a sigmoid before the squares; the scores are unbounded.
    Source: Mao et al. (2017), Least Squares Generative Adversarial Networks.

    >>> import torch
    >>> real, fake = torch.tensor([[0.8, 0.9], [0.1, 0.3]], dtype=torch.float64)
    >>> round(lsgan_discriminator(real, fake).item(), 6)
    0.0375
    """
    checks.same_shape(real_scores=real_scores, fake_scores=fake_scores)
    return reduce(((real_scores - 1).square() + fake_scores.square()) / 2, reduction)


def lsgan_generator(fake_scores: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Pull the scores of generated data to 1, by squares: ½(f − 1)².

    Shapes: fake_scores (*); the mean divides by the number of generated examples.
    Raises ValueError for an unknown reduction.
    Prevents: pulling the scores to 0, the aim of the discriminator.
    Source: Mao et al. (2017), Least Squares Generative Adversarial Networks.

    >>> import torch
    >>> lsgan_generator(torch.tensor([0.1, 0.3], dtype=torch.float64)).item()
    0.325
    """
    return reduce((fake_scores - 1).square() / 2, reduction)


def wgan_critic(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Estimate the Wasserstein distance, with the sign turned: f − r.

    The critic raises real scores and lowers generated ones. It must be kept Lipschitz, by
    clipping its weights or by a gradient penalty; that is not part of this value.

    Shapes: real_scores and fake_scores (*), equal; the mean divides by the number of pairs.
    Raises ValueError for unequal shapes.
    Prevents: r − f, which trains the critic to do the opposite.
    Source: Arjovsky, Chintala and Bottou (2017), Wasserstein GAN.

    >>> import torch
    >>> real, fake = torch.tensor([[0.8, 0.9], [0.1, 0.3]], dtype=torch.float64)
    >>> round(wgan_critic(real, fake).item(), 6)
    -0.65
    """
    checks.same_shape(real_scores=real_scores, fake_scores=fake_scores)
    return reduce(fake_scores - real_scores, reduction)


def wgan_generator(fake_scores: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Raise the critic's scores of generated data: −f.

    Shapes: fake_scores (*); the mean divides by the number of generated examples.
    Raises ValueError for an unknown reduction.
    Prevents: a logarithm or a sigmoid; a critic's score is not a probability.
    Source: Arjovsky, Chintala and Bottou (2017), Wasserstein GAN.

    >>> import torch
    >>> wgan_generator(torch.tensor([0.1, 0.3], dtype=torch.float64)).item()
    -0.2
    """
    return reduce(-fake_scores, reduction)


def hinge_gan_discriminator(
    real_scores: Tensor, fake_scores: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Push real scores above 1 and generated ones below −1, and no farther.

    max(0, 1 − r) + max(0, 1 + f).

    Shapes: real_scores and fake_scores (*), equal; the mean divides both parts by the number of
    real or generated examples.
    Raises ValueError for unequal shapes.
    Prevents: 1 − f for generated data, which rewards high scores there as well.
    Source: Lim and Ye (2017), Geometric GAN; Miyato et al. (2018).

    >>> import torch
    >>> real, fake = torch.tensor([[0.8, 0.9], [0.1, 0.3]], dtype=torch.float64)
    >>> round(hinge_gan_discriminator(real, fake).item(), 6)
    1.35
    """
    checks.same_shape(real_scores=real_scores, fake_scores=fake_scores)
    return reduce((1 - real_scores).clamp_min(0) + (1 + fake_scores).clamp_min(0), reduction)


def hinge_gan_generator(fake_scores: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Raise the scores of generated data: −f, without a hinge.

    Shapes: fake_scores (*); the mean divides by the number of generated examples.
    Raises ValueError for an unknown reduction.
    Prevents: a hinge on the generator's side, which would stop it at the margin.
    Source: Lim and Ye (2017), Geometric GAN; Miyato et al. (2018).

    >>> import torch
    >>> hinge_gan_generator(torch.tensor([0.1, 0.3], dtype=torch.float64)).item()
    -0.2
    """
    return reduce(-fake_scores, reduction)


def _kl_to_standard_normal(mu: Tensor, log_var: Tensor) -> Tensor:
    """½Σ(μ² + σ² − 1 − log σ²) over the last axis; expm1 keeps a σ near 1 exact."""
    return (mu.square() + torch.expm1(log_var) - log_var).sum(-1) / 2


def gaussian_kl(mu: Tensor, log_var: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Kullback–Leibler divergence from a diagonal Gaussian to the standard one.

    KL(N(μ, σ²) ‖ N(0, 1)) = ½Σ(μ² + σ² − 1 − log σ²), summed over the latent dimensions.

    Shapes: mu and log_var (…, Z), equal; one value per example, and the mean divides by the
    number of examples.
    Raises ValueError for unequal shapes.
    Prevents: reading log σ² as log σ, or averaging over the latent dimensions.
    Source: Kingma and Welling (2014), Auto-Encoding Variational Bayes.

    >>> import torch
    >>> mu = torch.tensor([1.0, -0.5], dtype=torch.float64)
    >>> log_var = torch.tensor([1.0, 0.25], dtype=torch.float64).log()
    >>> round(gaussian_kl(mu, log_var).item(), 6)
    0.943147
    """
    checks.same_shape(mu=mu, log_var=log_var)
    if mu.ndim == 0:
        raise ValueError("mu has shape () but needs an axis of latent dimensions")
    return reduce(_kl_to_standard_normal(mu, log_var), reduction)


def vae(
    recon: Tensor,
    target: Tensor,
    mu: Tensor,
    log_var: Tensor,
    *,
    beta: float = 1.0,
    decoder: Decoder = "bernoulli",
    reduction: Reduction = "mean",
) -> Tensor:
    """Negative evidence lower bound: what it costs to rebuild the data, plus β times the KL.

    −log p(x|z) summed over the data, plus β·KL(N(μ, σ²) ‖ N(0, 1)) summed over the latent
    dimensions. A Bernoulli decoder gives probabilities (binary cross-entropy, its logarithms
    bounded by −100 as in PyTorch); a Gaussian one gives means of variance 1 (½ squared error,
    the constant left out).

    Shapes: mu and log_var (…, Z), equal; recon and target (…, *), equal, with the same leading
    axes; one value per example, and the mean divides by the number of examples.
    Raises ValueError for shapes that do not fit, probabilities outside [0, 1], beta < 0, or an
    unknown decoder.
    Prevents: averaging the reconstruction over the data, which makes the KL weigh too much.
    Source: Kingma and Welling (2014), Auto-Encoding Variational Bayes; β: Higgins et al. (2017).

    >>> import torch
    >>> recon, target = torch.tensor([[0.9, 0.2], [1.0, 0.0]], dtype=torch.float64)
    >>> mu = torch.tensor([1.0, -0.5], dtype=torch.float64)
    >>> log_var = torch.tensor([1.0, 0.25], dtype=torch.float64).log()
    >>> round(vae(recon, target, mu, log_var).item(), 6)
    1.271651
    """
    checks.same_shape(recon=recon, target=target)
    checks.same_shape(mu=mu, log_var=log_var)
    examples = mu.ndim - 1
    if examples < 0 or recon.ndim <= examples or recon.shape[:examples] != mu.shape[:-1]:
        raise ValueError(
            f"recon has shape {tuple(recon.shape)} but mu has shape {tuple(mu.shape)}: "
            "all axes of mu but the last must come first"
        )
    checks.non_negative(beta=beta)
    checks.one_of(("bernoulli", "gaussian"), decoder=decoder)
    if decoder == "bernoulli":
        checks.probabilities(recon=recon, target=target)
        errors = F.binary_cross_entropy(recon, target, reduction="none")
    else:
        errors = (recon - target).square() / 2
    rebuilding = errors.flatten(examples).sum(-1)
    return reduce(rebuilding + beta * _kl_to_standard_normal(mu, log_var), reduction)


def reconstruction(
    pred: Tensor, target: Tensor, *, kind: Error = "mse", reduction: Reduction = "mean"
) -> Tensor:
    """How far the output of an autoencoder is from its input.

    (p − t)² for `mse`, −(t log p + (1 − t) log(1 − p)) for `bce`, its logarithms bounded by −100
    as in PyTorch.

    Shapes: pred and target (*), equal; the mean divides by the number of elements.
    Raises ValueError for unequal shapes, an unknown kind, or, with `bce`, values outside [0, 1].
    Prevents: mistaking it for the whole loss of a variational autoencoder, which adds a KL term.
    Source: Hinton and Salakhutdinov (2006), Reducing the Dimensionality of Data with Neural
    Networks.

    >>> import torch
    >>> pred, target = torch.tensor([[0.9, 0.2], [1.0, 0.0]], dtype=torch.float64)
    >>> round(reconstruction(pred, target).item(), 6)
    0.025
    >>> round(reconstruction(pred, target, kind="bce").item(), 6)
    0.164252
    """
    checks.same_shape(pred=pred, target=target)
    checks.one_of(("mse", "bce"), kind=kind)
    if kind == "mse":
        return F.mse_loss(pred, target, reduction=reduction)
    checks.probabilities(pred=pred, target=target)
    return F.binary_cross_entropy(pred, target, reduction=reduction)


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    "gan_discriminator": gan_discriminator,
    "gan_generator_minimax": gan_generator_minimax,
    "gan_generator_non_saturating": gan_generator_non_saturating,
    "lsgan_discriminator": lsgan_discriminator,
    "lsgan_generator": lsgan_generator,
    "wgan_critic": wgan_critic,
    "wgan_generator": wgan_generator,
    "hinge_gan_discriminator": hinge_gan_discriminator,
    "hinge_gan_generator": hinge_gan_generator,
    "gaussian_kl": gaussian_kl,
    "vae": vae,
    "reconstruction": reconstruction,
}
