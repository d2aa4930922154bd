"""What the tests know of the losses for real-valued targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published
from tests.losses.cases.draw import away_from, coin, index, normal, number, uniform

# The errors of the source material: −0.5, 0.2, −0.2.
SEED: dict[str, object] = {"pred": [2.5, 3.0, 3.5], "target": [3.0, 2.8, 3.7]}
_FAR = {"pred": [1e4, -1e4, 0.0], "target": [-1e4, 1e4, 0.0]}
_MIXED_SHAPES = {"pred": [[1.0], [2.0], [3.0]], "target": [1.0, 2.0, 3.0]}
_SHAPES = (_MIXED_SHAPES, r"pred has shape \(3, 1\) but target has shape \(3,\)")


def _by_hand(arithmetic: str) -> str:
    return f"by hand: {arithmetic}"


def _pairs(
    *kinks: float, **options: Callable[[torch.Generator], object]
) -> Callable[[torch.Generator], dict[str, object]]:
    """Draw predictions and targets whose errors keep away from the kinks, and options."""

    def sample(generator: torch.Generator) -> dict[str, object]:
        target = normal(generator, 6)
        error = away_from(normal(generator, 6), *kinks)
        drawn = {name: draw(generator) for name, draw in options.items()}
        return {"pred": target + error, "target": target, **drawn}

    return sample


def _mean_of(term: Callable[..., float]) -> Callable[..., float]:
    """The mean of one term for each prediction and target."""

    def reference(pred: Sequence[float], target: Sequence[float], **options: float) -> float:
        terms = [term(p, t, **options) for p, t in zip(pred, target, strict=True)]
        return math.fsum(terms) / len(terms)

    return reference


# --- mean squared, mean absolute, root mean squared error ---------------------------------------

MSE = LossCase(
    id="mse",
    published=(
        Published(inputs=SEED, value=0.11, source="scikit-learn mean_squared_error; optax"),
        Published(
            inputs={**SEED, "reduction": "none"},
            value=[0.25, 0.04, 0.04],
            source=_by_hand("0.5², 0.2², 0.2²"),
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=SEED, value=0.33),
        "root_taken": Mistaken(inputs=SEED, value=0.331662),
        "halved": Mistaken(inputs=SEED, value=0.055),
        "signed_mean": Mistaken(inputs=SEED, value=-0.166667),
        "absolute_instead": Mistaken(inputs=SEED, value=0.3),
        "broadcast": Mistaken(inputs=SEED, value=0.343333),
    },
    sample=_pairs(),
    reference=_mean_of(lambda p, t: (p - t) ** 2),
    extreme=(_FAR,),
    refused=(_SHAPES,),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan), ({"pred": 2.0, "target": 5.0}, 9.0)),
)

MAE = LossCase(
    id="mae",
    published=(
        Published(inputs=SEED, value=0.3, source="scikit-learn mean_absolute_error"),
        Published(
            inputs={**SEED, "reduction": "sum"}, value=0.9, source=_by_hand("0.5 + 0.2 + 0.2")
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=SEED, value=0.9),
        "signed_mean": Mistaken(inputs=SEED, value=-0.166667),
        "squared_instead": Mistaken(inputs=SEED, value=0.11),
        # |2.5 − t| = 0.5, 0.3, 1.2; |3 − t| = 0, 0.2, 0.7; |3.5 − t| = 0.5, 0.7, 0.2
        "broadcast": Mistaken(inputs=SEED, value=4.3 / 9),
    },
    sample=_pairs(0.0),
    reference=_mean_of(lambda p, t: abs(p - t)),
    extreme=(_FAR,),
    refused=(_SHAPES,),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

RMSE = LossCase(
    id="rmse",
    published=(
        Published(inputs=SEED, value=0.331662, source="scikit-learn root_mean_squared_error"),
        Published(
            inputs={"pred": [3.0, 4.0], "target": [0.0, 0.0], "reduction": "sum"},
            value=5.0,
            source=_by_hand("√(9 + 16)"),
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=SEED, value=0.574456),
        "no_root": Mistaken(inputs=SEED, value=0.11),
        "root_of_each": Mistaken(inputs=SEED, value=0.3),
        "divided_outside_root": Mistaken(inputs=SEED, value=0.191485),
    },
    sample=_pairs(),
    reference=lambda pred, target: math.sqrt(
        sum((p - t) ** 2 for p, t in zip(pred, target, strict=True)) / len(pred)
    ),
    # no error at all: the root alone would give a NaN gradient
    extreme=(_FAR, {"pred": [1.0, 2.0], "target": [1.0, 2.0]}),
    refused=(_SHAPES, ({**SEED, "reduction": "none"}, "reduction of rmse")),
    differentiable=("pred", "target"),
    no_terms="one root over all elements",
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

# --- Huber and its relatives --------------------------------------------------------------------

_HUBER = {**SEED, "delta": 0.3}  # at delta 1 most mistakes are invisible


def _huber_term(p: float, t: float, delta: float) -> float:
    e = abs(p - t)
    return e * e / 2 if e <= delta else delta * e - delta * delta / 2


HUBER = LossCase(
    id="huber",
    published=(
        Published(inputs=SEED, value=0.055, source="optax huber_loss; torch F.huber_loss"),
        Published(
            inputs=_HUBER,
            value=0.048333,
            source=_by_hand("(0.3·(0.5 − 0.15) + 0.02 + 0.02)/3"),
        ),
        Published(
            inputs={"pred": [10.0], "target": [0.0], "delta": 2.0},
            value=18.0,
            source=_by_hand("2·(10 − 1)"),
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_HUBER, value=0.145),
        "no_half_in_quadratic": Mistaken(inputs=_HUBER, value=0.061667),
        "linear_without_offset": Mistaken(inputs=_HUBER, value=0.063333),
        "linear_as_absolute": Mistaken(inputs=_HUBER, value=0.18),
        "smooth_l1_instead": Mistaken(inputs=_HUBER, value=0.161111),
    },
    sample=_pairs(0.4, -0.4, delta=lambda _: 0.4),
    reference=_mean_of(_huber_term),
    extreme=(_FAR, {**_FAR, "delta": 1e-3}),
    refused=(
        _SHAPES,
        ({**SEED, "delta": 0.0}, "delta must be above 0"),
        ({**SEED, "delta": -1.0}, "delta must be above 0"),
        ({**SEED, "delta": math.nan}, "delta must be above 0"),
    ),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

_SMOOTH = {**SEED, "beta": 0.3}


def _smooth_l1_term(p: float, t: float, beta: float) -> float:
    e = abs(p - t)
    return e * e / beta / 2 if e < beta else e - beta / 2


SMOOTH_L1 = LossCase(
    id="smooth_l1",
    published=(
        Published(
            inputs={**SEED, "beta": 0.1}, value=0.25, source=_by_hand("0.3 − 0.05: all linear")
        ),
        Published(
            inputs=_SMOOTH,
            value=0.161111,
            source=_by_hand("(0.5 − 0.15 + 2·0.04/0.6)/3"),
        ),
        Published(inputs={**SEED, "beta": 0.0}, value=0.3, source="the absolute error"),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_SMOOTH, value=0.483333),
        "huber_instead": Mistaken(inputs={**SEED, "beta": 0.1}, value=0.025),
        "no_half_in_quadratic": Mistaken(inputs=_SMOOTH, value=0.205556),
        "quadratic_without_beta": Mistaken(inputs=_SMOOTH, value=0.13),
        "linear_without_offset": Mistaken(inputs={**SEED, "beta": 0.1}, value=0.3),
    },
    sample=_pairs(0.4, -0.4, beta=lambda _: 0.4),
    reference=_mean_of(_smooth_l1_term),
    extreme=(_FAR, {**_FAR, "beta": 0.0}),
    refused=(_SHAPES, ({**SEED, "beta": -0.1}, "beta must be at least 0")),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

_PSEUDO = {**SEED, "delta": 0.5}


PSEUDO_HUBER = LossCase(
    id="pseudo_huber",
    published=(
        Published(inputs=SEED, value=0.052547, source="Barron's loss at alpha 1"),
        Published(
            inputs={"pred": [3.0], "target": [0.0], "delta": 4.0},
            value=4.0,
            source=_by_hand("16·(√(1 + 9/16) − 1) = 16/4"),
        ),
        Published(
            inputs=_PSEUDO,
            value=(0.25 * (math.sqrt(2) - 1) + 0.5 * (math.sqrt(1.16) - 1)) / 3,
            source=_by_hand("errors over delta: 1, 0.4, 0.4"),
            tolerance=1e-12,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=SEED, value=0.157642),
        "no_minus_one": Mistaken(inputs=SEED, value=1.052547),
        "no_delta_factor": Mistaken(inputs=_PSEUDO, value=4 * 0.0473566),
        "delta_not_squared": Mistaken(inputs=_PSEUDO, value=2 * 0.0473566),
        "huber_instead": Mistaken(inputs=SEED, value=0.055),
    },
    sample=_pairs(delta=lambda generator: number(generator, 0.3, 2.0)),
    reference=_mean_of(lambda p, t, delta: delta**2 * (math.sqrt(1 + ((p - t) / delta) ** 2) - 1)),
    extreme=(
        _FAR,
        {"pred": [1e25, 0.0], "target": [-1e25, 0.0]},  # the square overflows in float32
        {"pred": [1e-12], "target": [0.0]},
    ),
    refused=(_SHAPES, ({**SEED, "delta": 0.0}, "delta must be above 0")),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

LOG_COSH = LossCase(
    id="log_cosh",
    published=(
        Published(inputs=SEED, value=0.0532835, source="optax log_cosh; torchmetrics"),
        Published(
            inputs={"pred": [100.0], "target": [0.0]},
            value=99.306853,
            source=_by_hand("100 − ln 2; cosh overflows in float32"),
        ),
        Published(
            inputs={"pred": [1e-4], "target": [0.0]},
            value=5e-9,
            source=_by_hand("½e² for small errors"),
            tolerance=1e-16,
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=SEED, value=0.159851),
        "base_two": Mistaken(inputs=SEED, value=0.076872),
        "cosh_without_log": Mistaken(inputs=SEED, value=1.055920),
        "log_of_one_plus_cosh": Mistaken(inputs=SEED, value=0.720423),
        "log_two_forgotten": Mistaken(inputs=SEED, value=0.746431),
    },
    sample=_pairs(0.0, 1.0, -1.0),
    reference=_mean_of(lambda p, t: math.log((math.exp(p - t) + math.exp(t - p)) / 2)),
    extreme=(_FAR, {"pred": [1e-8, 1.0], "target": [0.0, 0.0]}),
    refused=(_SHAPES,),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

# --- quantiles and likelihoods ------------------------------------------------------------------

_NINTH = {**SEED, "q": 0.9}  # at 0.5 the direction of the error is invisible


QUANTILE = LossCase(
    id="quantile",
    published=(
        Published(inputs=SEED, value=0.15, source="scikit-learn mean_pinball_loss"),
        Published(inputs=_NINTH, value=0.216667, source="scikit-learn, alpha 0.9"),
        Published(inputs={**SEED, "q": 0.25}, value=0.108333, source="scikit-learn, alpha 0.25"),
        Published(
            inputs={
                "pred": [0.0, 20.0],
                "target": [10.0, 10.0],
                "q": 0.9,
                "reduction": "none",
            },
            value=[9.0, 1.0],
            source=_by_hand("10 too low costs 9, 10 too high costs 1"),
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_NINTH, value=0.65),
        "error_sign_flipped": Mistaken(inputs=_NINTH, value=0.083333),
        "absolute_error": Mistaken(inputs=_NINTH, value=0.3),
        "same_weight_both_sides": Mistaken(inputs=_NINTH, value=0.27),
    },
    sample=_pairs(0.0, q=lambda generator: number(generator, 0.05, 0.45)),
    reference=_mean_of(lambda p, t, q: q * (t - p) if t > p else (1 - q) * (p - t)),
    extreme=({**_FAR, "q": 0.9},),
    refused=(
        _SHAPES,
        ({**SEED, "q": 0.0}, "q must lie strictly between 0 and 1"),
        ({**SEED, "q": 1.0}, "q must lie strictly between 0 and 1"),
        ({**SEED, "q": 25}, "q must lie strictly between 0 and 1"),
    ),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

_H225 = {"mean": [1.0, 2.0], "target": [1.5, 1.0], "var": [0.5, 1.0]}
_BURN_GAUSSIAN = "tracel-ai/burn:crates/burn-nn/src/loss/gaussian_nll.rs"


def _gaussian_sample(generator: torch.Generator) -> dict[str, object]:
    return {
        "mean": normal(generator, 5),
        "target": normal(generator, 5),
        "var": uniform(generator, 5, low=0.2, high=3.0),
        "full": coin(generator),
    }


def _gaussian_reference(
    mean: list[float], target: list[float], var: list[float], full: bool
) -> float:
    total = 0.0
    for m, y, v in zip(mean, target, var, strict=True):
        density = math.exp(-((y - m) ** 2) / (2 * v)) / math.sqrt(v)
        total -= math.log(density / math.sqrt(2 * math.pi) if full else density)
    return total / len(mean)


GAUSSIAN_NLL = LossCase(
    id="gaussian_nll",
    published=(
        Published(inputs=_H225, value=0.201713, source=_BURN_GAUSSIAN),
        Published(
            inputs={**_H225, "full": True},
            value=1.120652,
            source=_by_hand("0.201713 + ½ ln 2π"),
        ),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_H225, value=0.403426),
        "std_as_variance": Mistaken(inputs=_H225, value=0.251745),
        "no_half": Mistaken(inputs=_H225, value=0.403426),
        "constant_added": Mistaken(inputs=_H225, value=1.120652),
        "no_log_term": Mistaken(inputs=_H225, value=0.375),
    },
    sample=_gaussian_sample,
    reference=_gaussian_reference,
    extreme=(
        {"mean": [1e4, 0.0], "target": [-1e4, 0.0], "var": [1.0, 1.0]},
        {"mean": [0.0, 0.0], "target": [0.0, 1.0], "var": [1e-12, 1e12]},
    ),
    refused=(
        (
            {"mean": [1.0, 2.0], "target": [1.5, 1.0], "var": [0.5]},
            r"mean has shape \(2,\) but var has shape \(1,\)",
        ),
        # a log-variance in the place of the variance
        ({**_H225, "var": [-0.693147, 0.0]}, "var must be above 0"),
        ({**_H225, "var": [0.5, 0.0]}, "var must be above 0"),
    ),
    differentiable=("mean", "target", "var"),
)

_H228 = {"log_rate": [0.5, 1.5, 2.5], "target": [1.0, 2.0, 3.0]}
_TORCH_POISSON = "pytorch/pytorch:test/cpp/api/modules.cpp::PoissonNLLLoss"


def _poisson_sample(generator: torch.Generator) -> dict[str, object]:
    log_input = coin(generator)
    log_rate = normal(generator, 5)
    return {
        "log_rate": log_rate if log_input else log_rate.exp(),
        "target": index(generator, 6, 5).double(),
        "log_input": log_input,
        "full": coin(generator),
    }


def _poisson_reference(
    log_rate: list[float], target: list[float], log_input: bool, full: bool
) -> float:
    total = 0.0
    for given, y in zip(log_rate, target, strict=True):
        rate = math.exp(given) if log_input else given
        total += rate - y * math.log(rate)
        if full and y > 1:
            total += math.log(math.sqrt(2 * math.pi * y) * (y / math.e) ** y)
    return total / len(target)


POISSON_NLL = LossCase(
    id="poisson_nll",
    published=(
        Published(inputs=_H228, value=2.437634767247222, source=_TORCH_POISSON, tolerance=1e-9),
        Published(
            inputs={"log_rate": [2.0], "target": [0.0], "log_input": False},
            value=2.0,
            source=_by_hand("nothing seen: λ itself"),
        ),
        Published(inputs={**_H228, "full": True}, value=3.242931, source=_TORCH_POISSON),
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=_H228, value=7.312904),
        "other_input_space": Mistaken(inputs=_H228, value=0.544448),
        "stirling_added": Mistaken(inputs=_H228, value=3.242931),
        # (e^0.5 + e^1.5 + e^2.5)/3
        "target_term_forgotten": Mistaken(inputs=_H228, value=6.104301),
    },
    sample=_poisson_sample,
    reference=_poisson_reference,
    extreme=(
        {"log_rate": [-1e4, 80.0], "target": [0.0, 1e4]},
        {"log_rate": [1e-12, 1e12], "target": [0.0, 1e4], "log_input": False},
    ),
    refused=(
        (
            {"log_rate": [0.5, 1.5], "target": [1.0]},
            r"log_rate has shape \(2,\) but target has shape \(1,\)",
        ),
        ({**_H228, "target": [1.0, -2.0, 3.0]}, "target must be at least 0"),
        (
            {"log_rate": [0.5, 0.0], "target": [1.0, 2.0], "log_input": False},
            "log_rate must be above 0",
        ),
    ),
    differentiable=("log_rate",),
)

# --- the adaptive robust loss -------------------------------------------------------------------

_BARRON = "jonbarron/robust_loss_pytorch:robust_loss_pytorch/general.py"
_NARROW = {**SEED, "scale": 0.5}
_ALPHAS = (2.0, 1.5, 1.0, 0.0, -2.0, -math.inf, math.inf, 0.3)


def _barron_term(p: float, t: float, alpha: float, scale: float) -> float:
    x2 = ((p - t) / scale) ** 2
    limits = {
        2.0: x2 / 2,
        0.0: math.log(x2 / 2 + 1),
        -math.inf: 1 - math.exp(-x2 / 2),
        math.inf: math.exp(x2 / 2) - 1,
    }
    if alpha in limits:
        return limits[alpha]
    b = abs(alpha - 2)
    return b / alpha * ((x2 / b + 1) ** (alpha / 2) - 1)


ADAPTIVE_ROBUST = LossCase(
    id="adaptive_robust",
    published=tuple(
        Published(inputs={**SEED, "alpha": alpha}, value=value, source=_BARRON)
        for alpha, value in (
            (2.0, 0.055),
            (1.0, 0.052547),
            (0.0, 0.052463),
            (-2.0, 0.052417),
            (-math.inf, 0.052369),
        )
    ),
    mistaken={
        "sum_for_mean": Mistaken(inputs=SEED, value=0.157642),
        "scale_forgotten": Mistaken(inputs=_NARROW, value=0.052547),
        "no_minus_one": Mistaken(inputs=SEED, value=1.052547),
        # alpha 1: (x²+1)¹ − 1 = x²
        "exponent_not_halved": Mistaken(inputs=SEED, value=0.11),
    },
    sample=_pairs(
        alpha=lambda generator: _ALPHAS[int(index(generator, len(_ALPHAS), 1).item())],
        scale=lambda generator: number(generator, 0.5, 2.0),
    ),
    reference=_mean_of(_barron_term),
    extreme=tuple({**_FAR, "alpha": alpha} for alpha in (2.0, 1.0, 1e-6, 0.0, -2.0, -math.inf)),
    refused=(
        _SHAPES,
        ({**SEED, "scale": 0.0}, "scale must be above 0"),
        ({**SEED, "alpha": math.nan}, "alpha must be a number"),
    ),
    differentiable=("pred", "target"),
    degenerate=(({"pred": [], "target": []}, math.nan),),
)

CASES: tuple[LossCase, ...] = (
    MSE,
    MAE,
    RMSE,
    HUBER,
    SMOOTH_L1,
    PSEUDO_HUBER,
    LOG_COSH,
    QUANTILE,
    GAUSSIAN_NLL,
    POISSON_NLL,
    ADAPTIVE_ROBUST,
)
