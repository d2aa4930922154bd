"""What the tests know of objectives made of several losses."""

from __future__ import annotations

import math

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

# Cross-entropy and MSE of the source's examples, added with weights 1 and ½.
HYBRID = {"terms": [0.417030, 0.11], "weights": [1.0, 0.5]}
HYBRID_TWICE = {"terms": [[0.417030, 0.11], [0.417030, 0.11]], "weights": [1.0, 0.5]}
# Kendall's optimum for a regression task: s = ln L.
MSE_AT_OPTIMUM = {"terms": [0.11], "log_vars": [math.log(0.11)]}
TWO_TASKS = {
    "terms": [0.5, 0.8],
    "log_vars": [math.log(4.0), math.log(0.25)],
    "kinds": ["regression", "classification"],
}
SOURCE_LOGITS = {"logits": [[2.0, 1.0, 0.1], [0.1, 2.0, 1.0]], "target": [0, 1]}
AT_SWITCH = {**SOURCE_LOGITS, "epoch": 10, "switch_epoch": 10}
CROSS_ENTROPY, HUBER = 0.417030, 0.030795
WEIGHTS = [0.5, -1.0, 2.0]
LASSO = {"data_losses": 0.11, "parameters": WEIGHTS, "strength": 0.1}


def rows_of(values):
    return values if isinstance(values[0], list) else [values]


def flat(values):
    return [x for part in values for x in flat(part)] if isinstance(values, list) else [values]


def reduced(values, reduction):
    return {"mean": sum(values) / len(values), "sum": sum(values)}[reduction]


def sample_weighted_sum(generator: torch.Generator) -> dict[str, object]:
    rows, tasks = (int(n) for n in torch.randint(1, 5, (2,), generator=generator))
    terms = torch.randn(rows, tasks, generator=generator, dtype=torch.float64)
    weights = torch.rand(tasks, generator=generator, dtype=torch.float64)
    return {"terms": terms, "weights": weights + 0.01}


def reference_weighted_sum(terms, weights, *, reduction="mean"):
    weights = rows_of(weights)
    values = []
    for index, row in enumerate(rows_of(terms)):
        of = weights[index % len(weights)]
        values.append(sum(w * term for w, term in zip(of, row, strict=True)))
    return reduced(values, reduction)


WEIGHTED_SUM = LossCase(
    id="weighted_sum",
    published=(
        Published(inputs=HYBRID, value=0.472030, source="reference 1.4: CE + ½ MSE"),
        Published(
            inputs={**HYBRID, "weights": [1.0, 1.0]},
            value=0.527030,
            source="reference 1.4: CE + MSE",
        ),
        Published(
            inputs={"terms": [[1.0, 2.0], [3.0, 4.0]], "weights": [[1.0, 0.0], [0.0, 1.0]]},
            value=2.5,
            source="by hand: weights of their own for each row, (1 + 4) / 2",
        ),
    ),
    mistaken={
        "weights_ignored": Mistaken(inputs=HYBRID, value=0.527030),
        "weights_reversed": Mistaken(inputs=HYBRID, value=0.417030 / 2 + 0.11),
        "divided_by_weights": Mistaken(inputs=HYBRID, value=0.472030 / 1.5),
        "mean_of_terms": Mistaken(inputs=HYBRID, value=0.472030 / 2),
        "sum_for_mean": Mistaken(inputs=HYBRID_TWICE, value=0.944060),
    },
    sample=sample_weighted_sum,
    reference=reference_weighted_sum,
    extreme=(
        {"terms": [1e4, -1e30], "weights": [0.0, 1.0]},
        {"terms": [0.0, 0.0], "weights": [0.0, 0.0]},
    ),
    refused=(
        ({"terms": [1.0, 2.0], "weights": [1.0]}, r"\(2,\).*\(1,\)"),
        ({"terms": [1.0, 2.0], "weights": [[1.0, 1.0]]}, r"\(2,\).*\(1, 2\)"),
        ({"terms": 1.0, "weights": 1.0}, "last axis"),
        ({"terms": [1.0, 2.0], "weights": [1.0, -1.0]}, "weights must be at least 0"),
        ({**HYBRID, "reduction": "batchmean"}, "reduction must be"),
    ),
    differentiable=("terms", "weights"),
    degenerate=(({"terms": [3.0, 5.0], "weights": [0.0, 0.0]}, 0.0),),
)


def sample_uncertainty_weighting(generator: torch.Generator) -> dict[str, object]:
    rows, tasks = (int(n) for n in torch.randint(1, 5, (2,), generator=generator))
    kinds = torch.randint(0, 2, (tasks,), generator=generator)
    return {
        "terms": torch.rand(rows, tasks, generator=generator, dtype=torch.float64) + 0.01,
        "log_vars": torch.randn(tasks, generator=generator, dtype=torch.float64),
        "kinds": ["classification" if kind else "regression" for kind in kinds],
    }


def reference_uncertainty_weighting(terms, log_vars, *, kinds="regression", reduction="mean"):
    log_vars, values = rows_of(log_vars), []
    for index, row in enumerate(rows_of(terms)):
        total = 0.0
        for task, (term, s) in enumerate(zip(row, log_vars[index % len(log_vars)], strict=True)):
            kind = kinds if isinstance(kinds, str) else kinds[task]
            variance = math.exp(s)
            likelihood = term / (2 * variance) if kind == "regression" else term / variance
            total += likelihood + math.log(math.sqrt(variance))
        values.append(total)
    return reduced(values, reduction)


UNCERTAINTY_WEIGHTING = LossCase(
    id="uncertainty_weighting",
    published=(
        Published(
            inputs=MSE_AT_OPTIMUM,
            value=-0.603637,
            source="reference 1.4: MSE 0.11 at its optimum s = ln 0.11",
        ),
        Published(
            inputs=TWO_TASKS,
            value=0.5 / 8 + math.log(2) + 0.8 * 4 - math.log(2),
            source="by hand: σ² = 4 and ¼",
        ),
        Published(
            inputs={"terms": [0.8], "log_vars": [0.0], "kinds": "classification"},
            value=0.8,
            source="by hand: σ = 1",
        ),
    ),
    mistaken={
        "no_regulariser": Mistaken(inputs=MSE_AT_OPTIMUM, value=0.5),
        "regulariser_not_halved": Mistaken(inputs=MSE_AT_OPTIMUM, value=0.5 + math.log(0.11)),
        "kinds_exchanged": Mistaken(inputs=TWO_TASKS, value=0.5 / 4 + 0.8 * 2),
        "precision_upside_down": Mistaken(inputs=TWO_TASKS, value=0.5 * 2 + 0.8 / 4),
        "log_var_as_log_std": Mistaken(inputs=TWO_TASKS, value=0.5 / 32 + 0.8 * 16),
        "sum_for_mean": Mistaken(
            inputs={"terms": [[0.11], [0.11]], "log_vars": [math.log(0.11)]}, value=-1.207275
        ),
    },
    sample=sample_uncertainty_weighting,
    reference=reference_uncertainty_weighting,
    extreme=(
        {"terms": [0.5, 0.5], "log_vars": [80.0, -80.0]},
        {"terms": [0.0, 1e4], "log_vars": [-50.0, 1e4]},
    ),
    refused=(
        ({"terms": [1.0, 2.0], "log_vars": [1.0]}, r"\(2,\).*\(1,\)"),
        ({**TWO_TASKS, "kinds": ["regression"]}, "kinds names 1 tasks, but there are 2"),
        ({**TWO_TASKS, "kinds": "detection"}, "kinds must be one of"),
        ({**TWO_TASKS, "kinds": ["regression", "other"]}, "kinds must be one of"),
        ({**TWO_TASKS, "reduction": "batchmean"}, "reduction must be"),
    ),
    differentiable=("terms", "log_vars"),
    degenerate=(({"terms": [0.0], "log_vars": [0.0]}, 0.0),),
)


def sample_scheduled_switch(generator: torch.Generator) -> dict[str, object]:
    rows, classes, epoch = (int(n) for n in torch.randint(2, 6, (3,), generator=generator))
    return {
        "logits": 2 * torch.randn(rows, classes, generator=generator, dtype=torch.float64),
        "target": torch.randint(0, classes, (rows,), generator=generator),
        "epoch": epoch,
        "switch_epoch": 4,
        "delta": 0.1 * epoch,
    }


def reference_scheduled_switch(
    logits, target, *, epoch=0, switch_epoch=10, delta=1.0, reduction="mean"
):
    target = target if isinstance(target, list) else [target]
    values = []
    for row, true in zip(rows_of(logits), target, strict=True):
        total = sum(math.exp(z) for z in row)
        probs = [math.exp(z) / total for z in row]
        if epoch < switch_epoch:
            values.append(-math.log(probs[true]))
            continue
        huber = 0.0
        for k, p in enumerate(probs):
            size = abs(p - 1 if k == true else p)
            huber += size**2 / 2 if size <= delta else delta * (size - delta / 2)
        values.append(huber / len(row))
    return reduced(values, reduction)


SCHEDULED_SWITCH = LossCase(
    id="scheduled_switch",
    published=(
        Published(
            inputs={**AT_SWITCH, "epoch": 9}, value=CROSS_ENTROPY, source="reference 1.4, before"
        ),
        Published(inputs=AT_SWITCH, value=HUBER, source="reference 1.4, from the switch on"),
        Published(
            inputs={"logits": [0.0, 0.0], "target": 0, "epoch": 10},
            value=0.125,
            source="by hand: ½ · ¼ for each of two classes",
        ),
    ),
    mistaken={
        "one_epoch_late": Mistaken(inputs=AT_SWITCH, value=CROSS_ENTROPY),
        "order_reversed": Mistaken(inputs={**AT_SWITCH, "epoch": 3}, value=HUBER),
        "huber_on_logits": Mistaken(inputs=AT_SWITCH, value=0.335),
        "summed_over_classes": Mistaken(inputs=AT_SWITCH, value=3 * HUBER, tolerance=2e-6),
        "both_added": Mistaken(inputs=AT_SWITCH, value=CROSS_ENTROPY + HUBER),
        "sum_for_mean": Mistaken(inputs=AT_SWITCH, value=2 * HUBER),
    },
    sample=sample_scheduled_switch,
    reference=reference_scheduled_switch,
    extreme=(
        {"logits": [[1e4, -1e4, 0.0]], "target": [1]},
        {"logits": [[1e4, -1e4, 0.0]], "target": [1], "epoch": 10},
        {"logits": [10.0, -10.0, 0.0], "target": 1, "epoch": 10},
    ),
    refused=(
        ({**SOURCE_LOGITS, "target": [0]}, r"\(2, 3\).*\(1,\)"),
        ({**SOURCE_LOGITS, "target": [0, 3]}, "class indices from 0 to 2"),
        ({**SOURCE_LOGITS, "target": [0, -100]}, "class indices from 0 to 2"),
        ({"logits": 1.0, "target": 0}, "logits must have"),
        ({**SOURCE_LOGITS, "epoch": -1}, "epoch must be at least 0"),
        ({**AT_SWITCH, "delta": 0.0}, "delta must be above 0"),
        ({**SOURCE_LOGITS, "reduction": "batchmean"}, "reduction must be"),
        ({**AT_SWITCH, "reduction": "batchmean"}, "reduction must be"),
    ),
    differentiable=("logits",),
    degenerate=(({"logits": [3.0], "target": 0, "epoch": 10}, 0.0),),
)


def sample_regularised(generator: torch.Generator) -> dict[str, object]:
    losses, n, m = (int(k) for k in torch.randint(1, 5, (3,), generator=generator))
    return {
        "data_losses": torch.rand(losses, generator=generator, dtype=torch.float64),
        "parameters": torch.randn(n, m, generator=generator, dtype=torch.float64),
        "strength": torch.rand(1, generator=generator, dtype=torch.float64).item(),
    }


def sample_l2_regularised(generator: torch.Generator) -> dict[str, object]:
    inputs = sample_regularised(generator)
    return {**inputs, "half": bool(torch.rand(1, generator=generator) < 0.5)}


def reference_l1_regularised(data_losses, parameters, *, strength=0.01, reduction="mean"):
    penalty = sum(w if w > 0 else -w for w in flat(parameters))
    return reduced(flat(data_losses), reduction) + strength * penalty


def reference_l2_regularised(
    data_losses, parameters, *, strength=0.01, half=False, reduction="mean"
):
    penalty = sum(w**2 for w in flat(parameters))
    return reduced(flat(data_losses), reduction) + strength * penalty / (2 if half else 1)


ONCE = "the penalty is added once to the sum, but to every term"
REFUSED_OBJECTIVE = (
    ({**LASSO, "strength": -0.1}, "strength must be at least 0"),
    ({**LASSO, "data_losses": []}, "at least one loss"),
    ({**LASSO, "reduction": "batchmean"}, "reduction must be"),
)
EXTREME_OBJECTIVE = (
    {"data_losses": [1e4, 0.0], "parameters": [1e4, -1e4, 0.0]},
    {"data_losses": [0.0], "parameters": [0.0, 0.0]},
)
SHRUNK = (
    ({**LASSO, "strength": 0.0}, 0.11),
    ({**LASSO, "parameters": []}, 0.11),
    ({**LASSO, "parameters": [0.0, 0.0]}, 0.11),
)

L1_REGULARISED = LossCase(
    id="l1_regularised",
    published=(
        Published(
            inputs={**LASSO, "data_losses": 0.0, "strength": 1.0},
            value=3.5,
            source="reference 1.4: ‖(0.5, −1, 2)‖₁",
        ),
        Published(inputs=LASSO, value=0.46, source="by hand: 0.11 + 0.1 · 3.5"),
        Published(
            inputs={**LASSO, "data_losses": [0.1, 0.3], "reduction": "sum"},
            value=0.75,
            source="by hand: 0.4 + 0.35",
        ),
    ),
    mistaken={
        "signs_kept": Mistaken(inputs=LASSO, value=0.26),
        "l2_instead": Mistaken(inputs=LASSO, value=0.635),
        "strength_forgotten": Mistaken(inputs=LASSO, value=3.61),
        "penalty_averaged": Mistaken(inputs=LASSO, value=0.11 + 0.35 / 3),
        "penalty_subtracted": Mistaken(inputs=LASSO, value=-0.24),
        "sum_for_mean": Mistaken(inputs={**LASSO, "data_losses": [0.1, 0.3]}, value=0.75),
    },
    sample=sample_regularised,
    reference=reference_l1_regularised,
    extreme=EXTREME_OBJECTIVE,
    refused=REFUSED_OBJECTIVE,
    differentiable=("data_losses", "parameters"),
    degenerate=SHRUNK,
    no_terms=ONCE,
)

L2_REGULARISED = LossCase(
    id="l2_regularised",
    published=(
        Published(
            inputs={**LASSO, "data_losses": 0.0, "strength": 1.0},
            value=5.25,
            source="reference 1.4: ‖(0.5, −1, 2)‖²",
        ),
        Published(
            inputs={**LASSO, "data_losses": 0.0, "strength": 1.0, "half": True},
            value=2.625,
            source="reference 1.4: ½ ‖(0.5, −1, 2)‖²",
        ),
        Published(inputs=LASSO, value=0.635, source="by hand: 0.11 + 0.1 · 5.25"),
    ),
    mistaken={
        "norm_not_squared": Mistaken(
            inputs={**LASSO, "data_losses": 0.0, "strength": 1.0}, value=2.291288
        ),
        "other_half": Mistaken(inputs=LASSO, value=0.3725),
        "l1_instead": Mistaken(inputs=LASSO, value=0.46),
        "sum_squared": Mistaken(inputs=LASSO, value=0.335),
        "strength_forgotten": Mistaken(inputs=LASSO, value=5.36),
        "penalty_averaged": Mistaken(inputs=LASSO, value=0.285),
        "sum_for_mean": Mistaken(inputs={**LASSO, "data_losses": [0.1, 0.3]}, value=0.925),
    },
    sample=sample_l2_regularised,
    reference=reference_l2_regularised,
    extreme=EXTREME_OBJECTIVE,
    refused=REFUSED_OBJECTIVE,
    differentiable=("data_losses", "parameters"),
    degenerate=SHRUNK,
    no_terms=ONCE,
)

CASES: tuple[LossCase, ...] = (
    WEIGHTED_SUM,
    UNCERTAINTY_WEIGHTING,
    SCHEDULED_SWITCH,
    L1_REGULARISED,
    L2_REGULARISED,
)
