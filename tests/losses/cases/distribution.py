"""What the tests know of divergences and distances between distributions."""

from __future__ import annotations

import math

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

INF = math.inf

# The numbers of the source's KL snippet. It hands 0.4 and 0.6 to log-softmax, as if logits.
SOURCE_NUMBERS = [[0.4, 0.6], [0.5, 0.5]]
SOURCE_TARGET = [[0.0, 1.0], [0.5, 0.5]]
SOURCE_LOG_PROBS = [
    [x - math.log(sum(math.exp(other) for other in row)) for x in row] for row in SOURCE_NUMBERS
]
SOURCE_KL = {"log_probs": SOURCE_LOG_PROBS, "target": SOURCE_TARGET}
FAIR_COIN = [0.5, 0.5]
LOADED_COIN = [0.9, 0.1]
COINS = {"log_probs": LOADED_COIN, "target": FAIR_COIN, "log_input": False}


def random_rows(generator: torch.Generator, rows: int, classes: int) -> torch.Tensor:
    """Random distributions, one a row, none of them near the edge of the simplex."""
    return torch.randn(rows, classes, generator=generator, dtype=torch.float64).softmax(-1)


def rows_of(values):
    return values if isinstance(values[0], list) else [values]


def chance(generator: torch.Generator) -> bool:
    return bool(torch.rand(1, generator=generator) < 0.5)


def sample_kl_div(generator: torch.Generator) -> dict[str, object]:
    rows, classes = (int(n) for n in torch.randint(2, 5, (2,), generator=generator))
    log_input, log_target = chance(generator), chance(generator)
    q, p = random_rows(generator, rows, classes), random_rows(generator, rows, classes)
    return {
        "log_probs": q.log() if log_input else q,
        "target": p.log() if log_target else p,
        "log_input": log_input,
        "log_target": log_target,
    }


def reference_kl_div(log_probs, target, *, log_input=True, log_target=False, reduction="batchmean"):
    total, cells = 0.0, 0
    rows = list(zip(rows_of(log_probs), rows_of(target), strict=True))
    for q_row, p_row in rows:
        for given_q, given_p in zip(q_row, p_row, strict=True):
            cells += 1
            q = math.exp(given_q) if log_input else given_q
            p = math.exp(given_p) if log_target else given_p
            if p > 0:
                total += p * math.log(p / q)
    return total / {"batchmean": len(rows), "mean": cells, "sum": 1}[reduction]


KL_DIV = LossCase(
    id="kl_div",
    published=(
        Published(
            inputs=SOURCE_KL,
            value=0.299069435,
            source="source 000 snippet 9 (prints 0.2990694); optax and torchmetrics agree",
        ),
        Published(
            inputs=COINS,
            value=0.5 * math.log(0.5 / 0.9) + 0.5 * math.log(0.5 / 0.1),
            source="by hand: P = (0.5, 0.5), Q = (0.9, 0.1), 0.511",
        ),
        Published(
            inputs={"log_probs": SOURCE_NUMBERS, "target": SOURCE_TARGET, "log_input": False},
            value=0.255412812,
            source="by hand: −ln 0.6 / 2, the numbers of the source read as probabilities",
        ),
        Published(
            inputs={**SOURCE_KL, "reduction": "mean"}, value=0.149534718, source="measured, torch"
        ),
        Published(
            inputs={**SOURCE_KL, "reduction": "sum"}, value=0.598138870, source="measured, torch"
        ),
        Published(
            inputs={"log_probs": [1.0, 0.0], "target": FAIR_COIN, "log_input": False},
            value=INF,
            source="by definition: q = 0 where p > 0",
        ),
    ),
    mistaken={
        "mean_over_cells": Mistaken(inputs=SOURCE_KL, value=0.149535),
        "sum_for_batchmean": Mistaken(inputs=SOURCE_KL, value=0.598139),
        "probs_as_log_probs": Mistaken(inputs=SOURCE_KL, value=-0.871491),
        "swapped": Mistaken(
            inputs=COINS, value=0.9 * math.log(0.9 / 0.5) + 0.1 * math.log(0.1 / 0.5)
        ),
        "base_2": Mistaken(inputs=SOURCE_KL, value=0.431466),
        "log_target_confused": Mistaken(inputs=SOURCE_KL, value=4.538332),
        "cross_entropy_instead": Mistaken(
            inputs=COINS, value=-0.5 * math.log(0.9) - 0.5 * math.log(0.1)
        ),
        "probs_as_logits": Mistaken(
            inputs={"log_probs": SOURCE_NUMBERS, "target": SOURCE_TARGET, "log_input": False},
            value=0.299069435,
        ),
    },
    sample=sample_kl_div,
    reference=reference_kl_div,
    extreme=(
        {"log_probs": [[0.0, -1e4, -2e4]], "target": [[0.2, 0.3, 0.5]]},
        {"log_probs": [0.0, -1e4], "target": [0.0, 1.0]},
        # impossible in both distributions: 0 · (−∞) must count 0
        {"log_probs": [0.0, -INF], "target": [1.0, 0.0]},
        {"log_probs": [0.0, -INF], "target": [0.0, -INF], "log_target": True},
        {"log_probs": [1.0, 0.0], "target": [1.0, 0.0], "log_input": False},
        {"log_probs": [1 - 1e-12, 1e-12], "target": FAIR_COIN, "log_input": False},
    ),
    refused=(
        ({"log_probs": [[-0.7, -0.7]], "target": FAIR_COIN}, r"\(1, 2\).*\(2,\)"),
        ({"log_probs": LOADED_COIN, "target": FAIR_COIN}, "log_probs must be logarithms"),
        (
            {"log_probs": [1.1, -0.1], "target": FAIR_COIN, "log_input": False},
            "log_probs must be probabilities",
        ),
        ({"log_probs": [-0.1, -0.2], "target": FAIR_COIN}, "log_probs must add up to 1"),
        ({**COINS, "target": [1.0, 2.0]}, "target must be probabilities"),
        ({**COINS, "target": [0.5, 0.3]}, "target must add up to 1"),
        ({**COINS, "target": [0.5, math.nan]}, "target must be probabilities"),
        ({**COINS, "log_target": True}, "target must be logarithms"),
        ({**COINS, "reduction": "average"}, "reduction must be"),
        ({"log_probs": 0.0, "target": 1.0}, "at least one axis"),
    ),
    differentiable=("log_probs", "target"),
    degenerate=(
        ({"log_probs": [1.0, 0.0], "target": [1.0, 0.0], "log_input": False}, 0.0),
        ({"log_probs": [0.5, 0.5], "target": [1.0, 0.0], "log_input": False}, math.log(2)),
        ({"log_probs": [0.0], "target": [1.0]}, 0.0),
    ),
)

CASES: tuple[LossCase, ...] = (KL_DIV,)
