"""Libraries that are no dependency, even of the tests, give the same values where installed.

What PyTorch, SciPy and scikit-learn say stands in `test_oracles`; the boxes of torchvision and
the batch losses of pytorch-metric-learning with the invariants of their families.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

import pytest
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


TORCHMETRICS = "torchmetrics.functional"
MONAI = "monai.losses"


def _dice(module: ModuleType, pred: Tensor, target: Tensor, smooth: float, **options) -> Tensor:
    """MONAI takes (batch, channel, ...) and averages over batch and channel."""
    loss = module.DiceLoss(smooth_nr=smooth, smooth_dr=smooth, **options)
    return loss(pred.unsqueeze(1), target.unsqueeze(1))


PEERS = (
    Oracle(
        "binary_focal",
        "torchvision.ops",
        lambda v, logits, target, alpha, gamma: v.sigmoid_focal_loss(
            logits, target, alpha=alpha, gamma=gamma, reduction="mean"
        ),
        {"alpha": 0.3, "gamma": 1.7},
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


@pytest.mark.parametrize("oracle", PEERS, ids=named)
@pytest.mark.filterwarnings("ignore")  # theirs
def test_another_implementation_agrees(oracle: Oracle):
    try:
        module = importlib.import_module(oracle.module)
    except (ImportError, RuntimeError) as missing:  # RuntimeError: built for another PyTorch
        pytest.skip(f"{oracle.module} cannot be imported: {missing}")
    for seed in range(10):
        inputs = {**drawn(CASE[oracle.loss], seed), **oracle.fixed}
        inputs = {name: given for name, given in inputs.items() if given is not None}
        ours = losses.compute(oracle.loss, **inputs).item()
        theirs = float(oracle.value(module, **inputs))
        assert ours == pytest.approx(theirs, rel=oracle.tolerance, abs=oracle.tolerance)
