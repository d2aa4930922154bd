"""What the tests know of the losses for models that generate."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

_REAL, _FAKE = [0.8, 0.9], [0.1, 0.3]
_LOGITS = {"real_logits": _REAL, "fake_logits": _FAKE}
_SCORES = {"real_scores": _REAL, "fake_scores": _FAKE}
_FAKE_LOGITS = {"fake_logits": _FAKE}
_FAKE_SCORES = {"fake_scores": _FAKE}

_TFGAN = "tensorflow/gan:tensorflow_gan/python/losses/losses_impl_test.py"
_TFGAN_REAL = [-5.0, 1.4, 12.5, 2.7]
_TFGAN_FAKE = [10.0, 4.4, -5.5, 3.6]
_TFGAN_LOGITS = {"real_logits": _TFGAN_REAL, "fake_logits": _TFGAN_FAKE}
_TFGAN_SCORES = {"real_scores": _TFGAN_REAL, "fake_scores": _TFGAN_FAKE}

_UNEQUAL_LOGITS = ({"real_logits": [0.8, 0.9], "fake_logits": [[0.1], [0.3]]}, r"\(2,\).*\(2, 1\)")
_UNEQUAL_SCORES = ({"real_scores": [0.8, 0.9], "fake_scores": [0.1]}, r"\(2,\).*\(1,\)")
_UNKNOWN = "reduction"


def _normal(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _two(names: tuple[str, str]) -> Callable[[torch.Generator], dict[str, object]]:
    def sample(generator: torch.Generator) -> dict[str, object]:
        # as many on either side of each hinge as can be had
        return {name: _normal(generator, 6) * 2 for name in names}

    return sample


def _one(name: str) -> Callable[[torch.Generator], dict[str, object]]:
    def sample(generator: torch.Generator) -> dict[str, object]:
        return {name: _normal(generator, 6) * 2}

    return sample


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


# --- logarithmic form ---------------------------------------------------------------------------


def _discriminator_sample(generator: torch.Generator) -> dict[str, object]:
    smooth = bool(torch.rand(1, generator=generator) < 0.5)
    return {
        "real_logits": _normal(generator, 6) * 2,
        "fake_logits": _normal(generator, 6) * 2,
        "real_label": 0.9 if smooth else 1.0,
    }


def _discriminator_reference(
    real_logits: list[float], fake_logits: list[float], real_label: float
) -> float:
    called_real = [_sigmoid(r) for r in real_logits]
    return _mean(
        [-real_label * math.log(p) - (1 - real_label) * math.log(1 - p) for p in called_real]
    ) + _mean([-math.log(1 - _sigmoid(f)) for f in fake_logits])


GAN_DISCRIMINATOR = LossCase(
    id="gan_discriminator",
    published=(
        Published(
            inputs=_LOGITS, value=1.155503223, source="source 000, snippet 17", tolerance=1e-8
        ),
        Published(
            # TF-GAN smooths the label of real data to 0.875 unless told otherwise
            inputs={**_TFGAN_LOGITS, "real_label": 0.875},
            value=6.19637,
            source=_TFGAN,
            tolerance=1e-5,
        ),
        Published(
            inputs=_TFGAN_LOGITS,
            value=5.833866,
            source="the same without smoothing",
        ),
        Published(
            inputs={"real_logits": [0.0], "fake_logits": [0.0]},
            value=2 * math.log(2),
            source="Goodfellow et al. 2014: log 4 where the discriminator cannot tell",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_LOGITS, value=2.311006),
        "sigmoid_skipped": Mistaken(inputs=_LOGITS, value=0.395270),
        # logits r, f become σ(σ(r)), σ(σ(f))
        "sigmoid_twice": Mistaken(inputs=_LOGITS, value=1.408425),
        "labels_swapped": Mistaken(inputs=_LOGITS, value=1.805503),
        "parts_averaged": Mistaken(inputs=_LOGITS, value=0.577752),
        "fake_forgotten": Mistaken(inputs=_LOGITS, value=0.356127),
        # log(1 + e^−0.1) and so on on both sides
        "fake_called_real": Mistaken(inputs=_LOGITS, value=0.955503),
    },
    sample=_discriminator_sample,
    reference=_discriminator_reference,
    extreme=(
        {"real_logits": [1e4, -1e4], "fake_logits": [1e4, -1e4]},
        {"real_logits": [100.0, -100.0], "fake_logits": [-200.0, 200.0], "real_label": 0.9},
    ),
    refused=(
        _UNEQUAL_LOGITS,
        ({**_LOGITS, "real_label": 1.5}, "real_label"),
        ({**_LOGITS, "real_label": -0.1}, "real_label"),
    ),
    differentiable=("real_logits", "fake_logits"),
)

_LOGIT_EXTREME = ({"fake_logits": [1e4, -1e4, 0.0]},)

GAN_GENERATOR_MINIMAX = LossCase(
    id="gan_generator_minimax",
    published=(
        Published(inputs=_FAKE_LOGITS, value=-0.799376, source="by hand"),
        Published(
            # TF-GAN adds the discriminator's term of real data, all with logit 1
            inputs={"fake_logits": _TFGAN_FAKE},
            value=-4.82408 + math.log(1 + math.exp(-1)),
            source=_TFGAN,
            tolerance=1e-5,
        ),
        Published(
            inputs={"fake_logits": [0.0]},
            value=-math.log(2),
            source="by hand: log ½",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_FAKE_LOGITS, value=-1.598752),
        "non_saturating_instead": Mistaken(inputs=_FAKE_LOGITS, value=0.599376),
        "sign_flipped": Mistaken(inputs=_FAKE_LOGITS, value=0.799376),
        "sigmoid_skipped": Mistaken(inputs=_FAKE_LOGITS, value=(math.log(0.9) + math.log(0.7)) / 2),
        "sigmoid_twice": Mistaken(inputs=_FAKE_LOGITS, value=-1.005380),
    },
    sample=_one("fake_logits"),
    reference=lambda fake_logits: _mean([math.log(1 - _sigmoid(f)) for f in fake_logits]),
    extreme=_LOGIT_EXTREME,
    refused=(({**_FAKE_LOGITS, "reduction": "average"}, _UNKNOWN),),
    differentiable=("fake_logits",),
)

GAN_GENERATOR_NON_SATURATING = LossCase(
    id="gan_generator_non_saturating",
    published=(
        Published(inputs=_FAKE_LOGITS, value=0.599376, source="by hand"),
        Published(
            inputs={"fake_logits": _TFGAN_FAKE}, value=1.38582, source=_TFGAN, tolerance=1e-5
        ),
        Published(
            inputs={"fake_logits": [0.0]}, value=math.log(2), source="by hand", tolerance=1e-12
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_FAKE_LOGITS, value=1.198752),
        "minimax_instead": Mistaken(inputs=_FAKE_LOGITS, value=-0.799376),
        "fake_label_kept": Mistaken(inputs=_FAKE_LOGITS, value=0.799376),
        "sign_flipped": Mistaken(inputs=_FAKE_LOGITS, value=-0.599376),
        "sigmoid_skipped": Mistaken(inputs=_FAKE_LOGITS, value=1.753279),
        "sigmoid_twice": Mistaken(inputs=_FAKE_LOGITS, value=0.455669),
    },
    sample=_one("fake_logits"),
    reference=lambda fake_logits: _mean([-math.log(_sigmoid(f)) for f in fake_logits]),
    extreme=_LOGIT_EXTREME,
    refused=(({**_FAKE_LOGITS, "reduction": "average"}, _UNKNOWN),),
    differentiable=("fake_logits",),
)

# --- least squares ------------------------------------------------------------------------------


def _lsgan_reference(real_scores: list[float], fake_scores: list[float]) -> float:
    return _mean([0.5 * (r - 1) ** 2 for r in real_scores]) + _mean(
        [0.5 * f**2 for f in fake_scores]
    )


LSGAN_DISCRIMINATOR = LossCase(
    id="lsgan_discriminator",
    published=(
        Published(inputs=_SCORES, value=0.0375, source="by hand: 0.0125 + 0.025"),
        Published(inputs=_TFGAN_SCORES, value=41.73375, source=_TFGAN, tolerance=1e-5),
        Published(
            inputs={"real_scores": [1.0, 3.0], "fake_scores": [0.0, -2.0], "reduction": "none"},
            value=[0.0, 4.0],
            source="by hand",
            tolerance=0.0,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_SCORES, value=0.075),
        "no_half": Mistaken(inputs=_TFGAN_SCORES, value=83.4675),
        # ½(0.81 + 0.49)/2 + ½(0.64 + 0.81)/2
        "labels_swapped": Mistaken(inputs=_SCORES, value=0.6875),
        "fake_forgotten": Mistaken(inputs=_SCORES, value=0.0125),
        "sigmoid_applied": Mistaken(inputs=_SCORES, value=0.196313),
    },
    sample=_two(("real_scores", "fake_scores")),
    reference=_lsgan_reference,
    extreme=({"real_scores": [1e4, -1e4], "fake_scores": [1e4, -1e4]},),
    refused=(_UNEQUAL_SCORES,),
    differentiable=("real_scores", "fake_scores"),
)

LSGAN_GENERATOR = LossCase(
    id="lsgan_generator",
    published=(
        Published(inputs=_FAKE_SCORES, value=0.325, source="by hand: (0.405 + 0.245) / 2"),
        Published(
            inputs={"fake_scores": _TFGAN_FAKE}, value=17.69625, source=_TFGAN, tolerance=1e-5
        ),
        Published(
            inputs={"fake_scores": [1.0]}, value=0.0, source="by hand: the aim", tolerance=0.0
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_FAKE_SCORES, value=0.65),
        "no_half": Mistaken(inputs={"fake_scores": _TFGAN_FAKE}, value=35.3925),
        "target_zero": Mistaken(inputs=_FAKE_SCORES, value=0.025),
        "sigmoid_applied": Mistaken(inputs=_FAKE_SCORES, value=0.101686),
    },
    sample=_one("fake_scores"),
    reference=lambda fake_scores: _mean([0.5 * (1 - f) ** 2 for f in fake_scores]),
    extreme=({"fake_scores": [1e4, -1e4]},),
    refused=(({**_FAKE_SCORES, "reduction": "average"}, _UNKNOWN),),
    differentiable=("fake_scores",),
)

# --- Wasserstein --------------------------------------------------------------------------------


def _critic_reference(real_scores: list[float], fake_scores: list[float]) -> float:
    return _mean(fake_scores) - _mean(real_scores)


WGAN_CRITIC = LossCase(
    id="wgan_critic",
    published=(
        Published(inputs=_SCORES, value=-0.65, source="by hand: 0.2 − 0.85", tolerance=1e-12),
        Published(inputs=_TFGAN_SCORES, value=0.225, source=_TFGAN, tolerance=1e-5),
        Published(
            inputs={"real_scores": [3.0, 1.0], "fake_scores": [1.0, 1.0], "reduction": "sum"},
            value=-2.0,
            source="by hand",
            tolerance=0.0,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_SCORES, value=-1.3),
        "sign_flipped": Mistaken(inputs=_SCORES, value=0.65),
        "sigmoid_applied": Mistaken(inputs=_SCORES, value=-0.150751),
        "log_loss_instead": Mistaken(inputs=_SCORES, value=1.155503),
    },
    sample=_two(("real_scores", "fake_scores")),
    reference=_critic_reference,
    extreme=({"real_scores": [1e26, -1e4], "fake_scores": [-1e26, 1e4]},),
    refused=(_UNEQUAL_SCORES,),
    differentiable=("real_scores", "fake_scores"),
)


def _raised(loss_id: str, extra: dict[str, Mistaken]) -> LossCase:
    """The generator of WGAN and of the hinge GAN: one formula, two names."""
    return LossCase(
        id=loss_id,
        published=(
            Published(inputs=_FAKE_SCORES, value=-0.2, source="by hand", tolerance=1e-12),
            Published(
                inputs={"fake_scores": _TFGAN_FAKE}, value=-3.125, source=_TFGAN, tolerance=1e-5
            ),
        ),
        mistaken={
            "sum_for_mean": Mistaken(inputs=_FAKE_SCORES, value=-0.4),
            "sign_flipped": Mistaken(inputs=_FAKE_SCORES, value=0.2),
            "sigmoid_applied": Mistaken(inputs=_FAKE_SCORES, value=-0.549711),
            "non_saturating_instead": Mistaken(inputs=_FAKE_SCORES, value=0.599376),
            **extra,
        },
        sample=_one("fake_scores"),
        reference=lambda fake_scores: -_mean(fake_scores),
        extreme=({"fake_scores": [1e26, -1e26]},),
        refused=(({**_FAKE_SCORES, "reduction": "average"}, _UNKNOWN),),
        differentiable=("fake_scores",),
    )


WGAN_GENERATOR = _raised("wgan_generator", {})

# --- hinge --------------------------------------------------------------------------------------


def _hinge_reference(real_scores: list[float], fake_scores: list[float]) -> float:
    total = 0.0
    for r in real_scores:
        total += 1 - r if r < 1 else 0.0
    for f in fake_scores:
        total += 1 + f if f > -1 else 0.0
    return total / len(real_scores)


_FAR = {"real_scores": [2.0, 0.5], "fake_scores": [-3.0, 0.5]}

HINGE_GAN_DISCRIMINATOR = LossCase(
    id="hinge_gan_discriminator",
    published=(
        Published(inputs=_SCORES, value=1.35, source="by hand: 0.15 + 1.2", tolerance=1e-12),
        Published(inputs=_TFGAN_SCORES, value=6.75, source=_TFGAN, tolerance=1e-5),
        Published(
            inputs={**_FAR, "reduction": "none"},
            value=[0.0, 2.0],
            source="by hand: both sides far enough, then 0.5 + 1.5",
            tolerance=0.0,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_SCORES, value=2.7),
        # 2 − 2 − 3 and 2 − 0.5 + 0.5
        "not_clamped": Mistaken(inputs=_FAR, value=-0.5),
        "fake_sign": Mistaken(inputs=_SCORES, value=0.95),
        "margin_forgotten": Mistaken(inputs=_SCORES, value=0.2),
        "labels_swapped": Mistaken(inputs=_SCORES, value=2.65),
        "parts_averaged": Mistaken(inputs=_SCORES, value=0.675),
    },
    sample=_two(("real_scores", "fake_scores")),
    reference=_hinge_reference,
    extreme=({"real_scores": [1e26, -1e26], "fake_scores": [1e26, -1e26]},),
    refused=(_UNEQUAL_SCORES,),
    differentiable=("real_scores", "fake_scores"),
)

HINGE_GAN_GENERATOR = _raised(
    "hinge_gan_generator", {"hinge_applied": Mistaken(inputs=_FAKE_SCORES, value=0.8)}
)

# --- variational autoencoder --------------------------------------------------------------------

_LATENT = {"mu": [1.0, -0.5], "log_var": [0.0, math.log(0.25)]}


def _latent(generator: torch.Generator) -> dict[str, object]:
    return {"mu": _normal(generator, 4, 3), "log_var": _normal(generator, 4, 3)}


def _kl_reference(mu: list[list[float]], log_var: list[list[float]]) -> float:
    """By the definition for one-dimensional Gaussians, with standard deviations."""
    total = 0.0
    for means, logs in zip(mu, log_var, strict=True):
        for m, log_variance in zip(means, logs, strict=True):
            std = math.sqrt(math.exp(log_variance))
            total += math.log(1 / std) + (std**2 + m**2) / 2 - 0.5
    return total / len(mu)


_LATENT_EXTREME = (
    {"mu": [1e4, -1e4], "log_var": [0.0, 0.0]},
    {"mu": [0.0, 0.0], "log_var": [-1e4, 80.0]},
)

GAUSSIAN_KL = LossCase(
    id="gaussian_kl",
    published=(
        Published(inputs=_LATENT, value=0.943147, source="by hand: 0.5 + 0.443147"),
        Published(
            inputs={"mu": [[0.0, 0.0]], "log_var": [[0.0, 0.0]]},
            value=0.0,
            source="by definition: the standard normal itself",
            tolerance=0.0,
        ),
        Published(
            inputs={"mu": [2.0], "log_var": [0.0]},
            value=2.0,
            source="by hand: ½·2²",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(
            inputs={"mu": [[1.0], [-0.5]], "log_var": [[0.0], [math.log(0.25)]]}, value=0.943147
        ),
        "averaged_over_latent": Mistaken(inputs=_LATENT, value=0.471574),
        "no_half": Mistaken(inputs=_LATENT, value=1.886294),
        "sign_flipped": Mistaken(inputs=_LATENT, value=-0.943147),
        "log_var_as_log_std": Mistaken(inputs=_LATENT, value=1.542544),
        "variance_as_log_var": Mistaken(inputs=_LATENT, value=1.001154),
    },
    sample=_latent,
    reference=_kl_reference,
    extreme=_LATENT_EXTREME,
    refused=(
        ({"mu": [1.0], "log_var": [1.0, 2.0]}, r"\(1,\).*\(2,\)"),
        ({"mu": 1.0, "log_var": 1.0}, r"\(\)"),
    ),
    differentiable=("mu", "log_var"),
)

_REBUILT = {"recon": [0.9, 0.2], "target": [1.0, 0.0]}
_VAE = {**_REBUILT, **_LATENT}
_VAE_TWICE = {**_VAE, "beta": 2.0}
# −log 0.9 − log 0.8 and the KL above
_R, _K = -math.log(0.9) - math.log(0.8), 0.9431471805599453


def _vae_sample(generator: torch.Generator) -> dict[str, object]:
    gaussian = bool(torch.rand(1, generator=generator) < 0.5)
    return {
        "recon": torch.rand(4, 5, generator=generator, dtype=torch.float64) * 0.9 + 0.05,
        "target": torch.rand(4, 5, generator=generator, dtype=torch.float64),
        **_latent(generator),
        "beta": 1.5,
        "decoder": "gaussian" if gaussian else "bernoulli",
    }


def _vae_reference(
    recon: list[list[float]],
    target: list[list[float]],
    mu: list[list[float]],
    log_var: list[list[float]],
    *,
    beta: float,
    decoder: str,
) -> float:
    total = 0.0
    for outputs, inputs in zip(recon, target, strict=True):
        for p, t in zip(outputs, inputs, strict=True):
            if decoder == "gaussian":
                total += 0.5 * (p - t) ** 2
            else:
                total -= t * math.log(p) + (1 - t) * math.log(1 - p)
    return total / len(recon) + beta * _kl_reference(mu, log_var)


VAE = LossCase(
    id="vae",
    published=(
        Published(inputs=_VAE, value=1.271651, source="by hand: 0.328504 + 0.943147"),
        Published(inputs=_VAE_TWICE, value=_R + 2 * _K, source="by hand", tolerance=1e-12),
        Published(
            inputs={**_VAE, "decoder": "gaussian"},
            value=0.025 + _K,
            source="by hand: ½(0.01 + 0.04) + 0.943147",
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(
            inputs={
                "recon": [[0.9, 0.2], [0.9, 0.2]],
                "target": [[1.0, 0.0], [1.0, 0.0]],
                "mu": [[1.0, -0.5], [1.0, -0.5]],
                "log_var": [[0.0, math.log(0.25)], [0.0, math.log(0.25)]],
            },
            value=2 * 1.271651,
            tolerance=2e-6,
        ),
        "kl_forgotten": Mistaken(inputs=_VAE, value=_R),
        "kl_subtracted": Mistaken(inputs=_VAE, value=_R - _K),
        "elbo_itself": Mistaken(inputs=_VAE, value=-1.271651),
        "beta_on_reconstruction": Mistaken(inputs=_VAE_TWICE, value=2 * _R + _K),
        "reconstruction_averaged": Mistaken(inputs=_VAE, value=_R / 2 + _K),
        "kl_averaged": Mistaken(inputs=_VAE, value=_R + _K / 2),
    },
    sample=_vae_sample,
    reference=_vae_reference,
    extreme=(
        # certain and wrong: PyTorch bounds the logarithm by −100
        {"recon": [0.0, 1.0], "target": [1.0, 0.0], "mu": [0.0], "log_var": [0.0]},
        *({**_REBUILT, **latent} for latent in _LATENT_EXTREME),
    ),
    refused=(
        ({**_VAE, "target": [1.0]}, r"\(2,\).*\(1,\)"),
        ({**_VAE, "mu": [1.0]}, r"\(1,\).*\(2,\)"),
        (
            {**_REBUILT, "mu": [[1.0], [2.0], [3.0]], "log_var": [[1.0], [2.0], [3.0]]},
            r"\(2,\).*\(3, 1\)",
        ),
        ({**_VAE, "recon": [1.2, 0.2]}, "recon"),
        ({**_VAE, "target": [-0.1, 0.0]}, "target"),
        ({**_VAE, "beta": -1.0}, "beta"),
        ({**_VAE, "decoder": "cauchy"}, "decoder"),
    ),
    differentiable=("recon", "mu", "log_var"),
)


def _reconstruction_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "pred": torch.rand(4, 5, generator=generator, dtype=torch.float64) * 0.9 + 0.05,
        "target": torch.rand(4, 5, generator=generator, dtype=torch.float64),
        "kind": "mse" if torch.rand(1, generator=generator) < 0.5 else "bce",
    }


def _reconstruction_reference(
    pred: list[list[float]], target: list[list[float]], kind: str
) -> float:
    terms = []
    for outputs, inputs in zip(pred, target, strict=True):
        for p, t in zip(outputs, inputs, strict=True):
            cross = -(t * math.log(p) + (1 - t) * math.log(1 - p))
            terms.append((p - t) ** 2 if kind == "mse" else cross)
    return _mean(terms)


_REC = {"pred": [[0.9, 0.2]], "target": [[1.0, 0.0]]}

RECONSTRUCTION = LossCase(
    id="reconstruction",
    published=(
        Published(inputs=_REC, value=0.025, source="by hand: (0.01 + 0.04) / 2"),
        Published(
            inputs={**_REC, "kind": "bce"},
            value=0.164252,
            source="by hand: −(log 0.9 + log 0.8) / 2",
        ),
        Published(
            inputs={"pred": [2.5, 0.0], "target": [3.0, -0.5], "reduction": "none"},
            value=[0.25, 0.25],
            source="by hand",
            tolerance=0.0,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_REC, value=0.05),
        "other_kind": Mistaken(inputs=_REC, value=0.164252),
        # 0.05 and 0.25 over two examples
        "summed_per_example": Mistaken(
            inputs={"pred": [[0.9, 0.2], [0.5, 0.5]], "target": [[1.0, 0.0], [0.5, 1.0]]},
            value=0.15,
        ),
        "absolute_error": Mistaken(inputs=_REC, value=0.15),
        "root_taken": Mistaken(inputs=_REC, value=0.158114),
    },
    sample=_reconstruction_sample,
    reference=_reconstruction_reference,
    extreme=(
        {"pred": [1e4, -1e4], "target": [-1e4, 1e4]},
        {"pred": [0.0, 1.0], "target": [1.0, 0.0], "kind": "bce"},
    ),
    refused=(
        ({"pred": [[0.9, 0.2]], "target": [0.9, 0.2]}, r"\(1, 2\).*\(2,\)"),
        ({**_REC, "kind": "mae"}, "kind"),
        ({"pred": [1.2], "target": [1.0], "kind": "bce"}, "pred"),
    ),
    differentiable=("pred",),
)

CASES: tuple[LossCase, ...] = (
    GAN_DISCRIMINATOR,
    GAN_GENERATOR_MINIMAX,
    GAN_GENERATOR_NON_SATURATING,
    LSGAN_DISCRIMINATOR,
    LSGAN_GENERATOR,
    WGAN_CRITIC,
    WGAN_GENERATOR,
    HINGE_GAN_DISCRIMINATOR,
    HINGE_GAN_GENERATOR,
    GAUSSIAN_KL,
    VAE,
    RECONSTRUCTION,
)
