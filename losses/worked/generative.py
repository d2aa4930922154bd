"""Losses for models that generate, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import Matrix, Step, Vector, bracketed, number, reduced, rows

Numbers = Vector | Matrix


def _flat(values: Numbers) -> list[float]:
    return [value for row in rows(values) for value in row]


def _softplus(x: float) -> float:
    """−log σ(−x), without overflow."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _sigmoid(x: float) -> float:
    return math.exp(-_softplus(-x))


def _log(x: float) -> float:
    """The logarithm bounded by −100, as PyTorch bounds it in its binary cross-entropy."""
    return max(math.log(x), -100.0) if x > 0 else -100.0


def _two_sides(real: Vector, fake: Vector, reduction: Reduction) -> Step:
    """The last step of a discriminator: the mean (or sum) of both parts, added."""
    if reduction not in {"mean", "sum"}:
        raise ValueError(f"steps are written for reduction 'mean' or 'sum', not {reduction!r}")
    first, second = (" + ".join(bracketed(term) for term in terms) for terms in (real, fake))
    if reduction == "sum":
        return Step(
            "sum",
            Text("本物の項と偽物の項をすべて足す", "Add the terms of real and generated data"),
            "Σ lᵣ + Σ l_f",
            f"({first}) + ({second})",
            sum(real) + sum(fake),
        )
    return Step(
        "mean",
        Text("本物の平均と偽物の平均を足す", "Add the means of real and generated data"),
        "(1/n) Σ lᵣ + (1/n) Σ l_f",
        f"({first}) / {len(real)} + ({second}) / {len(fake)}",
        sum(real) / len(real) + sum(fake) / len(fake),
    )


def _probabilities(step_id: str, label: Text, symbol: str, logits: Vector) -> Step:
    return Step(
        step_id,
        label,
        f"σ({symbol}) = 1 / (1 + e^(−{symbol}))",
        ", ".join(f"σ({number(x)})" for x in logits),
        tuple(_sigmoid(x) for x in logits),
    )


def gan_discriminator(
    real_logits: Numbers,
    fake_logits: Numbers,
    *,
    real_label: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Both probabilities, both cross-entropies, then the sum of their means."""
    real, fake = _flat(real_logits), _flat(fake_logits)
    real_terms = tuple(_softplus(-r) + (1 - real_label) * r for r in real)
    fake_terms = tuple(_softplus(f) for f in fake)
    smooth = real_label != 1
    a, b = number(real_label), number(1 - real_label)
    return (
        _probabilities(
            "real_probs",
            Text("本物を本物と判定する確率を求める", "Probability given to real data"),
            "r",
            real,
        ),
        _probabilities(
            "fake_probs",
            Text("偽物を本物と判定する確率を求める", "Probability given to generated data"),
            "f",
            fake,
        ),
        Step(
            "real_terms",
            Text("本物の項（正解ラベルは1）", "Terms of real data, label 1"),
            "−a·log σ(r) − (1 − a)·log(1 − σ(r))" if smooth else "−log σ(r)",
            ", ".join(
                f"−{a}·log {number(_sigmoid(r))} − {b}·log {number(_sigmoid(-r))}"
                if smooth
                else f"−log {number(_sigmoid(r))}"
                for r in real
            ),
            real_terms,
        ),
        Step(
            "fake_terms",
            Text("偽物の項（正解ラベルは0）", "Terms of generated data, label 0"),
            "−log(1 − σ(f))",
            ", ".join(f"−log(1 − {number(_sigmoid(f))})" for f in fake),
            fake_terms,
        ),
        _two_sides(real_terms, fake_terms, reduction),
    )


def _fake_probabilities(fake: Vector) -> Step:
    return _probabilities(
        "fake_probs",
        Text("偽物が本物と判定される確率を求める", "Probability that generated data pass as real"),
        "f",
        fake,
    )


def gan_generator_minimax(
    fake_logits: Numbers, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Probability of passing as real, log(1 − p), then the mean."""
    fake = _flat(fake_logits)
    terms = tuple(-_softplus(f) for f in fake)
    return (
        _fake_probabilities(fake),
        Step(
            "terms",
            Text("見破られる確率の対数を取る", "Logarithm of the probability of being found out"),
            "log(1 − σ(f))",
            ", ".join(f"log(1 − {number(_sigmoid(f))})" for f in fake),
            terms,
        ),
        reduced(terms, reduction),
    )


def gan_generator_non_saturating(
    fake_logits: Numbers, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Probability of passing as real, its negative logarithm, then the mean."""
    fake = _flat(fake_logits)
    terms = tuple(_softplus(-f) for f in fake)
    return (
        _fake_probabilities(fake),
        Step(
            "terms",
            Text("その負の対数を取る（ラベル1）", "Its negative logarithm, label 1"),
            "−log σ(f)",
            ", ".join(f"−log {number(_sigmoid(f))}" for f in fake),
            terms,
        ),
        reduced(terms, reduction),
    )


def lsgan_discriminator(
    real_scores: Numbers, fake_scores: Numbers, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Half squared distance to 1 and to 0, then the sum of their means."""
    real, fake = _flat(real_scores), _flat(fake_scores)
    real_terms = tuple((r - 1) ** 2 / 2 for r in real)
    fake_terms = tuple(f**2 / 2 for f in fake)
    return (
        Step(
            "real_terms",
            Text("本物の項（目標は1）", "Terms of real data, aim 1"),
            "½(r − 1)²",
            ", ".join(f"½({number(r)} − 1)²" for r in real),
            real_terms,
        ),
        Step(
            "fake_terms",
            Text("偽物の項（目標は0）", "Terms of generated data, aim 0"),
            "½f²",
            ", ".join(f"½·{bracketed(f)}²" for f in fake),
            fake_terms,
        ),
        _two_sides(real_terms, fake_terms, reduction),
    )


def lsgan_generator(fake_scores: Numbers, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Half squared distance to 1, then the mean."""
    fake = _flat(fake_scores)
    terms = tuple((f - 1) ** 2 / 2 for f in fake)
    return (
        Step(
            "terms",
            Text("1との差の二乗の半分を求める", "Half squared distance to 1"),
            "½(f − 1)²",
            ", ".join(f"½({number(f)} − 1)²" for f in fake),
            terms,
        ),
        reduced(terms, reduction),
    )


def wgan_critic(
    real_scores: Numbers, fake_scores: Numbers, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Both signed scores, then the sum of their means."""
    real, fake = _flat(real_scores), _flat(fake_scores)
    real_terms = tuple(-r for r in real)
    return (
        Step(
            "real_terms",
            Text("本物の項（スコアを上げたい）", "Terms of real data, whose scores should rise"),
            "−r",
            ", ".join(f"−{bracketed(r)}" for r in real),
            real_terms,
        ),
        Step(
            "fake_terms",
            Text("偽物の項（スコアを下げたい）", "Terms of generated data, which should fall"),
            "f",
            ", ".join(number(f) for f in fake),
            tuple(fake),
        ),
        _two_sides(real_terms, fake, reduction),
    )


def generator_scores(fake_scores: Numbers, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """The score with a minus, then the mean: the generator of WGAN and of the hinge GAN."""
    fake = _flat(fake_scores)
    terms = tuple(-f for f in fake)
    return (
        Step(
            "terms",
            Text("スコアの符号を変える", "Change the sign of the score"),
            "−f",
            ", ".join(f"−{bracketed(f)}" for f in fake),
            terms,
        ),
        reduced(terms, reduction),
    )


def hinge_gan_discriminator(
    real_scores: Numbers, fake_scores: Numbers, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Both hinges, then the sum of their means."""
    real, fake = _flat(real_scores), _flat(fake_scores)
    real_terms = tuple(max(0.0, 1 - r) for r in real)
    fake_terms = tuple(max(0.0, 1 + f) for f in fake)
    return (
        Step(
            "real_terms",
            Text("本物の項（1以上なら0）", "Terms of real data, 0 from 1 upwards"),
            "max(0, 1 − r)",
            ", ".join(f"max(0, 1 − {bracketed(r)})" for r in real),
            real_terms,
        ),
        Step(
            "fake_terms",
            Text("偽物の項（−1以下なら0）", "Terms of generated data, 0 from −1 downwards"),
            "max(0, 1 + f)",
            ", ".join(f"max(0, 1 + {bracketed(f)})" for f in fake),
            fake_terms,
        ),
        _two_sides(real_terms, fake_terms, reduction),
    )


def _kl_parts(mu: Numbers, log_var: Numbers) -> list[tuple[float, ...]]:
    """½(μ² + σ² − 1 − log σ²), one row per example."""
    return [
        tuple((m**2 + math.expm1(v) - v) / 2 for m, v in zip(ms, vs, strict=True))
        for ms, vs in zip(rows(mu), rows(log_var), strict=True)
    ]


def _kl_steps(mu: Numbers, log_var: Numbers) -> tuple[Step, Step]:
    """The variances, and the divergence of each latent dimension."""
    pairs = list(zip(rows(mu), rows(log_var), strict=True))
    return (
        Step(
            "variances",
            Text("対数分散から分散を求める", "Variance from its logarithm"),
            "σ² = e^(log σ²)",
            ", ".join(f"e^{bracketed(v)}" for _, vs in pairs for v in vs),
            tuple(tuple(math.exp(v) for v in vs) for _, vs in pairs),
        ),
        Step(
            "kl_parts",
            Text("潜在変数の次元ごとのKLを求める", "Divergence of each latent dimension"),
            "½(μ² + σ² − 1 − log σ²)",
            ", ".join(
                f"½({bracketed(m)}² + {number(math.exp(v))} − 1 − {bracketed(v)})"
                for ms, vs in pairs
                for m, v in zip(ms, vs, strict=True)
            ),
            tuple(_kl_parts(mu, log_var)),
        ),
    )


def _added(parts: Matrix) -> str:
    return ", ".join(" + ".join(bracketed(part) for part in row) for row in parts)


def gaussian_kl(
    mu: Numbers, log_var: Numbers, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Variances, divergence of each dimension, their sum per example, then the mean."""
    parts = _kl_parts(mu, log_var)
    terms = tuple(sum(row) for row in parts)
    return (
        *_kl_steps(mu, log_var),
        Step(
            "terms",
            Text("データごとに次元について合計する", "Sum over the dimensions of each example"),
            "KL = Σ_z ½(μ² + σ² − 1 − log σ²)",
            _added(parts),
            terms,
        ),
        reduced(terms, reduction),
    )


def _error(p: float, t: float, decoder: str) -> tuple[float, str]:
    """One element of the reconstruction: its value and how it is written."""
    if decoder == "gaussian":
        return (p - t) ** 2 / 2, f"½({number(p)} − {bracketed(t)})²"
    if decoder == "mse":
        return (p - t) ** 2, f"({number(p)} − {bracketed(t)})²"
    value = -(t * _log(p) + (1 - t) * _log(1 - p))
    if t == 1:
        return value, f"−log {number(p)}"
    if t == 0:
        return value, f"−log(1 − {number(p)})"
    return value, f"−{number(t)}·log {number(p)} − {number(1 - t)}·log(1 − {number(p)})"


_CROSS_ENTROPY = "−t·log p − (1 − t)·log(1 − p)"


def vae(
    recon: Numbers,
    target: Numbers,
    mu: Numbers,
    log_var: Numbers,
    *,
    beta: float = 1.0,
    decoder: Literal["bernoulli", "gaussian"] = "bernoulli",
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Reconstruction of each element and example, divergence, their sum, then the mean."""
    errors = [
        [_error(p, t, decoder) for p, t in zip(ps, ts, strict=True)]
        for ps, ts in zip(rows(recon), rows(target), strict=True)
    ]
    values = tuple(tuple(value for value, _ in row) for row in errors)
    rebuilding = tuple(sum(row) for row in values)
    parts = _kl_parts(mu, log_var)
    divergences = tuple(sum(row) for row in parts)
    terms = tuple(r + beta * kl for r, kl in zip(rebuilding, divergences, strict=True))
    return (
        Step(
            "errors",
            Text("再構成誤差を要素ごとに求める", "Reconstruction error of each element"),
            "½(p − t)²" if decoder == "gaussian" else _CROSS_ENTROPY,
            ", ".join(shown for row in errors for _, shown in row),
            values,
        ),
        Step(
            "reconstruction",
            Text("データごとに合計する", "Sum over the elements of each example"),
            "R = Σₖ eₖ",
            _added(values),
            rebuilding,
        ),
        *_kl_steps(mu, log_var),
        Step(
            "kl",
            Text("データごとにKLを合計する", "Sum of the divergence of each example"),
            "KL = Σ_z ½(μ² + σ² − 1 − log σ²)",
            _added(parts),
            divergences,
        ),
        Step(
            "terms",
            Text("再構成誤差にβ倍のKLを足す", "Add β times the divergence"),
            "R + β·KL",
            ", ".join(
                f"{number(r)} + {number(beta)}·{bracketed(kl)}"
                for r, kl in zip(rebuilding, divergences, strict=True)
            ),
            terms,
        ),
        reduced(terms, reduction),
    )


def reconstruction(
    pred: Numbers,
    target: Numbers,
    *,
    kind: Literal["mse", "bce"] = "mse",
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """One term per element, then the mean."""
    errors = [_error(p, t, kind) for p, t in zip(_flat(pred), _flat(target), strict=True)]
    terms = tuple(value for value, _ in errors)
    return (
        Step(
            "terms",
            Text("要素ごとの誤差を求める", "Error of each element"),
            "(p − t)²" if kind == "mse" else _CROSS_ENTROPY,
            ", ".join(shown for _, shown in errors),
            terms,
        ),
        reduced(terms, reduction),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "gan_discriminator": gan_discriminator,
    "gan_generator_minimax": gan_generator_minimax,
    "gan_generator_non_saturating": gan_generator_non_saturating,
    "lsgan_discriminator": lsgan_discriminator,
    "lsgan_generator": lsgan_generator,
    "wgan_critic": wgan_critic,
    "wgan_generator": generator_scores,
    "hinge_gan_discriminator": hinge_gan_discriminator,
    "hinge_gan_generator": generator_scores,
    "gaussian_kl": gaussian_kl,
    "vae": vae,
    "reconstruction": reconstruction,
}
