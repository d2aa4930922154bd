"""What the tests know of losses and metrics for the order of a list."""

from __future__ import annotations

import math
from math import exp, log2

import torch

from tests.losses.cases.case import LossCase, Mistaken, Published

# Lists of source 000. Only score gaps matter, so any list with the same gaps will do.
PAIRWISE = {"scores": [1.8, 0.5, 2.3], "relevance": [1.0, 0.0, 1.0]}
LISTWISE = {"scores": [0.7, 0.4, 0.9, 0.2], "relevance": [1.0, 0.0, 1.0, 0.0]}
ORDERED = {"scores": [0.8, 0.6, 0.4, 0.2], "relevance": [3.0, 2.0, 1.0, 0.0]}
ONE_ANSWER = {"scores": [0.9, 0.2, 0.4, 0.6], "relevance": [1.0, 0.0, 0.0, 0.0]}
# The list of the reference that shows the mistakes: the best item scores lowest.
GRADED = {"scores": [0.8, 0.2, 0.6, 0.4], "relevance": [0.0, 3.0, 2.0, 1.0]}
IDEAL = 7 + 3 / log2(3) + 1 / log2(4)  # of GRADED
TWO_LISTS = {
    "scores": [[0.9, 0.8, 0.1], [0.3, 0.9, 0.5]],
    "relevance": [[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
}
TIED = {"scores": [0.3, 0.1, 0.2], "relevance": [1.0, 1.0, 1.0]}
NOTHING_RELEVANT = {"scores": [0.3, 0.1, 0.2], "relevance": [0.0, 0.0, 0.0]}
REFUSED_LISTS = (
    ({"scores": [[1.0, 2.0]], "relevance": [1.0, 2.0]}, r"\(1, 2\).*\(2,\)"),
    ({"scores": [1.0, 2.0], "relevance": [1.0, -1.0]}, "relevance must be at least 0"),
    ({"scores": [1.0, 2.0], "relevance": [1.0, math.nan]}, "relevance must be at least 0"),
    ({"scores": [], "relevance": []}, "at least one item"),
    ({"scores": 1.0, "relevance": 1.0}, "at least one item"),
    ({**GRADED, "reduction": "batchmean"}, "reduction must be"),
)
TOO_RELEVANT = ({"scores": [1.0, 2.0], "relevance": [2000.0, 1.0]}, "relevance is too large")
EXTREME_LISTS = (
    {"scores": [1e4, -1e4, 0.0], "relevance": [0.0, 2.0, 1.0]},
    {"scores": [100.0, 0.0, -100.0], "relevance": [2.0, 1.0, 0.0]},
    {"scores": [-1e26, 1e26], "relevance": [1.0, 0.0]},
    {"scores": [0.0, 0.0, 0.0], "relevance": [1.0, 0.0, 2.0]},
    TIED,
    NOTHING_RELEVANT,
)
METRIC = "a metric: constant between changes of order, no gradient reaches the scores"


def sample_lists(generator: torch.Generator) -> dict[str, object]:
    """Up to three lists of up to five items; the first list has at least one pair."""
    lists = int(torch.randint(1, 4, (1,), generator=generator))
    items = int(torch.randint(2, 6, (1,), generator=generator))
    relevance = torch.randint(0, 4, (lists, items), generator=generator).double()
    relevance[0, :2] = torch.tensor([0.0, 3.0])
    scores = torch.randn(lists, items, generator=generator, dtype=torch.float64)
    return {"scores": scores, "relevance": relevance}


def with_option(name: str, low: float, high: float):
    def sample(generator: torch.Generator) -> dict[str, object]:
        drawn = torch.rand(1, generator=generator, dtype=torch.float64).item()
        return {**sample_lists(generator), name: low + (high - low) * drawn}

    return sample


def sample_metric(generator: torch.Generator) -> dict[str, object]:
    inputs = sample_lists(generator)
    kind = int(torch.randint(0, 4, (1,), generator=generator))
    if kind % 2:
        inputs["gain"] = "linear"
    if kind > 1:
        inputs["k"] = int(torch.randint(1, 7, (1,), generator=generator))
    return inputs


def lists_of(scores, relevance):
    if not isinstance(scores[0], list):
        scores, relevance = [scores], [relevance]
    return list(zip(scores, relevance, strict=True))


def reduced(values, reduction):
    return sum(values) / (max(len(values), 1) if reduction == "mean" else 1)


def pairs_of(scores, relevance):
    """(list, i, j) for every pair with yᵢ > yⱼ."""
    for one in lists_of(scores, relevance):
        for i, better in enumerate(one[1]):
            for j, worse in enumerate(one[1]):
                if better > worse:
                    yield one, i, j


def rank(scores, i):
    """1 + the number of items above; of equals the earlier one is above."""
    return 1 + sum(s > scores[i] or (s == scores[i] and j < i) for j, s in enumerate(scores))


def smooth_rank(scores, i, temperature=1.0, itself=0.0):
    def above(x):
        return 1 / (1 + exp(-x)) if x > -700 else 0.0

    others = (s for j, s in enumerate(scores) if j != i)
    return 1 + itself + sum(above((s - scores[i]) / temperature) for s in others)


def discounted(gains, ranks, k=math.inf):
    return sum(g / log2(1 + r) for g, r in zip(gains, ranks, strict=True) if r <= k)


def gains_of(relevance, gain="exponential"):
    return [2**y - 1 if gain == "exponential" else y for y in relevance]


def ideal_dcg(relevance, gain="exponential", k=math.inf):
    best = sorted(gains_of(relevance, gain), reverse=True)
    return discounted(best, range(1, len(best) + 1), k)


def reference_pairwise_logistic(scores, relevance, *, sigma=1.0, reduction="mean"):
    return reduced(
        [math.log1p(exp(-sigma * (s[i] - s[j]))) for (s, _), i, j in pairs_of(scores, relevance)],
        reduction,
    )


def lambda_weight(scores, relevance, i, j, *, gain="exponential", ranked_by=None, ideal=True):
    gains = gains_of(relevance, gain)
    discounts = [1 / log2(1 + rank(ranked_by or scores, place)) for place in (i, j)]
    change = abs(gains[i] - gains[j]) * abs(discounts[0] - discounts[1])
    return change / ideal_dcg(relevance, gain) if ideal else change


def reference_lambda_rank(scores, relevance, *, sigma=1.0, reduction="mean", **slip):
    return reduced(
        [
            lambda_weight(s, y, i, j, **slip) * math.log1p(exp(-sigma * (s[i] - s[j])))
            for (s, y), i, j in pairs_of(scores, relevance)
        ],
        reduction,
    )


def reference_pairwise_hinge(scores, relevance, *, margin=1.0, reduction="mean"):
    return reduced(
        [max(0.0, margin - (s[i] - s[j])) for (s, _), i, j in pairs_of(scores, relevance)],
        reduction,
    )


def softmax(values):
    return [exp(v) / sum(map(exp, values)) for v in values]


def reference_list_net(scores, relevance, *, reduction="mean"):
    return reduced(
        [
            -sum(p * math.log(q) for p, q in zip(softmax(y), softmax(s), strict=True))
            for s, y in lists_of(scores, relevance)
        ],
        reduction,
    )


def reference_list_mle(scores, relevance, *, reduction="mean"):
    values = []
    for s, y in lists_of(scores, relevance):
        likelihood, left = 1.0, list(range(len(s)))
        while left:
            chosen = max(left, key=lambda i: (y[i], -i))
            likelihood *= exp(s[chosen]) / sum(exp(s[i]) for i in left)
            left.remove(chosen)
        values.append(-math.log(likelihood))
    return reduced(values, reduction)


def reference_approx_ndcg(
    scores, relevance, *, temperature=1.0, reduction="mean", gain="exponential", itself=0.0
):
    values = []
    for s, y in lists_of(scores, relevance):
        ranks = [smooth_rank(s, i, temperature, itself) for i in range(len(s))]
        ideal = ideal_dcg(y, gain)
        values.append(-discounted(gains_of(y, gain), ranks) / ideal if ideal else 0.0)
    return reduced(values, reduction)


def reference_approx_mrr(scores, relevance, *, temperature=1.0, reduction="mean", itself=0.0):
    values = []
    for s, y in lists_of(scores, relevance):
        found = [smooth_rank(s, i, temperature, itself) for i in range(len(s)) if y[i] > 0]
        values.append(-1 / min(found) if found else 0.0)
    return reduced(values, reduction)


def reference_dcg(scores, relevance, *, k=math.inf, gain="exponential", reduction="mean"):
    return reduced(
        [
            discounted(gains_of(y, gain), [rank(s, i) for i in range(len(s))], k)
            for s, y in lists_of(scores, relevance)
        ],
        reduction,
    )


def reference_ndcg(scores, relevance, *, k=math.inf, gain="exponential", reduction="mean"):
    values = []
    for s, y in lists_of(scores, relevance):
        found = discounted(gains_of(y, gain), [rank(s, i) for i in range(len(s))], k)
        ideal = ideal_dcg(y, gain, k)
        values.append(found / ideal if ideal else 0.0)
    return reduced(values, reduction)


def reference_mrr(scores, relevance, *, reduction="mean"):
    values = []
    for s, y in lists_of(scores, relevance):
        found = [rank(s, i) for i in range(len(s)) if y[i] > 0]
        values.append(1 / min(found) if found else 0.0)
    return reduced(values, reduction)


PAIRWISE_LOGISTIC = LossCase(
    id="pairwise_logistic",
    published=(
        Published(
            inputs=PAIRWISE,
            value=0.196993032,
            source="allRank rankNet and rax on the source's list (snippet 10 prints 0.4726342)",
        ),
        Published(inputs={**PAIRWISE, "reduction": "sum"}, value=0.393986, source="reference"),
        Published(inputs={**PAIRWISE, "sigma": 2.0}, value=0.049301, source="reference"),
        Published(
            inputs={**PAIRWISE, "reduction": "none"},
            value=[math.log1p(exp(-1.3)), math.log1p(exp(-1.8))],
            source="by hand: the pairs (1, 2) and (3, 2)",
        ),
    ),
    mistaken={
        "all_ordered_pairs": Mistaken(inputs=PAIRWISE, value=0.472634),
        "sign_flipped": Mistaken(inputs=PAIRWISE, value=1.746993),
        "hinge_instead": Mistaken(inputs=PAIRWISE, value=0.0),
        "lambda_weighted": Mistaken(inputs={**PAIRWISE, "reduction": "sum"}, value=0.066247),
        "divided_by_items": Mistaken(
            # Keras wrapper of TF-Ranking on one pair: 0.399069 instead of 0.798139
            inputs={"scores": [0.0, 0.2], "relevance": [1.0, 0.0]},
            value=0.399069,
        ),
        "sum_for_mean": Mistaken(inputs=PAIRWISE, value=0.393986),
    },
    sample=with_option("sigma", 0.5, 2.0),
    reference=reference_pairwise_logistic,
    extreme=EXTREME_LISTS,
    refused=(*REFUSED_LISTS, ({**PAIRWISE, "sigma": 0.0}, "sigma must be above 0")),
    differentiable=("scores",),
    degenerate=((TIED, 0.0), ({"scores": [2.0], "relevance": [1.0]}, 0.0)),
)

LAMBDA_RANK = LossCase(
    id="lambda_rank",
    published=(
        Published(
            inputs={**PAIRWISE, "reduction": "sum"},
            value=0.066247,
            source="allRank lambdaLoss, scheme lambdaRank, on the source's list, in nats",
        ),
        Published(
            inputs={"scores": [0.0, 1.0], "relevance": [1.0, 0.0]},
            value=(1 - 1 / log2(3)) * math.log1p(exp(1)),
            source="by hand: one pair in the wrong order",
        ),
    ),
    mistaken={
        "unweighted": Mistaken(inputs=PAIRWISE, value=0.196993),
        "base_two": Mistaken(inputs={**PAIRWISE, "reduction": "sum"}, value=0.095574),
        "not_normalised": Mistaken(
            inputs={**PAIRWISE, "reduction": "sum"},
            value=0.066247 * (1 + 1 / log2(3)),
            tolerance=2e-6,
        ),
        "linear_gain": Mistaken(
            inputs=GRADED, value=reference_lambda_rank(**GRADED, gain="linear")
        ),
        "ranks_by_relevance": Mistaken(
            inputs=GRADED, value=reference_lambda_rank(**GRADED, ranked_by=GRADED["relevance"])
        ),
        "sum_for_mean": Mistaken(inputs=PAIRWISE, value=0.066247),
    },
    sample=with_option("sigma", 0.5, 2.0),
    reference=reference_lambda_rank,
    extreme=EXTREME_LISTS,
    refused=(
        *REFUSED_LISTS,
        TOO_RELEVANT,
        ({**PAIRWISE, "sigma": -1.0}, "sigma must be above 0"),
    ),
    differentiable=("scores",),
    degenerate=((TIED, 0.0), (NOTHING_RELEVANT, 0.0)),
)

PAIRWISE_HINGE = LossCase(
    id="pairwise_hinge",
    published=(
        Published(inputs=PAIRWISE, value=0.0, source="reference: both gaps exceed the margin"),
        Published(
            inputs=GRADED, value=7.6 / 6, source="by hand: 1.4 + 1.2 + 1.6 + 0.8 + 1.2 + 1.4"
        ),
    ),
    mistaken={
        "logistic_instead": Mistaken(inputs=PAIRWISE, value=0.196993),
        "no_margin": Mistaken(inputs=GRADED, value=0.3),
        "no_clamp": Mistaken(inputs=PAIRWISE, value=-0.55),
        "sign_flipped": Mistaken(inputs=GRADED, value=4.4 / 6),
        "all_ordered_pairs": Mistaken(inputs=GRADED, value=1.2),
        "sum_for_mean": Mistaken(inputs=GRADED, value=7.6),
    },
    sample=with_option("margin", 0.5, 2.0),
    reference=reference_pairwise_hinge,
    extreme=EXTREME_LISTS,
    refused=(*REFUSED_LISTS, ({**PAIRWISE, "margin": 0.0}, "margin must be above 0")),
    differentiable=("scores",),
    degenerate=((TIED, 0.0), ({"scores": [2.0], "relevance": [1.0]}, 0.0)),
)

LIST_NET = LossCase(
    id="list_net",
    published=(
        Published(inputs=LISTWISE, value=1.306687, source="allRank listNet, the source's list"),
        Published(
            inputs={"scores": [5.0, 5.0], "relevance": [0.0, 0.0]},
            value=math.log(2),
            source="by hand: nothing to choose between two items",
        ),
    ),
    mistaken={
        "labels_over_sum": Mistaken(inputs=LISTWISE, value=1.172216),
        "raw_labels": Mistaken(inputs=LISTWISE, value=2.344432),
        "kl_instead": Mistaken(inputs=LISTWISE, value=0.031336),
        "swapped": Mistaken(
            inputs=LISTWISE,
            value=reference_list_net(LISTWISE["relevance"], LISTWISE["scores"]),
        ),
        "no_logarithm": Mistaken(
            # softmax(0, ln 3) = (¼, ¾) against (½, ½)
            inputs={"scores": [0.0, math.log(3)], "relevance": [1.0, 1.0]},
            value=-0.5,
        ),
        "sum_for_mean": Mistaken(
            inputs={name: [values, values] for name, values in LISTWISE.items()},
            value=2 * 1.306687,
            tolerance=2e-6,
        ),
    },
    sample=sample_lists,
    reference=reference_list_net,
    extreme=EXTREME_LISTS,
    refused=REFUSED_LISTS,
    differentiable=("scores",),
    degenerate=(({"scores": [2.0], "relevance": [1.0]}, 0.0),),
)

LIST_MLE = LossCase(
    id="list_mle",
    published=(
        Published(
            inputs=LISTWISE,
            value=2.613774760,
            source="rax, ties in the order given (snippet 12 prints 5.6888638)",
        ),
        Published(
            inputs={"scores": [100.0, 0.0, -100.0], "relevance": [2.0, 1.0, 0.0]},
            value=0.0,
            source="by hand, 2·exp(−100); allRank gives 253.948",
            tolerance=1e-40,
        ),
        Published(
            inputs={"scores": [30.0, 0.0, -30.0], "relevance": [2.0, 1.0, 0.0]},
            value=2 * exp(-30.0),
            source="by hand; allRank gives 43.949",
            tolerance=1e-14,
        ),
    ),
    mistaken={
        "labels_ignored": Mistaken(inputs=LISTWISE, value=5.688864),
        "not_sorted": Mistaken(
            # the list as given is the wrong order, which sorting would turn around
            inputs={"scores": [0.0, math.log(3)], "relevance": [0.0, 1.0]},
            value=math.log(4),
        ),
        "cumulated_forward": Mistaken(inputs=LISTWISE, value=3.756294),
        "relevant_only": Mistaken(inputs=LISTWISE, value=2.015636),
        "mean_per_item": Mistaken(inputs=LISTWISE, value=0.653444),
        "sum_for_mean": Mistaken(
            inputs={name: [values, values] for name, values in LISTWISE.items()},
            value=2 * 2.613774760,
        ),
    },
    sample=sample_lists,
    reference=reference_list_mle,
    extreme=EXTREME_LISTS,
    refused=REFUSED_LISTS,
    differentiable=("scores",),
    degenerate=(({"scores": [2.0], "relevance": [1.0]}, 0.0),),
)

APPROX_NDCG = LossCase(
    id="approx_ndcg",
    published=(
        Published(inputs=GRADED, value=-0.625863, source="reference, T = 1"),
        Published(
            inputs={**GRADED, "temperature": 0.1}, value=-0.580544, source="reference, T = 0.1"
        ),
        Published(inputs=ORDERED, value=-0.681895, source="reference, the source's list, T = 1"),
        Published(
            inputs={**ORDERED, "temperature": 0.1},
            value=-0.932949,
            source="reference, the source's list, T = 0.1",
        ),
    ),
    mistaken={
        "sign_flipped": Mistaken(inputs=GRADED, value=0.625863),
        "exact_ranks": Mistaken(inputs=GRADED, value=-0.575710),
        "linear_gain": Mistaken(
            inputs=GRADED, value=reference_approx_ndcg(**GRADED, gain="linear")
        ),
        "itself_counted": Mistaken(
            inputs=GRADED, value=reference_approx_ndcg(**GRADED, itself=0.5)
        ),
        "direction_flipped": Mistaken(
            inputs=GRADED,
            value=reference_approx_ndcg([-0.8, -0.2, -0.6, -0.4], GRADED["relevance"]),
        ),
        "not_normalised": Mistaken(inputs=GRADED, value=-0.625863 * IDEAL, tolerance=1e-5),
        "temperature_multiplied": Mistaken(inputs={**GRADED, "temperature": 10.0}, value=-0.580544),
    },
    sample=with_option("temperature", 0.2, 3.0),
    reference=reference_approx_ndcg,
    extreme=(*EXTREME_LISTS, {**GRADED, "temperature": 1e-6}),
    refused=(
        *REFUSED_LISTS,
        TOO_RELEVANT,
        ({**GRADED, "temperature": 0.0}, "temperature must be above 0"),
    ),
    differentiable=("scores",),
    degenerate=((NOTHING_RELEVANT, 0.0), ({"scores": [2.0], "relevance": [1.0]}, -1.0)),
)

APPROX_MRR = LossCase(
    id="approx_mrr",
    published=(
        Published(inputs=ONE_ANSWER, value=-0.468404, source="reference, the source's list, T = 1"),
        Published(
            inputs={**ONE_ANSWER, "temperature": 0.1},
            value=-0.947841,
            source="reference, the source's list, T = 0.1",
        ),
    ),
    mistaken={
        "sign_flipped": Mistaken(inputs=ONE_ANSWER, value=0.468404),
        "exact_ranks": Mistaken(inputs=ONE_ANSWER, value=-1.0),
        "itself_counted": Mistaken(
            inputs=ONE_ANSWER, value=-1 / (1 / 0.468404 + 0.5), tolerance=2e-6
        ),
        "direction_flipped": Mistaken(
            inputs=ONE_ANSWER,
            value=reference_approx_mrr([-0.9, -0.2, -0.4, -0.6], ONE_ANSWER["relevance"]),
        ),
        "mean_over_relevant": Mistaken(
            # two items level with each other: both have the rank 1.5, a third is far below
            inputs={"scores": [1.0, 0.0, -1e3], "relevance": [1.0, 1.0, 0.0]},
            value=-(1 / (1 + 1 / (1 + exp(1))) + 1 / (1 + 1 / (1 + exp(-1)))) / 2,
        ),
        "temperature_multiplied": Mistaken(
            inputs={**ONE_ANSWER, "temperature": 10.0}, value=-0.947841
        ),
    },
    sample=with_option("temperature", 0.2, 3.0),
    reference=reference_approx_mrr,
    extreme=(*EXTREME_LISTS, {**GRADED, "temperature": 1e-6}),
    refused=(
        *REFUSED_LISTS,
        ({**GRADED, "temperature": -1.0}, "temperature must be above 0"),
    ),
    differentiable=("scores",),
    degenerate=((NOTHING_RELEVANT, 0.0), ({"scores": [2.0], "relevance": [1.0]}, -1.0)),
)

REFUSED_METRIC = (
    *REFUSED_LISTS,
    TOO_RELEVANT,
    ({**GRADED, "k": 0}, "k must be at least 1"),
    ({**GRADED, "gain": "squared"}, "gain must be one of"),
)

DCG = LossCase(
    id="dcg",
    published=(
        Published(inputs=GRADED, value=5.407525, source="reference, gain 2^y − 1"),
        Published(
            inputs={**GRADED, "gain": "linear"},
            value=2 / log2(3) + 1 / 2 + 3 / log2(5),
            source="by hand, gain y",
        ),
        Published(
            inputs={**GRADED, "k": 2}, value=3 / log2(3), source="by hand: the first two ranks"
        ),
    ),
    mistaken={
        "natural_log": Mistaken(inputs=GRADED, value=7.801410),
        "other_gain": Mistaken(inputs=GRADED, value=2 / log2(3) + 1 / 2 + 3 / log2(5)),
        "discount_one_place_early": Mistaken(inputs=GRADED, value=3 + 1 / log2(3) + 7 / 2),
        "no_discount": Mistaken(inputs=GRADED, value=11.0),
        "not_sorted": Mistaken(inputs=GRADED, value=7 / log2(3) + 3 / 2 + 1 / log2(5)),
        "sum_for_mean": Mistaken(
            inputs={name: [values, values] for name, values in GRADED.items()}, value=10.815050
        ),
    },
    sample=sample_metric,
    reference=reference_dcg,
    extreme=EXTREME_LISTS,
    refused=REFUSED_METRIC,
    differentiable=(),
    no_gradcheck=METRIC,
    degenerate=((NOTHING_RELEVANT, 0.0), ({"scores": [2.0], "relevance": [1.0]}, 1.0)),
)

NDCG = LossCase(
    id="ndcg",
    published=(
        Published(inputs=GRADED, value=0.575710, source="reference, gain 2^y − 1"),
        Published(
            inputs={**GRADED, "gain": "linear"},
            value=0.641323,
            source="reference, gain y (scikit-learn, torchmetrics)",
        ),
        Published(inputs={**GRADED, "k": 2}, value=0.212845, source="reference, @2"),
        Published(inputs=ORDERED, value=1.0, source="scikit-learn, rax, allRank (snippet 13)"),
    ),
    mistaken={
        "other_gain": Mistaken(inputs=GRADED, value=0.641323),
        "not_normalised": Mistaken(inputs=GRADED, value=5.407525),
        "discount_one_place_early": Mistaken(
            inputs=GRADED, value=(3 + 1 / log2(3) + 7 / 2) / (7 + 3 + 1 / log2(3))
        ),
        "no_discount": Mistaken(inputs={**GRADED, "k": 2}, value=0.3),
        "not_sorted": Mistaken(inputs=GRADED, value=(7 / log2(3) + 3 / 2 + 1 / log2(5)) / IDEAL),
        "ascending": Mistaken(inputs=GRADED, value=(7 + 1 / log2(3) + 3 / 2) / IDEAL),
    },
    sample=sample_metric,
    reference=reference_ndcg,
    extreme=EXTREME_LISTS,
    refused=REFUSED_METRIC,
    differentiable=(),
    no_gradcheck=METRIC,
    degenerate=((NOTHING_RELEVANT, 0.0), ({"scores": [2.0], "relevance": [1.0]}, 1.0)),
)

MRR = LossCase(
    id="mrr",
    published=(
        Published(inputs=ONE_ANSWER, value=1.0, source="rax, torchmetrics (snippet 11)"),
        Published(
            inputs={**ONE_ANSWER, "scores": [0.2, 0.9, 0.4, 0.6]},
            value=0.25,
            source="reference: the worst order",
        ),
        Published(
            inputs={"scores": [0.9, 0.8, 0.1], "relevance": [1.0, 2.0, 0.0]},
            value=1.0,
            source="by definition, graded labels; allRank gives 0.5",
        ),
        Published(inputs=TWO_LISTS, value=2 / 3, source="by hand: first found on ranks 1 and 3"),
        Published(
            inputs={"scores": [[0.9, 0.1], [0.9, 0.1]], "relevance": [[1.0, 0.0], [0.0, 0.0]]},
            value=0.5,
            source="by definition: a list without a relevant item counts 0; allRank counts 1",
        ),
    ),
    mistaken={
        "mean_over_relevant": Mistaken(
            inputs={"scores": [0.9, 0.8, 0.1], "relevance": [1.0, 1.0, 0.0]}, value=0.75
        ),
        "rank_itself": Mistaken(inputs=TWO_LISTS, value=2.0),
        "reciprocal_of_mean_rank": Mistaken(inputs=TWO_LISTS, value=0.5),
        "ascending": Mistaken(inputs=TWO_LISTS, value=0.75),
        "last_relevant": Mistaken(inputs=TWO_LISTS, value=(1 / 2 + 1 / 3) / 2),
        "not_sorted": Mistaken(inputs=TWO_LISTS, value=1.0),
    },
    sample=sample_lists,
    reference=reference_mrr,
    extreme=EXTREME_LISTS,
    refused=REFUSED_LISTS,
    differentiable=(),
    no_gradcheck=METRIC,
    degenerate=((NOTHING_RELEVANT, 0.0), ({"scores": [2.0], "relevance": [1.0]}, 1.0)),
)

CASES: tuple[LossCase, ...] = (
    PAIRWISE_LOGISTIC,
    LAMBDA_RANK,
    PAIRWISE_HINGE,
    LIST_NET,
    LIST_MLE,
    APPROX_NDCG,
    APPROX_MRR,
    DCG,
    NDCG,
    MRR,
)
