"""Questions a person can work have one, two or three terms: there, too, mistakes stay apart.

With so few terms two mistakes may coincide for good (twice the mean of two is their sum); then no
draw of numbers could ever make the question diagnosable.
"""

from __future__ import annotations

import itertools
import math
import random

import pytest

import losses
from losses import evaluation

Inputs = dict[str, object]


def _number(rng: random.Random, low: float = -2, high: float = 2) -> float:
    return round(rng.uniform(low, high), 1)


def _vector(rng: random.Random, size: int, low: float = -2, high: float = 2) -> list[float]:
    return [_number(rng, low, high) for _ in range(size)]


def _matrix(rng: random.Random, *shape: int, low: float = -2, high: float = 2) -> list[list[float]]:
    rows, columns = shape
    return [_vector(rng, columns, low, high) for _ in range(rows)]


def _boxes(rng: random.Random, count: int) -> list[list[float]]:
    corners = [(rng.randint(0, 3), rng.randint(0, 3)) for _ in range(count)]
    return [[x, y, x + rng.randint(1, 4), y + rng.randint(1, 4)] for x, y in corners]


def _signs(rng: random.Random, count: int) -> list[int]:
    return [rng.choice((-1, 1)) for _ in range(count)]


def _drawn(loss_id: str, rng: random.Random, n: int) -> Inputs:
    """Numbers with one decimal, as a question would show them, with `n` terms."""
    match loss_id:
        case "triplet_margin":
            return {name: _matrix(rng, n, 2) for name in ("anchor", "positive", "negative")}
        case "contrastive":
            same = [rng.randint(0, 1) for _ in range(n)]
            return {"distances": _vector(rng, n, 0.1, 1.5), "same": same}
        case "hinge_embedding":
            return {"distances": _vector(rng, n, 0.1, 1.5), "target": _signs(rng, n)}
        case "margin_ranking":
            scores = {"scores1": _vector(rng, n), "scores2": _vector(rng, n)}
            return {**scores, "target": _signs(rng, n), "margin": 0.5}
        case "cosine_embedding":
            pair = {"x1": _matrix(rng, n, 2), "x2": _matrix(rng, n, 2)}
            return {**pair, "target": _signs(rng, n), "margin": 0.2}
        case "box_iou_loss" | "giou_loss" | "diou_loss" | "ciou_loss":
            return {"pred": _boxes(rng, n), "target": _boxes(rng, n)}
        case "gaussian_kl":
            return {"mu": _matrix(rng, n, 2), "log_var": _matrix(rng, n, 2)}
        case "vae":
            recon = _matrix(rng, n, 3, low=0.1, high=0.9)
            target = [[rng.randint(0, 1) for _ in range(3)] for _ in range(n)]
            return {"recon": recon, "target": target, **_drawn("gaussian_kl", rng, n), "beta": 2.0}
        case "reconstruction":
            return {name: _matrix(rng, n, 3, low=0.1, high=0.9) for name in ("pred", "target")}
        case _:
            names = [argument.name for argument in losses.CATALOG[loss_id].arguments]
            return {name: _vector(rng, n) for name in names}


def _coincidence(loss_id: str, inputs: Inputs) -> str | None:
    """Two calculations that give one number here, or None."""
    values = {"the right one": losses.compute(loss_id, **inputs).item()}
    for mistake in losses.mistakes.of(loss_id):
        value = evaluation.run(mistake.function, loss_id, **inputs).item()
        if math.isfinite(value):
            values[mistake.id] = value
    if abs(values["the right one"]) < 1e-3:
        return "the value is 0"
    for one, other in itertools.combinations(values, 2):
        if abs(values[one] - values[other]) < 1e-3:
            return f"{one} and {other}"
    return None


_IDS = (
    "triplet_margin",
    "contrastive",
    "hinge_embedding",
    "margin_ranking",
    "cosine_embedding",
    "box_iou_loss",
    "giou_loss",
    "diou_loss",
    "ciou_loss",
    "gan_discriminator",
    "gan_generator_minimax",
    "gan_generator_non_saturating",
    "lsgan_discriminator",
    "lsgan_generator",
    "wgan_critic",
    "wgan_generator",
    "hinge_gan_discriminator",
    "hinge_gan_generator",
    "gaussian_kl",
    "vae",
    "reconstruction",
)


@pytest.mark.parametrize("terms", [1, 2, 3])
@pytest.mark.parametrize("loss_id", _IDS)
def test_some_numbers_let_every_mistake_show(loss_id: str, terms: int):
    found = [
        _coincidence(loss_id, _drawn(loss_id, random.Random(seed), terms)) for seed in range(60)
    ]
    assert None in found, max(set(found), key=found.count)
