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
        "base_two": Mistaken(inputs=SOURCE_KL, value=0.431466),
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

SOURCE_PROBS = [[math.exp(x) for x in row] for row in SOURCE_LOG_PROBS]
SOURCE_JS = {"p": SOURCE_TARGET, "q": SOURCE_PROBS}
SOURCE_JS_ROW_1 = {"p": SOURCE_TARGET[0], "q": SOURCE_PROBS[0]}
COINS_JS = {"p": FAIR_COIN, "q": LOADED_COIN}
KL_FAIR_LOADED = 0.5 * math.log(0.5 / 0.9) + 0.5 * math.log(0.5 / 0.1)
KL_LOADED_FAIR = 0.9 * math.log(0.9 / 0.5) + 0.1 * math.log(0.1 / 0.5)
KL_FAIR_MEAN = 0.5 * math.log(0.5 / 0.7) + 0.5 * math.log(0.5 / 0.3)
KL_LOADED_MEAN = 0.9 * math.log(0.9 / 0.7) + 0.1 * math.log(0.1 / 0.3)
JS_COINS = (KL_FAIR_MEAN + KL_LOADED_MEAN) / 2


def averaged(values, reduction):
    return {"mean": sum(values) / len(values), "sum": sum(values)}[reduction]


def sample_pair(first: str, second: str):
    def sample(generator: torch.Generator) -> dict[str, object]:
        rows, classes = (int(n) for n in torch.randint(2, 5, (2,), generator=generator))
        return {
            first: random_rows(generator, rows, classes),
            second: random_rows(generator, rows, classes),
        }

    return sample


def reference_js_div(p, q, *, reduction="mean"):
    def from_mixture(one, other):
        return sum(a * math.log(2 * a / (a + b)) for a, b in zip(one, other, strict=True) if a > 0)

    rows = zip(rows_of(p), rows_of(q), strict=True)
    return averaged([(from_mixture(a, b) + from_mixture(b, a)) / 2 for a, b in rows], reduction)


JS_DIV = LossCase(
    id="js_div",
    published=(
        Published(inputs=SOURCE_JS, value=0.0945902, source="reference, rows of the KL snippet"),
        Published(
            inputs=COINS_JS, value=JS_COINS, source="by hand: P = (½, ½), Q = (0.9, 0.1), 0.102"
        ),
        Published(
            inputs={"p": [1.0, 0.0], "q": [0.0, 1.0]},
            value=math.log(2),
            source="Lin 1991: the greatest value, for disjoint supports",
            tolerance=1e-15,
        ),
    ),
    mistaken={
        "missing_half": Mistaken(inputs=SOURCE_JS, value=0.189180),
        "square_root": Mistaken(inputs=SOURCE_JS_ROW_1, value=0.434949),
        "base_two": Mistaken(inputs=SOURCE_JS, value=0.136465),
        "jeffreys_instead": Mistaken(inputs=COINS_JS, value=(KL_FAIR_LOADED + KL_LOADED_FAIR) / 2),
        "one_sided": Mistaken(inputs=COINS_JS, value=KL_FAIR_MEAN),
        "mixture_not_halved": Mistaken(inputs=COINS_JS, value=JS_COINS - math.log(2)),
        "sum_for_mean": Mistaken(inputs=SOURCE_JS, value=0.189180),
    },
    sample=sample_pair("p", "q"),
    reference=reference_js_div,
    extreme=(
        {"p": [1.0, 0.0, 0.0], "q": [0.0, 1.0, 0.0]},
        {"p": [1.0, 0.0], "q": [1.0, 0.0]},
        # smaller than the smallest normal number: halving it would give 0
        {"p": [5e-324, 1.0], "q": [0.0, 1.0]},
        {"p": [1e-300, 1.0], "q": [1.0, 1e-300]},
    ),
    refused=(
        ({"p": [[0.5, 0.5]], "q": FAIR_COIN}, r"\(1, 2\).*\(2,\)"),
        ({"p": [1.5, -0.5], "q": FAIR_COIN}, "p must be probabilities"),
        ({"p": FAIR_COIN, "q": [0.5, 0.2]}, "q must add up to 1"),
        ({"p": 1.0, "q": 1.0}, "at least one axis"),
        ({**COINS_JS, "reduction": "batchmean"}, "reduction must be"),
    ),
    differentiable=("p", "q"),
    degenerate=(
        ({"p": [1.0, 0.0], "q": [1.0, 0.0]}, 0.0),
        ({"p": [1.0], "q": [1.0]}, 0.0),
    ),
)

# The three predictions and targets of the source's regression snippets, taken as samples.
SOURCE_SAMPLES = {"u": [2.5, 3.0, 3.5], "v": [3.0, 2.8, 3.7]}


def sample_wasserstein_1d(generator: torch.Generator) -> dict[str, object]:
    rows, n, m = (int(k) for k in torch.randint(2, 6, (3,), generator=generator))
    u = torch.randn(rows, n, generator=generator, dtype=torch.float64)
    if chance(generator):
        return {"u": u, "v": torch.randn(rows, n, generator=generator, dtype=torch.float64)}
    inputs: dict[str, object] = {
        "u": u,
        "v": torch.randn(rows, m, generator=generator, dtype=torch.float64),
    }
    if chance(generator):
        inputs["u_weights"] = torch.rand(n, generator=generator, dtype=torch.float64) + 0.1
    return inputs


def reference_wasserstein_1d(u, v, *, u_weights=None, v_weights=None, reduction="mean"):
    """Pour mass from the leftmost pile into the leftmost hole."""

    def piles(sample, weights):
        weights = weights or [1.0] * len(sample)
        pairs = zip(sample, weights, strict=True)
        return sorted([x, w / sum(weights)] for x, w in pairs)

    work = []
    for a, b in zip(rows_of(u), rows_of(v), strict=True):
        heaps, holes = piles(a, u_weights), piles(b, v_weights)
        total, i, j = 0.0, 0, 0
        while i < len(heaps) and j < len(holes):
            moved = min(heaps[i][1], holes[j][1])
            total += moved * abs(heaps[i][0] - holes[j][0])
            heaps[i][1] -= moved
            holes[j][1] -= moved
            if heaps[i][1] <= holes[j][1]:
                i += 1
            else:
                j += 1
        work.append(total)
    return averaged(work, reduction)


WASSERSTEIN_1D = LossCase(
    id="wasserstein_1d",
    published=(
        Published(
            inputs=SOURCE_SAMPLES, value=1 / 6, source="reference, the source's regression vectors"
        ),
        Published(
            inputs={"u": [0.0, 1.0, 3.0], "v": [5.0, 6.0, 8.0]},
            value=5.0,
            source="SciPy documentation: a sample shifted by 5",
        ),
        Published(
            inputs={
                "u": [0.0, 1.0],
                "v": [0.0, 1.0],
                "u_weights": [3.0, 1.0],
                "v_weights": [2.0, 2.0],
            },
            value=0.25,
            source="SciPy documentation: a quarter of the mass moves by 1",
        ),
        Published(
            inputs={
                "u": [3.4, 3.9, 7.5, 7.8],
                "v": [4.5, 1.4],
                "u_weights": [1.4, 0.9, 3.1, 7.2],
                "v_weights": [3.2, 3.5],
            },
            value=4.0781331438047861,
            source="SciPy documentation: unequal sizes and weights",
            tolerance=1e-12,
        ),
        Published(
            inputs={"u": [1.0], "v": [0.0, 2.0]}, value=1.0, source="by hand: each half moves by 1"
        ),
    ),
    mistaken={
        "not_sorted": Mistaken(inputs=SOURCE_SAMPLES, value=0.3),
        "w2_instead": Mistaken(inputs=SOURCE_SAMPLES, value=0.208167),
        "sum_of_gaps": Mistaken(inputs=SOURCE_SAMPLES, value=0.5),
        "difference_of_means": Mistaken(inputs={"u": [1.0, 3.0], "v": [0.0, 5.0]}, value=0.5),
    },
    sample=sample_wasserstein_1d,
    reference=reference_wasserstein_1d,
    extreme=(
        {"u": [1e30, -1e30], "v": [0.0, 1.0]},
        {"u": [1e30, -1e30, 0.0], "v": [1e-30, 1.0]},
        {"u": [2.0, 2.0, 2.0], "v": [2.0, 2.0]},
    ),
    refused=(
        ({"u": [[1.0], [2.0]], "v": [[1.0]]}, r"\(2, 1\).*\(1, 1\)"),
        ({"u": [1.0], "v": []}, "at least one value"),
        ({"u": 1.0, "v": 2.0}, "last axis"),
        ({"u": [1.0, 2.0], "v": [1.0], "u_weights": [1.0]}, "u_weights has shape"),
        ({"u": [1.0, 2.0], "v": [1.0], "u_weights": [1.0, -1.0]}, "u_weights must be"),
        ({"u": [1.0, 2.0], "v": [1.0], "u_weights": [0.0, 0.0]}, "u_weights must be"),
        ({"u": [1.0], "v": [1.0], "reduction": "batchmean"}, "reduction must be"),
    ),
    differentiable=("u", "v"),
    degenerate=(
        ({"u": [2.0, 2.0, 2.0], "v": [2.0]}, 0.0),
        ({"u": [2.0], "v": [-1.0]}, 3.0),
        ({"u": [0.0, 9.0], "v": [1.0], "u_weights": [1.0, 0.0]}, 1.0),
    ),
)

BRANCHING = {"probs": [0.5, 0.25, 0.25]}  # 1.5 bits: one question, then in half the cases another


def sample_entropy(generator: torch.Generator) -> dict[str, object]:
    rows, classes = (int(n) for n in torch.randint(2, 5, (2,), generator=generator))
    return {"probs": random_rows(generator, rows, classes)}


def reference_entropy(probs, *, reduction="mean"):
    rows = [-sum(p * math.log(p) for p in row if p > 0) for row in rows_of(probs)]
    return averaged(rows, reduction)


ENTROPY = LossCase(
    id="entropy",
    published=(
        Published(inputs=BRANCHING, value=1.5 * math.log(2), source="by hand: 1.5 bits"),
        Published(inputs={"probs": FAIR_COIN}, value=math.log(2), source="by hand: one bit"),
        Published(
            inputs={"probs": [0.1] * 10}, value=2.302585, source="by hand: ln 10, ten equal classes"
        ),
    ),
    mistaken={
        "base_two": Mistaken(inputs=BRANCHING, value=1.5),
        "sign_forgotten": Mistaken(inputs=BRANCHING, value=-1.039721),
        "not_weighted": Mistaken(inputs=BRANCHING, value=5 * math.log(2)),
        "mean_over_classes": Mistaken(inputs=BRANCHING, value=0.346574),
        "sum_for_mean": Mistaken(inputs={"probs": [FAIR_COIN, FAIR_COIN]}, value=1.386294),
    },
    sample=sample_entropy,
    reference=reference_entropy,
    extreme=({"probs": [1.0, 0.0]}, {"probs": [1.0, 5e-324]}, {"probs": [1 - 1e-15, 1e-15]}),
    refused=(
        ({"probs": [1.5, -0.5]}, "probs must be probabilities"),
        ({"probs": [0.5, 0.2]}, "probs must add up to 1"),
        ({"probs": [2.0, 1.0, -1.0]}, "probs must be probabilities"),
        ({"probs": 1.0}, "at least one axis"),
        ({"probs": FAIR_COIN, "reduction": "batchmean"}, "reduction must be"),
    ),
    differentiable=("probs",),
    degenerate=(({"probs": [0.0, 1.0, 0.0]}, 0.0), ({"probs": [1.0]}, 0.0)),
)

COINS_CE = {"probs": LOADED_COIN, "target": FAIR_COIN}
CE_COINS = -0.5 * math.log(0.9) - 0.5 * math.log(0.1)


def reference_distribution_cross_entropy(probs, target, *, reduction="mean"):
    rows = zip(rows_of(probs), rows_of(target), strict=True)
    return averaged(
        [-sum(p * math.log(q) for q, p in zip(*row, strict=True) if p > 0) for row in rows],
        reduction,
    )


DISTRIBUTION_CROSS_ENTROPY = LossCase(
    id="distribution_cross_entropy",
    published=(
        Published(
            inputs=COINS_CE, value=CE_COINS, source="by hand: P = (½, ½), Q = (0.9, 0.1), 1.204"
        ),
        Published(
            inputs={"probs": [0.8, 0.1, 0.1], "target": [1.0, 0.0, 0.0]},
            value=0.223144,
            source="by hand: −ln 0.8 for a one-hot target",
        ),
        Published(
            inputs={"probs": [1.0, 0.0], "target": FAIR_COIN},
            value=INF,
            source="by definition: q = 0 where p > 0",
        ),
    ),
    mistaken={
        "swapped": Mistaken(inputs=COINS_CE, value=math.log(2)),
        "kl_instead": Mistaken(inputs=COINS_CE, value=KL_FAIR_LOADED),
        "base_two": Mistaken(inputs=COINS_CE, value=1.736966),
        "no_logarithm": Mistaken(inputs=COINS_CE, value=-0.5),
        "binary_terms_added": Mistaken(inputs=COINS_CE, value=2 * CE_COINS),
        "probs_as_logits": Mistaken(
            inputs={"probs": [0.8, 0.2], "target": [1.0, 0.0]}, value=math.log(1 + math.exp(-0.6))
        ),
        "sum_for_mean": Mistaken(
            inputs={"probs": [LOADED_COIN, FAIR_COIN], "target": [FAIR_COIN, FAIR_COIN]},
            value=CE_COINS + math.log(2),
        ),
    },
    sample=sample_pair("probs", "target"),
    reference=reference_distribution_cross_entropy,
    extreme=(
        {"probs": [1.0, 0.0], "target": [1.0, 0.0]},
        {"probs": [1.0, 1e-30], "target": [0.0, 1.0]},
    ),
    refused=(
        ({"probs": [[0.5, 0.5]], "target": FAIR_COIN}, r"\(1, 2\).*\(2,\)"),
        ({"probs": [1.2, -0.2], "target": FAIR_COIN}, "probs must be probabilities"),
        ({"probs": [2.0, -1.0], "target": [0.0, 1.0]}, "probs must be probabilities"),
        ({"probs": FAIR_COIN, "target": [1.0, 1.0]}, "target must add up to 1"),
        ({"probs": 1.0, "target": 1.0}, "at least one axis"),
        ({**COINS_CE, "reduction": "batchmean"}, "reduction must be"),
    ),
    differentiable=("probs", "target"),
    degenerate=(
        ({"probs": [1.0, 0.0], "target": [1.0, 0.0]}, 0.0),
        ({"probs": [1.0], "target": [1.0]}, 0.0),
    ),
)

CASES: tuple[LossCase, ...] = (
    KL_DIV,
    JS_DIV,
    WASSERSTEIN_1D,
    ENTROPY,
    DISTRIBUTION_CROSS_ENTROPY,
)
