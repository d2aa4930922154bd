"""Other people's implementations give the same values on random inputs.

PyTorch, SciPy and scikit-learn are there in development; the others are asked where they are
installed, and a test says so where they are not.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

import pytest
import torch
from torch import Tensor

import losses
from tests.losses.cases import CASE
from tests.losses.cases.inputs import drawn


@dataclass(frozen=True)
class Oracle:
    """Another implementation of a loss.

    `value` is called with the module and the inputs of our loss by name. `fixed` replaces what the
    random inputs would hold; None drops it.
    """

    loss: str
    module: str
    value: Callable[..., Tensor | float]
    fixed: Mapping[str, object] = field(default_factory=dict)
    tolerance: float = 1e-9


def rows_of(per_row: Callable[..., float], *tables: Tensor) -> float:
    """The mean of a function of one row over all rows."""
    values = [per_row(*(row.numpy() for row in rows)) for rows in zip(*tables, strict=True)]
    return float(sum(values)) / len(values)


def both_distributions(
    log_probs: Tensor, target: Tensor, log_input: bool, log_target: bool
) -> tuple[Tensor, Tensor]:
    """P and Q of a Kullback-Leibler divergence, as probabilities."""
    return target.exp() if log_target else target, log_probs.exp() if log_input else log_probs


# Scores of two lists of three items with grades 0, 2, 1, and their pairs, the better one first.
TWO_LISTS = torch.tensor([[0.3, 1.1, -0.2], [0.9, -0.4, 0.8]], dtype=torch.float64)
PAIRS = ((1, 0), (1, 2), (2, 0))

FUNCTIONAL = "torch.nn.functional"
DISTRIBUTIONS = "torch.distributions"
SPECIAL = "scipy.special"
METRICS = "sklearn.metrics"
TORCHMETRICS = "torchmetrics.functional"
METRIC_LEARNING = "pytorch_metric_learning.losses"
MONAI = "monai.losses"

TORCH = (
    Oracle("mse", FUNCTIONAL, lambda f, pred, target: f.mse_loss(pred, target)),
    Oracle("mae", FUNCTIONAL, lambda f, pred, target: f.l1_loss(pred, target)),
    Oracle("huber", FUNCTIONAL, lambda f, pred, target, **o: f.huber_loss(pred, target, **o)),
    Oracle(
        "smooth_l1", FUNCTIONAL, lambda f, pred, target, **o: f.smooth_l1_loss(pred, target, **o)
    ),
    Oracle(
        "gaussian_nll",
        FUNCTIONAL,
        lambda f, mean, target, var, **o: f.gaussian_nll_loss(mean, target, var, **o),
    ),
    Oracle(
        "gaussian_nll",
        DISTRIBUTIONS,
        lambda d, mean, target, var, full: -d.Normal(mean, var.sqrt()).log_prob(target).mean(),
        {"full": True},
    ),
    Oracle(
        "poisson_nll",
        FUNCTIONAL,
        lambda f, log_rate, target, **o: f.poisson_nll_loss(log_rate, target, eps=0.0, **o),
    ),
    Oracle(
        "cross_entropy",
        FUNCTIONAL,
        lambda f, logits, target, **o: f.cross_entropy(logits, target, **o),
    ),
    Oracle("nll", FUNCTIONAL, lambda f, log_probs, target, **o: f.nll_loss(log_probs, target, **o)),
    Oracle("bce", FUNCTIONAL, lambda f, probs, target: f.binary_cross_entropy(probs, target)),
    Oracle(
        "bce_with_logits",
        FUNCTIONAL,
        lambda f, logits, target, pos_weight=None: f.binary_cross_entropy_with_logits(
            logits,
            target,
            pos_weight=None if pos_weight is None else torch.as_tensor(pos_weight),
        ),
        tolerance=1e-7,  # a number becomes a float32 tensor here
    ),
    Oracle(
        "multi_margin",
        FUNCTIONAL,
        lambda f, scores, target, **o: f.multi_margin_loss(scores, target, **o),
    ),
    Oracle(
        "kl_div",
        FUNCTIONAL,
        lambda f, log_probs, target, log_input, log_target: f.kl_div(
            log_probs if log_input else log_probs.log(),
            target,
            reduction="batchmean",
            log_target=log_target,
        ),
    ),
    Oracle(
        "kl_div",
        DISTRIBUTIONS,
        lambda d, **inputs: d.kl_divergence(
            *(d.Categorical(probs=probs) for probs in both_distributions(**inputs))
        ).mean(),
    ),
    Oracle(
        "distribution_cross_entropy",
        FUNCTIONAL,
        lambda f, probs, target: f.cross_entropy(probs.log(), target),
    ),
    Oracle(
        "reconstruction",
        FUNCTIONAL,
        lambda f, pred, target, kind: (f.mse_loss if kind == "mse" else f.binary_cross_entropy)(
            pred, target
        ),
    ),
    Oracle(
        "pairwise_hinge",
        FUNCTIONAL,
        lambda f, scores, relevance, margin: f.margin_ranking_loss(
            *(scores[:, [i for i, _ in PAIRS]], scores[:, [j for _, j in PAIRS]]),
            torch.ones(2, len(PAIRS)),
            margin=margin,
        ),
        {"scores": TWO_LISTS, "relevance": torch.tensor([[0.0, 2.0, 1.0]] * 2).double()},
    ),
    Oracle(
        "gan_generator_non_saturating",
        FUNCTIONAL,
        lambda f, fake_logits: f.binary_cross_entropy_with_logits(
            fake_logits, torch.ones_like(fake_logits)
        ),
    ),
    Oracle("entropy", DISTRIBUTIONS, lambda d, probs: d.Categorical(probs=probs).entropy().mean()),
    Oracle(
        "gaussian_kl",
        DISTRIBUTIONS,
        lambda d, mu, log_var: (
            d.kl_divergence(d.Normal(mu, (log_var / 2).exp()), d.Normal(0.0, 1.0)).sum(-1).mean()
        ),
    ),
    Oracle(
        "hinge_embedding",
        FUNCTIONAL,
        lambda f, distances, target, **o: f.hinge_embedding_loss(distances, target, **o),
    ),
    Oracle(
        "margin_ranking",
        FUNCTIONAL,
        lambda f, scores1, scores2, target, **o: f.margin_ranking_loss(
            scores1, scores2, target, **o
        ),
    ),
    Oracle(
        "cosine_embedding",
        FUNCTIONAL,
        lambda f, x1, x2, target, **o: f.cosine_embedding_loss(x1, x2, target, **o),
        tolerance=1e-7,
    ),
    Oracle(
        "triplet_margin",
        FUNCTIONAL,
        # PyTorch adds eps to every coordinate of a difference.
        lambda f, anchor, positive, negative, margin, squared: f.triplet_margin_loss(
            anchor, positive, negative, margin=margin, eps=0.0
        ),
        {"squared": False},
    ),
    Oracle(
        "ctc",
        FUNCTIONAL,
        lambda f, log_probs, targets, input_lengths, target_lengths, **o: f.ctc_loss(
            log_probs, targets, input_lengths, target_lengths, **o
        ),
    ),
    Oracle(
        "gan_discriminator",
        FUNCTIONAL,
        lambda f, real_logits, fake_logits, **_: (
            f.binary_cross_entropy_with_logits(real_logits, torch.ones_like(real_logits))
            + f.binary_cross_entropy_with_logits(fake_logits, torch.zeros_like(fake_logits))
        ),
        {"real_label": 1.0},
    ),
)

SCIPY = (
    Oracle(
        "huber",
        SPECIAL,
        lambda s, pred, target, delta: s.huber(delta, (pred - target).numpy()).mean(),
    ),
    Oracle(
        "pseudo_huber",
        SPECIAL,
        lambda s, pred, target, delta: s.pseudo_huber(delta, (pred - target).numpy()).mean(),
    ),
    Oracle(
        "kl_div",
        SPECIAL,
        lambda s, **inputs: s.rel_entr(*both_distributions(**inputs)).sum(-1).mean(),
    ),
    Oracle("entropy", SPECIAL, lambda s, probs: s.entr(probs.numpy()).sum(-1).mean()),
    Oracle(
        "js_div",
        "scipy.spatial.distance",
        lambda s, p, q: rows_of(lambda a, b: s.jensenshannon(a, b) ** 2, p, q),
    ),
    Oracle(
        "wasserstein_1d",
        "scipy.stats",
        lambda s, u, v, **_: rows_of(s.wasserstein_distance, u, v),
        {"u_weights": None, "v_weights": None},
    ),
    Oracle(
        "cross_entropy",
        SPECIAL,
        lambda s, logits, target, **_: (
            -s.log_softmax(logits.numpy(), axis=-1)[range(len(target)), target.numpy()].mean()
        ),
        {"target": torch.tensor([0, 3, 1, 1, 2]), "weight": None, "label_smoothing": None},
    ),
)

SCIKIT_LEARN = (
    Oracle("mse", METRICS, lambda m, pred, target: m.mean_squared_error(target, pred)),
    Oracle("mae", METRICS, lambda m, pred, target: m.mean_absolute_error(target, pred)),
    Oracle("rmse", METRICS, lambda m, pred, target: m.root_mean_squared_error(target, pred)),
    Oracle(
        "quantile", METRICS, lambda m, pred, target, q: m.mean_pinball_loss(target, pred, alpha=q)
    ),
    Oracle(
        "poisson_nll",
        METRICS,
        # half the deviance, plus what does not depend on the prediction
        lambda m, log_rate, target, **_: (
            m.mean_poisson_deviance(target, log_rate.exp()) / 2
            + (target - torch.xlogy(target, target)).mean()
        ),
        {"log_input": None, "full": None, "log_rate": torch.tensor([0.3, -1.0, 2.0, 1.0, 0.1])},
        tolerance=1e-7,
    ),
    Oracle(
        "bce",
        METRICS,
        lambda m, probs, target: m.log_loss(target, probs, labels=[0, 1]),
        {"target": torch.tensor([1.0, 0.0, 0.0, 1.0, 1.0, 0.0], dtype=torch.float64)},
    ),
    Oracle(
        "nll",
        METRICS,
        lambda m, log_probs, target: m.log_loss(target, log_probs.exp(), labels=range(4)),
        {"target": torch.tensor([0, 3, 1, 1, 2]), "weight": None, "ignore_index": None},
    ),
    Oracle(
        "hinge",
        METRICS,
        lambda m, scores, target: m.hinge_loss(target, scores),
        # of a single class scikit-learn cannot tell which it is
        {"target": torch.tensor([1.0, -1.0, -1.0, 1.0, 1.0, -1.0], dtype=torch.float64)},
    ),
    Oracle(
        "crammer_singer_hinge",
        METRICS,
        lambda m, scores, target, margin: m.hinge_loss(target, scores, labels=range(4)),
        {"margin": 1.0},
    ),
    Oracle(
        "ndcg",
        METRICS,
        lambda m, scores, relevance, gain, k: rows_of(
            lambda s, y: m.ndcg_score([y], [s], k=k), scores, relevance
        ),
        {
            "gain": "linear",
            "k": 3,
            "relevance": torch.tensor([[3.0, 2.0, 0.0, 1.0], [0.0, 1.0, 2.0, 0.0]]).double(),
            "scores": torch.tensor([[0.8, 0.2, 0.6, 0.4], [0.1, 0.9, 0.3, 0.7]]).double(),
        },
    ),
    Oracle(
        "dcg",
        METRICS,
        lambda m, scores, relevance, gain, k: m.dcg_score(relevance, scores, k=k),
        {
            "gain": "linear",
            "k": 3,
            "relevance": torch.tensor([[3.0, 2.0, 0.0, 1.0], [0.0, 1.0, 2.0, 0.0]]).double(),
            "scores": torch.tensor([[0.8, 0.2, 0.6, 0.4], [0.1, 0.9, 0.3, 0.7]]).double(),
        },
    ),
    Oracle(
        "soft_iou",
        METRICS,
        lambda m, pred, target, **_: 1 - m.jaccard_score(target, pred),
        {
            "pred": torch.tensor([1.0, 0.0, 1.0, 1.0, 0.0]).double(),
            "target": torch.tensor([1.0, 1.0, 0.0, 1.0, 0.0]).double(),
            "smooth": None,
        },
    ),
    Oracle(
        "soft_dice",
        METRICS,
        lambda m, pred, target, **_: 1 - m.f1_score(target, pred),
        {
            "pred": torch.tensor([1.0, 0.0, 1.0, 1.0, 0.0]).double(),
            "target": torch.tensor([1.0, 1.0, 0.0, 1.0, 0.0]).double(),
            "smooth": None,
            "squared": None,
        },
    ),
)


def _dice(module: ModuleType, pred: Tensor, target: Tensor, smooth: float, **options) -> Tensor:
    """MONAI takes (batch, channel, ...) and averages over batch and channel."""
    loss = module.DiceLoss(smooth_nr=smooth, smooth_dr=smooth, **options)
    return loss(pred.unsqueeze(1), target.unsqueeze(1))


def _view_labels(views: int) -> Tensor:
    return torch.arange(views).repeat(2)


# PyTorch, SciPy and scikit-learn are dependencies of the tests; these are not.
PEERS = (
    Oracle(
        "binary_focal",
        "torchvision.ops",
        lambda v, logits, target, alpha, gamma: v.sigmoid_focal_loss(
            logits, target, alpha=alpha, gamma=gamma, reduction="mean"
        ),
        {"alpha": 0.3, "gamma": 1.7},
    ),
    Oracle(
        "giou_loss",
        "torchvision.ops",
        lambda v, pred, target: v.generalized_box_iou_loss(pred, target, reduction="mean"),
        tolerance=1e-6,  # eps 1e-7 in a denominator
    ),
    Oracle(
        "diou_loss",
        "torchvision.ops",
        lambda v, pred, target: v.distance_box_iou_loss(pred, target, reduction="mean"),
        tolerance=1e-6,
    ),
    Oracle(
        "ciou_loss",
        "torchvision.ops",
        lambda v, pred, target: v.complete_box_iou_loss(pred, target, reduction="mean"),
        tolerance=1e-6,
    ),
    Oracle("log_cosh", TORCHMETRICS, lambda t, pred, target: t.log_cosh_error(pred, target)),
    Oracle(
        "kl_div",
        TORCHMETRICS,
        lambda t, **inputs: t.kl_divergence(*both_distributions(**inputs)),
        tolerance=1e-6,
    ),
    Oracle(
        "js_div",
        f"{TORCHMETRICS}.regression",
        lambda t, p, q: t.jensen_shannon_divergence(p, q),
        tolerance=1e-6,
    ),
    Oracle(
        "wasserstein_1d",
        "ot",
        lambda ot, u, v, **_: rows_of(ot.wasserstein_1d, u, v),
        {"u_weights": None, "v_weights": None},
    ),
    Oracle(
        "nt_xent",
        METRIC_LEARNING,
        lambda p, view1, view2, temperature: p.NTXentLoss(temperature=temperature)(
            torch.cat([view1, view2]), _view_labels(len(view1))
        ),
        tolerance=1e-6,
    ),
    Oracle(
        "supcon",
        METRIC_LEARNING,
        lambda p, embeddings, labels, temperature: p.SupConLoss(temperature=temperature)(
            embeddings, labels
        ),
        tolerance=1e-6,
    ),
    Oracle(
        "circle",
        METRIC_LEARNING,
        lambda p, embeddings, labels, margin, gamma: p.CircleLoss(m=margin, gamma=gamma)(
            embeddings, labels
        ),
        tolerance=1e-6,
    ),
    Oracle(
        "triplet_batch_all",
        METRIC_LEARNING,
        lambda p, embeddings, labels, margin, **_: p.TripletMarginLoss(
            margin=margin,
            distance=importlib.import_module("pytorch_metric_learning.distances").LpDistance(
                normalize_embeddings=False
            ),
        )(embeddings, labels),
        {"active_only": True, "squared": False},
        tolerance=1e-6,
    ),
    Oracle("soft_dice", MONAI, _dice, {"squared": None}),
    Oracle(
        "soft_dice",
        MONAI,
        lambda m, squared, **inputs: _dice(m, squared_pred=squared, **inputs),
        {"squared": True},
    ),
    Oracle(
        "soft_iou",
        MONAI,
        # twice numerator and denominator, but not what smooths them
        lambda m, smooth, **inputs: _dice(m, smooth=2 * smooth, jaccard=True, **inputs),
    ),
    Oracle(
        "soft_tversky",
        MONAI,
        lambda m, pred, target, alpha, beta, smooth: m.TverskyLoss(
            alpha=alpha, beta=beta, smooth_nr=smooth, smooth_dr=smooth
        )(pred.unsqueeze(1), target.unsqueeze(1)),
    ),
)


def named(oracle: Oracle) -> str:
    return f"{oracle.loss}-{oracle.module}"


@pytest.mark.parametrize("oracle", [*TORCH, *SCIPY, *SCIKIT_LEARN, *PEERS], ids=named)
@pytest.mark.filterwarnings("ignore")  # theirs
def test_another_implementation_agrees(oracle: Oracle):
    try:
        module = importlib.import_module(oracle.module)
    except (ImportError, RuntimeError) as missing:  # RuntimeError: built for another PyTorch
        if oracle not in PEERS:
            raise
        pytest.skip(f"{oracle.module} cannot be imported: {missing}")
    for seed in range(10):
        inputs = {**drawn(CASE[oracle.loss], seed), **oracle.fixed}
        inputs = {name: given for name, given in inputs.items() if given is not None}
        ours = losses.compute(oracle.loss, **inputs).item()
        theirs = float(oracle.value(module, **inputs))
        assert ours == pytest.approx(theirs, rel=oracle.tolerance, abs=oracle.tolerance)


def test_every_loss_that_pytorch_has_is_compared_with_it():
    built_in = {info.id for info in losses.CATALOG.values() if info.pytorch is not None}
    compared = {oracle.loss for oracle in TORCH}
    assert built_in <= compared, built_in - compared
