"""What SciPy, scikit-learn and PyTorch compute is the same, in float64, to 1e-10."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from scipy import special, stats
from scipy.spatial import distance
from sklearn import metrics
from torch import Tensor, distributions

import losses
from tests.losses.cases.draw import index, normal, number, sign, uniform

Draw = Callable[[torch.Generator], dict[str, object]]


@dataclass(frozen=True, kw_only=True)
class Oracle:
    """A loss, random inputs, and somebody else's value of it."""

    id: str
    by: str
    draw: Draw
    # takes the tensors in their order (SciPy and scikit-learn as arrays), drawn options by name
    value: Callable[..., object]
    options: dict[str, object] = field(default_factory=dict)  # of the loss alone


def errors(g: torch.Generator) -> dict[str, object]:
    return {"pred": 2 * normal(g, 3, 4), "target": normal(g, 3, 4)}


def with_delta(g: torch.Generator) -> dict[str, object]:
    return {**errors(g), "delta": number(g, 0.2, 3)}


def chances(g: torch.Generator, *shape: int) -> Tensor:
    """Distributions along the last axis, an impossible outcome here and there."""
    mass = uniform(g, *shape, low=0.01) * (uniform(g, *shape) > 0.1)
    mass[..., 0] += 0.01
    return mass / mass.sum(-1, keepdim=True)


def two_distributions(*names: str) -> Draw:
    def draw(g: torch.Generator) -> dict[str, object]:
        return {name: chances(g, 3, 6) for name in names}

    return draw


def possible(name: str, target: str, *, log: bool = False) -> Draw:
    """A target that may rule outcomes out, and a prediction that rules none out."""

    def draw(g: torch.Generator) -> dict[str, object]:
        logits = normal(g, 3, 6)
        return {
            name: logits.log_softmax(-1) if log else logits.softmax(-1),
            target: chances(g, 3, 6),
        }

    return draw


def samples(g: torch.Generator) -> dict[str, object]:
    return {"u": normal(g, 7), "v": normal(g, 4)}


def weighted_samples(g: torch.Generator) -> dict[str, object]:
    return {**samples(g), "u_weights": uniform(g, 7), "v_weights": uniform(g, 4)}


def classes(g: torch.Generator) -> dict[str, object]:
    target = index(g, 4, 6)
    target[:4] = torch.arange(4)  # scikit-learn learns the classes from the labels
    return {"logits": 2 * normal(g, 6, 4), "target": target}


def class_scores(g: torch.Generator) -> dict[str, object]:
    drawn = classes(g)
    return {"scores": drawn["logits"], "target": drawn["target"]}


def coins(first: str) -> Draw:
    def draw(g: torch.Generator) -> dict[str, object]:
        target = index(g, 2, 8).double()
        target[:2] = torch.tensor([0.0, 1.0])
        given = normal(g, 8)
        return {first: given.sigmoid() if first == "probs" else given, "target": target}

    return draw


def sides(g: torch.Generator) -> dict[str, object]:
    target = sign(g, 8)
    target[:2] = torch.tensor([-1.0, 1.0])
    return {"scores": 2 * normal(g, 8), "target": target}


def a_list(g: torch.Generator) -> dict[str, object]:
    return {"scores": normal(g, 3, 7), "relevance": index(g, 4, 3, 7)}


def hard_masks(g: torch.Generator) -> dict[str, object]:
    pred, target = index(g, 2, 12).double(), index(g, 2, 12).double()
    pred[0] = target[0] = 1
    return {"pred": pred, "target": target}


def triplets(g: torch.Generator) -> dict[str, object]:
    return {name: normal(g, 6, 3) for name in ("anchor", "positive", "negative")}


def counts(g: torch.Generator) -> dict[str, object]:
    return {"log_rate": normal(g, 8), "target": index(g, 5, 8).double()}


def counts_by_rate(g: torch.Generator) -> dict[str, object]:
    return {"log_rate": uniform(g, 8, low=0.1, high=4), "target": index(g, 5, 8).double()}


def gaussians(g: torch.Generator) -> dict[str, object]:
    return {"mean": normal(g, 8), "target": normal(g, 8), "var": uniform(g, 8, low=0.1, high=3)}


def spread(g: torch.Generator) -> dict[str, object]:
    return {"mu": normal(g, 4, 3), "log_var": normal(g, 4, 3)}


def two_scores(g: torch.Generator) -> dict[str, object]:
    return {"scores1": normal(g, 8), "scores2": normal(g, 8), "target": sign(g, 8)}


def two_vectors(g: torch.Generator) -> dict[str, object]:
    return {"x1": normal(g, 6, 3), "x2": normal(g, 6, 3), "target": sign(g, 6)}


def distances(g: torch.Generator) -> dict[str, object]:
    return {"distances": uniform(g, 8, high=2), "target": sign(g, 8)}


def frames(g: torch.Generator) -> dict[str, object]:
    return {"log_probs": normal(g, 9, 2, 4).log_softmax(-1), "targets": 1 + index(g, 3, 2, 3)}


def labelled(g: torch.Generator) -> dict[str, object]:
    return {"embeddings": normal(g, 8, 3), "labels": index(g, 3, 8)}


def mean_entropy(probs: np.ndarray) -> float:
    return float(np.mean(stats.entropy(probs, axis=-1)))


def scipy_triplets(embeddings: np.ndarray, labels: np.ndarray) -> float:
    """Every triplet in turn, over SciPy's distances."""
    apart = distance.cdist(embeddings, embeddings)
    terms = [
        max(0.0, apart[a, p] - apart[a, n] + 1)
        for a in range(8)
        for p in range(8)
        for n in range(8)
        if a != p and labels[a] == labels[p] != labels[n]
    ]
    return sum(terms) / max(1, len(terms))


def without_eps(first: Tensor, second: Tensor) -> Tensor:
    return torch.linalg.vector_norm(first - second, dim=-1)


SCIPY = [
    Oracle(
        id="huber",
        by="special.huber",
        draw=with_delta,
        value=lambda pred, target, delta: special.huber(delta, pred - target).mean(),
    ),
    Oracle(
        id="pseudo_huber",
        by="special.pseudo_huber",
        draw=with_delta,
        value=lambda pred, target, delta: special.pseudo_huber(delta, pred - target).mean(),
    ),
    Oracle(
        id="gaussian_nll",
        by="stats.norm",
        draw=gaussians,
        options={"full": True},
        value=lambda mean, target, var: -stats.norm(mean, np.sqrt(var)).logpdf(target).mean(),
    ),
    Oracle(
        id="poisson_nll",
        by="stats.poisson",
        draw=counts,
        value=lambda log_rate, target: (
            -stats.poisson(np.exp(log_rate)).logpmf(target) - special.gammaln(target + 1)
        ).mean(),
    ),
    Oracle(
        id="cross_entropy",
        by="special.log_softmax",
        draw=classes,
        value=lambda logits, target: -special.log_softmax(logits, axis=-1)[range(6), target].mean(),
    ),
    Oracle(
        id="kl_div",
        by="special.rel_entr",
        draw=possible("log_probs", "target", log=True),
        value=lambda log_probs, target: special.rel_entr(target, np.exp(log_probs)).sum() / 3,
    ),
    Oracle(
        id="kl_div",
        by="stats.entropy",
        draw=possible("log_probs", "target"),
        options={"log_input": False},
        value=lambda log_probs, target: stats.entropy(target, log_probs, axis=-1).mean(),
    ),
    Oracle(
        id="js_div",
        by="distance.jensenshannon",
        draw=two_distributions("p", "q"),
        value=lambda p, q: (distance.jensenshannon(p, q, axis=-1) ** 2).mean(),
    ),
    Oracle(id="entropy", by="stats.entropy", draw=two_distributions("probs"), value=mean_entropy),
    Oracle(
        id="distribution_cross_entropy",
        by="stats.entropy, twice",
        draw=possible("probs", "target"),
        value=lambda probs, target: (
            mean_entropy(target) + stats.entropy(target, probs, axis=-1).mean()
        ),
    ),
    Oracle(
        id="wasserstein_1d",
        by="wasserstein_distance",
        draw=samples,
        value=stats.wasserstein_distance,
    ),
    Oracle(
        id="wasserstein_1d",
        by="wasserstein_distance, weighted",
        draw=weighted_samples,
        value=stats.wasserstein_distance,
    ),
    Oracle(
        id="triplet_margin",
        by="distance.euclidean",
        draw=triplets,
        value=lambda anchor, positive, negative: np.mean(
            [
                max(0.0, distance.euclidean(a, p) - distance.euclidean(a, n) + 1)
                for a, p, n in zip(anchor, positive, negative, strict=True)
            ]
        ),
    ),
    Oracle(id="triplet_batch_all", by="distance.cdist", draw=labelled, value=scipy_triplets),
]

SCIKIT_LEARN = [
    Oracle(id="mse", by="mean_squared_error", draw=errors, value=metrics.mean_squared_error),
    Oracle(id="mae", by="mean_absolute_error", draw=errors, value=metrics.mean_absolute_error),
    Oracle(
        id="rmse",
        by="root_mean_squared_error",
        draw=lambda g: {"pred": normal(g, 9), "target": normal(g, 9)},
        value=metrics.root_mean_squared_error,
    ),
    Oracle(
        id="quantile",
        by="mean_pinball_loss",
        draw=lambda g: {**errors(g), "q": number(g, 0.05, 0.95)},
        value=lambda pred, target, q: metrics.mean_pinball_loss(target, pred, alpha=q),
    ),
    Oracle(
        id="poisson_nll",
        by="mean_poisson_deviance",
        draw=counts,
        # the deviance is twice the distance from the loss of a perfect prediction
        value=lambda log_rate, target: (
            metrics.mean_poisson_deviance(target, np.exp(log_rate)) / 2
            + (target - special.xlogy(target, target)).mean()
        ),
    ),
    Oracle(
        id="cross_entropy",
        by="log_loss",
        draw=classes,
        value=lambda logits, target: metrics.log_loss(target, special.softmax(logits, axis=-1)),
    ),
    Oracle(
        id="bce",
        by="log_loss",
        draw=coins("probs"),
        value=lambda probs, target: metrics.log_loss(target, probs),
    ),
    Oracle(
        id="bce_with_logits",
        by="log_loss",
        draw=coins("logits"),
        value=lambda logits, target: metrics.log_loss(target, special.expit(logits)),
    ),
    Oracle(
        id="hinge",
        by="hinge_loss",
        draw=sides,
        value=lambda scores, target: metrics.hinge_loss(target, scores),
    ),
    Oracle(
        id="crammer_singer_hinge",
        by="hinge_loss",
        draw=class_scores,
        value=lambda scores, target: metrics.hinge_loss(target, scores),
    ),
    *(
        Oracle(
            id=loss_id,
            by=f"{function.__name__}, k={k}, {gain} gain",
            draw=a_list,
            options={"k": k, "gain": gain},
            # scikit-learn's gain is the label itself: 2^y − 1 is handed to it where that is meant
            value=lambda scores, relevance, function=function, k=k, gain=gain: function(
                relevance if gain == "linear" else 2**relevance - 1, scores, k=k
            ),
        )
        for loss_id, function in (("dcg", metrics.dcg_score), ("ndcg", metrics.ndcg_score))
        for k in (None, 3)
        for gain in ("linear", "exponential")
    ),
    Oracle(
        id="soft_iou",
        by="jaccard_score",
        draw=hard_masks,
        value=lambda pred, target: 1 - metrics.jaccard_score(target, pred),
    ),
    Oracle(
        id="soft_dice",
        by="f1_score",
        draw=hard_masks,
        value=lambda pred, target: 1 - metrics.f1_score(target, pred),
    ),
    Oracle(
        id="soft_tversky",
        by="fbeta_score",
        draw=hard_masks,
        options={"alpha": 1 / 5, "beta": 4 / 5},  # F₂: 1/(1 + 2²) and 2²/(1 + 2²)
        value=lambda pred, target: 1 - metrics.fbeta_score(target, pred, beta=2),
    ),
]

TORCH = [
    Oracle(id="mse", by="mse_loss", draw=errors, value=F.mse_loss),
    Oracle(id="mae", by="l1_loss", draw=errors, value=F.l1_loss),
    Oracle(id="huber", by="huber_loss", draw=with_delta, value=F.huber_loss),
    Oracle(
        id="smooth_l1",
        by="smooth_l1_loss",
        draw=lambda g: {**errors(g), "beta": number(g, 0.2, 3)},
        value=F.smooth_l1_loss,
    ),
    Oracle(
        id="gaussian_nll",
        by="gaussian_nll_loss",
        draw=gaussians,
        value=F.gaussian_nll_loss,
    ),
    Oracle(
        id="poisson_nll",
        by="poisson_nll_loss",
        draw=counts,
        options={"full": True},
        value=lambda log_rate, target: F.poisson_nll_loss(log_rate, target, full=True),
    ),
    Oracle(
        id="poisson_nll",
        by="poisson_nll_loss of rates",
        draw=counts_by_rate,
        options={"log_input": False},
        value=lambda rate, target: F.poisson_nll_loss(rate, target, log_input=False, eps=0),
    ),
    Oracle(
        id="cross_entropy",
        by="cross_entropy, weighted and smoothed",
        draw=lambda g: {**classes(g), "weight": uniform(g, 4), "label_smoothing": 0.2},
        value=F.cross_entropy,
    ),
    Oracle(
        id="nll",
        by="nll_loss",
        draw=lambda g: {
            "log_probs": normal(g, 6, 4).log_softmax(-1),
            "target": index(g, 4, 6),
            "weight": uniform(g, 4),
        },
        value=lambda log_probs, target, weight: F.nll_loss(log_probs, target, weight=weight),
    ),
    Oracle(
        id="bce",
        by="binary_cross_entropy",
        draw=coins("probs"),
        value=F.binary_cross_entropy,
    ),
    Oracle(
        id="bce_with_logits",
        by="binary_cross_entropy_with_logits",
        draw=coins("logits"),
        options={"pos_weight": 3.0},
        value=lambda logits, target: F.binary_cross_entropy_with_logits(
            logits, target, pos_weight=torch.tensor(3.0, dtype=torch.float64)
        ),
    ),
    *(
        Oracle(
            id="multi_margin",
            by=f"multi_margin_loss, p={p}",
            draw=class_scores,
            options={"p": p},
            value=lambda scores, target, p=p: F.multi_margin_loss(scores, target, p=p),
        )
        for p in (1, 2)
    ),
    *(
        Oracle(
            id="kl_div",
            by=f"kl_div, {reduction}",
            draw=possible("log_probs", "target", log=True),
            options={"reduction": reduction},
            value=lambda log_probs, target, reduction=reduction: F.kl_div(
                log_probs, target, reduction=reduction
            ),
        )
        for reduction in ("batchmean", "mean", "sum", "none")
    ),
    Oracle(
        id="kl_div",
        by="distributions.kl_divergence",
        draw=possible("log_probs", "target"),
        options={"log_input": False},
        value=lambda log_probs, target: distributions.kl_divergence(
            distributions.Categorical(target), distributions.Categorical(log_probs)
        ).mean(),
    ),
    Oracle(
        id="gaussian_kl",
        by="distributions.kl_divergence",
        draw=spread,
        value=lambda mu, log_var: (
            distributions.kl_divergence(
                distributions.Normal(mu, (log_var / 2).exp()), distributions.Normal(0.0, 1.0)
            )
            .sum(-1)
            .mean()
        ),
    ),
    *(
        Oracle(
            id="triplet_margin",
            by=f"triplet_margin_with_distance_loss, {reduction}",
            draw=triplets,
            options={"margin": 0.7, "reduction": reduction},
            value=lambda anchor, positive, negative, reduction=reduction: (
                F.triplet_margin_with_distance_loss(
                    anchor,
                    positive,
                    negative,
                    distance_function=without_eps,
                    margin=0.7,
                    reduction=reduction,
                )
            ),
        )
        for reduction in ("mean", "sum", "none")
    ),
    Oracle(
        id="hinge_embedding",
        by="hinge_embedding_loss",
        draw=distances,
        options={"margin": 1.5},
        value=lambda distances, target: F.hinge_embedding_loss(distances, target, margin=1.5),
    ),
    Oracle(
        id="margin_ranking",
        by="margin_ranking_loss",
        draw=two_scores,
        options={"margin": 0.3},
        value=lambda scores1, scores2, target: F.margin_ranking_loss(
            scores1, scores2, target, margin=0.3
        ),
    ),
    Oracle(
        id="cosine_embedding",
        by="cosine_embedding_loss",
        draw=two_vectors,
        options={"margin": 0.2},
        value=lambda x1, x2, target: F.cosine_embedding_loss(x1, x2, target, margin=0.2),
    ),
    Oracle(
        id="ctc",
        by="ctc_loss",
        draw=frames,
        value=lambda log_probs, targets: F.ctc_loss(log_probs, targets, (9, 9), (3, 3)),
    ),
    Oracle(
        id="distribution_cross_entropy",
        by="cross_entropy of soft labels",
        draw=possible("probs", "target"),
        value=lambda probs, target: F.cross_entropy(probs.log(), target),
    ),
    Oracle(
        id="entropy",
        by="distributions.Categorical",
        draw=two_distributions("probs"),
        value=lambda probs: distributions.Categorical(probs=probs).entropy().mean(),
    ),
    Oracle(
        id="reconstruction",
        by="mse_loss",
        draw=errors,
        value=F.mse_loss,
    ),
    Oracle(
        id="pairwise_hinge",
        by="margin_ranking_loss of every pair",
        draw=lambda g: {
            "scores": normal(g, 2, 3),
            "relevance": torch.tensor([[0.0, 2.0, 1.0]] * 2, dtype=torch.float64),
        },
        value=lambda scores, _: F.margin_ranking_loss(
            scores[:, [1, 1, 2]], scores[:, [0, 2, 0]], torch.ones(2, 3), margin=1.0
        ),
    ),
    Oracle(
        id="gan_discriminator",
        by="binary_cross_entropy_with_logits, twice",
        draw=lambda g: {"real_logits": normal(g, 5), "fake_logits": normal(g, 5)},
        value=lambda real, fake: (
            F.binary_cross_entropy_with_logits(real, torch.ones_like(real))
            + F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
        ),
    ),
    Oracle(
        id="gan_generator_non_saturating",
        by="binary_cross_entropy_with_logits",
        draw=lambda g: {"fake_logits": normal(g, 5)},
        value=lambda fake: F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake)),
    ),
]


def named(oracles: list[Oracle]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "oracle", [pytest.param(oracle, id=f"{oracle.id}: {oracle.by}") for oracle in oracles]
    )


@named(SCIPY)
def test_scipy_computes_the_same(oracle: Oracle):
    compare(oracle, Tensor.numpy)


@named(SCIKIT_LEARN)
def test_scikit_learn_computes_the_same(oracle: Oracle):
    compare(oracle, Tensor.numpy)


@named(TORCH)
@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides")
def test_pytorch_computes_the_same(oracle: Oracle):
    compare(oracle, Tensor.clone)


def compare(oracle: Oracle, prepared: Callable[[Tensor], object]) -> None:
    for seed in range(25):
        inputs = oracle.draw(torch.Generator().manual_seed(seed))
        value = losses.compute(oracle.id, **inputs, **oracle.options)
        given = [prepared(tensor) for tensor in inputs.values() if isinstance(tensor, Tensor)]
        options = {name: x for name, x in inputs.items() if not isinstance(x, Tensor)}
        expected = torch.as_tensor(oracle.value(*given, **options), dtype=torch.float64)
        torch.testing.assert_close(value, expected, rtol=1e-10, atol=1e-10)


def test_every_loss_that_pytorch_has_is_compared_with_it():
    built_in = {info.id for info in losses.CATALOG.values() if info.pytorch is not None}
    assert built_in <= {oracle.id for oracle in TORCH}
